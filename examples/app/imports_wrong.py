from .context_right import on_message

__all__ = ["on_message"]
