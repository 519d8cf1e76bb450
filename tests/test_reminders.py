"""Which reminders speak of the files that change."""

from __future__ import annotations

import pytest

from stuck_rules.model.rulebook import AppliesTo, Reminder
from stuck_rules.reminders import choose_reminders


def reminder(
    entry: str, paths: tuple[str, ...] = (), words: tuple[str, ...] = (), role: str = "prevention"
) -> Reminder:
    return Reminder(entry, role, f"text of {entry}", (1, 1), "", AppliesTo(paths, words))


FITS = [
    pytest.param(("app/pay.py",), (), {"app/pay.py": ""}, True, id="the file"),
    pytest.param(("app/",), (), {"app/sub/pay.py": ""}, True, id="its folder"),
    pytest.param(("app/pay.py",), (), {"lib/app/pay.py": ""}, False, id="the same name elsewhere"),
    pytest.param((), ("retry_budget",), {"a.py": "x = retry_budget()"}, True, id="a word"),
    pytest.param((), ("retry_budget()",), {"a.py": "x = retry_budget"}, True, id="a call's word"),
    pytest.param(
        (), ("retry_budget",), {"a.py": "x = my_retry_budget"}, False, id="inside another"
    ),
    pytest.param((), ("retry budget",), {"a.py": "# the retry budget"}, True, id="a phrase"),
    pytest.param((), ("ssl",), {"a.py": "import ssl"}, False, id="too short a word"),
    pytest.param((), (), {"a.py": "x"}, False, id="nothing to go by"),
]


@pytest.mark.parametrize(("paths", "words", "files", "fits"), FITS)
def test_fits(
    paths: tuple[str, ...], words: tuple[str, ...], files: dict[str, str], fits: bool
) -> None:
    assert bool(choose_reminders([reminder("a", paths, words)], files)) is fits


def test_at_most_three_and_the_nearest_first() -> None:
    given = [
        reminder("word", words=("token",)),
        reminder("both", ("a.py",), ("token",)),
        reminder("file", ("a.py",)),
        reminder("later", ("a.py",), role="root-cause"),
        reminder("other", ("b.py",)),
    ]
    found = choose_reminders(given, {"a.py": "token = 1"})
    assert [one.reminder.entry for one in found] == ["both", "file", "later"]
    assert found[0].because == "a.py changes and 'token' stands in it"


def test_an_entry_waits_for_the_others() -> None:
    given = [reminder("a", ("a.py",)), reminder("a", ("a.py",)), reminder("b", words=("token",))]
    found = choose_reminders(given, {"a.py": "token"})
    assert [one.reminder.entry for one in found] == ["a", "b", "a"]
