"""Changes to code, said by node: spans are computed when somebody wants them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import libcst as cst

from stuck_rules.cst.imports import module_of
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.edit import Edit
from stuck_rules.model.source import Position, Span


class Side(Enum):
    """Where an edit's text goes."""

    INSTEAD = "instead"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class NodeEdit:
    """Put `text` instead of, before or after `node`; without a node, at the file's start."""

    node: cst.CSTNode | None
    text: str
    side: Side = Side.INSTEAD

    def at(self, spans: dict[cst.CSTNode, Span]) -> Edit:
        """The edit by lines and columns."""
        if self.node is None:
            start = Position(1, 1)
            return Edit(Span(start, start), self.text)
        span = spans[self.node]
        if self.side is Side.INSTEAD:
            return Edit(span, self.text)
        place = span.start if self.side is Side.BEFORE else span.end
        return Edit(Span(place, place), self.text)


def import_edit(tree: SyntaxTree, module: str, name: str, before: int) -> NodeEdit | None:
    """The edit that makes `from module import name` true, joined to an import that stands.

    `before` is the place in the tree of the name's first use; None where no import can be put
    above it.
    """
    for statement in tree.module.body:
        if tree.encloses(statement, tree.nodes[before]) or tree.index[statement] > before:
            break
        node = _only_statement(statement)
        if (
            isinstance(node, cst.ImportFrom)
            and not isinstance(node.names, cst.ImportStar)
            and module_of(node) == module
        ):
            return NodeEdit(node.names[-1], f", {name}", Side.AFTER)
    edit = _new_import(tree, f"from {module} import {name}\n")
    if edit.node is None:
        return edit
    holds_use = edit.side is Side.AFTER and tree.encloses(edit.node, tree.nodes[before])
    return None if holds_use or tree.index[edit.node] > before else edit


def _new_import(tree: SyntaxTree, line: str) -> NodeEdit:
    """Put the line before the first import but those from the future, else below the docstring."""
    last: cst.CSTNode | None = None
    for place, statement in enumerate(tree.module.body):
        node = _only_statement(statement)
        if isinstance(node, cst.Import):
            return NodeEdit(statement, line, Side.BEFORE)
        if isinstance(node, cst.ImportFrom):
            if module_of(node) != "__future__":
                return NodeEdit(statement, line, Side.BEFORE)
            last = statement
        elif place == 0 and _is_docstring(node):
            last = statement
        else:
            break
    if last is not None:
        return NodeEdit(last, f"\n{line.rstrip()}", Side.AFTER)
    # Below the comments that a file begins with: `#!` and `coding` count only on top.
    return NodeEdit(next(iter(tree.module.body), None), line, Side.BEFORE)


def _only_statement(statement: cst.CSTNode) -> cst.CSTNode | None:
    if isinstance(statement, cst.SimpleStatementLine):
        return statement.body[0]
    return None


def _is_docstring(node: cst.CSTNode | None) -> bool:
    return isinstance(node, cst.Expr) and isinstance(
        node.value, (cst.SimpleString, cst.ConcatenatedString)
    )
