from __future__ import annotations

import json

import pytest

from stuck_rules.errors import ProblemKind, SourceError
from stuck_rules.notebooks.cells import read_cells
from tests.notebooks.books import code, notebook, prose


def cells(text: str) -> list[tuple[int, str]]:
    return [(cell.number, cell.source) for cell in read_cells(text, "nb.ipynb")]


def one(source: object, **keys: object) -> str:
    cell = {"cell_type": "code", "metadata": {}, "source": source, **keys}
    return json.dumps({"cells": [cell], "nbformat": 4})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(notebook(), [], id="no cells"),
        pytest.param(
            notebook(prose("# x"), "a\nb", {**prose("x"), "cell_type": "raw"}, "c"),
            [(2, "a\nb"), (4, "c")],
            id="all cells count, those of code are read",
        ),
        pytest.param(one("a\nb\n"), [(1, "a\nb\n")], id="a source that is one text"),
        pytest.param(one(["a\n", "b"]), [(1, "a\nb")], id="a source of lines"),
        pytest.param(one(["a", "b\nc"]), [(1, "ab\nc")], id="a source in odd pieces"),
        pytest.param(one([]), [(1, "")], id="an empty source"),
        pytest.param(one("a\r\nb\rc"), [(1, "a\nb\nc")], id="line ends of all kinds"),
        pytest.param(
            notebook(code("SELECT 1", {"vscode": {"languageId": "sql"}}), "x"),
            [(2, "x")],
            id="a cell that an editor knows as no Python",
        ),
        pytest.param(
            notebook(code("x", {"vscode": {"languageId": "python"}})), [(1, "x")], id="and as one"
        ),
        pytest.param(notebook("x <- 1", language="R"), [], id="another language"),
        pytest.param(notebook("x", language="Python"), [(1, "x")], id="Python in capitals"),
        pytest.param('{"cells": [], "nbformat": 4, "metadata": 3}', [], id="odd metadata"),
        pytest.param(
            '{"cells": [], "nbformat": 4, "metadata": {"kernelspec": []}}', [], id="odd kernel"
        ),
    ],
)
def test_code_cells(text: str, expected: list[tuple[int, str]]) -> None:
    assert cells(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", "not JSON", id="empty"),
        pytest.param("{", "not JSON", id="cut off"),
        pytest.param("<<<<<<< HEAD\n{}", "not JSON", id="a merge conflict"),
        pytest.param("[" * 100_000, "nests too deeply", id="a bomb"),
        pytest.param("[]", "no object", id="a list"),
        pytest.param("{}", "no nbformat", id="any JSON"),
        pytest.param('{"nbformat": "4"}', "no nbformat", id="a format in words"),
        pytest.param('{"nbformat": 3, "worksheets": []}', "a notebook of format 3", id="format 3"),
        pytest.param('{"nbformat": 5, "cells": []}', "a notebook of format 5", id="format 5"),
        pytest.param('{"nbformat": 4}', "no list of cells", id="no cells"),
        pytest.param('{"nbformat": 4, "cells": {}}', "no list of cells", id="cells of no list"),
        pytest.param('{"nbformat": 4, "cells": [1]}', "cell 1 is no object", id="no cell"),
        pytest.param(one(7), "the source of cell 1", id="a number for a source"),
        pytest.param(one(["a", None]), "the source of cell 1", id="no text for a line"),
        pytest.param(one(None), "the source of cell 1", id="no source"),
    ],
)
def test_what_is_no_notebook(text: str, told: str) -> None:
    with pytest.raises(SourceError, match=told) as caught:
        cells(text)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.path) == (ProblemKind.SYNTAX, "nb.ipynb")


def test_the_place_of_broken_json_is_the_files() -> None:
    with pytest.raises(SourceError) as caught:
        cells('{\n "nbformat": x')
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.cell) == (2, 14, None)


@pytest.mark.parametrize("character", ["\0", "\ud800"], ids=["NUL", "half a pair"])
def test_what_no_file_of_python_can_hold(character: str) -> None:
    with pytest.raises(SourceError) as caught:
        cells(one(f"a\nb = '{character}'"))
    (problem,) = caught.value.problems
    assert (problem.kind, problem.cell, problem.line) == (ProblemKind.ENCODING, 1, 2)
    assert problem.message.isascii()
