"""A fix's template, and the code that it gives for one match."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache

import libcst as cst

from stuck_rules.patterns.holes import ALONE, DEEP, HOLE, MANY, fill_holes
from stuck_rules.patterns.rewriting.bound import BoundCode
from stuck_rules.patterns.rewriting.filler import Filler
from stuck_rules.patterns.rewriting.unfit import UnfitError
from stuck_rules.values import dataclass

_GLUED = re.compile(r"(?<=\w)\$[A-Z_][A-Z_0-9]*")
_LEFT_OVER = re.compile(rf"(?:{HOLE}|{MANY}|{DEEP})\w*")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a template gives: one expression, or statements."""

    module: cst.Module

    @property
    def expression(self) -> cst.BaseExpression | None:
        """The expression, where it is nothing else."""
        body = self.module.body
        if len(body) != 1 or not isinstance(body[0], cst.SimpleStatementLine):
            return None
        small = body[0].body
        return small[0].value if len(small) == 1 and isinstance(small[0], cst.Expr) else None

    @property
    def decorators(self) -> Sequence[cst.Decorator]:
        """The decorators, where they stand alone."""
        first = self.module.body[0] if self.module.body else None
        is_alone = isinstance(first, cst.FunctionDef) and first.name.value == ALONE
        return first.decorators if is_alone and isinstance(first, cst.FunctionDef) else ()

    def code(self, indent: str = "") -> str:
        """The code as it stands behind `indent`, later lines indented, without the last end."""
        if self.decorators:
            lines = (self.module.code_for_node(line).strip() for line in self.decorators)
            return f"\n{indent}".join(lines)
        if self.expression is not None:
            return self.module.code_for_node(self.expression)
        return print_statements(self.module, indent)


def print_statements(module: cst.Module, indent: str) -> str:
    """A module's statements as they stand behind `indent`."""
    body = list(module.body)
    body[0] = body[0].with_changes(leading_lines=(*module.header, *body[0].leading_lines))
    if not indent:
        return module.with_changes(header=(), footer=(), body=body).code.strip("\n")
    block = cst.IndentedBlock(body, indent=indent)
    around = cst.If(cst.Name("x"), block)
    code = module.with_changes(header=(), footer=(), body=[around]).code
    return code.partition("\n")[2].strip("\n").removeprefix(indent)


@lru_cache(maxsize=1_000)
def _parse(text: str) -> cst.Module | None:
    """A template's syntax; None where it is only a piece of code."""
    try:
        return cst.parse_module(fill_holes(text))
    except cst.ParserSyntaxError:
        return None


def _identifier(name: str, bound: Mapping[str, BoundCode]) -> str:
    """What stands for a metavariable inside a longer name, as in `new_$F`."""
    if name not in bound or not f"_{bound[name].text}".isidentifier():
        raise UnfitError
    return bound[name].text


def fill_template(text: str, bound: Mapping[str, BoundCode], default_indent: str) -> Filled | None:
    """A template's code for a match; None where the template is no code by itself.

    What a metavariable stands for gets parentheses where it would mean something else without.
    Raises UnfitError where a metavariable stands for nothing.
    """
    template = _parse(_GLUED.sub(lambda m: _identifier(m[0], bound), text))
    if template is None or not template.body:
        return None
    template = template.with_changes(default_indent=default_indent)

    def fill(bare: frozenset[int]) -> tuple[cst.Module, int]:
        filler = Filler(bound, bare, default_indent)
        try:
            filled = template.visit(filler)
        except cst.CSTValidationError:
            raise UnfitError from None
        if _LEFT_OVER.search(filled.code):
            raise UnfitError
        return filled, filler.wrapped

    filled, wrapped = fill(frozenset())
    meaning = meaning_of(filled.code) if wrapped else None
    bare: frozenset[int] = frozenset()
    for number in range(wrapped):
        tried, _ = fill(bare | {number})
        if meaning is not None and meaning_of(tried.code) == meaning:
            bare |= {number}
            filled = tried
    return Filled(filled)


def meaning_of(code: str) -> str | None:
    """What Python makes of code, layout apart; None where this Python cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
