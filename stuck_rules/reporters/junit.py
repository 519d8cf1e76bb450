"""JUnit's XML, in the part that Maven's and Jenkins' descriptions of it have in common.

A violation is a test case that failed, a problem one that ended in an error, a suppressed
violation one that was skipped, and a rule that nothing breaks one that passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.errors import Problem
from stuck_rules.model.result import Report
from stuck_rules.model.source import in_cell, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import Style, entries_of, learned_in, one_line, visible
from stuck_rules.reporters.places import place_in_root, problem_place
from stuck_rules.values import dataclass

_SUITE = "stuck-rules"

# What `visible` leaves and XML cannot hold.
_NO_XML = re.compile("[\ufffe\uffff]")
# What is markup in XML, and what a CI log that shows it takes for a command.
_MARKUP = re.compile(r'[&<>"]|::|##\[')
_WRITTEN_AS = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "::": "&#58;:",
    "##[": "##&#91;",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A test case; `kind` is the element that tells how it ended, empty for one that passed."""

    group: str
    name: str
    kind: str = ""
    type: str = ""
    message: str = ""
    text: str = ""


def _xml(text: str) -> str:
    legal = _NO_XML.sub("\ufffd", visible(text))
    return _MARKUP.sub(lambda match: _WRITTEN_AS[match[0]], legal)


def _attributes(**values: str | int) -> str:
    return "".join(f' {name}="{_xml(str(value))}"' for name, value in values.items())


def _group(path: str) -> str:
    """A path as the name of a class: readers take what is before the last dot for its package."""
    return path.removesuffix(".py").replace(".", "_").replace("/", ".")


def _of_problem(problem: Problem) -> _Case:
    path = problem.relative or problem.path
    label = f"{problem.kind.value} ({problem.rule})" if problem.rule else problem.kind.value
    return _Case(
        group=_group(in_cell(path, problem.cell)) if path else _SUITE,
        name=f"not checked: {label}",
        kind="error",
        type=problem.kind.value,
        message=problem.message,
        text=f"{problem_place(problem, path)}\n{problem.message}" if path else problem.message,
    )


def _of_violation(report: Report, violation: Violation) -> _Case:
    start, path = violation.span.start, violation.path
    learned = [learned_in(entry) for entry in entries_of(report, violation)]
    case = _Case(
        group=_group(in_cell(path.relative, path.cell)),
        name=f"{violation.rule} {start.line}:{start.column}",
        kind="failure",
        type=violation.severity.value,
        message=violation.message,
        text="\n".join([place_in_root(violation), violation.message, *learned]),
    )
    if violation.suppressed is None:
        return case
    kind, reason = violation.suppressed.kind.value, violation.suppressed.reason
    told = f"suppressed {kind}: {reason}" if reason else f"suppressed {kind}"
    return _Case(case.group, case.name, kind="skipped", message=told)


def _cases(report: Report) -> Iterator[_Case]:
    for problem in report.problems:
        yield _of_problem(problem)
    for violation in report.violations:
        yield _of_violation(report, violation)
    broken = {violation.rule for violation in report.violations}
    unsure = {problem.rule for problem in report.problems}
    for rule in report.rules:
        if rule not in broken and rule not in unsure:
            yield _Case(_SUITE, rule)


def _element(case: _Case) -> str:
    head = f"  <testcase{_attributes(name=one_line(case.name), classname=case.group, time=0)}"
    if not case.kind:
        return f"{head}/>\n"
    types = _attributes(type=case.type) if case.type else ""
    text = "\n".join(_xml(line) for line in normalise_text(case.text).split("\n"))
    told = f"<{case.kind}{_attributes(message=one_line(case.message))}{types}"
    told += f">{text}</{case.kind}>" if text else "/>"
    return f"{head}>\n    {told}\n  </testcase>\n"


def render(report: Report, style: Style) -> str:
    """One suite: problems, violations, then the rules that hold; no times, for all bytes count."""
    del style
    cases = list(_cases(report))

    def count(kind: str) -> int:
        return sum(case.kind == kind for case in cases)

    suite = _attributes(
        name=_SUITE,
        tests=len(cases),
        failures=count("failure"),
        errors=count("error"),
        skipped=count("skipped"),
        time=0,
    )
    body = "".join(_element(case) for case in cases)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuite{suite}>\n{body}</testsuite>\n'
