"""A stretch of a file, or code to put there, parsed by itself."""

from __future__ import annotations

import libcst as cst

from stuck_rules.cst.source import SyntaxTree, parse
from stuck_rules.errors import SourceError
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.matches import spans_of
from stuck_rules.patterns.rewriting.unfit import UnfitError

_HEAD = "if 1:"


class Snippet:
    """Code that stands behind `indent`: an expression in brackets, or statements in a block.

    Places are told as those of a text that begins with the code in line 1 and column 1.
    """

    def __init__(self, tree: SyntaxTree, nodes: tuple[cst.CSTNode, ...], prefix: str) -> None:
        self.tree = tree
        self.nodes = nodes
        self._skipped = prefix.count("\n")
        self._columns = len(prefix.rpartition("\n")[2])
        self._spans: dict[cst.CSTNode, Span] | None = None

    def span(self, node: cst.CSTNode) -> Span:
        """Where a node stands, with its parentheses."""
        found = self._raw(node)
        return Span(self._shift(found.start), self._shift(found.end))

    def _raw(self, node: cst.CSTNode) -> Span:
        if self._spans is None:
            self._spans = spans_of(self.tree, self.tree.nodes)
        return self._spans[node]

    def _shift(self, place: Position) -> Position:
        line = place.line - self._skipped
        return Position(line, place.column - self._columns if line == 1 else place.column)

    def text(self, first: cst.CSTNode, last: cst.CSTNode | None = None) -> str:
        """The code from one node to another, or of one."""
        return self.tree.text(Span(self._raw(first).start, self._raw(last or first).end))

    def line_end(self, node: cst.CSTNode) -> Position:
        """The end of the line on which a node ends."""
        line = self._raw(node).end.line
        return self._shift(Position(line, len(self.tree.lines[line - 1]) + 1))

    def comment_behind(self, node: cst.CSTNode) -> str:
        """The comment on the line on which a node ends, if there is one."""
        end = self._raw(node).end
        rest = self.tree.lines[end.line - 1][end.column - 1 :].strip()
        return rest if rest.startswith("#") else ""

    def comments_above(self, node: cst.CSTNode) -> list[str]:
        """The comments on the lines right above a node, where they are indented as it is."""
        start = self._raw(node).start
        head = self.tree.lines[start.line - 1][: start.column - 1]
        found: list[str] = []
        for line in reversed(self.tree.lines[self._skipped : start.line - 1]):
            if head.strip() or not line.startswith(f"{head}#"):
                break
            found.append(line.strip())
        return found[::-1]

    def line_before(self, node: cst.CSTNode) -> Position:
        """The end of the line above the one on which a node begins."""
        line = self._raw(node).start.line - 1
        return self._shift(Position(line, len(self.tree.lines[line - 1]) + 1))

    def indent(self, node: cst.CSTNode) -> str:
        """The white space at the start of a node's first line."""
        line = self.tree.lines[self._raw(node).start.line - 1]
        return line[: len(line) - len(line.lstrip())]


def read_expression(code: str) -> Snippet | None:
    """An expression by itself, None where the code is something else."""
    prefix = "f("
    try:
        tree = parse(f"{prefix}{code}\n)")
    except SourceError:
        return None
    call = next(node for node in tree.nodes if isinstance(node, cst.Call))
    if len(call.args) != 1 or call.args[0].star or call.args[0].keyword is not None:
        return None
    return Snippet(tree, (call.args[0].value,), prefix)


def read_statements(code: str, indent: str) -> Snippet | None:
    """Statements as they stand behind `indent`, None where the code is something else."""
    prefix = f"{_HEAD}\n{indent}" if indent else ""
    try:
        tree = parse(f"{prefix}{code}\n")
    except SourceError:
        return None
    if not indent:
        return Snippet(tree, tuple(tree.module.body), "")
    block = tree.module.body[0]
    if len(tree.module.body) != 1 or not isinstance(block, cst.If):
        raise UnfitError
    return Snippet(tree, tuple(block.body.body), prefix)
