"""Whether the rules of a rulebook can run, found out without loading LibCST."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stuck_rules.checks.registry import check_names, find_check
from stuck_rules.checks.spec import CheckSpec, words_fault
from stuck_rules.errors import PatternError, Problem, ProblemKind, RulebookError, did_you_mean
from stuck_rules.model.formula import Formula, MetavariablePattern, Taint
from stuck_rules.model.rule import CheckCall, FilesCondition, Option, Rule, TextCondition
from stuck_rules.patterns.fixsyntax import fix_fault, replacement_fault
from stuck_rules.patterns.metavariables import METAVARIABLE, metavariables_of
from stuck_rules.patterns.options import read_options
from stuck_rules.patterns.regexes import compile_regex
from stuck_rules.patterns.silence import silences
from stuck_rules.patterns.syntax import GENERIC, check_syntax, parts_of, parts_of_taint
from stuck_rules.patterns.taint.labels import labels_in, parse_requires
from stuck_rules.suppressions.builtin import BUILT_IN_IDS
from stuck_rules.texts import compile_text
from stuck_rules.values import replace


def validate(rules: Iterable[Rule]) -> None:
    """Raise RulebookError with everything that would keep one of the rules from running."""
    problems = [problem for rule in rules for problem in _all_problems(rule)]
    if problems:
        raise RulebookError(*problems)


def _all_problems(rule: Rule) -> list[Problem]:
    try:
        return list(_problems(rule))
    except RecursionError:
        return [_problem(rule, "nests too deeply; write it flatter", rule.line, rule.column)]


def _problems(rule: Rule) -> Iterator[Problem]:
    condition, paths = rule.condition, rule.paths
    if paths.include and set(paths.include) <= set(paths.exclude):
        message = "paths excludes all that it includes, so the rule looks at no file"
        yield _problem(rule, message, paths.line, paths.column)
    if rule.id in BUILT_IN_IDS:
        message = f"{rule.id!r} is the id of a built-in rule; choose another"
        yield _problem(rule, message, rule.line, rule.column)
    if isinstance(condition, CheckCall):
        yield from _check_problems(rule, condition)
    elif isinstance(condition, TextCondition):
        yield from _text_problems(rule, condition)
    elif not isinstance(condition, FilesCondition):
        yield from _formula_problems(rule, condition)


def _formula_problems(rule: Rule, formula: Formula | Taint) -> Iterator[Problem]:
    try:
        _check_formula(formula)
    except PatternError as error:
        for problem in error.problems:
            yield replace(problem, path=rule.rulebook, rule=rule.id)
        return
    for part in parts_of_taint(formula) if isinstance(formula, Taint) else (formula,):
        yield from _silences(rule, part)
    yield from _fix_problems(rule, formula)
    if isinstance(formula, Taint):
        yield from _propagator_problems(rule, formula)
        yield from _label_problems(rule, formula)
    yield from _fix_regex_problems(rule)
    for option in rule.options:
        yield from _pattern_option_problems(rule, option, generic=_is_generic(formula))


def _propagator_problems(rule: Rule, taint: Taint) -> Iterator[Problem]:
    """A propagator between what its pattern does not bind would carry nothing, in silence."""
    for propagator in taint.propagators:
        part, bound = propagator.part, metavariables_of(propagator.part)
        for name in (propagator.source, propagator.target):
            if name not in bound:
                message = f"the propagator's pattern does not bind {name}"
                yield _problem(rule, message, part.line, part.column)


def _label_problems(rule: Rule, taint: Taint) -> Iterator[Problem]:
    """A sink that requires a label which no source gives would never be reached."""
    labels = [source.label for source in taint.sources if source.label]
    for sink in taint.sinks:
        for name in labels_in(sink.requires):
            if name not in labels:
                message = f"no source gives the label {name!r}{did_you_mean(name, labels)}"
                yield _problem(rule, message, sink.part.line, sink.part.column)


def _fix_problems(rule: Rule, condition: Formula | Taint) -> Iterator[Problem]:
    """A fix that could never be made would leave the code as it is, in silence."""
    if rule.fix is None:
        return
    bound = metavariables_of(condition)
    for name in dict.fromkeys(METAVARIABLE.findall(rule.fix)):
        if name not in bound:
            hint = did_you_mean(name, bound)
            message = f"no pattern of this rule binds {name} of the fix{hint}"
            yield _problem(rule, message, *rule.fix_place)
    fault = fix_fault(rule.fix, condition)
    if fault is not None:
        message = f"the fix is no Python once its metavariables are filled: {fault}"
        yield _problem(rule, message, *rule.fix_place)


def _fix_regex_problems(rule: Rule) -> Iterator[Problem]:
    fix = rule.fix_regex
    if fix is None:
        return
    try:
        compile_regex(fix.regex, line=fix.line, column=fix.column)
    except PatternError as error:
        for problem in error.problems:
            yield replace(problem, path=rule.rulebook, rule=rule.id)
        return
    fault = replacement_fault(fix)
    if fault is not None:
        yield _problem(rule, fault, fix.line, fix.column)


def _check_formula(formula: Formula | Taint) -> None:
    if not isinstance(formula, Taint):
        check_syntax(formula)
        return
    for part in parts_of_taint(formula):
        check_syntax(part)
    for sink in formula.sinks:
        if sink.requires:
            parse_requires(sink.requires, line=sink.part.line, column=sink.part.column)


def _silences(rule: Rule, formula: Formula) -> Iterator[Problem]:
    """What could never match: a rule that finds nothing in silence looks like clean code."""
    for message, part in silences(formula):
        yield _problem(rule, message, part.line, part.column)


def _is_generic(formula: Formula | Taint) -> bool:
    """Whether a part is matched as Semgrep's language generic is."""
    if isinstance(formula, Taint):
        return any(_is_generic(part) for part in parts_of_taint(formula))
    if isinstance(formula, MetavariablePattern) and formula.language == GENERIC:
        return True
    return any(_is_generic(part) for part in parts_of(formula))


def _pattern_option_problems(rule: Rule, option: Option, *, generic: bool) -> Iterator[Problem]:
    value = option.value if isinstance(option.value, (str, bool)) else repr(option.value)
    try:
        read_options({option.name: value}, generic=generic)
    except PatternError as error:
        for problem in error.problems:
            yield _problem(rule, problem.message, option.line, option.column)


def _check_problems(rule: Rule, call: CheckCall) -> Iterator[Problem]:
    spec = find_check(call.name)
    if spec is None:
        message = f"unknown check {call.name!r}{_hint(call.name)}"
        yield _problem(rule, message, call.line, call.column)
        return
    wrong = [*_missing_options(rule, spec, call)]
    for option in call.options:
        wrong.extend(_option_problems(rule, spec, option))
    yield from wrong
    fault = None if wrong else words_fault(spec, spec.for_call(call))
    if fault is not None:
        message = f"check {call.name!r} cannot tell its words: {fault}"
        yield _problem(rule, message, call.line, call.column)


def _missing_options(rule: Rule, spec: CheckSpec, call: CheckCall) -> Iterator[Problem]:
    given = {option.name for option in call.options}
    for declared in spec.options:
        if declared.default is None and declared.name not in given:
            message = f"check {call.name!r} needs the option {declared.name!r}: {declared.help}"
            yield _problem(rule, message, call.line, call.column)


def _hint(name: str) -> str:
    """What may be meant by a check that is not known: a plug-in's, or a known one."""
    from stuck_rules.plugins import offered_by

    package = offered_by(name)
    if package is not None:
        return f"; the installed package {package} offers it: allow it with --allow-plugins"
    return did_you_mean(name, check_names())


def _option_problems(rule: Rule, spec: CheckSpec, option: Option) -> Iterator[Problem]:
    declared = spec.option(option.name)
    if declared is None:
        names = [known.name for known in spec.options]
        message = (
            f"check {spec.name!r} has no option {option.name!r}{did_you_mean(option.name, names)}"
        )
        yield _problem(rule, message, option.line, option.column)
    elif isinstance(declared.default, bool) and not isinstance(option.value, bool):
        yield _problem(
            rule, f"option {option.name!r} must be true or false", option.line, option.column
        )
    elif declared.choices and option.value not in declared.choices:
        choices = ", ".join(declared.choices)
        yield _problem(
            rule, f"option {option.name!r} must be one of {choices}", option.line, option.column
        )


def _text_problems(rule: Rule, condition: TextCondition) -> Iterator[Problem]:
    try:
        compile_text(condition)
    except PatternError as error:
        for problem in error.problems:
            yield replace(problem, path=rule.rulebook, rule=rule.id)


def _problem(rule: Rule, message: str, line: int, column: int = 0) -> Problem:
    return Problem(ProblemKind.RULEBOOK, message, rule.rulebook, rule.id, line, column or None)
