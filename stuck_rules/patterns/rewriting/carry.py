"""What a definition has that neither pattern nor template speaks of stays with it.

A fix of `def $F(): ...` says nothing of decorators, annotations and the like: a definition
that is written anew keeps its own. What the pattern asks for, the template may take away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import libcst as cst

from stuck_rules.model.formula import All, Either, Focus, Formula, Pattern
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.holes import DOTS
from stuck_rules.patterns.matchers.definitions import params_of
from stuck_rules.patterns.syntax import parse_pattern

_PLAIN_FIELDS = ("decorators", "returns", "asynchronous", "type_parameters")
_Definition = cst.FunctionDef | cst.ClassDef


@lru_cache(maxsize=1_000)
def roots_of(formula: Formula) -> tuple[cst.CSTNode, ...]:
    """What the patterns of a formula are about: their expressions, or their statements.

    Nothing where a match is narrowed to a metavariable, which is another thing.
    """
    if isinstance(formula, All) and any(isinstance(part, Focus) for part in formula.parts):
        return ()
    found: list[cst.CSTNode] = []
    for pattern in _patterns(formula):
        parsed = parse_pattern(pattern)
        found.extend(parsed.statements)
        if parsed.expression is not None:
            found.append(parsed.expression)
    return tuple(found)


def _patterns(formula: Formula) -> Iterator[Pattern]:
    """The patterns that match what is reported, not those that stand around it or exclude."""
    if isinstance(formula, Pattern):
        yield formula
    elif isinstance(formula, (All, Either)):
        for part in formula.parts:
            yield from _patterns(part)


def carry(new: cst.CSTNode, old: cst.CSTNode, roots: Sequence[cst.CSTNode]) -> cst.CSTNode:
    """The new node with what the old one has and nobody speaks of."""
    if isinstance(new, cst.Call) and isinstance(old, cst.Call):
        return _carry_arguments(new, old, roots)
    patterns = [root for root in roots if isinstance(root, _DEFINITIONS)]
    if isinstance(new, cst.FunctionDef) and isinstance(old, cst.FunctionDef):
        return _carry_function(new, old, [p for p in patterns if isinstance(p, cst.FunctionDef)])
    if isinstance(new, cst.ClassDef) and isinstance(old, cst.ClassDef):
        return _carry_class(new, old, [p for p in patterns if isinstance(p, cst.ClassDef)])
    if isinstance(new, cst.SimpleStatementLine) and isinstance(old, cst.SimpleStatementLine):
        return _carry_annotation(new, old, roots)
    return _carry_blocks(new, old, [root for root in roots if type(root) is type(old)])


def _carry_annotation(
    new: cst.SimpleStatementLine, old: cst.SimpleStatementLine, roots: Sequence[cst.CSTNode]
) -> cst.CSTNode:
    """`x = 1` of a pattern is `x: int = 1` too."""
    assign, annotated = new.body[0], old.body[0]
    if not isinstance(assign, cst.Assign) or not isinstance(annotated, cst.AnnAssign):
        return new
    if len(assign.targets) > 1 or any(isinstance(root, cst.AnnAssign) for root in roots):
        return new
    changed = annotated.with_changes(target=assign.targets[0].target, value=assign.value)
    return new.with_changes(body=[changed])


def _carry_blocks(
    new: cst.CSTNode, old: cst.CSTNode, patterns: Sequence[cst.CSTNode]
) -> cst.CSTNode:
    """The bodies that pattern and template write as `...`, with those of branches."""
    if type(new) is not type(old) or not patterns:
        return new
    for name in ("body", "orelse", "finalbody", "handlers"):
        mine, theirs = getattr(new, name, None), getattr(old, name, None)
        written = [part for p in patterns if (part := getattr(p, name, None)) is not None]
        if isinstance(mine, cst.BaseSuite):
            gaps = any(_is_gap(statements_of(part)) for part in written)
            if gaps and _is_gap(statements_of(mine)):
                new = new.with_changes(**{name: theirs})
        elif isinstance(mine, cst.CSTNode) and isinstance(theirs, cst.CSTNode):
            new = new.with_changes(**{name: _carry_blocks(mine, theirs, written)})
        elif isinstance(mine, (list, tuple)) and isinstance(theirs, (list, tuple)):
            inner = [part for parts in written for part in parts]
            if len(mine) == len(theirs):
                pairs = zip(mine, theirs, strict=True)
                carried = [_carry_blocks(a, b, inner) for a, b in pairs]
                new = new.with_changes(**{name: carried})
    return new


_DEFINITIONS = (cst.FunctionDef, cst.ClassDef)


def _carry_arguments(new: cst.Call, old: cst.Call, roots: Sequence[cst.CSTNode]) -> cst.Call:
    """`f(...)` to `g(...)`: the arguments as they are."""
    all_of_them = [r for r in roots if isinstance(r, cst.Call) and _is_gap(r.args)]
    if all_of_them and _is_gap(new.args):
        return new.with_changes(args=old.args, whitespace_before_args=old.whitespace_before_args)
    return new


def _is_gap(items: object) -> bool:
    if not isinstance(items, (list, tuple)) or len(items) != 1:
        return False
    item = items[0]
    value = item.name if isinstance(item, cst.Param) else getattr(item, "value", None)
    return isinstance(value, cst.Name) and value.value == DOTS


def _carry_plain(new: _Definition, old: _Definition, patterns: list[_Definition]) -> _Definition:
    for name in _PLAIN_FIELDS:
        own = getattr(old, name, None)
        spoken = any(getattr(pattern, name, None) for pattern in patterns)
        if own and not spoken and not getattr(new, name, None):
            new = new.with_changes(**{name: own})
    if _is_gap(statements_of(new.body)) and any(_is_gap(statements_of(p.body)) for p in patterns):
        new = new.with_changes(body=old.body)
    return new


def _carry_function(
    new: cst.FunctionDef, old: cst.FunctionDef, patterns: list[cst.FunctionDef]
) -> cst.FunctionDef:
    plain = _carry_plain(new, old, list(patterns))
    assert isinstance(plain, cst.FunctionDef)
    if _is_gap(params_of(new.params)) and any(_is_gap(params_of(p.params)) for p in patterns):
        return plain.with_changes(params=old.params)
    theirs = {p.name.value: p for p in params_of(old.params) if isinstance(p, cst.Param)}
    spoken = [p for f in patterns for p in params_of(f.params) if isinstance(p, cst.Param)]
    keeper = _ParamKeeper(
        theirs,
        annotation=not any(p.annotation for p in spoken),
        default=not any(_has_default(p) for p in spoken),
    )
    return plain.with_changes(params=plain.params.visit(keeper))


def _has_default(param: cst.Param) -> bool:
    return param.default is not None


def _carry_class(
    new: cst.ClassDef, old: cst.ClassDef, patterns: list[cst.ClassDef]
) -> cst.ClassDef:
    plain = _carry_plain(new, old, list(patterns))
    assert isinstance(plain, cst.ClassDef)
    spoken = any(p.bases or p.keywords for p in patterns)
    if spoken or new.bases or new.keywords:
        return plain
    return plain.with_changes(bases=old.bases, keywords=old.keywords, lpar=old.lpar, rpar=old.rpar)


class _ParamKeeper(cst.CSTTransformer):
    """Gives parameters the annotations and defaults that others of their names have."""

    def __init__(self, known: dict[str, cst.Param], *, annotation: bool, default: bool) -> None:
        super().__init__()
        self._known = known
        self._annotation = annotation
        self._default = default

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False

    def leave_Param(self, original_node: cst.Param, updated_node: cst.Param) -> cst.Param:
        known = self._known.get(updated_node.name.value)
        if known is None:
            return updated_node
        if self._annotation and updated_node.annotation is None:
            updated_node = updated_node.with_changes(annotation=known.annotation)
        if self._default and updated_node.default is None:
            updated_node = updated_node.with_changes(default=known.default, equal=known.equal)
        return updated_node


class DotsRestorer(cst.CSTTransformer):
    """Makes the name that stood for `...` an ellipsis again."""

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return cst.Ellipsis() if updated_node.value == DOTS else updated_node
