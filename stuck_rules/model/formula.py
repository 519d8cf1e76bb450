"""A rule's condition in Semgrep's operators, as plain data.

`line` is where the text stands in the rulebook, so that an error can name its place.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """`pattern`: concrete syntax with metavariables and ellipses."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Regex:
    """`pattern-regex`: a regular expression over the file's text."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class All:
    """`patterns`: every part must hold."""

    parts: tuple[Formula, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Either:
    """`pattern-either`: one part must hold."""

    parts: tuple[Formula, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """`pattern-not` and `pattern-not-regex`."""

    part: Formula
    line: int = 0


@dataclass(frozen=True, slots=True)
class Inside:
    """`pattern-inside`."""

    part: Formula
    line: int = 0


@dataclass(frozen=True, slots=True)
class NotInside:
    """`pattern-not-inside`."""

    part: Formula
    line: int = 0


@dataclass(frozen=True, slots=True)
class MetavariableRegex:
    """`metavariable-regex`: the source text of the binding, from its start."""

    metavariable: str
    regex: str
    constant_propagation: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class MetavariablePattern:
    """`metavariable-pattern`: a formula on the code bound to the metavariable."""

    metavariable: str
    part: Formula
    language: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class MetavariableComparison:
    """`metavariable-comparison`: a Python expression over metavariables."""

    comparison: str
    metavariable: str | None = None
    base: int | None = None
    strip: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class MetavariableType:
    """`metavariable-type`: the binding has one of these declared types."""

    metavariable: str
    types: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Focus:
    """`focus-metavariable`: report the binding instead of the whole."""

    metavariables: tuple[str, ...]
    line: int = 0


Formula = (
    Pattern
    | Regex
    | All
    | Either
    | Not
    | Inside
    | NotInside
    | MetavariableRegex
    | MetavariablePattern
    | MetavariableComparison
    | MetavariableType
    | Focus
)
