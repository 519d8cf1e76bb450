"""What a kind of file makes of its bytes: code to check, and the way back."""

from __future__ import annotations

from typing import Protocol

from stuck_rules.model.result import FileResult
from stuck_rules.model.source import FilePath, normalise_text
from stuck_rules.scanner.reading import decode_python, decode_text
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Located:
    """What is to be said of a file, its places as a person finds them.

    `lines` are those that violations cover, by place and number.
    """

    result: FileResult
    lines: dict[tuple[str, int], str]


class Source(Protocol):
    """A file as code; `text` is what the rules look at."""

    text: str

    def encode(self, text: str) -> bytes:
        """The file's bytes with another text; raises SourceError where there are none."""

    def shown(self, text: str) -> str:
        """The file as a diff shows it, with a text that `encode` takes."""

    def locate(self, result: FileResult, text: str) -> Located:
        """What was found in a text, with its places in the file."""


class _PythonSource:
    def __init__(self, data: bytes, path: FilePath) -> None:
        self.text = decode_python(data, path.shown)
        self._data = data
        self._path = path

    def encode(self, text: str) -> bytes:
        from stuck_rules.scanner.rewriting import encode_python

        return encode_python(text, self._data, self._path.shown)

    def shown(self, text: str) -> str:
        return text

    def locate(self, result: FileResult, text: str) -> Located:
        return Located(result, lines_of_violations(result, text))


class _NotebookSource:
    def __init__(self, data: bytes, path: FilePath) -> None:
        from stuck_rules.notebooks.cells import read_cells
        from stuck_rules.notebooks.module import NotebookModule

        self._mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        self._json = decode_text(data, path.shown)
        self._path = path
        self._module = NotebookModule(read_cells(self._json, path.shown), path)
        self.text = self._module.text

    def encode(self, text: str) -> bytes:
        return self._mark + self.shown(text).encode("utf-8")

    def shown(self, text: str) -> str:
        if text == self.text:
            return self._json
        from stuck_rules.notebooks.rewriting import rewrite

        old, new = (self._module.sources(each) for each in (self.text, text))
        changed = {number: source for number, source in new.items() if source != old[number]}
        return rewrite(self._json, changed)

    def locate(self, result: FileResult, text: str) -> Located:
        if not result.violations and not result.problems:
            return Located(result, {})
        from stuck_rules.notebooks.rewriting import line_numbers

        located = self._module.locate(result, text, line_numbers(self.shown(text)))
        return Located(located.result, located.lines())


def is_notebook(relative: str) -> bool:
    """Whether a file is a notebook, by its path."""
    return relative.endswith(".ipynb")


def source_of(data: bytes, path: FilePath) -> Source:
    """The code of a file by its name; raises SourceError where it has none."""
    kind = _NotebookSource if is_notebook(path.relative) else _PythonSource
    return kind(data, path)


def lines_of_violations(result: FileResult, text: str) -> dict[tuple[str, int], str]:
    """The lines of a text that violations cover, by shown path and number."""
    if not result.violations:
        return {}
    lines = normalise_text(text).split("\n")
    return {
        (violation.path.shown, number): lines[number - 1]
        for violation in result.violations
        for number in range(violation.span.start.line, min(violation.span.end.line, len(lines)) + 1)
    }
