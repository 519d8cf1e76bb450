"""The settings' tables of paths, with rules named by id and globs seen from the root."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from stuck_rules.config.reading import Located
from stuck_rules.config.rulesettings import PerPath, SeverityChange
from stuck_rules.errors import ConfigError, Problem, ProblemKind, UsageError
from stuck_rules.globs import Globs
from stuck_rules.model.pathrules import PathRules
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.selection import choose_rules, select_rules


def read_path_rules(
    tables: Iterable[PerPath],
    rules: Sequence[Rule],
    ignored: Sequence[str],
    *,
    to_root: Callable[[Iterable[Located]], tuple[str, ...]],
) -> tuple[PathRules, ...]:
    """What the tables say of the rules, of which `ignored` names some that do not run.

    Raises ConfigError with every name that fits no rule.
    """
    read: list[PathRules] = []
    problems: list[Problem] = []
    for table in tables:
        try:
            read.append(_read(table, rules, ignored, to_root(table.paths)))
        except UsageError as error:
            problems.extend(
                Problem(
                    ProblemKind.CONFIG, problem.message, table.place.source, line=table.place.line
                )
                for problem in error.problems
            )
    if problems:
        raise ConfigError(*problems)
    return tuple(read)


def unmatched(
    tables: Iterable[PerPath],
    files: Sequence[str],
    *,
    to_root: Callable[[Iterable[Located]], tuple[str, ...]],
) -> list[str]:
    """A note for each table that none of the checked files, as seen from the root, belongs to."""
    return [
        f"{table.place}: per-path: no checked file matches {', '.join(map(str, table.paths))}"
        for table in tables
        if not any(map(Globs(to_root(table.paths)).matches, files))
    ]


def _read(
    table: PerPath, rules: Sequence[Rule], ignored: Sequence[str], globs: tuple[str, ...]
) -> PathRules:
    only = select_rules(rules, table.select, ignored) if table.select else None
    also = select_rules(rules, table.extend_select) if table.extend_select else ()
    without = choose_rules(rules, table.ignore) if table.ignore else ()
    return PathRules(
        globs,
        only=None if only is None else _ids(only),
        also=_ids(also),
        without=_ids(without),
        severities=tuple(_levels(table.severity, rules)),
    )


def _ids(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(rule.id for rule in rules)


def _levels(
    changes: Iterable[SeverityChange], rules: Sequence[Rule]
) -> Iterable[tuple[str, Severity]]:
    for change in changes:
        for rule in choose_rules(rules, [change.name]):
            yield rule.id, change.level
