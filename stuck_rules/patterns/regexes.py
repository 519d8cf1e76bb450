"""Regular expressions as rulebooks write them, for the standard library's engine."""

from __future__ import annotations

import re
from functools import lru_cache

from stuck_rules.errors import PatternError

_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z_])")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL = re.compile(r"[.^$*+?{}\[\]|()]")
_FLAGS_INSIDE = re.compile(r"(?<!^)\(\?([aiLmsux]+)\)")


@lru_cache(maxsize=1_000)
def compile_regex(text: str, flags: int = 0, *, line: int = 0) -> re.Pattern[str]:
    r"""Compile a rulebook's expression; raises PatternError with its line where it is none.

    `(?<NAME>...)` and `\z` are understood as in PCRE, and flags inside count from the start.
    """
    translated = _NAMED_GROUP.sub("(?P<", text).replace(r"\z", r"\Z")
    moved = "".join(found[1] for found in _FLAGS_INSIDE.finditer(translated))
    if moved:
        translated = f"(?{moved})" + _FLAGS_INSIDE.sub("", translated)
    try:
        return re.compile(translated, flags)
    except re.error as error:
        message = f"not a regular expression: {error}; the text is {text!r}"
        raise PatternError.at(message, line=line or None) from None


def plain_text(text: str) -> str | None:
    """The text that an expression without special characters matches, else None."""
    unescaped = _ESCAPED.sub("", text)
    if _SPECIAL.search(unescaped) or re.search(r"\\[A-Za-z0-9]", text):
        return None
    return _ESCAPED.sub(r"\1", text)
