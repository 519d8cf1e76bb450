"""Options of Semgrep's that ask for more than is done here, though for nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from stuck_rules.model.rule import Rule

# They ask to follow calls, in the paid engine: what is found without that is found here too.
BEYOND_A_FUNCTION = frozenset({"interfile", "taint_intrafile"})


def unfollowed(rules: Iterable[Rule]) -> tuple[str, ...]:
    """What to note on the options of rules that are not followed."""
    return tuple(
        f"{rule.rulebook}:{option.line}: rule {rule.id}: the option {option.name!r} is not "
        "followed: each function is read by itself"
        for rule in rules
        for option in rule.options
        if option.name in BEYOND_A_FUNCTION and option.value in {True, "true"}
    )
