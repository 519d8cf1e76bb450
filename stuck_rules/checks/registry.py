"""All checks by name: those of the program, and those of plug-ins that were allowed."""

from __future__ import annotations

from collections.abc import Iterable

from stuck_rules.checks import CHECKS
from stuck_rules.checks.spec import CheckSpec

_plugged: dict[str, CheckSpec] = {}


def find_check(name: str) -> CheckSpec | None:
    """The check of a name, if there is one."""
    return CHECKS.get(name) or _plugged.get(name)


def check_names() -> tuple[str, ...]:
    """The names of all checks."""
    return (*CHECKS, *_plugged)


def register(specs: Iterable[CheckSpec]) -> None:
    """Make checks known to this process. Raises ValueError where a name is another's."""
    for spec in specs:
        known = find_check(spec.name)
        if known is not None and known.visitor != spec.visitor:
            raise ValueError(f"there is a check {spec.name!r} already, {known.visitor}")
        _plugged[spec.name] = spec
