"""What role a label gives to the statements below it, and which label a misspelt one means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

from stuck_rules.lessons.synonyms import PREFIXES, SUFFIXES, SYNONYMS
from stuck_rules.model.lesson import Role
from stuck_rules.model.logsettings import LabelWords

# Longer words are a sentence.
_LONGEST = 80
# A log's own words hold while it is read, in this thread alone.
_OWN: ContextVar[dict[str, Role]] = ContextVar("own label words")
# 修正一, Fix 2
_COUNTER = re.compile(r"\s*#?(?:\d{1,2}|[一二三四五六七八九十])$")
_EDGES = re.compile(r"^\W*(?:\d+\s*[.)]\s*)?\W*|\W*(?:[(\uff08][^)\uff09]*[)\uff09])?\W*$")


@cache
def _by_name() -> dict[str, Role]:
    """Each synonym's role."""
    return {
        " ".join(name.split()): role
        for role, names in SYNONYMS.items()
        for name in names.split(",")
    }


@lru_cache(maxsize=4096)
def normalise(label: str) -> str:
    """A label as the table has it: lower case, no number, emoji, remark or colon around it."""
    if len(label) > _LONGEST:
        return label.casefold()
    return " ".join(_EDGES.sub("", label.replace("\u2019", "'")).casefold().split())


@contextmanager
def own_labels(labels: Sequence[LabelWords]) -> Iterator[None]:
    """Know a log's own words too, before those of the table, until the block ends."""
    words = {normalise(word): own.role for own in labels for word in own.words}
    token = _OWN.set(words)
    try:
        yield
    finally:
        _OWN.reset(token)


def _named(name: str) -> Role | None:
    return _OWN.get({}).get(name) or _by_name().get(name)


def exact_role(label: str) -> Role | None:
    """The role of a label that stands in the table word for word."""
    return _named(normalise(label))


def role_of(label: str) -> Role | None:
    """The role of a label in the table or of one of its families; None for an unknown one."""
    name = normalise(label)
    named = _named(name) or _named(_COUNTER.sub("", name))
    if named is not None:
        return named
    if " / " in name:
        return next(filter(None, map(_named, reversed(name.split(" / ")))), None)
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
    return None if len(name) > _LONGEST or len(name) < 7 else _nearest(name)


@cache
def _by_length() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for known in _by_name():
        found.setdefault(len(known), []).append(known)
    return found


def _is_near(name: str, known: str, allowed: int) -> bool:
    """Whether counting the letters is worth it: it is not cheap, and most words are far off."""
    ends = name[0] == known[0] or name[-1] == known[-1]
    return ends and len({*name} ^ {*known}) <= 2 * allowed


@lru_cache(maxsize=1024)
def _nearest(name: str) -> str | None:
    allowed = 1 if len(name) < 10 else 2
    lengths = range(max(6, len(name) - allowed), len(name) + allowed + 1)
    alike = (known for length in lengths for known in _by_length().get(length, ()))
    near = (known for known in alike if _is_near(name, known, allowed))
    ranked = sorted((_distance(name, known), known) for known in near)
    return ranked[0][1] if ranked and ranked[0][0] <= allowed else None
