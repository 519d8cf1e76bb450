"""Every end of a sequence is told, from every start: compared with trying all lines by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from textwrap import indent

import pytest

from stuck_rules.cst.source import parse
from stuck_rules.engine import check_source
from stuck_rules.errors import ProblemKind
from stuck_rules.model.formula import All, Focus, Formula, Inside, Not, NotInside, Pattern
from stuck_rules.model.rule import Rule
from stuck_rules.patterns.compile import compile_formula
from stuck_rules.patterns.evaluate import find_matches
from stuck_rules.rulebook.loader import parse_rulebook

_LINE = re.compile(r"(?P<name>\$?\w+)\((?P<argument>\$?\w+)\)")
Lines = tuple[int, int]
Bindings = dict[str, str]


def generated(seed: int, count: int = 40) -> str:
    """A function of calls and blocks, drawn from few names so that much matches."""
    random = Random(seed)  # noqa: S311 - code, no secrets
    lines, depth = ["def f(x, y, z):"], 1
    while len(lines) < count:
        if depth < 4 and random.random() < 0.2:
            lines.append(f"{'    ' * depth}{random.choice(('if x', 'for q in x', 'with x'))}:")
            depth += 1
        lines.append(f"{'    ' * depth}{random.choice('abcd')}({random.choice('xyz')})")
        depth -= random.random() < 0.25 and depth > 1
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Reference:
    """All ways to match, one after another, with no thought of time."""

    steps: tuple[str, ...]

    def spans(self, code: str) -> set[Lines]:
        """The first and the last line of each run of statements that matches."""
        return {span for block in _blocks(ast.parse(code)) for span in self._in_block(block)}

    def _in_block(self, block: Sequence[ast.stmt]) -> Iterator[Lines]:
        starts = range(1 if self.steps[0] == "..." else len(block))
        for start in starts:
            rest = block[start:]
            flat = [(each, top) for top in rest for each in _preorder(top)]
            for last in self._ends(flat, 0, 0, {}, nested=False):
                end = rest[-1] if self.steps[-1] == "..." else last
                assert end.end_lineno is not None
                yield rest[0].lineno, end.end_lineno

    def _ends(
        self,
        flat: Sequence[tuple[ast.stmt, ast.stmt]],
        number: int,
        place: int,
        bound: Bindings,
        *,
        nested: bool,
    ) -> Iterator[ast.stmt]:
        """The statements of the block in which the last line may stand."""
        if self.steps[number] == "...":
            if number + 1 == len(self.steps):
                yield flat[-1][1]
                return
            for later in range(place, len(flat)):
                yield from self._at(flat, number + 1, later, bound, nested=True)
        elif place < len(flat):
            yield from self._at(flat, number, place, bound, nested=nested)

    def _at(
        self,
        flat: Sequence[tuple[ast.stmt, ast.stmt]],
        number: int,
        place: int,
        bound: Bindings,
        *,
        nested: bool,
    ) -> Iterator[ast.stmt]:
        statement, top = flat[place]
        found = _unify(self.steps[number], ast.unparse(statement), bound)
        if found is None:
            return
        if number + 1 == len(self.steps):
            yield top
            return
        behind = place + 1 if nested else place + len(list(_preorder(statement)))
        yield from self._ends(flat, number + 1, behind, found, nested=nested)


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            yield body


def _preorder(statement: ast.stmt) -> Iterator[ast.stmt]:
    yield statement
    for inner in getattr(statement, "body", ()):
        yield from _preorder(inner)


def _unify(step: str, text: str, bound: Bindings) -> Bindings | None:
    pattern, code = _LINE.fullmatch(step), _LINE.fullmatch(text)
    assert pattern is not None
    if code is None:
        return None
    found = dict(bound)
    for wanted, written in zip(pattern.groups(), code.groups(), strict=True):
        if wanted != "$_" and written != (
            found.setdefault(wanted, written) if wanted[0] == "$" else wanted
        ):
            return None
    return found


def spans_of(formula: Formula, code: str, told: Iterable[str] = ()) -> set[Lines]:
    """The lines of all matches where some metavariables are spoken of."""
    compiled = compile_formula(formula, {})
    found = find_matches(compiled, parse(code), path="example.py", told=frozenset(told))
    return {(match.span.start.line, match.span.end.line) for match in found}


PATTERNS = [
    pytest.param("a(x)", "...", "b(y)", id="no metavariable"),
    pytest.param("a($X)", "...", "b($Y)", id="each stands once"),
    pytest.param("a($X)", "...", "$F($X)", id="the last holds one that is bound and one that not"),
    pytest.param("a($X)", "...", "b($X)", "...", "c($X)", id="one three times"),
    pytest.param("a($X)", "...", "b($Y)", "...", "c($X)", "...", "d($Y)", id="crossed"),
    pytest.param("a($X)", "...", "$F(z)", "...", "$F($X)", id="bound behind a gap"),
    pytest.param("a($X)", "b($X)", "...", "c($Z)", id="adjacent, then a gap"),
    pytest.param("a($X)", "...", "b($Y)", "c($Y)", id="adjacent behind a gap"),
    pytest.param("a($X)", "...", "b($Y)", "c($Z)", "...", "$F($Y)", id="adjacent between gaps"),
    pytest.param("...", "a($X)", "...", "b($X)", id="from the start of the block"),
    pytest.param("a($X)", "...", "b($X)", "...", id="to the end of the block"),
    pytest.param("$F($X)", "...", "$G($X)", "...", "$F($Y)", id="everything may match"),
    pytest.param("a($_)", "...", "b($_)", "...", "c($_)", id="what binds nothing"),
]  # fmt: skip


@pytest.mark.parametrize("told", [(), ("$Y",), ("$X", "$Y", "$Z", "$F", "$G")], ids=len)
@pytest.mark.parametrize("steps", [pytest.param(p.values, id=p.id) for p in PATTERNS])
def test_every_end_of_every_start_is_told(steps: tuple[str, ...], told: tuple[str, ...]) -> None:
    total = 0
    for seed in range(12):
        code = generated(seed)
        spans = spans_of(Pattern("\n".join(steps)), code, told)
        assert spans == Reference(steps).spans(code)
        total += len(spans)
    assert total > 0


OUTER = ("a($X)", "...", "b($Y)", "...", "$F($Y)")


@pytest.mark.parametrize("is_inside", [True, False])
def test_what_lies_inside_a_sequence_is_found_however_long_that_is(*, is_inside: bool) -> None:
    part = Pattern("\n".join(OUTER))
    formula = All((Pattern("c($Z)"), Inside(part) if is_inside else NotInside(part)))
    for seed in range(12):
        code = generated(seed)
        outers = Reference(OUTER).spans(code)
        expected = {
            (line, end)
            for line, end in Reference(("c($Z)",)).spans(code)
            if is_inside is any(first <= line and end <= last for first, last in outers)
        }
        assert spans_of(formula, code) == expected


def test_each_end_that_a_negative_has_too_is_dropped() -> None:
    wanted, unwanted = ("a($X)", "...", "b($Y)"), ("a(x)", "...", "c($V)", "...", "$G($W)")
    formula = All((Pattern("\n".join(wanted)), Not(Pattern("\n".join(unwanted)))))
    for seed in range(12):
        code = generated(seed)
        expected = Reference(wanted).spans(code) - Reference(unwanted).spans(code)
        assert spans_of(formula, code) == expected


@pytest.mark.parametrize("negative", [(), (NotInside(Pattern("a(x)\n...\nc(z)")),)], ids=len)
def test_a_focus_is_told_for_each_start_that_has_an_end(negative: tuple[Formula, ...]) -> None:
    steps = ("a($X)", "...", "b($Y)")
    formula = All((Pattern("\n".join(steps)), *negative, Focus(("$X",))))
    unwanted = Reference(("a(x)", "...", "c(z)"))
    for seed in range(12):
        code = generated(seed)
        outers = unwanted.spans(code) if negative else set()
        kept = [
            (start, end)
            for start, end in Reference(steps).spans(code)
            if not any(first <= start and end <= last for first, last in outers)
        ]
        assert spans_of(formula, code) == {(start, start) for start, _ in kept}


def rule(*lines: str, **keys: str) -> Rule:
    """A rule of one sequence."""
    more = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    text = indent("\n".join(lines), " " * 6)
    head = "rules:\n  - id: lines\n    message: lines\n"
    return parse_rulebook(f"{head}{more}    pattern: |\n{text}\n", shown="rules.yaml").rules[0]


SIX = "\n...\n".join(f"f_{number}($X{number})" for number in range(6)).split("\n")


@pytest.mark.parametrize("fix", ["done()", "done($X0, $X5)", "done($X0, $X1, $X2, $X3, $X4, $X5)"])
def test_a_fix_with_many_metavariables_costs_no_end(fix: str) -> None:
    code = "\n".join(f"f_{number % 6}(x{number})" for number in range(240)) + "\n"
    result = check_source(code, "example.py", [rule(*SIX, fix=fix)])
    assert not result.problems
    spans = [(v.span.start.line, v.span.end.line) for v in result.violations]
    starts, ends = range(1, 240, 6), range(6, 241, 6)
    assert spans == [(start, end) for start in starts for end in ends if end > start]


def test_of_the_ends_of_one_start_the_nearest_that_can_be_fixed_is() -> None:
    code = "start(x)\nif a:\n    stop(x)\nb()\nstop(x)\nc()\nstop(x)\n"
    fix = "|\n      begin($X)\n      ...\n      end($X)"
    result = check_source(code, "example.py", [rule("start($X)", "...", "stop($X)", fix=fix)])
    fixed = {v.span.end.line: v.fix is not None for v in result.violations}
    assert fixed == {3: False, 5: True, 7: False}


def test_more_ends_than_can_be_told_are_a_problem_of_the_rule() -> None:
    code = "a(x)\n" * 700
    found = check_source(code, "example.py", [rule("a(...)", "...", "a($X)")])
    (problem,) = found.problems
    assert (problem.kind, problem.rule) == (ProblemKind.TIMEOUT, "lines")
    assert not found.violations
