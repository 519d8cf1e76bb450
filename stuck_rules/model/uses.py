"""Whether a name may be used in some way, told from what stands right beside it in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

Use = Literal["", "call", "import", "keyword", "read"]

# White space and what may stand in it, and the brackets around a name; in a text without strings
# `\x01` stands for a line break that ends no line of code.
_GAP = r"(?:[ \t\f\r\n\\)\x01]|#[^\n]*\n)*"
_GAP_BEGINS = r"\f\r\n\\)#"
_CALLED = rf"{_GAP}(?:\(|as\b)"
_GIVEN = rf"{_GAP}=(?!=)"
_DEFINITION = r"(?:def|class)[ \t]+\Z"
# Longer than any of what is looked for in front of a name where code is written as usual.
_REACH = 40

# What a value is read behind in any case, and behind what an `=` gives a name its value.
_READING = r"\[{:=+\-*/%@&|^~<>"
_TAKING = r"(,;\n\r\f\\\x01"
_KEYWORDS_BEFORE = (
    "and|assert|await|case|del|elif|else|except|for|from|if|in|is|lambda|match|not|or|raise|return"
    "|type|while|with|yield"
)
_KEYWORDS_BEHIND = "and|as|async|else|for|from|if|in|is|not|or"
_READ_UP_TO = r"()\[\].,:;+\-*/%@&|^<>!}#\\\n\r\f\x01"
_READ_AFTER = rf"(?:\A|[{_READING}{_TAKING}]|(?:\A|[^A-Za-z_])(?:{_KEYWORDS_BEFORE})[ \t])[ \t]*\Z"
_READ_BEFORE = (
    rf"[ \t]*(?:\Z|[{_READ_UP_TO}]|=[ \t]*[=}}!:]"
    rf"|(?:{_KEYWORDS_BEHIND})(?![0-9A-Za-z_]))"
)
_VALUE_AFTER = rf"(?:[{_READING}\x01]|\\\n)[ \t]*\Z"
_VALUE_BEFORE = r"[ \t]*="
# Where something else is given a name, as in `with a as b.c`.
_OWNER_AFTER = r"\bas[ \t]+\Z"
_OWNER_BEFORE = rf"{_GAP}[.\[(]"

# No part of an import statement holds any of these, but for its comments.
_NOT_IMPORTING = r"[\"'`;=+\-/%@&|^<>~!:[\]{}$?)]"
_IMPORTING = r"(?<![0-9A-Za-z_])(?:import|from)(?![0-9A-Za-z_])"
_IMPORTED_UP_TO = r"[ \t\f]*(?:[,.)#;\\\n\r]|(?:as|import)(?![0-9A-Za-z_])|\Z)"
# How far back an import is looked for: lines, and characters of one.
_LINES = 20
_LINE = 2_000

# What all of these begin with, in words that RE2 knows too, and that cost it no more states.
_BEGINS: dict[Use, str] = {
    "call": rf"[({_GAP_BEGINS}]|as",
    "import": r"[,.)#;\\\n\r\f]|as|import|$",
    "keyword": rf"[={_GAP_BEGINS}]",
    "read": rf"[={_READ_UP_TO}]|{_KEYWORDS_BEHIND}|$",
}


def is_used(use: Use, text: str, start: int, end: int) -> bool:
    """Whether a whole name at a place may be used so; text that looks like code counts.

    A `call` calls it and does not define it, or gives it another name by an `as`; an `import`
    is an import statement with it; a `keyword` names an argument; a `read` takes its value as a
    variable's, which neither a definition nor an assignment does, and nothing that stands beside
    another word, as in prose.
    """
    return not use or _USES[use](text, start, end)


def behind_use(use: Use) -> str:
    """An expression for what stands right behind each name that is used so, and behind others."""
    return rf"[ \t]*(?:{_BEGINS[use]})"


def _is_called(text: str, start: int, end: int) -> bool:
    return _stands(_CALLED, text, end) and not _compiled(_DEFINITION).search(_before(text, start))


def _is_imported(text: str, start: int, end: int) -> bool:
    return _stands(_IMPORTED_UP_TO, text, end) and _imports_until(text, start)


def _imports_until(text: str, place: int) -> bool:
    """Whether an import statement may go on until a place; looked for backwards, line by line."""
    for number in range(_LINES):
        begin = _line_start(text, place)
        if begin and begin == place - _LINE:
            return True
        line = text[begin:place]
        code, mark, _ = line.partition("#")
        parts = _compiled(_NOT_IMPORTING).split(code)
        if mark and len(parts) > 1:
            # It may be one of a string, and no comment.
            return _compiled(_IMPORTING).search(line) is not None
        found = _compiled(_IMPORTING).search(parts[-1])
        if found is not None and (not mark or number):
            rest = parts[-1][found.end() :].rstrip()
            return not number or "(" in rest or rest.endswith("\\")
        if (mark and not number) or len(parts) > 1 or not begin:
            return False
        place = begin - 1
    return True


def _line_start(text: str, place: int) -> int:
    """Where the line of a place begins, or the part of it that is looked at."""
    least = max(place - _LINE, 0)
    return max(text.rfind("\n", least, place) + 1, text.rfind("\r", least, place) + 1, least)


def _is_keyword(text: str, _start: int, end: int) -> bool:
    return _stands(_GIVEN, text, end)


def _is_read(text: str, start: int, end: int) -> bool:
    before = _before(text, start)
    if _compiled(_OWNER_AFTER).search(before):
        return _stands(_OWNER_BEFORE, text, end)
    if _stands(_READ_BEFORE, text, end):
        return _compiled(_READ_AFTER).search(before) is not None
    # An annotation may stand before an `=`.
    return _stands(_VALUE_BEFORE, text, end) and bool(_compiled(_VALUE_AFTER).search(before))


def _before(text: str, start: int) -> str:
    return text[max(start - _REACH, 0) : start]


_USES: dict[Use, Callable[[str, int, int], bool]] = {
    "call": _is_called,
    "import": _is_imported,
    "keyword": _is_keyword,
    "read": _is_read,
}


def _stands(regex: str, text: str, place: int) -> bool:
    return _compiled(regex).match(text, place) is not None


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    """Made when it is first asked for: a start must not wait for it."""
    return re.compile(regex)
