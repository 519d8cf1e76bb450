"""Line and column of chosen nodes.

LibCST knows no positions: they come from printing the module and counting. Its own provider
remembers them for every node; this one only for those that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, cast

import libcst as cst
from libcst._nodes.internal import CodegenState

from stuck_rules.model.source import Position, Span

if TYPE_CHECKING:
    from contextlib import _GeneratorContextManager

# One for all, since making one takes longer than the rest of the visit to a node.
_UNWANTED = cast("_GeneratorContextManager[None]", nullcontext())


class _Recorder(CodegenState):
    """Prints nothing and counts lines and columns; remembers where wanted nodes stand.

    Every node of a file passes here several times, and few are wanted: those are known by their
    identity, since LibCST's own hash of a node takes longer.
    """

    def __init__(self, module: cst.Module, wanted: Iterable[cst.CSTNode]) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.spans: dict[cst.CSTNode, Span] = {}
        self._wanted = set(map(id, wanted))
        self._starts: dict[int, Position] = {}
        self._line = 1
        self._column = 1

    def add_indent_tokens(self) -> None:
        self._column += sum(map(len, self.indent_tokens))

    def add_token(self, value: str) -> None:
        breaks = value.count("\n")
        if breaks:
            self._line += breaks
            self._column = len(value) - value.rindex("\n")
        else:
            self._column += len(value)

    def pop_trailing_newline(self) -> None:
        """Nothing was printed, so there is nothing to take back."""

    def before_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self._wanted:
            self._starts[id(node)] = self._here()

    def after_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self._wanted and node not in self.spans:
            self.spans[node] = Span(self._starts[id(node)], self._here())

    def record_syntactic_position(
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> _GeneratorContextManager[None]:
        if id(node) not in self._wanted:
            return _UNWANTED
        return self._recorded(node, start_node, end_node)

    @contextmanager
    def _recorded(
        self, node: cst.CSTNode, start_node: cst.CSTNode | None, end_node: cst.CSTNode | None
    ) -> Iterator[None]:
        self._wanted.update(id(n) for n in (start_node, end_node) if n is not None)
        start = self._here()
        yield
        if start_node is not None:
            start = self.spans[start_node].start
        end = self.spans[end_node].end if end_node else self._here()
        self.spans[node] = Span(start, end)

    def _here(self) -> Position:
        return Position(self._line, self._column)


class _LineRecorder(_Recorder):
    """Begins at a line and keeps what it prints, so that it can be held against the source."""

    def __init__(
        self, module: cst.Module, wanted: Iterable[cst.CSTNode], begin: int, indent: str
    ) -> None:
        super().__init__(module, wanted)
        self._line = begin
        self._counted = 0
        self.indent_tokens.append(indent)

    add_indent_tokens = CodegenState.add_indent_tokens
    add_token = CodegenState.add_token

    def _here(self) -> Position:
        """Count what was printed since the last time, since few places are asked for."""
        super().add_token("".join(self.tokens[self._counted :]))
        self._counted = len(self.tokens)
        return super()._here()


def _last_part(node: cst.Param) -> cst.CSTNode:
    last: cst.BaseExpression = node.name
    if node.default is not None:
        last = node.default
    elif node.annotation is not None:
        last = node.annotation.annotation
    return last.rpar[-1] if last.rpar else last


def locate(module: cst.Module, nodes: Iterable[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
    """The spans of `nodes`, without the white space and parentheses around them."""
    wanted = set(nodes)
    if not wanted:
        return {}
    recorder = _Recorder(module, _needed(wanted))
    module._codegen(recorder)
    return {node: _span(node, recorder.spans) for node in wanted}


def locate_in_line(
    module: cst.Module,
    line: cst.SimpleStatementLine,
    *,
    nodes: Iterable[cst.CSTNode],
    begin: int,
    indent: str,
) -> tuple[dict[cst.CSTNode, Span], str]:
    """The spans of nodes of one line of statements, and the text that was printed for it.

    `begin` is the number of its first line, that of a comment or blank line before it included;
    `indent` is what stands in front of its code.
    """
    wanted = set(nodes)
    recorder = _LineRecorder(module, _needed(wanted), begin, indent)
    line._codegen(recorder)
    return {node: _span(node, recorder.spans) for node in wanted}, "".join(recorder.tokens)


def _needed(nodes: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """The nodes, and those by which the spans of some of them are told."""
    for node in nodes:
        yield node
        if isinstance(node, cst.Param):
            # A parameter's own position takes the comma behind it in.
            yield _last_part(node)
        elif isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            yield from node.decorators[:1]


def _span(node: cst.CSTNode, spans: dict[cst.CSTNode, Span]) -> Span:
    span = spans[node]
    if isinstance(node, cst.Param):
        return Span(span.start, spans[_last_part(node)].end)
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and node.decorators:
        return Span(spans[node.decorators[0]].start, span.end)
    return span
