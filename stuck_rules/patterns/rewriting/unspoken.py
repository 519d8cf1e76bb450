"""What a match holds beside what its pattern speaks of: branches, handlers, lines in a gap.

A fix keeps it where its place in the new code is clear; else there is no fix.
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from stuck_rules.patterns.holes import DOTS
from stuck_rules.patterns.rewriting.unfit import UnfitError

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
_BRANCHES = ("orelse", "finalbody")
_LISTS = ("handlers", "items", "targets")


def keep_unspoken(
    new: Sequence[Statement], old: Sequence[cst.CSTNode], roots: Sequence[cst.CSTNode]
) -> list[Statement]:
    """The new statements with what the old ones hold beside; UnfitError where that has no place."""
    spoken = [root for root in roots if not isinstance(root, cst.BaseExpression)]
    if any(is_gap(root) for root in spoken):
        return _keep_lines(new, old, spoken)
    kept = list(new)
    for statement in old:
        core = _core(statement)
        names = _unspoken(core, spoken)
        if not names:
            continue
        if len(new) != 1 or len(old) != 1 or type(_core(new[0])) is not type(core):
            raise UnfitError
        kept = [_with_branches(new[0], core, names)]
    return kept


def is_gap(node: cst.CSTNode) -> bool:
    """Whether a statement is only `...` of a pattern."""
    node = _core(node)
    return (
        isinstance(node, cst.Expr) and isinstance(node.value, cst.Name) and node.value.value == DOTS
    )


def refuse_gaps(template: str, roots: Sequence[cst.CSTNode]) -> None:
    """Raise UnfitError where lines of a match have no place in a template, whatever they are.

    This spares to read each match, of which a pattern with gaps may have many.
    """
    gaps = sum(is_gap(root) for root in roots)
    if any(isinstance(root, cst.BaseExpression) for root in roots) or not gaps:
        return
    if gaps > 1 or "..." not in template:
        raise UnfitError


def _core(statement: cst.CSTNode) -> cst.CSTNode:
    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        return statement.body[0]
    return statement


def _unspoken(old: cst.CSTNode, roots: Sequence[cst.CSTNode]) -> list[str]:
    """The fields of a statement that hold more than any pattern of its kind says."""
    patterns = [root for root in roots if type(root) is type(old)]
    if not patterns:
        return []
    branches = [
        name
        for name in _BRANCHES
        if getattr(old, name, None) and not any(getattr(p, name, None) for p in patterns)
    ]
    lists = [
        name
        for name in _LISTS
        if len(getattr(old, name, ())) > max(len(getattr(p, name, ())) for p in patterns)
    ]
    return branches + lists


def _with_branches(new: Statement, old: cst.CSTNode, names: Sequence[str]) -> Statement:
    """A statement with the branches of another."""
    for name in names:
        if name in _LISTS or getattr(new, name, None) is not None:
            raise UnfitError
        new = new.with_changes(**{name: getattr(old, name)})
    return new


def _keep_lines(
    new: Sequence[Statement], old: Sequence[cst.CSTNode], pattern: Sequence[cst.CSTNode]
) -> list[Statement]:
    """The lines that a pattern's one `...` passes by, where the template has its one `...`."""
    gaps = [place for place, node in enumerate(pattern) if is_gap(node)]
    places = [place for place, node in enumerate(new) if is_gap(node)]
    if len(gaps) != 1 or len(places) != 1:
        raise UnfitError
    before, behind = gaps[0], len(pattern) - gaps[0] - 1
    if before + behind > len(old):
        raise UnfitError
    ends = [*old[:before], *old[len(old) - behind :]] if behind else [*old[:before]]
    named = [node for node in pattern if not is_gap(node)]
    if not all(_fits(line, node) for line, node in zip(ends, named, strict=True)):
        raise UnfitError
    passed = old[before : len(old) - behind]
    lines = [
        s for s in passed if isinstance(s, (cst.SimpleStatementLine, cst.BaseCompoundStatement))
    ]
    return [*new[: places[0]], *lines, *new[places[0] + 1 :]]


def _fits(line: cst.CSTNode, pattern: cst.CSTNode) -> bool:
    """Whether a line of code is one statement of the pattern's kind, not one that holds it."""
    is_compound = isinstance(pattern, cst.BaseCompoundStatement)
    if is_compound:
        return type(line) is type(pattern)
    return isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1
