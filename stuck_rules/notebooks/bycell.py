"""What is found in the module of a notebook's cells, told by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stuck_rules.errors import Problem
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.result import FileResult
from stuck_rules.model.source import WHOLE_FILE, FilePath, Position, Span
from stuck_rules.model.violation import Violation
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A line of the module: the cell that it belongs to, 0 for none, and its number there.

    `text` is the line as the cell has it; `ours` where it stands in for what is no Python. The
    line before a cell belongs to none and has the cell's number.
    """

    cell: int
    number: int
    text: str
    ours: bool = False


_BEHIND = ModuleLine(0, 0, "")


class ByCell:
    """What was found in a module's lines, by cell.

    `numbers` tells in which line of the file a cell's line stands.
    """

    def __init__(
        self,
        path: FilePath,
        lines: Sequence[ModuleLine],
        numbers: Mapping[tuple[int, int], int],
        result: FileResult,
    ) -> None:
        self._path = path
        self._numbers = numbers
        self._module = lines
        self._first = next((line.cell for line in lines if line.cell), 0)
        self._ends: dict[int, Position] = {}
        for line in lines:
            if line.cell:
                self._ends[line.cell] = Position(line.number, len(line.text) + 1)
        located = (self._violation(violation) for violation in result.violations)
        self.result = FileResult(
            tuple(violation for violation in located if violation is not None),
            tuple(self._problem(problem) for problem in result.problems),
        )

    def lines(self) -> dict[tuple[str, int], str]:
        """The text of the lines that violations cover, by the place of the cell and number."""
        texts = {(line.cell, line.number): line.text for line in self._module if line.cell}
        return {
            (violation.path.place, number): texts[violation.path.cell, number]
            for violation in self.result.violations
            for number in range(violation.span.start.line, violation.span.last_line + 1)
            if (violation.path.cell, number) in texts
        }

    def _violation(self, violation: Violation) -> Violation | None:
        """A violation in its cell; None where it speaks of a line that is not the cell's."""
        span = violation.span
        if span == WHOLE_FILE and self._first:
            path = self._path.in_cell(self._first)
            return replace(violation, path=path, fix=None, in_file=span)
        cell, inner = self._span(span)
        if not cell:
            return None
        edits = tuple(self._edit(edit) for edit in violation.fix.edits) if violation.fix else ()
        told = tuple(edit for edit in edits if edit is not None)
        whole = violation.fix is not None and len(told) == len(edits)
        fix = Fix(told, violation.fix.safe) if violation.fix and whole else None
        placed = replace(violation, path=self._path.in_cell(cell), span=inner, fix=fix)
        return replace(placed, in_file=self._in_file(cell, inner))

    def _in_file(self, cell: int, span: Span) -> Span:
        """The lines of the file that a span of a cell covers, as a whole."""
        first = self._numbers.get((cell, span.start.line), 1)
        last = self._numbers.get((cell, span.last_line), first)
        return Span.of(first, 1, last + 1, 1)

    def _edit(self, edit: Edit) -> Edit | None:
        cell, span = self._span(edit.span)
        return replace(edit, cell=cell, span=span) if cell else None

    def _span(self, span: Span) -> tuple[int, Span]:
        """The cell where a span begins, 0 for none, and as much of it as is in that cell."""
        start, end = self._at(span.start.line), self._at(span.end.line)
        if not start.cell or start.ours:
            return 0, span
        last = self._ends[start.cell]
        if end.cell == start.cell:
            last = Position(end.number, span.end.column)
        return start.cell, Span(Position(start.number, span.start.column), last)

    def _problem(self, problem: Problem) -> Problem:
        if problem.line is None:
            return problem
        line = self._at(problem.line)
        if line.cell:
            told = replace(problem, cell=line.cell, line=line.number)
        else:
            cell = line.number or self._first or None
            told = replace(problem, cell=cell, line=1, column=None)
        return replace(told, file_line=self._numbers.get((told.cell or 0, told.line or 0)))

    def _at(self, number: int) -> ModuleLine:
        """A line of the module; behind the last there is one of no cell."""
        return self._module[number - 1] if number <= len(self._module) else _BEHIND
