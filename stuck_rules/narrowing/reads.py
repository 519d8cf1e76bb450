"""Where text may be code that reads a variable, told from what stands right beside its name."""

from __future__ import annotations

import re
from functools import lru_cache

from stuck_rules.model.words import Word, places_of

_BLANKS = r"[ \t]*"
# Keywords between which a name is read.
_KEYWORDS_BEFORE = (
    "and|assert|await|case|del|elif|else|except|for|from|if|in|is|lambda|match|not|or|raise|return"
    "|type|while|with|yield"
)
_KEYWORDS_BEHIND = "and|as|async|else|for|from|if|in|is|not|or"
# What a value is read for in any case, and where an `=` behind a name gives it a value: there,
# only a hole in a string that shows its code reads it.
_READING = r"\[{:=+\-*/%@&|^~<>"
_TAKING = r"(,;\n\r\f\\"
_FRONT = rf"(?:^|[{_READING}{_TAKING}]|(?:^|[^A-Za-z_])(?:{_KEYWORDS_BEFORE})[ \t]){_BLANKS}"
_FRONT_OF_VALUE = rf"(?:[{_READING}]|\\\n){_BLANKS}"
_BEHIND = (
    rf"{_BLANKS}(?:$|[()\[\].,:;+\-*/%@&|^<>!}}#\\\n\r\f]|={_BLANKS}[=}}!:]"
    rf"|(?:{_KEYWORDS_BEHIND})(?:$|[^0-9A-Za-z_]))"
)
# Characters around a name that are looked at: more than a keyword and some blanks take.
_NEAR = 40


def is_read(name: str, text: str) -> bool:
    """Whether a name may be read as a variable somewhere in the text of a module.

    It may not where it is an attribute, where a definition or an assignment gives it its
    meaning, and where it stands beside another word, as in prose.
    """
    return any(
        _shape(name).search(text[max(place - _NEAR, 0) : place + len(name) + _NEAR])
        for place in places_of(Word(name, whole=True, free=True), text)
    )


@lru_cache(maxsize=1_000)
def _shape(name: str) -> re.Pattern[str]:
    word = re.escape(name)
    return re.compile(f"{_FRONT}{word}{_BEHIND}|{_FRONT_OF_VALUE}{word}{_BLANKS}=")
