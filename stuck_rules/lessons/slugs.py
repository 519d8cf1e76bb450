"""Where links to headings point, and the ids that entries are known by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from stuck_rules.lessons.titles import Title

# YAML reads no key above 1,024 characters, and nobody types so many.
_LONGEST_ID = 200


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return character in " -" or category[0] in "LM" or category in {"Nd", "Pc"}


class _Kept(dict[int, str]):
    """What becomes of each character, looked up when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = "-" if character == " " else character if _is_kept(character) else ""
        return self[code]


_KEPT = _Kept()


def slug(text: str) -> str:
    """GitHub's anchor of a heading's text: nothing is folded, so ` - ` gives three dashes."""
    return text.strip().lower().translate(_KEPT)


def anchors(headings: Iterable[str]) -> tuple[str, ...]:
    """The anchors of all headings of a file in order; repeats get -1, -2."""
    used: dict[str, int] = {}
    found = []
    for heading in headings:
        base = anchor = slug(heading)
        while anchor in used:
            used[base] += 1
            anchor = f"{base}-{used[base]}"
        used[anchor] = 0
        found.append(anchor)
    return tuple(found)


def _plain_id(title: Title) -> str:
    words = re.sub(r"[-\s]+", "-", slug(title.text)).strip("-")
    name = title.explicit or words or "entry"
    if len(name) <= _LONGEST_ID:
        return name
    cut = name[:_LONGEST_ID]
    return cut.rpartition("-")[0] or cut


def entry_ids(titles: Sequence[Title]) -> tuple[str, ...]:
    """Each entry's id: the one its heading names, else its title's slug.

    The first of equal titles keeps the plain slug, so that a later entry never renames it; the
    others get their date, and where that is not enough -2, -3 in file order.
    """
    taken: set[str] = set()
    counts: dict[str, int] = {}
    ids = []
    for title in titles:
        name = _plain_id(title)
        if name in taken and title.date is not None:
            name = f"{name}-{title.date}"
        base = name
        while name in taken:
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}-{counts[base]}"
        taken.add(name)
        ids.append(name)
    return tuple(ids)
