"""What recipes do not read: other languages, and walls of text."""

from __future__ import annotations

import pytest

from stuck_rules.generator.draft import Decision, draft
from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.logsettings import LogSettings
from tests.generator.logs import log_of

BAN = "**Prevention**:\n- Never use `load_all()`.\n"


def decisions_of(body: str, settings: LogSettings | None = None) -> tuple[Decision, ...]:
    return draft(log_of(body), settings or LogSettings()).decisions


@pytest.mark.parametrize("language", ["swift", "TypeScript", "rust"])
def test_an_entry_that_shows_another_language_gives_reminders(language: str) -> None:
    (decision, _) = decisions_of(f"{BAN}\n**Fix**:\n```{language}\nload_all()\n```\n")
    assert decision.rule is None
    assert decision.reason == f"its entry shows {language}, not Python"


@pytest.mark.parametrize(
    "fences",
    [
        pytest.param("```bash\nmake\n```\n", id="a command is no other language"),
        pytest.param("```swift\nlet x\n```\n\n```python\nx = 1\n```\n", id="Python too"),
        pytest.param("```\nrun()\n```\n", id="no word of a language"),
    ],
)
def test_an_entry_that_may_show_python_gives_rules(fences: str) -> None:
    assert decisions_of(f"{BAN}\n**Fix**:\n{fences}")[0].rule == "load-all"


@pytest.mark.parametrize("span", ['"$var"', "${HOME}", "let x = 1", "std::string", "x => y"])
def test_a_sentence_whose_code_is_another_language_is_no_rule(span: str) -> None:
    (decision,) = decisions_of(f"**Prevention**:\n- Quote `{span}`, and avoid `eval`.\n")
    assert decision.rule is None
    assert decision.reason == f"`{span}` is no Python"


def test_a_log_of_another_language_gives_reminders() -> None:
    (decision,) = decisions_of(BAN, LogSettings(languages=("go", "swift")))
    assert decision.rule is None
    assert decision.reason == "the log speaks of go, swift, not of Python"


def test_code_of_another_language_is_no_pair() -> None:
    body = (
        "**WRONG**:\n```typescript\nsession.getAll(user)\n```\n\n"
        "**CORRECT**:\n```typescript\nsession.getSome(user)\n```\n\n```python\nx = 1\n```\n"
    )
    assert draft(log_of(body)).rules == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 400_000, id="one word"),
        pytest.param("never use instead of " * 20_000, id="words of recipes"),
        pytest.param("never use `f()` " * 20_000, id="code spans"),
        pytest.param("Use `a()` not " + "`b()`, " * 50_000, id="a list without end"),
    ],
)
def test_a_wall_of_text_is_no_sentence(text: str) -> None:
    decisions = decisions_of(f"**Prevention**:\n- {text}\n- Never use `load_all()`.\n")
    assert [decision.rule for decision in decisions] == [None, "load-all"]
    assert "no sentence" in decisions[0].reason


def test_the_lines_of_code_spans_are_those_of_the_file() -> None:
    text = (
        "## Entry 1: A - 2025-01-01\n\n**Prevention**:\n- Use ``a ` b`` and `c\n  d` or \\` and\n"
        "  ` e ` then `f`.\n"
    )
    (lesson,) = parse_log(text, path="log.md").entries[0].lessons
    assert [(code.text, code.lines) for code in lesson.code] == [
        ("a ` b", (4, 4)),
        ("c d", (4, 5)),
        ("e", (6, 6)),
        ("f", (6, 6)),
    ]


def test_code_of_very_many_lines_is_not_compared() -> None:
    wrong, right = "x = 1\n" * 3000, "x = 2\n" * 3000
    body = f"**WRONG**:\n```python\n{wrong}```\n\n**CORRECT**:\n```python\n{right}```\n"
    reasons = {decision.reason for decision in decisions_of(body)}
    assert reasons == {"its code of 3000 lines is too long to compare"}
