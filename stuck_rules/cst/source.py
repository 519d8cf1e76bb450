"""A parsed file: its nodes in one list, who holds whom, and positions on demand.

LibCST's metadata providers cost several times what parsing does, so nothing here uses them:
one walk makes the index, and positions are computed for the nodes that are asked for.
"""

from __future__ import annotations

import ast
import gc
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache, cached_property

import libcst as cst

from stuck_rules.cst.depth import find_too_deep
from stuck_rules.cst.pieces import parse_pieces
from stuck_rules.cst.places import Places
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.excerpt import Excerpt
from stuck_rules.model.source import Span, normalise_text

# LibCST nests as deep as the code does; what `find_too_deep` lets through fits in this.
RECURSION_LIMIT = 50_000
# Characters of code whose tree takes tens of megabytes.
_LARGE = 100_000

_TRIVIA = (cst.BaseParenthesizableWhitespace, cst.EmptyLine, cst.TrailingWhitespace, cst.Newline)
_PUNCTUATION = (cst.Comma, cst.Semicolon, cst.Colon, cst.LeftParen, cst.RightParen)
# What is as small as a statement gets: a simple one, or what heads a block.
_STATEMENTS = (
    cst.BaseSmallStatement,
    cst.BaseCompoundStatement,
    cst.Else,
    cst.Finally,
    cst.ExceptHandler,
    cst.ExceptStarHandler,
    cst.MatchCase,
)
_FORM_FEED_LINE = re.compile(r"^[ \t]*\f[ \t\f]*", re.MULTILINE)


@cache
def _child_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a node class that can hold more than white space and punctuation."""
    return tuple(
        field.name
        for field in fields(kind)
        if not field.name.startswith(("whitespace", "lpar", "rpar", "lines_after", "leading_lines"))
        and field.name
        not in {"comma", "semicolon", "header", "footer", "indent", "trailing_whitespace", "equal"}
    )


_KNOWN_TRIVIA: dict[type, bool] = {}


def _is_trivia(value: object) -> bool:
    """Whether a field's value is white space, punctuation or no node; remembered by class."""
    kind = type(value)
    known = _KNOWN_TRIVIA.get(kind)
    if known is None:
        is_node = issubclass(kind, cst.CSTNode)
        known = not is_node or issubclass(kind, (*_TRIVIA, *_PUNCTUATION))
        _KNOWN_TRIVIA[kind] = known
    return known


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node's direct children in source order, white space and punctuation left out."""
    for name in _child_fields(type(node)):
        value = getattr(node, name)
        if type(value) is tuple or type(value) is list:
            yield from value
        elif not _is_trivia(value):
            yield value


class SyntaxTree:
    """One file's syntax, indexed by one walk.

    `nodes` is in source order, parents first; the descendants of `nodes[i]` are
    `nodes[i + 1:ends[i]]`.
    """

    def __init__(
        self,
        source: str,
        module: cst.Module,
        removed: dict[int, int],
        excerpt: Excerpt | None = None,
    ) -> None:
        self.source = source
        self.module = module
        self.nodes: list[cst.CSTNode] = []
        self.ends: list[int] = []
        self.index: dict[cst.CSTNode, int] = {}
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self._places = Places(self, removed, excerpt)
        self._add(module)

    def _add(self, node: cst.CSTNode) -> None:
        place = len(self.nodes)
        self.nodes.append(node)
        self.ends.append(0)
        self.index[node] = place
        for child in children(node):
            self.parents[child] = node
            self._add(child)
        self.ends[place] = len(self.nodes)

    @cached_property
    def by_type(self) -> dict[type[cst.CSTNode], list[cst.CSTNode]]:
        """All nodes of each exact class, in source order."""
        groups: dict[type[cst.CSTNode], list[cst.CSTNode]] = {}
        for node in self.nodes:
            groups.setdefault(type(node), []).append(node)
        return groups

    @cached_property
    def statements(self) -> list[cst.CSTNode]:
        """The simple statements and the heads of blocks, grouped by their class."""
        groups = self.by_type.items()
        return [node for kind, group in groups if issubclass(kind, _STATEMENTS) for node in group]

    @cached_property
    def lines(self) -> list[str]:
        """The source's lines without their ends."""
        return self.source.split("\n")

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around `node`, innermost first."""
        parent = self.parents.get(node)
        while parent is not None:
            yield parent
            parent = self.parents.get(parent)

    def descendants(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        """All nodes inside `node`, in source order, without itself."""
        place = self.index[node]
        return self.nodes[place + 1 : self.ends[place]]

    def encloses(self, outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
        """Whether `inner` is `outer` or lies inside it."""
        place = self.index[outer]
        return place <= self.index[inner] < self.ends[place]

    def statement(self, node: cst.CSTNode) -> cst.CSTNode:
        """The smallest statement around `node`: a simple statement's line, or a compound one."""
        statement = (cst.SimpleStatementLine, cst.SimpleStatementSuite, cst.BaseCompoundStatement)
        if isinstance(node, statement):
            return node
        return next((n for n in self.ancestors(node) if isinstance(n, statement)), self.module)

    def spans(self, nodes: Iterable[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
        """Where the nodes stand; a decorated definition starts at its first decorator."""
        return self._places.of(nodes)

    @property
    def statements_beside(self) -> dict[cst.CSTNode, Span]:
        """Where simple statements stand beside or around nodes whose places were asked for.

        Of a line of statements there are all or none.
        """
        return self._places.in_lines

    def text(self, span: Span) -> str:
        """The source text of a span."""
        first, last = span.start.line - 1, span.end.line - 1
        if first == last:
            return self.lines[first][span.start.column - 1 : span.end.column - 1]
        middle = self.lines[first + 1 : last]
        return "\n".join(
            [
                self.lines[first][span.start.column - 1 :],
                *middle,
                self.lines[last][: span.end.column - 1],
            ]
        )


def _parse(text: str) -> cst.Module:
    """LibCST's tree; all that it raises on code that its nodes cannot hold is a syntax error.

    It reads an `except:` above others or the t-strings of Python 3.14, and then refuses them with
    exceptions of several kinds, which differ between its versions.
    """
    if len(text) >= _LARGE:
        # The tree of an earlier file must not stay in memory beside such a one.
        gc.collect()
    try:
        return parse_pieces(text)
    except (cst.ParserSyntaxError, UnicodeEncodeError, RecursionError, MemoryError):
        raise
    except Exception as error:
        detail = " ".join(str(error).split()) or type(error).__name__
        message = f"LibCST cannot hold this code: {detail}"
        raise cst.ParserSyntaxError(message, lines=[""], raw_line=1, raw_column=0) from None


def parse(source: str) -> SyntaxTree:
    """Parse a file's text.

    Raises SourceError where it is too deeply nested for a parser that recurses, or no Python.
    """
    source = normalise_text(source)
    if "\0" in source:
        line = source.count("\n", 0, source.index("\0")) + 1
        message = "holds a NUL character, which Python code cannot"
        raise SourceError(Problem(ProblemKind.ENCODING, message, line=line))
    deep = find_too_deep(source)
    if deep is not None:
        raise SourceError(Problem(ProblemKind.TOO_DEEP, deep.message, line=deep.line))
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION_LIMIT))
    text, removed = _without_form_feeds(source)
    try:
        module = _parse(text)
    except cst.ParserSyntaxError as error:
        raise SourceError(_syntax_problem(source, error)) from None
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        message = "holds half a surrogate pair, which no encoding can write"
        raise SourceError(Problem(ProblemKind.ENCODING, message, line=line)) from None
    return SyntaxTree(source, module, removed)


def parse_excerpt(source: str, excerpt: Excerpt) -> SyntaxTree | None:
    """Parse a part of a file that is known to be Python and not too deep, None where that fails.

    `source` is the whole text, normalised.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION_LIMIT))
    try:
        module = _parse(excerpt.text)
    except cst.ParserSyntaxError:
        return None
    return SyntaxTree(source, module, {}, excerpt)


def _without_form_feeds(source: str) -> tuple[str, dict[int, int]]:
    """Leave out form feeds at the start of lines, which LibCST drops; count them by line."""
    if "\f" not in source:
        return source, {}
    removed = {}
    lines = source.split("\n")
    for number, line in enumerate(lines, start=1):
        match = _FORM_FEED_LINE.match(line)
        if match:
            kept = match[0].rpartition("\f")[2]
            removed[number] = len(match[0]) - len(kept)
            lines[number - 1] = kept + line[match.end() :]
    return "\n".join(lines), removed


def _syntax_problem(source: str, error: cst.ParserSyntaxError) -> Problem:
    """Say it with CPython's line where it refuses too: LibCST says line 1 for bad tokens."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError as refusal:
        line, column = refusal.lineno or 1, refusal.offset
        return Problem(
            ProblemKind.SYNTAX, f"syntax error: {refusal.msg}", line=line, column=column or None
        )
    except (RecursionError, MemoryError, ValueError):
        pass
    return Problem(
        ProblemKind.SYNTAX,
        f"syntax error: {error.message.splitlines()[0]}",
        line=error.raw_line,
        column=error.raw_column + 1,
    )
