"""A notebook's cells as one module, and what is found in it told by cell.

A comment with a word that the notebook does not hold stands before each cell and behind each
line that stands in for a magic, so that the cells are found again after fixes have moved lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.result import FileResult
from stuck_rules.model.source import FilePath
from stuck_rules.notebooks.bycell import ByCell, ModuleLine
from stuck_rules.notebooks.cells import Cell
from stuck_rules.notebooks.magics import has_cell_magic, is_python_cell, stand_ins


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

    def _is_whole(self, lines: list[ModuleLine], sources: dict[int, str]) -> bool:
        marks = [line.number for line in lines if not line.cell and line.number]
        magics = sum(line.ours for line in lines)
        return (
            marks == [cell.number for cell in self.cells]
            and magics == len(self._magics)
            and not any(line.text for line in lines if not line.cell and not line.number)
            and all(
                has_cell_magic(sources[cell.number])
                for cell in self.cells
                if has_cell_magic(cell.source)
            )
        )

    def _lines(self, text: str) -> list[ModuleLine]:
        """Each line of a module."""
        lines: list[ModuleLine] = []
        cell = number = 0
        for line in text.removesuffix("\n").split("\n"):
            mark = self._mark.fullmatch(line)
            if mark is not None:
                cell, number = int(mark[1]), 0
                lines.append(ModuleLine(0, cell, ""))
                continue
            number += 1 if cell else 0
            stand_in = self._stand_in.fullmatch(line)
            magic = stand_in and self._magics.get((int(stand_in[2]), int(stand_in[3])))
            if stand_in and magic and magic[0] == stand_in[1]:
                lines.append(ModuleLine(cell, number, magic[1], ours=True))
            else:
                lines.append(ModuleLine(cell, number, line))
        return lines

    def locate(
        self, result: FileResult, text: str, numbers: Mapping[tuple[int, int], int]
    ) -> ByCell:
        """What was found in a module's text, with its places in the cells."""
        return ByCell(self._path, self._lines(text), numbers, result)
