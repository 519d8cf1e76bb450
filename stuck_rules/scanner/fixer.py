"""What fixing does to one file of a scan, and what it did to all of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from stuck_rules.errors import SourceError
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Rule
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.scanner.sources import Source
from stuck_rules.suppressions.known import Judging
from stuck_rules.values import dataclass

if TYPE_CHECKING:
    from stuck_rules.repairs import FixedSource

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that fixes change; `data` is what it holds then, as bytes.

    `had` are its violations before the fixes, `left` those after them.
    """

    shown: str
    location: str
    before: str
    after: str
    data: bytes
    applied: tuple[Violation, ...]
    had: tuple[Violation, ...]
    left: tuple[Violation, ...]

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        import difflib

        name = _quoted(self.shown)
        lines = difflib.unified_diff(
            _LINE.findall(self.before), _LINE.findall(self.after), name, name
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )


def _quoted(path: str) -> str:
    """A path as git writes it into a diff: quoted where it would not stay in its line."""
    if path.isprintable() and not any(sign in path for sign in '"\\'):
        return path
    written = (
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in os.fsencode(path)
    )
    return f'"{"".join(written)}"'


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read: its bytes, their code, and what its rules say of it.

    `judge` adds to that what is to be said of its suppressions.
    """

    file: DiscoveredFile
    data: bytes
    source: Source
    result: FileResult
    judge: Judging | None = None


# Gives for a file and its text what takes the fixes of violations that are not to be fixed.
Sparing = Callable[[DiscoveredFile, str], Judging]


class FileFixer:
    """Fixes files as they are scanned, and writes them unless it is only a try.

    `unsafe` takes in fixes that may change what the code means or lose a comment; a run that
    looks only at some lines says by `sparing` what else is left as it is.
    """

    def __init__(self, *, write: bool = True, unsafe: bool = False) -> None:
        self.write = write
        self.unsafe = unsafe
        self.sparing: Sparing | None = None
        self.files: list[FixedFile] = []

    def fix(
        self, read: ReadFile, rules: Sequence[Rule], package: str | None
    ) -> tuple[str, FileResult]:
        """The text that a file has from now on, and what is left to say of it.

        What could not be fixed or written is among the result's problems.
        """
        text, judge, found = read.source.text, read.judge, read.result
        if self.sparing is not None:
            spare = self.sparing(read.file, text)
            judge, found = both_judge(judge, spare), spare(text, found)
        if not any(self._is_wanted(violation) for violation in found.violations):
            return text, read.result
        from stuck_rules.repairs import fix_source

        path = read.file.path
        fixed = fix_source(text, path, rules, package=package, unsafe=self.unsafe, judge=judge)
        problems = (*fixed.result.problems, *fixed.problems)
        result = FileResult(fixed.result.violations, problems)
        if fixed.source == text:
            return text, result
        try:
            data = self._encode(read, fixed.source)
        except SourceError as error:
            problems = (*read.result.problems, *error.problems)
            return text, FileResult(read.result.violations, problems)
        self.files.append(_fixed_file(read, fixed, data))
        return fixed.source, result

    def _encode(self, read: ReadFile, text: str) -> bytes:
        """The file's bytes with another text, written unless it is only a try."""
        from stuck_rules.scanner.rewriting import replace_file

        data = read.source.encode(text)
        if self.write:
            replace_file(read.file.location, read.data, data, read.file.shown)
        return data

    def _is_wanted(self, violation: Violation) -> bool:
        if violation.fix is None or violation.suppressed is not None:
            return False
        return self.unsafe or violation.fix.safe


def _fixed_file(read: ReadFile, fixed: FixedSource, data: bytes) -> FixedFile:
    return FixedFile(
        read.file.shown,
        read.file.location,
        before=read.source.shown(read.source.text),
        after=read.source.shown(fixed.source),
        data=data,
        applied=fixed.applied,
        had=read.result.violations,
        left=fixed.result.violations,
    )


def both_judge(first: Judging | None, second: Judging) -> Judging:
    """The second's judgement of what the first makes of a result."""
    if first is None:
        return second
    return lambda text, result: second(text, first(text, result))
