"""A notebook's cells as one module, and what is found in it told by cell.

A comment with a word that the notebook does not hold stands before each cell and behind each
line that stands in for a magic, so that the cells are found again after fixes have moved lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.result import FileResult
from stuck_rules.model.source import FilePath, Position, Span
from stuck_rules.model.violation import Violation
from stuck_rules.notebooks.cells import Cell
from stuck_rules.notebooks.magics import is_python_cell, stand_ins
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the module: the cell that it belongs to, 0 for none, and its number there.

    `text` is the line as the cell has it; `ours` where it stands in for what is no Python.
    """

    cell: int
    number: int
    text: str
    ours: bool = False


_BEHIND = _Line(0, 0, "")


class NotebookModule:
    """The Python cells of a notebook, put together as `text`."""

    def __init__(self, cells: tuple[Cell, ...], path: FilePath) -> None:
        self.cells = tuple(cell for cell in cells if is_python_cell(cell.source))
        self._path = path
        sources = "\0".join(cell.source for cell in self.cells)
        digest = hashlib.sha256(sources.encode("utf-8", "surrogatepass")).hexdigest()
        self._word = f"cell-{digest[:16]}"
        self._mark = re.compile(rf"(?:if 1: )?# {self._word} (\d+)")
        self._stand_in = re.compile(rf"(.*)# {self._word} (\d+):(\d+)")
        self._magics: dict[tuple[int, int], tuple[str, str]] = {}
        self.text = "".join(self._module_of(cell) for cell in self.cells)

    def _module_of(self, cell: Cell) -> str:
        lines = cell.source.split("\n")
        for number, stand_in in stand_ins(cell.source).items():
            code = f"{stand_in}  " if stand_in else ""
            self._magics[cell.number, number + 1] = (code, lines[number])
            lines[number] = f"{code}# {self._word} {cell.number}:{number + 1}"
        first = next((line for line in lines if line.strip()), "")
        # IPython takes a cell that is indented as a whole.
        block = "if 1: " if first[:1].isspace() else ""
        return "\n".join((f"{block}# {self._word} {cell.number}", *lines, ""))

    def sources(self, text: str) -> dict[int, str]:
        """The source of each cell, by its number, in a module that fixes have changed.

        Raises SourceError where cells or magics are not to be found again.
        """
        lines = self._lines(text)
        found: dict[int, list[str]] = {}
        for line in lines:
            if line.cell:
                found.setdefault(line.cell, []).append(line.text)
        sources = {cell.number: "\n".join(found.get(cell.number, ())) for cell in self.cells}
        if not self._is_whole(lines, sources):
            message = "its fixes reach across cells or magics, so none was made; fix it by hand"
            raise SourceError(Problem(ProblemKind.RULE, message, self._path.shown))
        return sources

    def _is_whole(self, lines: list[_Line], sources: dict[int, str]) -> bool:
        marks = [line.number for line in lines if not line.cell and line.number]
        magics = sum(line.ours for line in lines)
        return (
            marks == [cell.number for cell in self.cells]
            and magics == len(self._magics)
            and not any(line.text for line in lines if not line.cell and not line.number)
            and all(
                sources[cell.number].startswith("%%")
                for cell in self.cells
                if cell.source.startswith("%%")
            )
        )

    def _lines(self, text: str) -> list[_Line]:
        """Each line of a module, a line before a cell having its number and no cell."""
        lines: list[_Line] = []
        cell = number = 0
        for line in text.removesuffix("\n").split("\n"):
            mark = self._mark.fullmatch(line)
            if mark is not None:
                cell, number = int(mark[1]), 0
                lines.append(_Line(0, cell, ""))
                continue
            number += 1 if cell else 0
            stand_in = self._stand_in.fullmatch(line)
            magic = stand_in and self._magics.get((int(stand_in[2]), int(stand_in[3])))
            if stand_in and magic and magic[0] == stand_in[1]:
                lines.append(_Line(cell, number, magic[1], ours=True))
            else:
                lines.append(_Line(cell, number, line))
        return lines

    def locate(
        self, result: FileResult, text: str, numbers: Mapping[tuple[int, int], int]
    ) -> Located:
        """What was found in a module's text, with its places in the cells.

        `numbers` tells in which line of the file a cell's line stands.
        """
        return Located(self._path, tuple(self._lines(text)), numbers, result)


class Located:
    """What was found in a notebook, by cell; `lines` are those of the violations."""

    def __init__(
        self,
        path: FilePath,
        lines: tuple[_Line, ...],
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
        if span == Span.of(1, 1, 1, 1) and self._first:
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

    def _at(self, number: int) -> _Line:
        """A line of the module; behind the last there is one of no cell."""
        return self._module[number - 1] if number <= len(self._module) else _BEHIND
