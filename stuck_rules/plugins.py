"""Checks of installed packages and of the user's own modules.

A plug-in is code that runs, while a rulebook and its settings may come with a pull request. So
nothing here is loaded because a file says so: a flag of the command line, an input of the Action
or a call of this module is what allows it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from stuck_rules.checks.registry import register
from stuck_rules.checks.spec import CheckSpec, spec_fault
from stuck_rules.errors import UsageError
from stuck_rules.values import dataclass

GROUP = "stuck_rules.checks"


@dataclass(frozen=True, slots=True)
class PluginLoad:
    """A call of `load_plugins`, to be made again in another process."""

    modules: tuple[str, ...]
    installed: bool
    root: Path | None


_loads: list[PluginLoad] = []


def load_plugins(
    modules: Sequence[str] = (), *, installed: bool = False, root: Path | None = None
) -> tuple[str, ...]:
    """Load checks and return their names; a module's are those in its `CHECKS`.

    `root` goes behind the places that modules are imported from, so that a file of the project
    cannot stand in for an installed package. Raises UsageError where a
    plug-in cannot be loaded, is no check, or takes the name of another.
    """
    loaded: list[str] = []
    if installed:
        for point in _points():
            where = f"the plug-in {point.name!r} of {_package_of(point)}"
            loaded.extend(_add(_load(point, where), where))
    if modules and root is not None and str(root) not in sys.path:
        sys.path.append(str(root))
    for name in modules:
        where = f"the plug-in {name!r}"
        loaded.extend(_add(_checks_of(name, where), where))
    _loads.append(PluginLoad(tuple(modules), installed, root))
    return tuple(loaded)


def loads() -> tuple[PluginLoad, ...]:
    """What was loaded in this process."""
    return tuple(_loads)


def offered_by(check: str) -> str | None:
    """The installed package that offers a check of that name, found without loading it."""
    return next((_package_of(point) for point in _points() if point.name == check), None)


def _points() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


def _package_of(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


def _load(point: EntryPoint, where: str) -> object:
    try:
        return point.load()
    except (Exception, SystemExit) as error:
        raise _refusal(where, error) from None


def _checks_of(name: str, where: str) -> object:
    try:
        module = importlib.import_module(name)
    except (Exception, SystemExit) as error:
        raise _refusal(where, error) from None
    if not hasattr(module, "CHECKS"):
        raise UsageError.at(f"{where} has no CHECKS: name its checks there")
    return module.CHECKS


def _refusal(where: str, error: BaseException) -> Exception:
    detail = " ".join(str(error).split())
    return UsageError.at(f"{where} cannot be loaded: {type(error).__name__}: {detail}")


def _add(found: object, where: str) -> Iterator[str]:
    specs = list(_specs(found, where))
    try:
        register(specs)
    except ValueError as error:
        raise UsageError.at(f"{where} cannot be used: {error}") from None
    yield from (spec.name for spec in specs)


def _specs(found: object, where: str) -> Iterator[CheckSpec]:
    """One check or several."""
    for each in _several(found, where):
        if not isinstance(each, CheckSpec):
            raise UsageError.at(f"{where} offers no CheckSpec, but {type(each).__name__}")
        fault = spec_fault(each)
        if fault is not None:
            raise UsageError.at(f"{where} offers a check that cannot run: {fault}")
        yield each


def _several(found: object, where: str) -> list[object]:
    if isinstance(found, CheckSpec) or not isinstance(found, Iterable):
        return [found]
    try:
        return list(found)
    except (Exception, SystemExit) as error:
        raise _refusal(where, error) from None
