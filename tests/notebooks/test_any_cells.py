"""Whatever cells hold, they are found again, and a notebook is written as it was."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from stuck_rules.model.source import normalise_text
from stuck_rules.notebooks.cells import read_cells
from stuck_rules.notebooks.module import NotebookModule
from stuck_rules.notebooks.rewriting import line_numbers, rewrite
from tests.notebooks.books import PATH, code

SOURCES = st.text(st.sampled_from("ab=%!?#'\"\\()[]{}:;,. \t\r\n\x0c\u2028é"), max_size=40)
CELLS = st.lists(SOURCES, max_size=5)
# How a notebook may be written.
INDENTS = st.sampled_from([None, 1, "\t"])


def book(cells: list[str], *, indent: int | str | None, as_text: bool, ascii_only: bool) -> str:
    made = [code(cell) for cell in cells]
    for cell, source in zip(made, cells, strict=True):
        if as_text:
            cell["source"] = source
    document = {"cells": made, "nbformat": 4, "metadata": {}}
    return json.dumps(document, indent=indent, ensure_ascii=ascii_only)


@given(cells=CELLS)
def test_cells_are_found_again(cells: list[str]) -> None:
    text = book(cells, indent=1, as_text=False, ascii_only=False)
    module = NotebookModule(read_cells(text, PATH.shown), PATH)
    expected = {cell.number: normalise_text(cells[cell.number - 1]) for cell in module.cells}
    assert module.sources(module.text) == expected


@given(cells=CELLS, indent=INDENTS, as_text=st.booleans(), ascii_only=st.booleans())
def test_unchanged_sources_are_written_as_they_were(
    cells: list[str], *, indent: int | str | None, as_text: bool, ascii_only: bool
) -> None:
    text = book(cells, indent=indent, as_text=as_text, ascii_only=ascii_only)
    assert rewrite(text, {}) == text


@given(
    cells=st.lists(SOURCES, min_size=1, max_size=4),
    new=SOURCES,
    indent=INDENTS,
    as_text=st.booleans(),
    ascii_only=st.booleans(),
)
def test_a_changed_source_is_all_that_changes(
    cells: list[str], new: str, *, indent: int | str | None, as_text: bool, ascii_only: bool
) -> None:
    new = normalise_text(new)
    before = book(cells, indent=indent, as_text=as_text, ascii_only=ascii_only)
    after = rewrite(before, {len(cells): new})
    read, old = json.loads(after), json.loads(before)
    source = read["cells"][-1].pop("source")
    assert normalise_text("".join(source)) == new
    old["cells"][-1].pop("source")
    assert read == old
    assert isinstance(source, str) is as_text


@given(cells=CELLS, as_text=st.booleans())
def test_each_line_of_each_cell_has_a_number(cells: list[str], as_text: bool) -> None:
    text = book(cells, indent=1, as_text=as_text, ascii_only=False)
    numbers = line_numbers(text)
    lines = text.split("\n")
    for number, cell in enumerate(cells, start=1):
        for line, source in enumerate(normalise_text(cell).split("\n"), start=1):
            # Jupyter writes a line with such characters in pieces.
            if source and not {"\x0c", "\u2028"} & set(source):
                assert (
                    json.dumps(source, ensure_ascii=False)[1:-1] in lines[numbers[number, line] - 1]
                )
