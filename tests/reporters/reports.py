"""A small run as values: two rules, two entries, and what is odd in the code of real projects."""

from __future__ import annotations

from dataclasses import replace

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.formula import Pattern
from stuck_rules.model.result import EntryLink, Report, RuleInfo
from stuck_rules.model.rule import Confidence, Example, Examples, Rule, Severity
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Suppression, SuppressionKind, Violation
from stuck_rules.reporters.base import Style

PLAIN = Style()
HOSTILE = "a\n::error::b\x1b[31m,c:%d"

MOCKS = EntryLink(
    id="unit-tests",
    title="Unit Test Failures [part 1]",
    path="docs/log.md",
    line=240,
    url="https://example.com/log.md#unit-tests",
    relative="docs/log.md",
)
REDIS = EntryLink(
    id="redis", title="Redis Rules", path="/srv/team/log.md", line=7, url="log.md#redis"
)

MAGIC_NONE = Rule(
    id="magic-none",
    message="MagicNone is not defined anywhere; use MagicMock from unittest.mock.",
    condition=Pattern("MagicNone"),
    severity=Severity.ERROR,
    entries=("unit-tests",),
    examples=Examples(
        bad=(Example("service = MagicNone"),), good=(Example("service = MagicMock()\n"),)
    ),
)
LOCALHOST = Rule(
    id="redis-localhost",
    message="No fallback to localhost.\nUse the builder.",
    condition=Pattern("$X or 'localhost'"),
    confidence=Confidence.MEDIUM,
    entries=("redis", "unit-tests"),
    examples=Examples(good=(Example("def host():\n\n\treturn builder()\n"),)),
)

ONE_CALL = Violation(
    rule="magic-none",
    severity=Severity.ERROR,
    message=MAGIC_NONE.message,
    path=FilePath(relative="tests/test_a.py", shown="test_a.py"),
    span=Span.of(2, 11, 2, 20),
    fingerprint="f1",
    fix=Fix((Edit(Span.of(1, 1, 1, 1), "import é\n"), Edit(Span.of(2, 11, 2, 20), "M()"))),
)
TWO_LINES = Violation(
    rule="redis-localhost",
    severity=Severity.WARNING,
    message=LOCALHOST.message,
    path=FilePath(relative="tests/test_a.py", shown="test_a.py"),
    span=Span.of(4, 8, 5, 20),
    fingerprint="f2",
)

REPORT = Report(
    version="1.2.3",
    rulebooks=(Rulebook(path="rules.yaml", folder="/p", rules=(MAGIC_NONE, LOCALHOST)),),
    rules={
        "magic-none": RuleInfo(MAGIC_NONE, (MOCKS,)),
        "redis-localhost": RuleInfo(LOCALHOST, (REDIS, MOCKS)),
    },
    files=4,
    violations=(ONE_CALL, TWO_LINES),
    problems=(
        Problem(ProblemKind.SYNTAX, "syntax error: '(' was never closed", "bad.py", None, 3, 5),
        Problem(ProblemKind.TIMEOUT, "took more than 5 s", "slow.py", "magic-none"),
    ),
    notes=("2 rules are for other languages",),
    lines={
        ("test_a.py", 2): "\tx = 値 or MagicNone  # why",
        ("test_a.py", 4): 'host = (env("HOST")',
        ("test_a.py", 5): '    or "localhost")',
    },
)
CLEAN = replace(REPORT, violations=(), problems=(), notes=(), lines=None)


def with_violations(*violations: Violation) -> Report:
    """The run with other violations and without problems and notes."""
    return replace(REPORT, violations=violations, problems=(), notes=())


def on_line(violation: Violation, line: int) -> Violation:
    """The same violation on one other line."""
    start, end = violation.span.start, violation.span.end
    return replace(violation, span=Span.of(line, start.column, line, end.column))


def suppressed(violation: Violation, reason: str = "legacy") -> Violation:
    """The same violation behind a comment."""
    return replace(violation, suppressed=Suppression(SuppressionKind.INLINE, reason))


def hostile() -> Report:
    """A run whose every text from files tries to break out of its place."""
    rule = replace(MAGIC_NONE, message=HOSTILE, examples=Examples(good=(Example(HOSTILE),)))
    entry = EntryLink(id=HOSTILE, title=HOSTILE, path=HOSTILE, line=1, url=f"https://{HOSTILE}")
    path = FilePath(relative=f"::error::{HOSTILE}", shown=f"::error::{HOSTILE}")
    violation = replace(ONE_CALL, message=HOSTILE, path=path, span=Span.of(1, 1, 1, 2))
    return replace(
        REPORT,
        rulebooks=(Rulebook(path=HOSTILE, folder="/p", rules=()),),
        rules={"magic-none": RuleInfo(rule, (entry,))},
        violations=(violation,),
        problems=(Problem(ProblemKind.CRASH, HOSTILE, path.shown, HOSTILE, 1),),
        notes=(HOSTILE,),
        lines={(path.shown, 1): HOSTILE.replace("\n", "\r")},
    )


def nasty() -> Report:
    """A run whose every text holds what encodings, XML and logs of CI do not bear."""
    text = "\x00\x1f\x7f\ufffe\uffff\ud800\udce9\u2028]]> <!-- ::error::x ##[error]y %0A |`&"
    rule = replace(MAGIC_NONE, message=text, examples=Examples(good=(Example(text),)))
    entry = EntryLink(id=text, title=text, path=text, line=1, url=f"https://{text}")
    path = FilePath(relative=text, shown=text)
    violation = replace(ONE_CALL, message=text, path=path, span=Span.of(1, 1, 1, 2))
    return replace(
        REPORT,
        rules={"magic-none": RuleInfo(rule, (entry,))},
        violations=(violation,),
        problems=(Problem(ProblemKind.CRASH, text, path.shown, text, 1),),
        notes=(text,),
        lines={(path.shown, 1): text},
    )
