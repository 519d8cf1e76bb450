"""A rule's condition in Semgrep's operators, as plain data.

`line` and `column` are where the text stands in the rulebook, so that an error can name its place;
0 where a formula was not read from one.
"""

from __future__ import annotations

from stuck_rules.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Pattern:
    """`pattern`: concrete syntax with metavariables and ellipses.

    `folded` says that its lines are not those of the rulebook: YAML folded or unescaped them.
    """

    text: str
    line: int = 0
    column: int = field(default=0, compare=False)
    folded: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Regex:
    """`pattern-regex`: a regular expression over the file's text."""

    text: str
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """`patterns`: every part must hold."""

    parts: tuple[Formula, ...]
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """`pattern-either`: one part must hold."""

    parts: tuple[Formula, ...]
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`pattern-not` and `pattern-not-regex`."""

    part: Formula
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Inside:
    """`pattern-inside`."""

    part: Formula
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class NotInside:
    """`pattern-not-inside`."""

    part: Formula
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MetavariableRegex:
    """`metavariable-regex`: the source text of the binding, from its start."""

    metavariable: str
    regex: str
    constant_propagation: bool = False
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MetavariablePattern:
    """`metavariable-pattern`: a formula on the code bound to the metavariable."""

    metavariable: str
    part: Formula
    language: str | None = None
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MetavariableComparison:
    """`metavariable-comparison`: a Python expression over metavariables."""

    comparison: str
    metavariable: str | None = None
    base: int | None = None
    strip: bool = False
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MetavariableType:
    """`metavariable-type`: the binding has one of these declared types."""

    metavariable: str
    types: tuple[str, ...]
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Focus:
    """`focus-metavariable`: report the binding instead of the whole."""

    metavariables: tuple[str, ...]
    line: int = 0
    column: int = field(default=0, compare=False)


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


@dataclass(frozen=True, slots=True)
class TaintSource:
    """An item of `pattern-sources`; with `exact`, what lies inside a match is not tainted."""

    part: Formula
    exact: bool = False
    by_side_effect: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class TaintSink:
    """An item of `pattern-sinks`; without `exact`, anything inside a match is a sink too.

    `requires` is an expression over labels of sources, such as `A and not B`.
    """

    part: Formula
    exact: bool = True
    requires: str = ""


@dataclass(frozen=True, slots=True)
class TaintSanitizer:
    """An item of `pattern-sanitizers`; by side effect, the variable stays clean afterwards."""

    part: Formula
    exact: bool = False
    by_side_effect: bool = False


@dataclass(frozen=True, slots=True)
class TaintPropagator:
    """An item of `pattern-propagators`: taint goes from one metavariable to another."""

    part: Formula
    source: str
    target: str
    by_side_effect: bool = True


@dataclass(frozen=True, slots=True)
class Taint:
    """`mode: taint`: what comes from a source must not reach a sink unless it was sanitized."""

    sources: tuple[TaintSource, ...]
    sinks: tuple[TaintSink, ...]
    sanitizers: tuple[TaintSanitizer, ...] = ()
    propagators: tuple[TaintPropagator, ...] = ()
    line: int = 0
    column: int = field(default=0, compare=False)
