"""Taint in random functions, beside an interpreter that follows every way through them."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from stuck_rules.engine import check_source
from stuck_rules.rulebook.loader import parse_rulebook

RULE = """\
rules:
  - id: t
    message: tainted
    mode: taint
    pattern-sources: [{pattern: source()}]
    pattern-sinks: [{pattern: sink(...)}]
    pattern-sanitizers: [{pattern: clean(...)}]
"""
NAMES = "abcd"
SIMPLE = (
    *("{0} = 1", "{0} = {1}", "{0} = {1} + {2}", "{0} = source()", "{0} = clean({1})"),
    *("{0} += {1}", "{0} = f({1})", "sink({0})", "sink({0})", "{0}, {1} = {2}, 1"),
    *("sink(clean({0}), {1})", "{0} = {1} if q else {2}", "f({0} := {1})"),
)
Tainted = frozenset[str]


def lines_of(dice: random.Random, depth: int, *, in_loop: bool) -> Iterator[str]:
    for _ in range(dice.randint(1, 4)):
        kind = dice.choice(["simple"] * 5 + (["if", "while", "for", "finally"] if depth else []))
        body = [f"    {line}" for line in lines_of(dice, depth - 1, in_loop=True)] if depth else []
        if kind == "simple":
            yield dice.choice(SIMPLE).format(*dice.choices(NAMES, k=3))
        elif kind == "if":
            yield from ["if q:", *branch_of(dice, depth - 1, in_loop=in_loop)]
            if dice.random() < 0.5:
                yield from ["else:", *branch_of(dice, depth - 1, in_loop=in_loop)]
        elif kind == "while":
            yield from ["while q:", *body]
        elif kind == "for":
            yield from [f"for {dice.choice(NAMES)} in {dice.choice(NAMES)}:", *body]
        else:
            yield from ["try:", *branch_of(dice, depth - 1, in_loop=in_loop)]
            yield from ["finally:", f"    sink({dice.choice(NAMES)})"]


def branch_of(dice: random.Random, depth: int, *, in_loop: bool) -> Iterator[str]:
    lines = list(lines_of(dice, max(depth, 0), in_loop=in_loop))
    if dice.random() < 0.3:
        lines.append(dice.choice(["break", "continue", "return"] if in_loop else ["return"]))
    yield from (f"    {line}" for line in lines)


@dataclass
class Ends:
    """The sets of variables that may be tainted where a block is left, by the way it is left."""

    normal: set[Tainted]
    left: dict[str, set[Tainted]] = field(
        default_factory=lambda: {"Break": set(), "Continue": set(), "Return": set()}
    )


class Oracle:
    """Runs statements on sets of tainted variables, one set for each way that led there."""

    def __init__(self) -> None:
        self.sinks: set[int] = set()

    def run(self, body: list[ast.stmt], states: set[Tainted]) -> Ends:
        ends = Ends(states)
        for statement in body:
            if not ends.normal:
                break
            step = self.step(statement, ends.normal)
            ends.normal = step.normal
            for kind, found in step.left.items():
                ends.left[kind] |= found
        return ends

    def step(self, node: ast.stmt, states: set[Tainted]) -> Ends:
        if isinstance(node, ast.If):
            one, two = self.run(node.body, states), self.run(node.orelse, states)
            return self.both(one.normal | two.normal, one, two)
        if isinstance(node, (ast.While, ast.For)):
            return self.loop(node, states)
        if isinstance(node, ast.Try):
            return self.attempt(node, states)
        if isinstance(node, (ast.Break, ast.Continue, ast.Return)):
            ends = Ends(set())
            ends.left[type(node).__name__] = states
            return ends
        return Ends({self.simple(node, state) for state in states})

    def both(self, normal: set[Tainted], *parts: Ends) -> Ends:
        ends = Ends(normal)
        for part in parts:
            for kind, found in part.left.items():
                ends.left[kind] |= found
        return ends

    def loop(self, node: ast.While | ast.For, states: set[Tainted]) -> Ends:
        heads, body = set(states), Ends(set())
        # What a loop runs over is evaluated once, in front of it.
        tagged = {(s, isinstance(node, ast.For) and self.value(node.iter, s)[0]) for s in states}
        pending, outs = set(tagged), Ends(set())
        while pending:
            state, marked = pending.pop()
            inside = state
            if isinstance(node, ast.For):
                assert isinstance(node.target, ast.Name)
                inside = with_mark(state, node.target.id, marked=marked)
            body = self.run(node.body, {inside})
            outs = self.both(set(), outs, body)
            heads |= body.normal | body.left["Continue"]
            new = {(s, marked) for s in body.normal | body.left["Continue"]} - tagged
            tagged |= new
            pending |= new
        ends = Ends(heads | outs.left["Break"])
        ends.left["Return"] = outs.left["Return"]
        return ends

    def attempt(self, node: ast.Try, states: set[Tainted]) -> Ends:
        body = self.run(node.body, states)
        for found in (body.normal, *body.left.values()):
            self.run(node.finalbody, found)
        return body

    def simple(self, node: ast.stmt, state: Tainted) -> Tainted:
        if isinstance(node, ast.Assign):
            marked, state = self.value(node.value, state)
            for name in (n for n in ast.walk(node.targets[0]) if isinstance(n, ast.Name)):
                state = with_mark(state, name.id, marked=marked)
        elif isinstance(node, ast.AugAssign):
            assert isinstance(node.target, ast.Name)
            marked, state = self.value(node.value, state)
            state = with_mark(state, node.target.id, marked=marked or node.target.id in state)
        elif isinstance(node, ast.Expr):
            state = self.value(node.value, state)[1]
        return state

    def value(self, node: ast.expr, state: Tainted) -> tuple[bool, Tainted]:
        if isinstance(node, ast.Name):
            return node.id in state, state
        if isinstance(node, ast.NamedExpr):
            marked, state = self.value(node.value, state)
            return marked, with_mark(state, node.target.id, marked=marked)
        if isinstance(node, ast.IfExp):
            return self.value(node.body, state)[0] or self.value(node.orelse, state)[0], state
        marked = False
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                found, state = self.value(child, state)
                marked = marked or found
        name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if name == "sink" and marked:
            self.sinks.add(node.lineno)
        return (marked or name == "source") and name != "clean", state


def with_mark(state: Tainted, name: str, *, marked: bool) -> Tainted:
    return state | {name} if marked else state - {name}


@pytest.mark.parametrize("seed", range(150))
def test_random_functions(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    code = "def f(a, b, c, d, q):\n"
    code += "".join(f"    {line}\n" for line in lines_of(dice, 3, in_loop=False))
    oracle = Oracle()
    (function,) = ast.parse(code).body
    assert isinstance(function, ast.FunctionDef)
    oracle.run(function.body, {frozenset()})
    result = check_source(code, "a.py", parse_rulebook(RULE, shown="r.yaml").rules)
    assert result.problems == ()
    assert {violation.span.start.line for violation in result.violations} == oracle.sinks, code
