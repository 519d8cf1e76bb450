"""What is said of suppressions, and what is not claimed of them."""

from __future__ import annotations

import pytest

from stuck_rules.engine import check_source
from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.judgement import Standards, judge_code, judge_text
from stuck_rules.model.edit import apply_edits
from stuck_rules.model.formula import Pattern
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import FilesCondition, Rule, Severity, TextCondition
from stuck_rules.model.rulebook import Rulebook, SkippedRule
from stuck_rules.model.source import FilePath
from stuck_rules.model.violation import Violation
from stuck_rules.suppressions.builtin import BUILT_IN_IDS, BUILT_IN_RULES
from stuck_rules.suppressions.known import KnownRules, State, know_rules
from stuck_rules.texts import check_text
from stuck_rules.values import replace

PATH = FilePath("a.py", "a.py")
RULES = (
    Rule("bad", "m", Pattern("bad()")),
    Rule("worse", "m", Pattern("worse()")),
    Rule("off", "m", Pattern("off()"), enabled=False),
    Rule("elsewhere", "m", Pattern("bad()")),
)
MANY = Rule("many", "m", FilesCondition("*.py", 1, None, 1))


def standards(rules: tuple[Rule, ...] = RULES, without: str = "") -> Standards:
    running = {rule for rule in rules if rule.enabled and rule.id != without}
    book = Rulebook("rules.yaml", "", rules, skipped=(SkippedRule("of-go", ("go",)),))
    known = KnownRules(
        states=know_rules([book], running),
        looking=frozenset({"bad", "worse"} - {without}),
        away=frozenset({"elsewhere"}),
    )
    return Standards({rule.id: rule for rule in BUILT_IN_RULES}, known)


def judge(source: str, by: Standards | None = None) -> list[Violation]:
    result = check_source(source, PATH, RULES[:2])
    return of_result(source, result, by)


def of_result(source: str, result: FileResult, by: Standards | None = None) -> list[Violation]:
    judged = judge_code(source, result, by or standards(), PATH)
    assert judged.violations[: len(result.violations)] == result.violations
    return list(judged.violations[len(result.violations) :])


UNUSED, UNKNOWN = "unused-suppression", "unknown-suppression"
BLANKET, REASON = "blanket-suppression", "suppression-without-reason"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("bad()  # stuck-rules: ignore[bad] -- r\n", id="in use"),
        pytest.param("bad(), worse()  # stuck-rules: ignore[bad, worse] -- r\n", id="both in use"),
        pytest.param("bad()\n# stuck-rules: ignore-file[bad] -- r\n", id="in use for the file"),
        pytest.param("x  # stuck-rules: ignore[of-go] -- r\n", id="a rule for another language"),
        pytest.param("x = '# stuck-rules: ignore[nope]'\n", id="in a string"),
        pytest.param('"""\n# stuck-rules: ignore[nope]\n"""\n', id="in a docstring"),
        pytest.param("x  # what stuck-rules says\n", id="no directive"),
    ],
)
def test_nothing_is_said(source: str) -> None:
    assert judge(source) == []


@pytest.mark.parametrize(
    ("source", "rule", "told"),
    [
        pytest.param("x  # stuck-rules: ignore[bad] -- r\n", UNUSED, "breaks 'bad'", id="unused"),
        pytest.param(
            "# stuck-rules: ignore-file[bad] -- r\nx\n", UNUSED, "breaks 'bad'", id="for a file"
        ),
        pytest.param(
            "bad()  # stuck-rules: ignore[bad, worse] -- r\n", UNUSED, "'worse'", id="one of two"
        ),
        pytest.param(
            "x  # stuck-rules: ignore[elsewhere] -- r\n", UNUSED, "not look at this", id="not here"
        ),
        pytest.param("x  # stuck-rules: ignore[off] -- r\n", UNUSED, "disabled", id="disabled"),
        pytest.param(
            "bad()\n# stuck-rules: ignore[bad] -- r\n", UNUSED, "breaks 'bad'", id="below"
        ),
        pytest.param(
            "x  # stuck-rules: ignore[badd] -- r\n", UNKNOWN, "did you mean 'bad'", id="misspelt"
        ),
        pytest.param(
            "x  # stuck-rules: ignore[WORSE] -- r\n", UNKNOWN, "did you mean 'worse'", id="case"
        ),
        pytest.param("x  # stuck-rules: ignore[qqq] -- r\n", UNKNOWN, "called 'qqq'", id="unknown"),
        pytest.param("bad()  # stuck-rules: ignore[*] -- r\n", UNKNOWN, "called '*'", id="a star"),
        pytest.param(
            "x  # stuck-rules: ignore[unused-suppression] -- r\n",
            UNKNOWN,
            "no comment hides 'unused-suppression'",
            id="a built-in rule",
        ),
        pytest.param("bad()  # stuck-rules: ignore[bad]\n", REASON, "say why", id="no reason"),
        pytest.param(
            "bad()  # stuck-rules: ignore[bad] old\n", REASON, "two dashes", id="no dashes"
        ),
        pytest.param(
            "bad()  # stuck-rules: ignore -- r\n", BLANKET, "name the rules", id="blanket"
        ),
        pytest.param(
            "x  # stuck-rules: ingore[bad]\n", "malformed-suppression", "hides nothing", id="typo"
        ),
        pytest.param(
            "bad()  # stuck-rules: ignore-file[bad] -- r\n",
            "malformed-suppression",
            "alone on its line",
            id="a file's behind code",
        ),
    ],
)
def test_what_is_said(source: str, rule: str, told: str) -> None:
    (violation,) = judge(source)
    assert violation.rule == rule
    assert told in violation.message
    assert violation.suppressed is None
    assert len(violation.fingerprint) == 32


def test_the_place_is_that_of_the_directive_or_the_id() -> None:
    unused, unknown = judge("x  # a  # stuck-rules: ignore[bad, wrse] -- r\n")
    assert (unused.span.start.column, unused.span.end.column) == (9, 46)
    assert (unknown.span.start.column, unknown.span.end.column) == (36, 40)


@pytest.mark.parametrize("rule_id", sorted(BUILT_IN_IDS))
def test_a_built_in_rule_that_was_not_selected_says_nothing(rule_id: str) -> None:
    source = (
        "x  # stuck-rules: ignore[bad]\n"
        "x  # stuck-rules: ignore[nope]  # stuck-rules: ignore\n"
        "x  # stuck-rules: ingore[nope]\n"
    )
    assert {violation.rule for violation in judge(source)} == BUILT_IN_IDS
    fewer = replace(standards(), rules={r.id: r for r in BUILT_IN_RULES if r.id != rule_id})
    assert {violation.rule for violation in judge(source, fewer)} == BUILT_IN_IDS - {rule_id}


def test_a_blanket_hides_no_built_in_rule() -> None:
    source = "bad()  # stuck-rules: ignore -- r  # stuck-rules: ignore[nope] -- r\n"
    assert [violation.rule for violation in judge(source)] == [BLANKET, UNKNOWN]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        pytest.param(Problem(ProblemKind.RULE, "m", "a.py", rule="bad"), ["worse"], id="a rule"),
        pytest.param(Problem(ProblemKind.TIMEOUT, "m", "a.py", rule="worse"), ["bad"], id="time"),
        pytest.param(Problem(ProblemKind.SYNTAX, "m", "a.py"), [], id="the file"),
    ],
)
def test_what_could_not_answer_is_not_called_unused(problem: Problem, said: list[str]) -> None:
    source = "x  # stuck-rules: ignore[bad] -- r\nx  # stuck-rules: ignore[worse] -- r\n"
    found = of_result(source, FileResult(problems=(problem,)))
    assert [violation.message.split("'")[1] for violation in found] == said


def test_a_rule_that_was_not_asked_for_is_not_called_unused() -> None:
    source = "x  # stuck-rules: ignore[bad] -- r\nx  # stuck-rules: ignore[worse] -- r\n"
    assert ["worse" in v.message for v in judge(source, standards(without="bad"))] == [True]


def test_a_rule_that_the_settings_keep_from_the_file_is_not_called_unused() -> None:
    known = replace(standards().known, looking=frozenset({"worse"}))
    by = replace(standards(), known=known)
    source = "x  # stuck-rules: ignore[bad] -- r\nx  # stuck-rules: ignore[worse] -- r\n"
    assert ["worse" in violation.message for violation in judge(source, by)] == [True]
    assert [v.fix for v in judge("x  # stuck-rules: ignore -- r\n", by)] == [None]


def test_severities_are_those_of_the_settings() -> None:
    rules = {rule.id: replace(rule, severity=Severity.ERROR) for rule in BUILT_IN_RULES}
    (violation,) = judge("x  # stuck-rules: ignore[bad] -- r\n", replace(standards(), rules=rules))
    assert violation.severity is Severity.ERROR


def test_a_rule_on_many_files_is_not_called_unused() -> None:
    assert judge("x  # stuck-rules: ignore[many] -- r\n", standards((*RULES, MANY))) == []


def test_code_that_ends_early_makes_no_claim() -> None:
    source = "x  # stuck-rules: ignore[bad] -- r\ny = (\n"
    assert of_result(source, FileResult()) == []


@pytest.mark.parametrize(
    ("source", "fixed"),
    [
        pytest.param("x  # stuck-rules: ignore[bad] -- r\n", "x\n", id="unused"),
        pytest.param(
            "bad()  # stuck-rules: ignore[bad,worse] -- r\n",
            "bad()  # stuck-rules: ignore[bad] -- r\n",
            id="one of two",
        ),
        pytest.param(
            "bad()  # stuck-rules: ignore -- r\n",
            "bad()  # stuck-rules: ignore[bad] -- r\n",
            id="a blanket names what it hides",
        ),
        pytest.param("x  # stuck-rules: ignore -- r\n", "x\n", id="a blanket that hides nothing"),
    ],
)
def test_safe_fixes(source: str, fixed: str) -> None:
    edits = [v.fix.edits[0] for v in judge(source) if v.fix is not None and v.fix.safe]
    assert apply_edits(source, dict.fromkeys(edits)) == fixed


@pytest.mark.parametrize(
    ("source", "by"),
    [
        pytest.param("x  # stuck-rules: ignore[badd] -- r\n", None, id="unknown"),
        pytest.param("x  # stuck-rules: ignore[off] -- r\n", None, id="disabled"),
        pytest.param("bad()  # stuck-rules: ignore[bad]\n", None, id="no reason"),
        pytest.param("x  # stuck-rules: ingore[bad]\n", None, id="malformed"),
        pytest.param(
            "x  # stuck-rules: ignore -- r\n", standards(without="bad"), id="not all asked"
        ),
        pytest.param("x  # stuck-rules: ignore -- r\n", standards((*RULES, MANY)), id="many files"),
    ],
)
def test_what_needs_a_person_has_no_safe_fix(source: str, by: Standards | None) -> None:
    found = judge(source, by)
    assert len(found) == 1
    assert [v for v in found if v.fix is not None and v.fix.safe] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("TODO  # stuck-rules: ignore[todo] -- r\n", [], id="on the line"),
        pytest.param("# stuck-rules: ignore[todo] -- r\nTODO\n", [], id="above"),
        pytest.param("# stuck-rules: ignore-file[todo] -- r\n\n\nTODO\n", [], id="for the file"),
        pytest.param("x # stuck-rules: ignore[todo] -- r\nTODO\n", [UNUSED], id="behind the other"),
        pytest.param("# stuck-rules: ignore[todo] -- r\n\nTODO\n", [UNUSED], id="far above"),
        pytest.param("# stuck-rules: ignore[bad] -- r\n", [UNUSED], id="a rule on code"),
        pytest.param("# stuck-rules: ignore[nope]\n", [REASON, UNKNOWN], id="unknown, no reason"),
    ],
)
def test_texts(text: str, said: list[str]) -> None:
    condition = TextCondition("TODO", (), 1)
    todo = Rule("todo", "m", condition)
    path = FilePath("a.yml", "a.yml")
    result = check_text(text, path, todo, condition)
    known = KnownRules(
        states={"todo": State.RUNS, "bad": State.RUNS},
        looking=frozenset({"todo"}),
        away=frozenset({"bad"}),
    )
    by = Standards({rule.id: rule for rule in BUILT_IN_RULES}, known)
    found = judge_text(text, result, by, path)
    own = found.violations[len(result.violations) :]
    assert [violation.rule for violation in own] == said
    assert [violation.fix for violation in own] == [None] * len(said)
