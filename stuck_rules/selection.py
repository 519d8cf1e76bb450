"""Which rules run: enabled ones, and those that somebody names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from stuck_rules.errors import UsageError
from stuck_rules.model.rule import Rule


def select_rules(
    rules: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The rules that run. Names are ids of rules or entries, `*` stands for any part of one.

    A disabled rule runs when it is selected by its own id. Raises UsageError for a name that
    fits nothing.
    """
    rules = tuple(rules)
    for name in (*select, *ignore):
        if not any(_fits(rule, name) for rule in rules):
            raise UsageError.at(f"no rule or entry is called {name!r}{_closest(name, rules)}")
    return tuple(
        rule
        for rule in rules
        if _is_selected(rule, select) and not any(_fits(rule, name) for name in ignore)
    )


def _is_selected(rule: Rule, select: Sequence[str]) -> bool:
    if rule.id in select:
        return True
    return rule.enabled and (not select or any(_fits(rule, name) for name in select))


def _fits(rule: Rule, name: str) -> bool:
    return any(fnmatchcase(known, name) for known in (rule.id, *rule.entries))


def _closest(name: str, rules: Iterable[Rule]) -> str:
    known = [known for rule in rules for known in (rule.id, *rule.entries)]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    return f"; did you mean {close[0]!r}?" if close else ""
