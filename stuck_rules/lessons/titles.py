"""What a heading says about its entry: number, date, id of its own, title."""

from __future__ import annotations

import re
from datetime import date

from stuck_rules.values import dataclass

_DATE = r"[\[(]?(?P<date>\d{4}-\d{2}-\d{2})[\])]?"
_SEPARATOR = r"\s*[:\uff1a.)|\uff5c\u2013\u2014-]+\s*"
_NOUNS = (
    "bug|case|entry|error|incident|item|issue|learning|lesson|mistake|pattern|pitfall|problem|rule"
)
_SCORE = re.compile(r"^\[\w+:[\d.]+\]\s*")
_OWN_ANCHOR = re.compile(r"\s*\{#(?P<id>[\w.-]+)\}\s*$")
_COMMENT_ID = re.compile(
    r"\s*<!--\s*(?P<key>id|anchor|rule|entry|lesson)\s*[:=#]\s*(?P<id>[\w.-]+)\s*-->\s*",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"^[^\w\s`\"'(\[<#*.-]+\s+")
_DATE_FIRST = re.compile(rf"^{_DATE}(?:{_SEPARATOR}|\s+|$)")
_DATE_LAST = re.compile(r"(?:^|[\s,\u2013\u2014-]{1,4})" + _DATE + r"\s*$")
_NOUN_NUMBER = re.compile(
    rf"^(?P<noun>{_NOUNS})(?:\s+#?|#)(?P<number>-?\d{{1,6}})(?:{_SEPARATOR}|$)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"^(?=#\d|\d+(?:[:\uff1a.)]|\s+[\u2013\u2014-])\s)#?(?P<number>\d{1,4})[\s:\uff1a.)\u2013\u2014-]+"
)
_EXPLICIT = re.compile(
    rf"^[`\[]?(?P<id>[A-Z][A-Z0-9]{{0,9}}(?:-[A-Z]+)*-?\d+)[`\]]?(?:{_SEPARATOR}|$)"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")
_PLACEHOLDER = re.compile(
    r"^(?:\[[^\]]*\]|<[^>]*>|\.{3}|TBD)$|YYYY|\bDELETE THIS\b|^\[(?:date|title|id)\]"
    rf"|^(?:{_NOUNS})\s+#?[NX]+(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A heading taken apart; `is_marked` says that only an entry's heading looks like this."""

    text: str
    number: int | None = None
    date: str | None = None
    explicit: str | None = None
    is_marked: bool = False
    is_placeholder: bool = False


def comment_id(text: str) -> str | None:
    """The id in an HTML comment: `<!-- id: cache-keys -->`, `<!-- rule:12 -->`."""
    match = _COMMENT_ID.fullmatch(text)
    if match is None:
        return None
    return (
        match["id"] if match["key"].lower() in ("id", "anchor") else f"{match['key']}-{match['id']}"
    )


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


def _take_lead(text: str) -> tuple[str, re.Match[str] | None]:
    """Take off the number or the id that a heading starts with."""
    found = (pattern.match(text) for pattern in (_NOUN_NUMBER, _NUMBER, _EXPLICIT))
    lead = next((match for match in found if match), None)
    return (text[lead.end() :], lead) if lead else (text, None)


def read_title(heading: str) -> Title:
    """Take a heading's text apart; what is left of it is the title, never empty.

    Titles stand in comments, reports and terminals, so what controls these becomes a space.
    """
    heading = _CONTROL.sub(" ", heading).strip()
    own = _OWN_ANCHOR.search(heading)
    bare = heading[: own.start()] if own else heading
    rest, first = _take_date(_EMOJI.sub("", bare), _DATE_FIRST)
    rest = _SCORE.sub("", rest)
    rest, lead = _take_lead(rest)
    rest, last = _take_date(rest, _DATE_LAST)
    rest = _EMOJI.sub("", rest).strip()
    said = lead.groupdict() if lead else {}
    number, when = said.get("number"), last or first
    explicit = own["id"] if own else said.get("id")
    return Title(
        rest or heading or "untitled",
        None if number is None else int(number),
        when,
        explicit,
        "noun" in said or explicit is not None or when is not None,
        _PLACEHOLDER.search(rest) is not None,
    )
