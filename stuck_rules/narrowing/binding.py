"""Which names the code of a module surely gives a meaning, told from its text."""

from __future__ import annotations

import re
from functools import lru_cache

from stuck_rules.model.words import Word, places_of
from stuck_rules.narrowing.cuts import depth_of

# To look behind from its word on is many times faster than to begin with what is not before it.
_STAR = re.compile(r"import(?<!\wimport)[ \t\1]*\*")
# What stands right before a name that it binds, and what must follow on the name.
_WORD_BEFORE = re.compile(r"\b(def|class|for|as)[ \t]+\Z")
_BEHIND = {
    "def": re.compile(r"\b"),
    "class": re.compile(r"\b"),
    "for": re.compile(r"[ \t]+in\b"),
    "as": re.compile(r"\b(?![\s\1]*[.\[(])"),
}
# An import or definition from its first word on up to one of its names, and what follows.
_IMPORT = re.compile(r"\bimport(?:[ \t]*\((?:[^()]*,)?\s*|[ \t]+(?:[^\n;#()]*,[ \t]*)?)")
_BEHIND_IMPORTED = re.compile(r"(?!\w|[\s\1]*(?:\.|as\b))")
_PARAMETERS = re.compile(r"\bdef[ \t]+\w+[ \t]*\((?:[^()\[\]{}]*,)?\s*\*{0,2}\s*")
_BEHIND_PARAMETER = re.compile(r"\s*[,:=)]")
# How far before a name the words are looked for, right before it and with others between.
_NEAR = 20
_FAR = 2_000


def binds(code: str, name: str) -> bool:
    """Whether the code of a module surely binds a name somewhere; other ways are not seen."""
    places = places_of(Word(name, whole=True, free=True), code)
    return any(_binds_at(code, place, place + len(name)) for place in places)


def _binds_at(code: str, start: int, end: int) -> bool:
    word = _WORD_BEFORE.search(code[max(start - _NEAR, 0) : start])
    if word is not None:
        return _BEHIND[word[1]].match(code, end) is not None
    if _leads_to(start, code, "import", _IMPORT):
        return _BEHIND_IMPORTED.match(code, end) is not None
    return _leads_to(start, code, "def", _PARAMETERS) and bool(_BEHIND_PARAMETER.match(code, end))


def _leads_to(place: int, code: str, word: str, regex: re.Pattern[str]) -> bool:
    """Whether what begins with the last such word before a place reaches up to it."""
    start = code.rfind(word, max(place - _FAR, 0), place)
    return start >= 0 and regex.fullmatch(code, start, place) is not None


def binds_unknown(code: str) -> bool:
    """Whether the code of a module holds a star import."""
    return _STAR.search(code) is not None


def assigns(code: str, name: str) -> bool:
    """Whether a line of code but the first gives a value to a name, and to nothing else."""
    depth = begin = 0
    for found in _assignment_of(name).finditer(code):
        # In brackets it is an argument.
        depth += depth_of(code[begin : found.start()])
        begin = found.start()
        if not depth:
            return True
    return False


@lru_cache(maxsize=1_000)
def _assignment_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"\n[ \t]*{re.escape(name)}[ \t]*=(?!=)")
