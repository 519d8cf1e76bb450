"""A file's directives, from the comments of code or the lines of any other text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stuck_rules.suppressions.directives import (
    CLOSING,
    Directive,
    Form,
    Scope,
    read_directives,
)
from stuck_rules.suppressions.mark import mentions
from stuck_rules.suppressions.places import Directives, PlacedDirective
from stuck_rules.tokens import Comment, LogicalLine, TokenLines, lines_of
from stuck_rules.values import replace

_MARKDOWN = (".md", ".markdown", ".mdx")
_CODE = re.compile(r"[^\W_]")


@lru_cache(maxsize=1)
def directives_of_code(source: str) -> Directives:
    r"""Those of Python code whose lines end in `\n`, as far as it can be tokenized.

    One is for the statement on whose first or last line it stands, else for its line; alone on
    its line, for what follows it. A decorated definition is one statement.
    """
    if not mentions(source):
        return Directives(())
    lines = lines_of(source)
    places = _Places(lines)
    placed = (
        PlacedDirective(directive, comment, None)
        if directive.scope is Scope.FILE
        else PlacedDirective(directive, comment, places.of(comment))
        for comment in lines.comments
        for directive in _checked(read_directives(comment.text), alone=comment.alone)
    )
    return Directives(placed, whole=lines.whole)


def directives_of_text(text: str, path: str) -> Directives:
    r"""Those of a text that is no Python, whose lines end in `\n`.

    One is for its line; alone on it, for the next one too. In Markdown, where `#` makes a
    heading, only `<!-- -->` holds one.
    """
    if not mentions(text):
        return Directives(())
    form = Form.MARKDOWN if path.lower().endswith(_MARKDOWN) else Form.TEXT
    return Directives(
        placed
        for number, line in enumerate(text.split("\n"), start=1)
        if mentions(line)
        for placed in _of_line(line, number, form)
    )


def _of_line(line: str, number: int, form: Form) -> Iterator[PlacedDirective]:
    found = read_directives(line, form)
    if not found:
        return
    before, behind = line[: found[0].start], line[found[-1].end :]
    alone = not _CODE.search(before) and CLOSING.fullmatch(behind) is not None
    comment = Comment(number, 1, line, alone)
    for directive in _checked(found, alone=alone):
        lines = None if directive.scope is Scope.FILE else (number, number + alone)
        yield PlacedDirective(directive, comment, lines)


def _checked(directives: tuple[Directive, ...], *, alone: bool) -> Iterator[Directive]:
    for directive in directives:
        if directive.scope is Scope.FILE and not alone:
            fault = "ignore-file must stand alone on its line"
            yield replace(directive, scope=Scope.LINE, fault=fault)
        else:
            yield directive


class _Places:
    """Finds the lines that a comment is for."""

    def __init__(self, lines: TokenLines) -> None:
        self._lines = lines
        self._bare = {comment.line for comment in lines.comments if comment.alone}
        # Each logical line with the first and last of the statement that it is a part of.
        self._whole: dict[int, tuple[LogicalLine, LogicalLine]] = {}
        group: list[LogicalLine] = []
        for statement in lines.statements:
            group.append(statement)
            if not statement.code.startswith("@"):
                self._whole.update({part.first: (group[0], group[-1]) for part in group})
                group = []

    def of(self, comment: Comment) -> tuple[int, int]:
        line = comment.line
        statement = self._lines.statement_at(line)
        if not comment.alone:
            return self._around(line, statement)
        if statement is not None:
            return line, self._next(line)
        below = self._lines.statement_below(line)
        # Below the last statement only comments follow.
        last = self._around(below.first, below)[1] if below else self._lines.comments[-1].line
        return line, last

    def _next(self, line: int) -> int:
        """The next line with code, within a statement."""
        line += 1
        while line in self._bare:
            line += 1
        return line

    def _around(self, line: int, statement: LogicalLine | None) -> tuple[int, int]:
        """The whole statement from its first or last line, else the line itself."""
        if statement is None or line not in {statement.first, statement.last}:
            return line, line
        first, last = self._whole.get(statement.first, (statement, statement))
        if statement in {first, last}:
            return first.first, last.last
        return statement.first, statement.last
