"""Notebooks as JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping

from stuck_rules.model.source import FilePath
from stuck_rules.notebooks.cells import read_cells
from stuck_rules.notebooks.module import NotebookModule

PATH = FilePath("nb.ipynb", "nb.ipynb")


def code(source: str, metadata: Mapping[str, object] | None = None) -> dict[str, object]:
    """A code cell, its source as a list of lines as Jupyter writes it."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": dict(metadata or {}),
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


def prose(source: str) -> dict[str, object]:
    """A cell of Markdown."""
    return {"cell_type": "markdown", "metadata": {}, "source": [source]}


def notebook(*cells: dict[str, object] | str, language: str = "python") -> str:
    """A notebook; a text is a code cell."""
    document = {
        "cells": [code(cell) if isinstance(cell, str) else cell for cell in cells],
        "metadata": {"kernelspec": {"display_name": "K", "language": language, "name": "k"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def module_of(*cells: dict[str, object] | str) -> NotebookModule:
    """The module that the cells make."""
    return NotebookModule(read_cells(notebook(*cells), PATH.shown), PATH)
