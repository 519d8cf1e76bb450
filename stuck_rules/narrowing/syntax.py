"""Whether a whole text is Python, asked of the running Python, which takes least time."""

from __future__ import annotations

import warnings


def is_python(text: str) -> bool:
    """Whether the running Python takes a module's text; newer syntax it may refuse."""
    import symtable

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # It parses in C and makes no tree of Python objects.
            symtable.symtable(text, "<module>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True
