"""What changed since a commit: which files, and which of their lines."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from stuck_rules.git import diff_since, is_toplevel, merge_base
from stuck_rules.model.result import FileResult
from stuck_rules.model.source import WHOLE_FILE, Span, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.scanner.arguments import is_inside, resolve
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.suppressions.known import Judging
from stuck_rules.values import dataclass, replace

_HUNK = re.compile(rb"@@ -\d+(?:,(?P<old>\d+))? \+(?P<first>\d+)(?:,(?P<new>\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f",
            b"r": b"\r"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hunk:
    """New or changed lines of a file; with a `count` of 0, lines behind `first` were removed."""

    first: int
    count: int

    def meets(self, span: Span) -> bool:
        """Whether a line of the span changed, or a line is missing between two of them."""
        if self.count == 0:
            return span.start.line <= self.first < span.last_line
        return span.start.line < self.first + self.count and self.first <= span.last_line


WHOLE = (Hunk(1, 1 << 62),)


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from a commit, by the files' paths from the root."""

    root: Path
    commit: str
    hunks: Mapping[str, tuple[Hunk, ...]]

    def narrow(self, files: Sequence[DiscoveredFile], counting: Container[str] = ()) -> Narrowed:
        """Those of the files that changed; `counting` are the ids of rules on files."""
        root = resolve(self.root)
        found = [(file, self._hunks_of(file, root)) for file in files]
        changed = {file: hunks for file, hunks in found if hunks is not None}
        foreign = sum(
            hunks is None and not _belongs(os.path.dirname(file.location), root)
            for file, hunks in found
        )
        notes = [f"{len(changed)} of {len(files)} files changed since {self.commit[:12]}"]
        if foreign:
            notes.append(f"{foreign} of them left out, being no part of the repository")
        by_path = {file.path.relative: hunks for file, hunks in changed.items()}
        return Narrowed(tuple(changed), by_path, counting, tuple(notes))

    def _hunks_of(self, file: DiscoveredFile, root: str) -> tuple[Hunk, ...] | None:
        """A link changes with what it leads to."""
        if not is_inside(file.location, root):
            return None
        hunks = self.hunks.get(file.path.relative)
        if hunks is None and os.path.islink(file.location):
            target = os.path.relpath(resolve(file.location), root).replace(os.sep, "/")
            hunks = self.hunks.get(target)
        return WHOLE if hunks and _counts_otherwise(file.location) else hunks


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The files of a run that changed, their changes by path, and what is to be said of it."""

    files: tuple[DiscoveredFile, ...]
    hunks: Mapping[str, tuple[Hunk, ...]]
    counting: Container[str]
    notes: tuple[str, ...]

    def touches(self, violation: Violation) -> bool:
        """Whether a change touches a violation; one of a whole file by any change of it.

        A rule that counts files tells only of those among which one changed.
        """
        if violation.rule in self.counting:
            return True
        hunks = self.hunks.get(violation.path.relative)
        if hunks is None:
            return False
        span = violation.file_span
        return span == WHOLE_FILE or any(hunk.meets(span) for hunk in hunks)

    def spare(self, file: DiscoveredFile, text: str) -> Judging:
        """What takes the fixes from violations in the file that no change touches.

        In a notebook all are left, since its lines are not those of its code.
        """
        notebook = file.path.relative.endswith(".ipynb")
        hunks = () if notebook else self.hunks.get(file.path.relative, ())
        return _TouchedLines(text, hunks).spare


class _TouchedLines:
    """The lines of a text that changes touched, while fixes change the text further."""

    def __init__(self, text: str, hunks: Sequence[Hunk]) -> None:
        self._lines = normalise_text(text).split("\n")
        self._hunks = hunks

    def spare(self, text: str, result: FileResult) -> FileResult:
        """The result without the fixes of violations that no change touches."""
        lines = self._before(normalise_text(text).split("\n"))
        violations = (
            violation
            if violation.fix is None or self._touch(violation.span, lines)
            else replace(violation, fix=None)
            for violation in result.violations
        )
        return replace(result, violations=tuple(violations))

    def _before(self, lines: list[str]) -> list[int | None]:
        """Which line of the first text each line is; None for those that a fix wrote."""
        if lines == self._lines:
            return list(range(1, len(lines) + 1))
        from difflib import SequenceMatcher

        before: list[int | None] = [None] * len(lines)
        matcher = SequenceMatcher(None, self._lines, lines, autojunk=False)
        for old, new, size in matcher.get_matching_blocks():
            before[new : new + size] = range(old + 1, old + size + 1)
        return before

    def _touch(self, span: Span, lines: list[int | None]) -> bool:
        if span == WHOLE_FILE:
            return True
        covered = lines[span.start.line - 1 : span.last_line]
        first, last = covered[0], covered[-1]
        if first is None or last is None or None in covered:
            return True
        before = Span.of(first, 1, last, 2)
        return any(hunk.meets(before) for hunk in self._hunks)


def _counts_otherwise(location: str) -> bool:
    """Whether a file has carriage returns alone, which end lines here and none for git."""
    try:
        data = Path(location).read_bytes()
    except OSError:
        return False
    return data.count(b"\r") > data.count(b"\r\n")


@cache
def _belongs(folder: str, root: str) -> bool:
    """Whether a folder is part of the root's own work tree, not of one inside or outside."""
    if folder == root:
        return True
    if not is_inside(folder, root) or is_toplevel(folder):
        return False
    return _belongs(os.path.dirname(folder), root)


def changes_since(root: Path, ref: str) -> Changes:
    """What the work tree holds that differs from where its history left `ref`.

    What git does not track, but does not ignore either, is new as a whole. Raises UsageError
    where git cannot tell.
    """
    commit = merge_base(root, ref)
    names, lines, untracked = diff_since(root, commit)
    hunks: dict[str, tuple[Hunk, ...]] = dict.fromkeys(_read_names(names), ())
    new = dict.fromkeys(untracked, WHOLE)
    return Changes(root, commit, {**hunks, **read_hunks(lines), **new})


def _read_names(answer: bytes) -> Iterator[str]:
    """The files that are there, out of names behind their status."""
    parts = iter(answer.split(b"\0"))
    for status in filter(None, parts):
        name = next(parts)
        if status.startswith(b"R"):
            name = next(parts)
        if status != b"D":
            yield os.fsdecode(name)


def read_hunks(diff: bytes) -> dict[str, tuple[Hunk, ...]]:
    """The changed lines of each file in a diff without context."""
    found: dict[str, list[Hunk]] = {}
    hunks: list[Hunk] = []
    lines = iter(diff.split(b"\n"))
    for line in lines:
        if line.startswith(b"+++ "):
            hunks = found.setdefault(_unquote(line[4:]), [])
        match = _HUNK.match(line)
        if match:
            old, new = (int(match[side] or b"1") for side in ("old", "new"))
            hunks.append(Hunk(int(match["first"]), new))
            _skip(lines, old + new)
    found.pop("", None)
    return {name: tuple(each) for name, each in found.items()}


def _skip(lines: Iterable[bytes], count: int) -> None:
    """Pass over the lines of a hunk, which may look like anything."""
    if not count:
        return
    for line in lines:
        count -= line.startswith((b"+", b"-"))
        if not count:
            return


def _unquote(name: bytes) -> str:
    """A name as git writes it behind `+++`; nothing for that of a file that is gone."""
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescape, name.rstrip(b"\t")[1:-1])
    else:
        name = name.removesuffix(b"\t")
    return os.fsdecode(name.removeprefix(b"b/")) if name.startswith(b"b/") else ""


def _unescape(match: re.Match[bytes]) -> bytes:
    text: bytes = match[1]
    return bytes([int(text, 8) & 0xFF]) if len(text) == 3 else _ESCAPED.get(text, text)
