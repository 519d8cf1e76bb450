"""A token for the WebSocket subprotocol that keeps its padding."""

import base64


def subprotocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    return f"jwt.{encoded}"
