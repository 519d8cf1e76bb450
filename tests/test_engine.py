"""One file's text against rules: what is found, where, and by what name."""

from __future__ import annotations

import pytest

from stuck_rules.engine import check_source
from stuck_rules.errors import ProblemKind
from stuck_rules.model.formula import Pattern, Regex
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import CheckCall, Option, Rule, Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Violation


def name_rule(name: str = "Bad", rule_id: str = "a") -> Rule:
    return Rule(rule_id, "m", CheckCall("undefined-name", (Option("names", (name,), 0),), 0))


def pattern_rule(pattern: str, rule_id: str = "p", message: str = "m") -> Rule:
    return Rule(rule_id, message, Pattern(pattern))


IMPORTS = Rule("i", "m", CheckCall("relative-import", (), 0), severity=Severity.ERROR)
BROKEN = pattern_rule("f(", "broken")
BROKEN_CHECK = Rule("broken", "m", CheckCall("no-such-check", (), 0))


def found(source: str, *rules: Rule) -> list[Violation]:
    result = check_source(source, "a.py", rules)
    assert result.problems == ()
    return list(result.violations)


def spans(source: str, *rules: Rule) -> list[Span]:
    return [violation.span for violation in found(source, *rules)]


def test_nothing_wrong_is_nothing_found() -> None:
    assert check_source("x = 1\n", "a.py", [name_rule(), IMPORTS]) == FileResult()


def test_no_rules_find_nothing() -> None:
    assert check_source("x = Bad\n", "a.py", []) == FileResult()


def test_a_violation_carries_its_rule_and_path() -> None:
    path = FilePath("pkg/a.py", "../pkg/a.py")
    (violation,) = check_source("from . import x\n", path, [IMPORTS]).violations
    assert (violation.rule, violation.severity, violation.message) == ("i", Severity.ERROR, "m")
    assert violation.path == path
    assert violation.span == Span.of(1, 1, 1, 16)
    assert violation.suppressed is None


@pytest.mark.parametrize("broken", [BROKEN, BROKEN_CHECK])
@pytest.mark.parametrize("first", [True, False])
def test_a_rule_that_raises_costs_only_its_own_result(broken: Rule, first: bool) -> None:
    rules = [broken, name_rule()] if first else [name_rule(), broken]
    result = check_source("x = Bad\n", "a.py", rules)
    assert [violation.rule for violation in result.violations] == ["a"]
    (problem,) = result.problems
    assert (problem.kind, problem.rule, problem.path) == (ProblemKind.RULE, "broken", "a.py")
    assert problem.message.startswith("rule broken failed on this file: ")
    assert "\n" not in problem.message


def test_violations_are_sorted_by_place_then_rule() -> None:
    source = "from . import Bad as z\nBad2\nfrom . import y; f(Bad2)\n"
    rules = [name_rule("Bad2", "b"), pattern_rule("Bad2", "c"), IMPORTS, name_rule("f", "a")]
    order = [(v.span.start.line, v.span.start.column, v.rule) for v in found(source, *rules)]
    assert order == sorted(order)
    assert [rule for _, _, rule in order] == ["i", "b", "c", "i", "a", "b", "c"]


def test_one_span_is_one_violation_of_a_rule() -> None:
    twice = Rule("p", "m", Regex("Bad"))
    assert spans("x = Bad\n", twice, twice) == [Span.of(1, 5, 1, 8)]


def test_one_span_may_break_two_rules() -> None:
    rules = [name_rule(), name_rule(rule_id="b")]
    assert [violation.rule for violation in found("x = Bad\n", *rules)] == ["a", "b"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("x = Bad\n", Span.of(1, 5, 1, 8), id="plain"),
        pytest.param("x = Bad", Span.of(1, 5, 1, 8), id="no newline at the end"),
        pytest.param("\ufeffx = Bad\n", Span.of(1, 5, 1, 8), id="byte order mark"),
        pytest.param("a\r\nx = Bad\r\n", Span.of(2, 5, 2, 8), id="CRLF"),
        pytest.param("a\rx = Bad\r", Span.of(2, 5, 2, 8), id="CR"),
        pytest.param("a\rb\r\nc\nx = Bad\n", Span.of(4, 5, 4, 8), id="mixed line ends"),
        pytest.param("\fx = Bad\n", Span.of(1, 6, 1, 9), id="form feed at the start"),
        pytest.param("a\n\f\nx = Bad\n", Span.of(3, 5, 3, 8), id="form feed on its line"),
        pytest.param("a\n\f\fx = Bad\n", Span.of(2, 7, 2, 10), id="two form feeds"),
        pytest.param("if a:\n\tx = Bad\n", Span.of(2, 6, 2, 9), id="tab counts one"),
        pytest.param("x =\tBad\n", Span.of(1, 5, 1, 8), id="tab inside"),
        pytest.param("x = 'é\u4e2d', Bad\n", Span.of(1, 11, 1, 14), id="non-ASCII"),
        pytest.param("x = '\U0001f600', Bad\n", Span.of(1, 10, 1, 13), id="beyond the BMP"),
        pytest.param("x = 'e\u0301', Bad\n", Span.of(1, 11, 1, 14), id="combining"),
        pytest.param("x = '''\n\u2028\n''', Bad\n", Span.of(3, 6, 3, 9), id="U+2028 is no end"),
        pytest.param("x = 1 + \\\n  Bad\n", Span.of(2, 3, 2, 6), id="continuation"),
        pytest.param("x = (\n    Bad\n)\n", Span.of(2, 5, 2, 8), id="inside parentheses"),
        pytest.param("x = (Bad)\n", Span.of(1, 6, 1, 9), id="parentheses do not count"),
    ],
)
@pytest.mark.parametrize("kind", ["check", "pattern"])
def test_places_are_lines_and_columns_in_characters(kind: str, source: str, expected: Span) -> None:
    rule = name_rule() if kind == "check" else pattern_rule("Bad")
    assert spans(source, rule) == [expected]


def test_metavariables_stand_in_the_message() -> None:
    rule = pattern_rule("f($X, ...)", message="$X is given to f")
    assert [v.message for v in found("f(a.b, 1)\n", rule)] == ["a.b is given to f"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("x = 1\ny = (\n", 2, id="open bracket"),
        pytest.param("x = 1\nx y\n", 2, id="two names"),
        pytest.param("\ufeffx = 1\r\nx = $\r\n", 2, id="no token"),
    ],
)
def test_what_is_no_python_is_a_problem_with_its_line(source: str, line: int) -> None:
    result = check_source(source, FilePath("a.py", "./a.py"), [name_rule()])
    (problem,) = result.problems
    assert result.violations == ()
    assert (problem.kind, problem.path, problem.line) == (ProblemKind.SYNTAX, "./a.py", line)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = " + "(" * 5_000 + ")" * 5_000 + "\n", id="brackets"),
        pytest.param("x = " + "1 + " * 20_000 + "1\n", id="operators"),
        pytest.param("x = a" + ".b" * 20_000 + "\n", id="attributes"),
    ],
)
def test_what_nests_too_deeply_is_a_problem(source: str) -> None:
    (problem,) = check_source(source, "a.py", [name_rule()]).problems
    assert (problem.kind, problem.line) == (ProblemKind.TOO_DEEP, 1)


def prints(source: str, *rules: Rule) -> list[str]:
    return [violation.fingerprint for violation in found(source, *(rules or (name_rule(),)))]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("\n\n# a comment\nimport os\n\nx = Bad\n", id="lines above"),
        pytest.param("x  =  Bad  # why\n", id="white space and a comment"),
        pytest.param("if a:\n    x = Bad\n", id="indented"),
        pytest.param("x = Bad\r\n", id="line end"),
        pytest.param("x = \\\n    Bad\n", id="continued"),
        pytest.param("x = Bad\ny = 1\n", id="lines below"),
    ],
)
def test_a_fingerprint_survives_what_does_not_change_the_statement(other: str) -> None:
    assert prints(other) == prints("x = Bad\n")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("y = Bad\n", id="another name"),
        pytest.param("x = Bad()\n", id="a call"),
        pytest.param("x = [Bad]\n", id="a list"),
    ],
)
def test_a_fingerprint_changes_with_the_statement(other: str) -> None:
    assert prints(other) != prints("x = Bad\n")


def test_equal_statements_have_fingerprints_of_their_own() -> None:
    one, two = prints("x = Bad\nx = Bad\n")
    assert one != two
    assert [one, two] == prints("\nx = Bad\n\n\nx = Bad\n")
    assert one == prints("x = Bad\n")[0]


def test_two_violations_of_a_statement_have_fingerprints_of_their_own() -> None:
    assert len(set(prints("f(Bad, Bad)\n"))) == 2


def test_rules_and_paths_have_fingerprints_of_their_own() -> None:
    assert prints("x = Bad\n") != prints("x = Bad\n", name_rule(rule_id="b"))
    (other,) = check_source("x = Bad\n", "b.py", [name_rule()]).violations
    assert other.fingerprint != prints("x = Bad\n")[0]


def test_a_fingerprint_does_not_depend_on_where_the_user_stands() -> None:
    (one,) = check_source("Bad\n", FilePath("p/a.py", "a.py"), [name_rule()]).violations
    (two,) = check_source("Bad\n", FilePath("p/a.py", "p/a.py"), [name_rule()]).violations
    assert one.fingerprint == two.fingerprint


def test_a_suppressed_violation_is_marked_and_kept() -> None:
    source = "x = Bad  # stuck-rules: ignore[a] -- known\ny = Bad\n"
    reasons = [v.suppressed.reason if v.suppressed else None for v in found(source, name_rule())]
    assert reasons == ["known", None]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("a\nBad = '\0'\n", id="NUL"),
        pytest.param("a\nBad = '\ud800'\n", id="a surrogate"),
    ],
)
def test_text_that_no_file_can_hold_is_a_problem(source: str) -> None:
    (problem,) = check_source(source, "a.py", [name_rule(), pattern_rule("Bad")]).problems
    assert (problem.kind, problem.line) == (ProblemKind.ENCODING, 2)


def test_code_that_libcst_reads_and_cannot_hold_is_a_problem() -> None:
    source = "try:\n    Bad\nexcept:\n    pass\nexcept ValueError:\n    pass\n"
    (problem,) = check_source(source, "a.py", [name_rule()]).problems
    assert problem.kind is ProblemKind.SYNTAX
    assert "except" in problem.message
