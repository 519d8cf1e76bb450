"""Which reminders speak of the files that change: a few, the nearest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from stuck_rules.globs import Globs
from stuck_rules.model.rulebook import Reminder
from stuck_rules.values import dataclass

MOST = 3
# What a lesson is for decides between equals: what to do goes before what happened.
_ROLES = ("prevention", "wrong", "correct", "remediation", "proposal", "implementation")
_FILE, _WORD = 3, 1


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder with why it is shown."""

    reminder: Reminder
    score: int
    because: str


def choose_reminders(
    reminders: Iterable[Reminder], files: Mapping[str, str], most: int = MOST
) -> list[Reminded]:
    """The reminders that fit the files, by path and text; one an entry while others wait."""
    found = [one for reminder in reminders if (one := _look(reminder, files)) is not None]
    found.sort(key=lambda one: (-one.score, _rank(one.reminder), one.reminder.lines))
    first: dict[str, Reminded] = {}
    for one in found:
        first.setdefault(one.reminder.entry, one)
    rest = [one for one in found if one is not first[one.reminder.entry]]
    return [*first.values(), *rest][:most]


def _rank(reminder: Reminder) -> int:
    return _ROLES.index(reminder.role) if reminder.role in _ROLES else len(_ROLES)


def _look(reminder: Reminder, files: Mapping[str, str]) -> Reminded | None:
    applies = reminder.applies_to
    globs = Globs(f"/{path.lstrip('/')}" for path in applies.paths)
    named = [path for path in files if globs.matches(path)]
    words = [word for word in applies.words if _occurs(word, files.values())]
    score = _FILE * len(named) + _WORD * len(words)
    if not score:
        return None
    reasons = [f"{named[0]} changes"] if named else []
    reasons += [f"{words[0]!r} stands in it"] if words else []
    return Reminded(reminder, score, " and ".join(reasons))


def _occurs(word: str, texts: Iterable[str]) -> bool:
    """Whether a word stands in a text as it is written, not inside another one."""
    word = word.strip().removesuffix("()")
    if len(word) < 4:
        return False
    regex = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return any(regex.search(text) for text in texts)
