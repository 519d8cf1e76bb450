"""What a user can get wrong, told with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from stuck_rules.values import dataclass, replace


class ProblemKind(str, Enum):
    """Why an answer is unknown; the values are those of the JSON output."""

    SYNTAX = "syntax"
    ENCODING = "encoding"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    RULE = "rule"
    RULEBOOK = "rulebook"
    LOG = "log"
    CONFIG = "config"
    TIMEOUT = "timeout"
    CRASH = "crash"
    EMPTY = "empty"
    USAGE = "usage"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be checked; lines and columns are 1-based.

    `path` is as a user would type it, `relative` from the project's root where that differs;
    `cell` is the number of a notebook's cell that lines are counted in, and `file_line` the line
    of the file then.
    """

    kind: ProblemKind
    message: str
    path: str = ""
    rule: str | None = None
    line: int | None = None
    column: int | None = None
    relative: str | None = None
    cell: int | None = None
    file_line: int | None = None

    @property
    def place(self) -> str:
        """`path:line:column`, as far as it is known."""
        cell = f"cell {self.cell}" if self.cell else None
        parts = [self.path, cell, self.line, self.column if self.line is not None else None]
        return ":".join(str(part) for part in parts if part not in ("", None))

    def __str__(self) -> str:
        place = self.place
        return f"{place}: {self.message}" if place else self.message


def did_you_mean(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The end of a message on an unknown name: the known one most like it, or nothing."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f"; did you mean {close[0]!r}?" if close else ""


class StuckRulesError(Exception):
    """The base of all errors that a user can cause; carries one or more problems."""

    kind = ProblemKind.USAGE

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    @classmethod
    def at(
        cls, message: str, path: str = "", line: int | None = None, column: int | None = None
    ) -> StuckRulesError:
        """Make an error of one problem of this class's kind."""
        return cls(Problem(cls.kind, message, path, line=line, column=column))

    def in_file(self, path: str) -> StuckRulesError:
        """The same error with `path` where a problem named no file."""
        return type(self)(*(p if p.path else replace(p, path=path) for p in self.problems))


class UsageError(StuckRulesError):
    """The question itself was wrong: arguments, missing paths."""


class LogError(StuckRulesError):
    """A log that cannot be read or holds no entries."""

    kind = ProblemKind.LOG


class RulebookError(StuckRulesError):
    """A rulebook that is not valid; all its problems at once."""

    kind = ProblemKind.RULEBOOK


class PatternError(StuckRulesError):
    """A pattern that does not parse or uses what is not supported; lines count in the pattern."""

    kind = ProblemKind.RULEBOOK


class ConfigError(StuckRulesError):
    """Settings that are not valid."""

    kind = ProblemKind.CONFIG


class BaselineError(StuckRulesError):
    """A baseline that is missing, or that is none."""

    kind = ProblemKind.CONFIG


class SourceError(StuckRulesError):
    """A file whose code cannot be checked: syntax, depth, encoding, size."""

    kind = ProblemKind.SYNTAX
