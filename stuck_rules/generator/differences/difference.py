"""A difference between wrong and right code, and the parts of code that differences are about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from stuck_rules.generator.forms import form_of
from stuck_rules.generator.syntax import dotted_name
from stuck_rules.model.formula import Formula, Pattern
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A condition on what is wrong, with its name and a sentence about it.

    `fix` is what the right code has in its place, still to be tried; `is_known` says that it is
    about a function that all know, `is_common` that much other code calls it rightly.
    """

    name: str
    message: str
    condition: Formula
    aligned: bool = True
    fix: str | None = None
    is_known: bool = False
    is_common: bool = False


class Code:
    """Wrong or right code and what stands in it; its text must parse."""

    def __init__(self, text: str) -> None:
        self.tree = ast.parse(text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes, outer ones first."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        """All calls."""
        return tuple(node for node in self.nodes if isinstance(node, ast.Call))

    @cached_property
    def awaited(self) -> frozenset[str]:
        """What is called under `await`."""
        found = (n.value for n in self.nodes if isinstance(n, ast.Await))
        names = (dotted_name(call.func) for call in found if isinstance(call, ast.Call))
        return frozenset(name for name in names if name is not None)

    @cached_property
    def called(self) -> frozenset[str | None]:
        """The dotted names of all that is called."""
        return frozenset(dotted_name(call.func) for call in self.calls)

    def method_on(self, call: ast.Call) -> str | None:
        """The method that is called at once on what a call gives: what matters is the chain."""
        for outer in self.calls:
            if isinstance(outer.func, ast.Attribute) and outer.func.value is call:
                return outer.func.attr
        return None

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of the classes that it defines."""
        return frozenset(node.name for node in self.nodes if isinstance(node, ast.ClassDef))

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names that the code gives a meaning itself: its variables, parameters, functions."""
        names = {n.id for n in self.nodes if isinstance(n, ast.Name) and not _is_load(n)}
        names |= {n.arg for n in self.nodes if isinstance(n, ast.arg)}
        return frozenset(names | {function.name for function in self.functions()})

    def callee(self, name: str | None) -> str | None:
        """The callee of a call's pattern; None where the name means something here alone."""
        callee = callee_of(name) if name is not None else None
        is_own = name is not None and name.partition(".")[0] in self.bound
        return None if is_own and callee is not None and callee[0] != "$" else callee

    def twins(self, call: ast.Call) -> Iterator[ast.Call]:
        """The calls of the same function."""
        name = dotted_name(call.func)
        yield from (c for c in self.calls if name is not None and dotted_name(c.func) == name)

    @cached_property
    def is_synchronous(self) -> bool:
        """Whether it defines functions, none of which may await."""
        kinds = {type(function) for function in self.functions()}
        return kinds == {ast.FunctionDef}

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All definitions of functions."""
        for node in self.nodes:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node


def _is_load(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def callee_of(name: str) -> str | None:
    """The callee of a call's pattern, a variable in front as a metavariable."""
    form = form_of(f"{name}()")
    if form is None or not isinstance(form.condition, Pattern):
        return name if "." in name else None
    return form.condition.text.partition("(")[0]
