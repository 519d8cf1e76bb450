"""Wrong and right code, and what is learnt from the difference."""

from __future__ import annotations

import ast

import pytest

from stuck_rules.generator.draft import draft
from stuck_rules.model.rule import Rule
from stuck_rules.testing import prove
from tests.generator.logs import log_of


def rules_of(bad: str, good: str) -> tuple[Rule, ...]:
    body = f"**WRONG**:\n```python\n{bad}\n```\n\n**CORRECT**:\n```python\n{good}\n```\n"
    return draft(log_of(body)).rules


ALIGNED = [
    pytest.param(
        "def add(item, to=[]):\n    pass",
        "def add(item, to=None):\n    pass",
        "mutable-default",
        id="default",
    ),
    pytest.param(
        "try:\n    run()\nexcept:\n    log()",
        "try:\n    run()\nexcept ValueError:\n    log()",
        "bare-except",
        id="handler",
    ),
    pytest.param(
        "if a == None:\n    run()", "if a is None:\n    run()", "equals-none", id="comparison"
    ),
    pytest.param(
        "subprocess.run(cmd, shell=True)",
        "subprocess.run(cmd, shell=False)",
        "run-shell-true",
        id="another value",
    ),
    pytest.param(
        "call_tool(inputs=data)",
        "call_tool(parameters=data)",
        "call-tool-inputs",
        id="another keyword",
    ),
    pytest.param(
        "text = open(path).read()",
        'text = open(path, encoding="utf-8").read()',
        "open-without-encoding",
        id="a missing keyword",
    ),
    pytest.param(
        "session.get_messages(user)",
        "session.get_history(user)",
        "session-get-messages",
        id="method",
    ),
    pytest.param("os.system(cmd)", "subprocess.run(cmd)", "os-system", id="function"),
    pytest.param(
        "await client.send_now(m)",
        "await client.send_later(m)",
        "client-send-now",
        id="await alone",
    ),
    pytest.param(
        "from app.old import client", "from app.new import client", "app-old-client", id="module"
    ),
]


@pytest.mark.parametrize(("bad", "good", "rule_id"), ALIGNED)
def test_an_aligned_difference_becomes_a_rule(bad: str, good: str, rule_id: str) -> None:
    (rule,) = rules_of(bad, good)
    assert (rule.id, rule.enabled) == (rule_id, True)
    assert list(prove(rule)) == []


def test_what_is_only_in_the_wrong_code_is_a_guess() -> None:
    (rule,) = rules_of("cache.warm_up()\nrun(1)", "run(1)")
    assert not rule.enabled
    assert "stands in the wrong code only" in rule.message


NOTHING = [
    pytest.param("run(1)", "run(1)", id="the same"),
    pytest.param("run(1)  # fast", "run(1)", id="a comment"),
    pytest.param("run( 1 )", "run(1)", id="layout"),
    pytest.param("let x = 1;", "const x = 1;", id="another language"),
    pytest.param("x = 1", "x = 2", id="a value"),
    pytest.param("run(x)", "run(y)", id="an argument"),
    pytest.param("run(...)", "run(1)", id="a placeholder"),
]


@pytest.mark.parametrize(("bad", "good"), NOTHING)
def test_no_difference_that_counts_becomes_no_rule(bad: str, good: str) -> None:
    assert rules_of(bad, good) == ()


def test_right_code_elsewhere_in_the_log_disproves() -> None:
    body = (
        "**WRONG**:\n```python\nos.system(cmd)\n```\n\n"
        "**CORRECT**:\n```python\nsubprocess.run(cmd)\n```\n\n"
        "**Implementation**:\n```python\nos.system(clear)\n```\n"
    )
    assert draft(log_of(body)).rules == ()


FIXES = [
    pytest.param("call_tool(a, inputs=b)", "call_tool(a, parameters=b)", id="keyword"),
    pytest.param("run_it(a, shell=True)", "run_it(a, shell=False)", id="value"),
    pytest.param("session.get_messages(user)", "session.get_history(user)", id="method"),
    pytest.param("os.system(cmd)", "subprocess.run(cmd)", id="function"),
    pytest.param("open(path)", 'open(path, encoding="utf-8")', id="missing keyword"),
    pytest.param("if a == None:\n    run()", "if a is None:\n    run()", id="comparison"),
    pytest.param("from app.old import client", "from app.new import client", id="import"),
]


@pytest.mark.parametrize(("bad", "good"), FIXES)
def test_a_fix_is_derived_that_turns_wrong_into_right(bad: str, good: str) -> None:
    (rule,) = rules_of(bad, good)
    assert rule.fix is not None
    assert [ast.unparse(ast.parse(example.code)) for example in rule.examples.fixed] == [
        ast.unparse(ast.parse(good))
    ]
    assert list(prove(rule)) == []


def test_a_fix_that_does_not_reach_the_right_code_is_left_out() -> None:
    (rule,) = rules_of("session.get_messages(user)", "session.get_history(user, limit=10)")
    assert rule.fix is None


def test_a_symptom_and_its_remedy_wait_for_a_person() -> None:
    body = (
        "**Problem**:\n```python\nos.system(cmd)\n```\n\n"
        "**Fix**:\n```python\nsubprocess.run(cmd)\n```\n"
    )
    (rule,) = draft(log_of(body)).rules
    assert (rule.id, rule.enabled) == ("os-system", False)
    assert "symptom" in (rule.note or "")
