"""Whether a name may be used in some way, told from what stands right beside it in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

Use = Literal["", "call", "keyword", "read"]

# White space and what may stand in it, and the brackets around a name.
_GAP = r"(?:[ \t\f\r\n\\)]|#[^\n]*\n)*"
_GAP_BEGINS = r"\f\r\n\\)#"
_CALLED = rf"{_GAP}(?:\(|as\b)"
_GIVEN = rf"{_GAP}=(?!=)"
_DEFINITION = r"(?:def|class)[ \t]+\Z"
# Longer than any of what is looked for in front of a name where code is written as usual.
_REACH = 40

# What a value is read behind in any case, and behind what an `=` gives a name its value.
_READING = r"\[{:=+\-*/%@&|^~<>"
_TAKING = r"(,;\n\r\f\\"
_KEYWORDS_BEFORE = (
    "and|assert|await|case|del|elif|else|except|for|from|if|in|is|lambda|match|not|or|raise|return"
    "|type|while|with|yield"
)
_KEYWORDS_BEHIND = "and|as|async|else|for|from|if|in|is|not|or"
_READ_UP_TO = r"()\[\].,:;+\-*/%@&|^<>!}#\\\n\r\f"
_READ_AFTER = rf"(?:\A|[{_READING}{_TAKING}]|(?:\A|[^A-Za-z_])(?:{_KEYWORDS_BEFORE})[ \t])[ \t]*\Z"
_READ_BEFORE = (
    rf"[ \t]*(?:\Z|[{_READ_UP_TO}]|=[ \t]*[=}}!:]"
    rf"|(?:{_KEYWORDS_BEHIND})(?![0-9A-Za-z_]))"
)
_VALUE_AFTER = rf"(?:[{_READING}]|\\\n)[ \t]*\Z"
_VALUE_BEFORE = r"[ \t]*="

# What all of these begin with, in words that RE2 knows too, and that cost it no more states.
_BEGINS: dict[Use, str] = {
    "call": rf"[({_GAP_BEGINS}]|as",
    "keyword": rf"[={_GAP_BEGINS}]",
    "read": rf"[={_READ_UP_TO}]|{_KEYWORDS_BEHIND}|$",
}


def is_used(use: Use, text: str, start: int, end: int) -> bool:
    """Whether a whole name at a place may be used so; text that looks like code counts.

    A `call` calls it and does not define it, or gives it another name by an `as`; a `keyword`
    names an argument; a `read` takes its value as a variable's, which neither a definition nor
    an assignment does, and nothing that stands beside another word, as in prose.
    """
    return not use or _USES[use](text[max(start - _REACH, 0) : start], text, end)


def behind_use(use: Use) -> str:
    """An expression for what stands right behind each name that is used so, and behind others."""
    return rf"[ \t]*(?:{_BEGINS[use]})"


def _is_called(before: str, text: str, end: int) -> bool:
    return _stands(_CALLED, text, end) and not _compiled(_DEFINITION).search(before)


def _is_keyword(_before: str, text: str, end: int) -> bool:
    return _stands(_GIVEN, text, end)


def _is_read(before: str, text: str, end: int) -> bool:
    if _stands(_READ_BEFORE, text, end):
        return _compiled(_READ_AFTER).search(before) is not None
    # An annotation may stand before an `=`.
    return _stands(_VALUE_BEFORE, text, end) and bool(_compiled(_VALUE_AFTER).search(before))


_USES: dict[Use, Callable[[str, str, int], bool]] = {
    "call": _is_called,
    "keyword": _is_keyword,
    "read": _is_read,
}


def _stands(regex: str, text: str, place: int) -> bool:
    return _compiled(regex).match(text, place) is not None


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    """Made when it is first asked for: a start must not wait for it."""
    return re.compile(regex)
