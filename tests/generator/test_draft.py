"""Each lesson of a log ends as rule, disabled rule or reminder."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.generator.coverage import OUTCOMES, cover
from stuck_rules.generator.draft import Drafted, Outcome, draft, files_of, keywords_of
from stuck_rules.generator.proposal import Proposal, Source
from stuck_rules.generator.rightforms import RightForms, right_forms
from stuck_rules.lessons.reader import parse_log, read_log
from stuck_rules.model.lesson import Log
from stuck_rules.model.rulebook import Rulebook
from tests.generator.logs import log_of

LOG = Path(__file__).parents[2] / "docs" / "getting_stuck_log.md"
REPLACED = """\
**Root Cause**: The tests wrote `FooBar` instead of `BazQux`, undefined FooBar

**Remediation**:
1. FooBar → BazQux Replacement
2. Think before you type
"""


@pytest.fixture(scope="module")
def drafted() -> Drafted:
    return draft(read_log(LOG, shown="log.md"))


def test_every_lesson_ends_once_in_file_order(drafted: Drafted) -> None:
    lessons = [(e.id, lesson) for e in drafted.log.entries for lesson in e.lessons]
    assert [(d.entry.id, d.lesson) for d in drafted.decisions] == lessons


def test_the_counts_add_up(drafted: Drafted) -> None:
    coverage = cover(drafted.log, Rulebook("r", "", drafted.rules))
    total = sum(coverage.count(outcome) for outcome in OUTCOMES)
    assert total == len(drafted.decisions)
    by_role = [coverage.count(o, role) for o in OUTCOMES for role in coverage.roles]
    assert sum(by_role) == total


def test_a_rule_or_a_reason_is_given(drafted: Drafted) -> None:
    rules = {rule.id: rule for rule in drafted.rules}
    for decision in drafted.decisions:
        if decision.rule is None:
            assert decision.outcome is Outcome.REMINDER
            assert decision.reason
        else:
            enabled = rules[decision.rule].enabled
            assert decision.outcome is (Outcome.RULE if enabled else Outcome.DISABLED)


def test_every_rule_holds_a_lesson(drafted: Drafted) -> None:
    assert {rule.id for rule in drafted.rules} == {d.rule for d in drafted.decisions if d.rule}


def test_the_same_log_gives_the_same_draft(drafted: Drafted) -> None:
    assert draft(drafted.log) == drafted


def outcomes(log: Log) -> list[tuple[str, str | None, str]]:
    return [(d.outcome.value, d.rule, d.reason) for d in draft(log).decisions]


def test_lessons_that_agree_are_held_by_one_rule() -> None:
    assert outcomes(log_of(REPLACED)) == [
        ("rule", "foo-bar", ""),
        ("rule", "foo-bar", ""),
        ("reminder", None, "no recipe makes a rule of it: it asks for judgement"),
    ]


def test_an_unsure_rule_is_disabled_with_its_note() -> None:
    ((outcome, rule, note), *_) = outcomes(log_of(REPLACED.partition("\n\n")[0]))
    assert (outcome, rule) == ("disabled rule", "foo-bar")
    assert note == "Only one lesson says so: enable it if your team agrees."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("**Keywords**: `a`\n", "a keyword finds the entry, it forbids nothing"),
        ("**What Worked Well**:\n- all went well\n", "tells what went well"),
        ("**Files Fixed**:\n- `a/b.py`\n", "tells where it happened"),
        ("**Problem**: it broke\n", "tells what was seen"),
        ("**Prevention**:\n- think\n", "no recipe makes a rule of it: it asks for judgement"),
    ],
)
def test_a_reminder_says_why_it_is_no_rule(body: str, reason: str) -> None:
    assert outcomes(log_of(body)) == [("reminder", None, reason)]


def test_a_rule_that_would_flag_a_right_form_is_refused() -> None:
    body = f"{REPLACED}\n**Implementation**:\n```python\nservice = FooBar\n```\n"
    log = log_of(body)
    assert draft(log).rules == ()
    outcome, rule, reason = outcomes(log)[0]
    assert (outcome, rule) == ("reminder", None)
    told = "its rule foo-bar would flag what the log calls right: service = FooBar (line 10)"
    assert reason == told


def test_a_right_form_that_is_no_python_refuses_nothing() -> None:
    body = f"{REPLACED}\n**Implementation**:\n```sh\nrun FooBar --all\n```\n"
    assert [rule.id for rule in draft(log_of(body)).rules] == ["foo-bar"]


def entries(*bodies: str) -> Log:
    text = "".join(f"## Entry {n}: Title {n}\n\n{body}\n" for n, body in enumerate(bodies, 1))
    return parse_log(text, path="log.md")


def test_the_same_lesson_in_two_entries_is_one_rule_of_both() -> None:
    (rule,) = draft(entries(REPLACED, REPLACED)).rules
    assert rule.entries == ("title-1", "title-2")


def test_two_rules_of_one_name_are_told_apart() -> None:
    other = REPLACED.replace("BazQux", "Other")
    assert [rule.id for rule in draft(entries(REPLACED, other)).rules] == ["foo-bar", "foo-bar-2"]


FRESH = """\
**Root Cause**: x
- WRONG: `create_ledger()` with `uuid.uuid4()`
- CORRECT: `get_ledger()`
"""


@pytest.mark.parametrize(
    ("keywords", "linked"),
    [
        pytest.param("`create_ledger`", True, id="the name"),
        pytest.param("`create_ledger()`", True, id="the call"),
        pytest.param("`uuid.uuid4()`, `other words`", True, id="among others"),
        pytest.param("`ledger`", False, id="a word of it"),
        pytest.param("`create ledger`", False, id="its words"),
        pytest.param("create_ledger", False, id="not as code"),
    ],
)
def test_keywords_link_an_entry_by_the_rules_own_names(keywords: str, linked: bool) -> None:
    log = entries(FRESH, f"**Keywords**: {keywords}\n")
    (rule,) = draft(log).rules
    assert rule.entries == (("title-1", "title-2") if linked else ("title-1",))
    assert draft(log).decisions[-1].outcome is Outcome.REMINDER


def test_keywords_and_files_of_an_entry() -> None:
    body = "**Files Fixed**:\n- `a/b.py` - now right\n- `c` too\n\n**Keywords**: `x y`, `z`\n"
    (entry,) = log_of(body).entries
    assert files_of(entry) == ("a/b.py",)
    assert keywords_of(entry) == ("x y", "z")


def test_coverage_tells_what_the_rulebook_lacks() -> None:
    log = log_of(REPLACED)
    first, *_ = cover(log, Rulebook("r", "", ())).decisions
    assert first.outcome is Outcome.REMINDER
    assert first.reason == "rule foo-bar is not in the rulebook: run stuck-rules generate"


def test_lessons_that_want_opposite_things_are_told_and_make_no_rule() -> None:
    log = log_of(
        "**Prevention**:\n"
        "- Use `client.fetch_all()` instead of `client.fetch_one()`.\n"
        "- Use `client.fetch_one()` instead of `client.fetch_all()`.\n"
    )
    drafted = draft(log)
    assert drafted.rules == ()
    (warning,) = drafted.contradictions
    assert (warning.kind, warning.line) == ("contradictory", 5)
    assert warning.message.startswith("contradicts line 4")


def test_lessons_that_agree_contradict_nothing() -> None:
    log = log_of(
        "**Prevention**:\n"
        "- Use `client.fetch_all()` instead of `client.fetch_one()`.\n"
        "- Never call `client.fetch_one()`.\n"
    )
    drafted = draft(log)
    assert [rule.id for rule in drafted.rules] == ["client-fetch-one"]
    assert drafted.contradictions == ()


def test_rules_of_a_long_log_meet_only_right_forms_with_their_names() -> None:
    body = "".join(
        f"- Never use `load_{number}()`.\n\n**Correct**:\n```python\nkeep_{number}(x)\n```\n\n"
        "**Prevention**:\n"
        for number in range(300)
    )
    log = log_of(f"**Prevention**:\n{body}")
    forms = RightForms(right_forms(log, ()))
    rule = draft(log).rules[7]
    proposal = Proposal(rule, (Source(log.entries[0], log.entries[0].lessons[0]),))
    assert forms.flagged_by(proposal) is None
    assert len(draft(log).rules) == 300
