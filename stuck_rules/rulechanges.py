"""What the settings say of rules otherwise than their rulebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stuck_rules.config.known import SETTINGS
from stuck_rules.config.reading import Place
from stuck_rules.config.rulesettings import RuleChange, SeverityChange
from stuck_rules.config.settings import Config
from stuck_rules.errors import (
    ConfigError,
    Problem,
    ProblemKind,
    RulebookError,
    UsageError,
    did_you_mean,
)
from stuck_rules.model.rule import (
    TESTS,
    CheckCall,
    FilesCondition,
    Option,
    OptionValue,
    PathFilter,
    Rule,
    TextCondition,
)
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.selection import fits, refuse_unknown
from stuck_rules.values import dataclass, replace

_Options = Iterable[tuple[str, OptionValue]]


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What the settings say of rules; `tests` are globs as seen from the root."""

    changes: tuple[RuleChange, ...] = ()
    severities: tuple[SeverityChange, ...] = ()
    tests: tuple[str, ...] = ()


def change_rules(rulebooks: Sequence[Rulebook], settings: RuleSettings) -> tuple[Rulebook, ...]:
    """The rulebooks with changed rules; of several severities that fit a rule the last counts.

    Raises ConfigError with all changes that fit no rule, and with options that its check or
    patterns do not take.
    """
    rules = [rule for rulebook in rulebooks for rule in rulebook.rules]
    problems = [
        *_unknown_ids(rules, settings.changes),
        *_unknown_names(rules, settings.severities),
    ]
    changed: dict[str, Rule] = {}
    for rule in rules:
        now, faults = _change(rule, settings.changes)
        changed[rule.id] = _with_tests(_with_severity(now, settings.severities), settings.tests)
        problems.extend(faults)
    if problems:
        raise ConfigError(*problems)
    return tuple(
        replace(rulebook, rules=tuple(changed[rule.id] for rule in rulebook.rules))
        for rulebook in rulebooks
    )


def _unknown_ids(rules: Sequence[Rule], changes: Iterable[RuleChange]) -> Iterator[Problem]:
    ids = [rule.id for rule in rules]
    for change in changes:
        if change.id not in ids:
            yield _problem(
                f"no rule is called {change.id!r}{did_you_mean(change.id, ids)}", change.place
            )


def _unknown_names(
    rules: Sequence[Rule], severities: Iterable[SeverityChange]
) -> Iterator[Problem]:
    for change in severities:
        try:
            refuse_unknown(rules, [change.name])
        except UsageError as error:
            for problem in error.problems:
                yield _problem(problem.message, change.place)


def _change(rule: Rule, changes: Iterable[RuleChange]) -> tuple[Rule, list[Problem]]:
    """The rule with its changes, and what is wrong with their options."""
    problems: list[Problem] = []
    for change in changes:
        if change.id != rule.id:
            continue
        if change.enabled is not None:
            rule = replace(rule, enabled=change.enabled)
        if change.with_ or change.options:
            problems.extend(_misplaced(rule, change))
            rule = _with_options(rule, change)
            problems.extend(_faults(rule, change))
    return rule, problems


def _misplaced(rule: Rule, change: RuleChange) -> Iterator[Problem]:
    """Options that nothing would look at."""
    condition = rule.condition
    takes_with = isinstance(condition, (CheckCall, TextCondition))
    if change.with_ and not takes_with:
        yield _problem(f"rule {rule.id!r} has no check that takes 'with'", change.place)
    if change.options and (takes_with or isinstance(condition, FilesCondition)):
        yield _problem(f"rule {rule.id!r} has no pattern that takes 'options'", change.place)
    if isinstance(condition, TextCondition):
        for name, _ in change.with_:
            if f"{{{name}}}" not in condition.regex:
                message = f"the text of rule {rule.id!r} has no option {name!r}"
                yield _problem(message, change.place)
    for name, value in change.options:
        if not isinstance(value, bool):
            yield _problem(f"option {name!r} must be true or false", change.place)


def _with_options(rule: Rule, change: RuleChange) -> Rule:
    condition = rule.condition
    if isinstance(condition, (CheckCall, TextCondition)):
        options = _merge(condition.options, change.with_, change.place)
        return replace(rule, condition=replace(condition, options=options))
    if isinstance(condition, FilesCondition):
        return rule
    return replace(rule, options=_merge(rule.options, change.options, change.place))


def _merge(options: Iterable[Option], given: _Options, place: Place) -> tuple[Option, ...]:
    merged = {option.name: option for option in options}
    merged.update({name: Option(name, value, place.line or 0) for name, value in given})
    return tuple(merged.values())


def _faults(rule: Rule, change: RuleChange) -> Iterator[Problem]:
    """What validation says of the changed rule, at the place of the change."""
    from stuck_rules.validation import validate

    try:
        validate([rule])
    except RulebookError as error:
        for problem in error.problems:
            yield _problem(problem.message, change.place, rule.id)


def _with_severity(rule: Rule, severities: Sequence[SeverityChange]) -> Rule:
    levels = [change.level for change in severities if fits(rule, change.name)]
    return replace(rule, severity=levels[-1]) if levels else rule


def _with_tests(rule: Rule, tests: tuple[str, ...]) -> Rule:
    """The rule with other tests where its paths name all of the usual ones."""
    if not tests:
        return rule
    include, exclude = _other_tests(rule.paths.include, tests), rule.paths.exclude
    return replace(rule, paths=PathFilter(include, _other_tests(exclude, tests)))


def _other_tests(globs: tuple[str, ...], tests: tuple[str, ...]) -> tuple[str, ...]:
    if not set(TESTS) <= set(globs):
        return globs
    return (*(glob for glob in globs if glob not in TESTS), *tests)


def unknown_names(config: Config, rules: Sequence[Rule]) -> ConfigError | None:
    """The names to select or ignore that fit no rule, each with its place."""
    problems = []
    for key in ("select", "extend-select", "ignore", "extend-ignore"):
        for name in getattr(config, SETTINGS[key].field):
            try:
                refuse_unknown(rules, [name])
            except UsageError as error:
                place = config.places[key][-1]
                problems += [_problem(problem.message, place) for problem in error.problems]
    return ConfigError(*problems) if problems else None


def _problem(message: str, place: Place, rule: str | None = None) -> Problem:
    return Problem(ProblemKind.CONFIG, message, place.source, rule, place.line)
