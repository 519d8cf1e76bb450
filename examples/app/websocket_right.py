"""The padding is stripped where it must be, and kept where it is wanted."""

import base64


def subprotocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode().rstrip("=")
    return f"jwt.{encoded}"


def oauth_state(raw):
    return base64.urlsafe_b64encode(raw).decode()
