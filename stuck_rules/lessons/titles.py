"""What a heading says about its entry: number, date, id of its own, title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DATE = r"[\[(]?(?P<date>\d{4}-\d{2}-\d{2})[\])]?"
_SEPARATOR = r"\s*[:\uff1a.)|\uff5c\u2013\u2014-]+\s*"
_NOUNS = (
    "bug|case|entry|error|incident|item|issue|learning|lesson|mistake|pattern|pitfall|problem|rule"
)
_EMOJI = re.compile(r"^(?:[^\w\s`\"'(\[<#*.-][\ufe0f\u200d]*)+\s+")
_DATE_FIRST = re.compile(rf"^{_DATE}(?:{_SEPARATOR}|\s+|$)")
_DATE_LAST = re.compile(rf"(?:^|[\s,\u2013\u2014-]+){_DATE}\s*$")
_NOUN_NUMBER = re.compile(
    rf"^(?:{_NOUNS})\s*#?(?P<number>-?\d+)(?:{_SEPARATOR}|\s+|$)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"^(?:#(?P<hash>\d+)[:.)]?|(?P<number>\d{1,4})(?:[:\uff1a.)]|\s+[\u2013\u2014-]))\s+"
)
_EXPLICIT = re.compile(
    rf"^[`\[]?(?P<id>[A-Z][A-Z0-9]{{0,9}}(?:-[A-Z]+)*-?\d+)[`\]]?(?:{_SEPARATOR}|$)"
)
_PLACEHOLDER = re.compile(r"^(?:\[[^\]]*\]|<[^>]*>|\.{3}|TBD)$|YYYY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """A heading taken apart; `is_marked` says that only an entry's heading looks like this."""

    text: str
    number: int | None = None
    date: str | None = None
    explicit: str | None = None
    is_marked: bool = False
    is_placeholder: bool = False


def _iso(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> str | None:
    """The first date that a text names."""
    match = re.search(_DATE, text)
    return _iso(match["date"]) if match else None


def _take_date(text: str, pattern: re.Pattern[str]) -> tuple[str, str | None]:
    match = pattern.search(text)
    found = _iso(match["date"]) if match else None
    if match is None or found is None:
        return text, None
    return text[: match.start()] + text[match.end() :], found


def read_title(heading: str) -> Title:
    """Take a heading's text apart; what is left of it is the title, never empty."""
    rest, first = _take_date(_EMOJI.sub("", heading), _DATE_FIRST)
    noun = _NOUN_NUMBER.match(rest)
    number = None if noun else _NUMBER.match(rest)
    explicit = None if noun or number else _EXPLICIT.match(rest)
    lead = noun or number or explicit
    rest = rest[lead.end() :] if lead else rest
    rest, last = _take_date(rest, _DATE_LAST)
    rest = _EMOJI.sub("", rest).strip()
    digits = noun["number"] if noun else (number["number"] or number["hash"]) if number else None
    return Title(
        rest or heading,
        int(digits) if digits else None,
        last or first,
        explicit["id"] if explicit else None,
        bool(noun or explicit or first or last),
        bool(_PLACEHOLDER.search(rest) or "YYYY-MM" in heading),
    )
