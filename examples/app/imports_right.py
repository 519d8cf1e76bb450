from app.context_right import on_message

FORBIDDEN = "from . import x"

__all__ = ["FORBIDDEN", "on_message"]
