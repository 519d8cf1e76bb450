"""A log as it was understood: entries and the lessons in them."""

from __future__ import annotations

from enum import Enum

from stuck_rules.values import dataclass


class Role(str, Enum):
    """What a lesson is for, told by the label above it."""

    PREVENTION = "prevention"
    WRONG = "wrong"
    CORRECT = "correct"
    REMEDIATION = "remediation"
    ROOT_CAUSE = "root-cause"
    SYMPTOM = "symptom"
    IMPLEMENTATION = "implementation"
    PROPOSAL = "proposal"
    FILES = "files"
    KEYWORD = "keyword"
    EVIDENCE = "evidence"
    METADATA = "metadata"
    NOTE = "note"


class Polarity(str, Enum):
    """Whether a lesson says what to do, what not to do, or neither."""

    DO = "do"
    DONT = "dont"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Code:
    """A code span or fence of a lesson; lines are 1-based and inclusive.

    `language` is what a fence calls its code, or nothing.
    """

    text: str
    lines: tuple[int, int]
    fenced: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One statement of an entry; `text` is one line without markup, code spans in backticks."""

    role: Role
    polarity: Polarity
    text: str
    lines: tuple[int, int]
    code: tuple[Code, ...] = ()
    label: str = ""
    lead: str = ""

    @property
    def spans(self) -> tuple[str, ...]:
        """The texts of the inline code spans, in order."""
        return tuple(code.text for code in self.code if not code.fenced)


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of a log; `number` is only an alias, since numbers repeat."""

    id: str
    title: str
    heading: str
    date: str | None
    number: int | None
    path: str
    line: int
    anchor: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class LogWarning:
    """Something in a log that was understood, but looks like a slip."""

    kind: str
    line: int
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class LogFile:
    """How one file was understood: what its entries are, and the lines of text outside any.

    `scope` are the globs of the only files that it says it speaks of; none are all files.
    """

    path: str
    level: str
    outside: tuple[tuple[int, int], ...] = ()
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Log:
    """A log's entries in file order; `path` is that of its first file."""

    path: str
    entries: tuple[Entry, ...]
    warnings: tuple[LogWarning, ...] = ()
    files: tuple[LogFile, ...] = ()
