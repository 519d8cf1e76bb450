"""Rows of tables with a wrong form and a right one."""

from __future__ import annotations

import pytest

from stuck_rules.generator.draft import draft
from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.rule import Rule
from stuck_rules.testing import prove

HEAD = "# Pitfalls\n\n| # | Pitfall | Correct Pattern |\n|---|---|---|\n"


def rules_of(wrong: str, right: str) -> tuple[Rule, ...]:
    text = f"{HEAD}| 1 | {wrong} | {right} |\n| 2 | a | b |\n| 3 | c | d |\n"
    return draft(parse_log(text, path="log.md")).rules


ALIGNED = [
    pytest.param("`client.get_messages()`", "`client.get_history()`", id="another method"),
    pytest.param("`sp.start(c, shell=True)`", "`sp.start(c, shell=False)`", id="another value"),
    pytest.param("Comparing with `== None`", "`is None`", id="comparison"),
    pytest.param("Never use `datetime.utcnow()`", "`datetime.now(UTC)`", id="a verb in front"),
    pytest.param("`time.sleep()` in an `async def`", "`await asyncio.sleep()`", id="a coroutine"),
    pytest.param("Calling `page(x)` without `name`", "`page(x, name=n)`", id="without a keyword"),
    pytest.param('`log.error(f"{e}")`', '`log.error("lost")`', id="text put together"),
]


@pytest.mark.parametrize(("wrong", "right"), ALIGNED)
def test_cells_that_differ_in_a_known_way_are_a_rule(wrong: str, right: str) -> None:
    (rule,) = rules_of(wrong, right)
    assert rule.enabled
    assert list(prove(rule)) == []


GUESSES = [
    pytest.param("`json.loads(response.text)`", "`response.json()`", id="other code"),
    pytest.param("Reading `os.environ['HOME']`", "`settings.home`", id="a subscript"),
    pytest.param("`get_all()` when the list is long", "`get_page()`", id="when"),
]


@pytest.mark.parametrize(("wrong", "right"), GUESSES)
def test_other_cells_wait_for_a_person(wrong: str, right: str) -> None:
    (rule,) = rules_of(wrong, right)
    assert not rule.enabled
    assert rule.note


NOTHING = [
    pytest.param("The page of `client` is slow", "`cache.page()`", id="code within a sentence"),
    pytest.param("`kill -9`", "`systemctl restart`", id="commands"),
    pytest.param("No owner", "Name one", id="words"),
    pytest.param("`run()`", "`run()`", id="the same"),
]


@pytest.mark.parametrize(("wrong", "right"), NOTHING)
def test_cells_that_tell_no_pair_are_no_rule(wrong: str, right: str) -> None:
    assert rules_of(wrong, right) == ()
