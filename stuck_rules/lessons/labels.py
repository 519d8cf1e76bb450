"""What role a label gives to the statements below it, and which label a misspelt one means."""

from __future__ import annotations

import re
from functools import cache

from stuck_rules.lessons.synonyms import PREFIXES, SUFFIXES, SYNONYMS
from stuck_rules.model.lesson import Role

# Longer words are a sentence.
_LONGEST = 80
_EDGES = re.compile(r"^\W*(?:\d+\s*[.)]\s*)?\W*|\W*(?:[(\uff08][^)\uff09]*[)\uff09])?\W*$")


@cache
def _by_name() -> dict[str, Role]:
    """Each synonym's role."""
    return {
        " ".join(name.split()): role
        for role, names in SYNONYMS.items()
        for name in names.split(",")
    }


def normalise(label: str) -> str:
    """A label as the table has it: lower case, no number, emoji, remark or colon around it."""
    if len(label) > _LONGEST:
        return label.casefold()
    return " ".join(_EDGES.sub("", label.replace("\u2019", "'")).casefold().split())


def exact_role(label: str) -> Role | None:
    """The role of a label that stands in the table word for word."""
    return _by_name().get(normalise(label))


def role_of(label: str) -> Role | None:
    """The role of a label in the table or of one of its families; None for an unknown one."""
    name = normalise(label)
    if name in _by_name():
        return _by_name()[name]
    families = [role for prefix, role in PREFIXES if name.startswith(prefix)]
    families += [role for suffix, role in SUFFIXES if name.endswith(suffix)]
    return families[0] if families else None


def _distance(one: str, other: str) -> int:
    """How many letters must be changed, added or left out."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            substituted = previous + (a != b)
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, substituted)
    return row[-1]


def meant_label(label: str) -> str | None:
    """The label of the table that an unknown one differs from by one or two letters.

    Short words are too close to each other to guess.
    """
    name = normalise(label)
    if len(name) > _LONGEST:
        return None
    allowed = 0 if len(name) < 7 else 1 if len(name) < 10 else 2
    near = [known for known in _by_name() if abs(len(known) - len(name)) <= allowed]
    ranked = sorted((_distance(name, known), known) for known in near if len(known) >= 6)
    return ranked[0][1] if ranked and ranked[0][0] <= allowed else None
