"""Where text may be code that reads a variable, told from what stands right beside its name."""

from __future__ import annotations

import re

from stuck_rules.model.words import Word, places_of

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
# What else may stand right beside a name that is read.
_OPENING = frozenset("([{,:=+-*/%@&|^~<>;\\\n\r\f")
_CLOSING = frozenset("()[].,:;=+-*/%@&|^<>!}#\\\n\r\f")
# A comparison, or a hole in a string that shows its code.
_COMPARED = re.compile(r"==|=[ \t]*[}!:]")
# What stands before a name that an `=` gives a value to, while annotations are read.
_ARGUMENT = re.compile(r"(?:[(,;]|(?<!\\)\n)$")
# Keywords between which a name is read; a number may stand right in front of one.
_IN_FRONT = frozenset(
    {"and", "assert", "await", "case", "del", "elif", "else", "except", "for", "from", "if", "in"}
    | {"is", "lambda", "match", "not", "or", "raise", "return", "type", "while", "with", "yield"}
)
_BEHIND = frozenset({"and", "as", "async", "else", "for", "from", "if", "in", "is", "not", "or"})
_LAST_WORD = re.compile(r"[A-Za-z_]+$")
_FIRST_WORD = re.compile(r"[A-Za-z_]+")
# Characters around a name that are looked at: more than the longest keyword has.
_NEAR = 40


def is_read(name: str, text: str) -> bool:
    """Whether a name may be read as a variable somewhere in the text of a module.

    It may not where it is an attribute, where a definition or an assignment gives it its
    meaning, and where it stands beside another word, as in prose.
    """
    return any(
        _is_read_at(text, place, place + len(name))
        for place in places_of(Word(name, whole=True, free=True), text)
    )


def _is_read_at(text: str, start: int, end: int) -> bool:
    before = text[start - _NEAR : start] if start > _NEAR else f"\n{text[:start]}"
    front, behind = before.rstrip(" \t"), text[end : end + _NEAR].lstrip(" \t")
    if not _fits_behind(front, is_apart=front != before) or not _fits_before(behind):
        return False
    gets_value = behind[:1] == "=" and _COMPARED.match(behind) is None
    return not gets_value or _ARGUMENT.search(front) is None


def _fits_behind(front: str, *, is_apart: bool) -> bool:
    if front[-1:] not in _LETTERS:
        # So many blanks say nothing.
        return not front or front[-1] in _OPENING
    word = _LAST_WORD.search(front)
    return is_apart and word is not None and word[0] in _IN_FRONT


def _fits_before(behind: str) -> bool:
    if behind[:1] not in _LETTERS:
        return not behind or behind[0] in _CLOSING
    word = _FIRST_WORD.match(behind)
    return word is not None and word[0] in _BEHIND
