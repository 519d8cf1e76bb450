"""A notebook's JSON read as far as its code goes."""

from __future__ import annotations

import json
import re

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.source import normalise_text
from stuck_rules.values import dataclass

# Jupyter's format since 2015; the one before keeps its cells elsewhere.
_FORMAT = 4

# What JSON can hold and a file of Python cannot.
_NO_CODE = re.compile("[\0\ud800-\udfff]")

_PYTHON = frozenset({"python", "python2", "python3", "ipython", "xpython"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell; `number` counts all cells of the notebook from 1, lines end with newlines."""

    number: int
    source: str


def read_cells(text: str, shown: str) -> tuple[Cell, ...]:
    """The cells with Python code; none of a notebook in another language.

    Raises SourceError where the text is no notebook of a format that is known.
    """
    try:
        document: object = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"no notebook: not JSON: {error.msg}"
        place = Problem(ProblemKind.SYNTAX, message, shown, line=error.lineno, column=error.colno)
        raise SourceError(place) from None
    except RecursionError:
        raise _refused("no notebook: its JSON nests too deeply", shown) from None
    if not isinstance(document, dict):
        raise _refused("no notebook: its JSON is no object", shown)
    version = document.get("nbformat")
    if version != _FORMAT:
        message = (
            f"a notebook of format {version}, and only {_FORMAT} can be read; "
            f"convert it: jupyter nbconvert --to notebook --nbformat {_FORMAT}"
            if isinstance(version, int)
            else "no notebook: its JSON has no nbformat"
        )
        raise _refused(message, shown)
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise _refused("no notebook: its JSON has no list of cells", shown)
    if not _is_python(document.get("metadata")):
        return ()
    read = (_read_cell(cell, number, shown) for number, cell in enumerate(cells, start=1))
    return tuple(cell for cell in read if cell is not None)


def _refused(message: str, shown: str) -> SourceError:
    return SourceError(Problem(ProblemKind.SYNTAX, message, shown))


def _is_python(metadata: object) -> bool:
    """Whether a notebook is in Python; one that says nothing is."""
    if not isinstance(metadata, dict):
        return True
    for part, key in (("language_info", "name"), ("kernelspec", "language")):
        told = metadata.get(part)
        language = told.get(key) if isinstance(told, dict) else None
        if isinstance(language, str) and language:
            return language.lower() in _PYTHON
    return True


def _read_cell(cell: object, number: int, shown: str) -> Cell | None:
    """A cell with Python code; None for any other."""
    if not isinstance(cell, dict):
        raise _refused(f"no notebook: cell {number} is no object", shown)
    if cell.get("cell_type") != "code" or not _is_editors_python(cell.get("metadata")):
        return None
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    parts = [part for part in lines if isinstance(part, str)]
    if len(parts) < len(lines):
        raise _refused(f"no notebook: the source of cell {number} is no text", shown)
    text = normalise_text("".join(parts))
    bad = _NO_CODE.search(text)
    if bad is not None:
        line = text.count("\n", 0, bad.start()) + 1
        message = f"holds {bad[0]!a}, which Python code cannot"
        raise SourceError(Problem(ProblemKind.ENCODING, message, shown, line=line, cell=number))
    return Cell(number, text)


def _is_editors_python(metadata: object) -> bool:
    """Whether an editor that knows a language for each cell knows this one as Python."""
    told = metadata.get("vscode") if isinstance(metadata, dict) else None
    language = told.get("languageId") if isinstance(told, dict) else None
    return language in {None, "python"}
