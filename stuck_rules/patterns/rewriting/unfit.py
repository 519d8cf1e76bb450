"""The one way to say that a fix cannot be made of a match."""

from __future__ import annotations


class UnfitError(Exception):
    """A template cannot be filled from a match, or what it gives is no code there."""
