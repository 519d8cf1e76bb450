"""Which rules run: enabled ones, and those that somebody names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from stuck_rules.errors import UsageError, did_you_mean
from stuck_rules.model.rule import Rule


def select_rules(
    rules: Iterable[Rule],
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    *,
    also: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """The rules that run. Names are ids of rules or entries, `*` stands for any part of one.

    Those of `also` run beside the selected ones. A disabled rule runs when it is named by its
    own id. Raises UsageError for a name that fits nothing.
    """
    rules = tuple(rules)
    refuse_unknown(rules, (*select, *also, *ignore))
    return tuple(
        rule
        for rule in rules
        if (_is_selected(rule, select) or (also and _is_selected(rule, also)))
        and not any(fits(rule, name) for name in ignore)
    )


def choose_rules(
    rules: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The rules of these names, whether enabled or not. Raises UsageError as `select_rules`."""
    rules = tuple(rules)
    refuse_unknown(rules, (*select, *ignore))
    return tuple(
        rule
        for rule in rules
        if (not select or any(fits(rule, name) for name in select))
        and not any(fits(rule, name) for name in ignore)
    )


def refuse_unknown(rules: Sequence[Rule], names: Sequence[str]) -> None:
    """Raise UsageError for the first name that fits no rule and no entry."""
    for name in names:
        if not any(fits(rule, name) for rule in rules):
            known = [known for rule in rules for known in (rule.id, *rule.entries)]
            hint = did_you_mean(name, known, cutoff=0.4)
            raise UsageError.at(f"no rule or entry is called {name!r}{hint}")


def _is_selected(rule: Rule, select: Sequence[str]) -> bool:
    if rule.id in select:
        return True
    return rule.enabled and (not select or any(fits(rule, name) for name in select))


def fits(rule: Rule, name: str) -> bool:
    """Whether a name means a rule: by its id or an entry's, `*` stands for any part."""
    return any(fnmatchcase(known, name) for known in (rule.id, *rule.entries))
