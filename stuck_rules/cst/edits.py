"""Changes to code, said by node: spans are computed when somebody wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

import libcst as cst

from stuck_rules.cst.import_places import (
    LeadingImport,
    first_of,
    follower,
    group_of,
    is_docstring,
    leading_imports,
    neighbours,
)
from stuck_rules.cst.names import dotted_name
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.edit import Edit
from stuck_rules.model.import_line import ImportLine
from stuck_rules.model.source import Position, Span
from stuck_rules.values import dataclass


class Side(Enum):
    """Where an edit's text goes."""

    INSTEAD = "instead"
    BEFORE = "before"
    AFTER = "after"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class NodeEdit:
    """Put `text` instead of, before or after `node`, or on the line below it.

    Without a node, at the file's start.
    """

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
        if self.side is Side.BELOW:
            place = Position(span.end.line + 1, 1)
        return Edit(Span(place, place), self.text)


def import_edit(
    tree: SyntaxTree, line: ImportLine, *, before: int | None = None, package: str | None = None
) -> NodeEdit | None:
    """The edit that makes an import true, joined to one that stands, else in its sorted place.

    `before` is the place in the tree of the name's first use; None where no import can be put
    above it. `package` tells which imports are the project's own.
    """
    standing = list(leading_imports(tree))
    for one in standing:
        node = one.node
        if line.name is None or not isinstance(node, cst.ImportFrom) or one.module != line.module:
            continue
        is_above = before is None or tree.ends[tree.index[one.statement]] <= before
        if is_above and not isinstance(node.names, cst.ImportStar):
            return _joined(node, node.names, line)
    edit = _new_import(tree, line, standing, package)
    if before is None or edit.node is None:
        return edit
    place = tree.index[edit.node]
    if edit.side is not Side.BEFORE and tree.encloses(edit.node, tree.nodes[before]):
        return None
    return None if place > before else edit


_Order = Callable[[str], tuple[int, str]]


def _by_kind(name: str) -> tuple[int, str]:
    """Constants, classes, others: isort's order."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name.casefold()


def _by_name(name: str) -> tuple[int, str]:
    return 0, name.casefold()


def _joined(node: cst.ImportFrom, aliases: Sequence[cst.ImportAlias], line: ImportLine) -> NodeEdit:
    """The name put into a list of names, in its order and layout."""
    names = [dotted_name(alias.name) or "" for alias in aliases]
    indent = _line_indent(node, aliases)
    joint = " " if indent is None else f"\n{indent}"
    orders: tuple[_Order, ...] = (_by_kind, _by_name)
    for order in orders:
        keys = [order(name) for name in names]
        if keys == sorted(keys):
            own = order(line.name or "")
            later = next((a for a, k in zip(aliases, keys, strict=True) if k > own), None)
            if later is not None:
                return NodeEdit(later, f"{line.item},{joint}", Side.BEFORE)
            break
    last = aliases[-1]
    rpar = node.rpar
    if (
        indent
        and rpar is not None
        and isinstance(last.comma, cst.Comma)
        and _on_own_line(last.comma)
    ):
        inner = _last_line(last.comma.whitespace_after)
        return NodeEdit(rpar, f"{indent[len(inner) :]}{line.item},\n{inner}", Side.BEFORE)
    return NodeEdit(last, f",{joint}{line.item}", Side.AFTER)


def _line_indent(node: cst.ImportFrom, aliases: Sequence[cst.ImportAlias]) -> str | None:
    """The indentation of names that stand a line each, None where they do not."""
    if node.lpar is None or not _spans_lines(node.lpar.whitespace_after):
        return None
    commas = [alias.comma for alias in aliases[:-1]]
    if all(isinstance(comma, cst.Comma) and _on_own_line(comma) for comma in commas):
        return _last_line(node.lpar.whitespace_after)
    return None


def _on_own_line(comma: cst.Comma) -> bool:
    return _spans_lines(comma.whitespace_after)


def _spans_lines(space: cst.BaseParenthesizableWhitespace) -> bool:
    return isinstance(space, cst.ParenthesizedWhitespace)


def _last_line(space: cst.BaseParenthesizableWhitespace) -> str:
    return space.last_line.value if isinstance(space, cst.ParenthesizedWhitespace) else ""


def _new_import(
    tree: SyntaxTree, line: ImportLine, standing: Sequence[LeadingImport], package: str | None
) -> NodeEdit:
    """The import as a line of its own."""
    text = f"{line.text}\n"
    among = neighbours(line, standing, package)
    if among:
        later = follower(line, among)
        if later is not None:
            return NodeEdit(later.statement, text, Side.BEFORE)
        return _below(tree, among[-1].statement, text)
    group = group_of(line.module, package)
    higher = next((s for s in standing if group_of(s.module, package) > group), None)
    if higher is not None:
        return NodeEdit(higher.statement, f"{text}\n", Side.BEFORE)
    if standing and standing[-1].module != "__future__":
        return _below(tree, standing[-1].statement, f"\n{text}")
    if standing:
        return _below(tree, standing[-1].statement, text)
    first = next(iter(tree.module.body), None)
    if first is not None and is_docstring(first_of(first)):
        return _below(tree, first, text)
    # Below the comments that a file begins with: `#!` and `coding` count only on top.
    return NodeEdit(first, text, Side.BEFORE)


def _below(tree: SyntaxTree, statement: cst.CSTNode, text: str) -> NodeEdit:
    """A line below a statement, where the file goes on there."""
    is_last = statement is tree.module.body[-1] and not tree.source.endswith("\n")
    if is_last:
        return NodeEdit(statement, f"\n{text.rstrip()}", Side.AFTER)
    return NodeEdit(statement, text, Side.BELOW)
