"""Further ways to say it: places, samples, several commands in one lesson, reasons and limits."""

from __future__ import annotations

import pytest

from stuck_rules.generator.draft import draft
from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.rule import TESTS, Rule
from stuck_rules.testing import prove
from tests.generator.logs import log_of


def rules_of(sentence: str) -> tuple[Rule, ...]:
    return draft(log_of(f"**Prevention**:\n- {sentence}\n")).rules


@pytest.mark.parametrize(
    ("sentence", "excluded"),
    [
        pytest.param("❌ `os.getenv()` anywhere but in `app/config.py`", "app/config.py", id="but"),
        pytest.param("`os.getenv()` everywhere except `app/`.", "app/", id="everywhere except"),
        pytest.param("`os.getenv()` is only allowed in `app/config.py`.", "app/config.py", id="is"),
        pytest.param("`os.getenv()` may only be called from `app/`.", "app/", id="may only be"),
        pytest.param("`os.getenv()` must be used only in `app/`.", "app/", id="only behind"),
        pytest.param("`os.getenv()` belongs only in `app/`.", "app/", id="belongs"),
    ],
)
def test_what_belongs_to_one_place_is_forbidden_in_all_others(sentence: str, excluded: str) -> None:
    (rule,) = rules_of(sentence)
    assert rule.enabled
    assert (rule.paths.include, rule.paths.exclude) == ((), (excluded,))
    assert list(prove(rule)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("`config.yaml` is only read in `app/config.py`.", id="a file"),
        pytest.param("`os.getenv()` is only called twice.", id="no place"),
        pytest.param("`load_all()` works only in `debug`.", id="no path"),
        pytest.param("Never use `any`; narrow the type.", id="a word of many meanings"),
        pytest.param("No logic, no local imports.", id="imports of the project"),
        pytest.param("No mocking the model in integration tests.", id="one thing that is mocked"),
        pytest.param("TypeScript: no `load_all()` calls.", id="a language by its name"),
        pytest.param("Never catch generic exceptions silently.", id="silence is the fault"),
        pytest.param("Never use generic `Exception` for custom errors.", id="errors of one's own"),
    ],
)
def test_what_is_only_told_is_not_forbidden(sentence: str) -> None:
    assert rules_of(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        pytest.param(
            "Never call `load_all()`. Never call `find_all()`; use `find_some()`.",
            ["load-all", "find-all"],
            id="two sentences",
        ),
        pytest.param(
            "No bare except. Never call `os.system()`.",
            ["bare-except", "os-system"],
            id="a sentence behind a fault",
        ),
        pytest.param(
            "Never use bare `except:` or `except Exception`.",
            ["bare-except", "except-exception"],
            id="a form behind a fault",
        ),
        pytest.param("Never use `print()`.", ["print-call"], id="the fault itself, once"),
        pytest.param("Never use `except:`.", ["bare-except"], id="the same in code"),
    ],
)
def test_a_lesson_may_forbid_several_forms(sentence: str, ids: list[str]) -> None:
    rules = rules_of(sentence)
    assert [rule.id for rule in rules] == ids
    assert all(rule.enabled for rule in rules)


@pytest.mark.parametrize(
    ("sentence", "rule_id"),
    [
        pytest.param(
            "Imports always at module top.", "import-in-function", id="imports at the top"
        ),
        pytest.param("Never use generic `Exception`.", "broad-except", id="generic"),
        pytest.param(
            "Never raise generic `Exception`.", "raise-exception", id="raised, not caught"
        ),
        pytest.param(
            "Use native types instead of `typing` equivalents.", "typing-generic", id="typing"
        ),
        pytest.param(
            "Use absolute imports rather than relative imports.", "relative-import", id="relative"
        ),
        pytest.param("No `assert True` stubs.", "assert-true", id="an assertion of nothing"),
        pytest.param("Never use `load_all()` as it reads the whole file.", "load-all", id="as it"),
        pytest.param("Never use `load_all()` because of its cost.", "load-all", id="because"),
        pytest.param("Use pathlib for paths, not os.path.", "os-path", id="os.path in words"),
        pytest.param("Prefer f-strings over .format().", "format-call", id="format in words"),
        pytest.param("Avoid `%` formatting and `.format()`.", "format-call", id="format in code"),
        pytest.param("Use pytest, never use unittest.", "unittest", id="unittest"),
        pytest.param(
            "Use `pathlib` instead of `os.path` for path operations.", "os-path", id="for its use"
        ),
        pytest.param("Never use `assert` statements.", "assert-statement", id="assertions"),
        pytest.param("Don't use `assert` for validation.", "assert-statement", id="to validate"),
        pytest.param(
            "Use specific exceptions, not bare `Exception`.", "broad-except", id="not bare"
        ),
        pytest.param("Never use os.system() here.", "os-system", id="a call without backticks"),
        pytest.param("No `typing.Optional`.", "typing-optional", id="no, of a module"),
        pytest.param("In Python, never call `load_all()`.", "load-all", id="in Python"),
        pytest.param(
            "Prefer `list` comprehensions over `map()` for readability.",
            "map",
            id="a reason is no limit",
        ),
        pytest.param(
            "Always pass `timeout=` to `requests.get()` to avoid hanging.",
            "requests-get-without-timeout",
            id="a purpose is no limit",
        ),
    ],
)
def test_other_words_for_it_become_a_rule(sentence: str, rule_id: str) -> None:
    (rule,) = rules_of(sentence)
    assert (rule.id, rule.enabled) == (rule_id, True)
    assert list(prove(rule)) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        pytest.param(
            "Wrap blocking calls such as `load_model()` in `to_thread()`.", "sample", id="such as"
        ),
        pytest.param("`load_all()` → `load_some()`", "arrow", id="an arrow"),
        pytest.param(
            "Never catch broad `Exception` without re-raising.", "without re-raising", id="without"
        ),
        pytest.param("All goes by the core: no `base_module` here.", "there is none", id="no"),
        pytest.param(
            "Use `alias=` in `Field()` when the names differ.", "when the names", id="when"
        ),
        pytest.param(
            "Use `logging`, not `print()`, for any output beyond that of the command line.",
            "beyond",
            id="beyond",
        ),
        pytest.param("Pass `encoding=` to `open()` for text files.", "for text files", id="for"),
    ],
)
def test_what_is_not_sure_waits_for_a_person(sentence: str, words: str) -> None:
    (rule,) = rules_of(sentence)
    assert not rule.enabled
    assert words in (rule.note or "")


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("`Order` → `Customer.orders` is loaded late", id="a name and a path"),
        pytest.param("`read()` → `rows` → `write()`", id="a flow"),
    ],
)
def test_an_arrow_between_unlike_things_is_no_rule(sentence: str) -> None:
    assert rules_of(sentence) == ()


def pair(bad: str, good: str) -> tuple[Rule, ...]:
    body = f"```python\n# BAD\n{bad}\n```\n\n```python\n# GOOD\n{good}\n```\n"
    return draft(log_of(body)).rules


def test_a_handler_alone_is_compared_too() -> None:
    (rule,) = pair(
        "except KeyError as e:\n    raise AppError('lost')",
        "except KeyError as e:\n    raise AppError('lost') from e",
    )
    assert (rule.id, rule.enabled) == ("raise-without-from", True)


def test_what_the_code_of_tests_shows_waits_and_looks_at_tests_alone() -> None:
    (rule,) = pair(
        "def test_send():\n    Bus(address='pg')", "def test_send(fake):\n    Bus(store=fake)"
    )
    assert not rule.enabled
    assert rule.paths.include == TESTS


def test_comments_may_say_instead_of_and_use() -> None:
    body = (
        "```python\n# Instead of\nnow = clock.read_local()\n\n# Use\nnow = clock.read_utc()\n```\n"
    )
    (rule,) = draft(log_of(body)).rules
    assert (rule.id, rule.enabled) == ("clock-read-local", True)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        pytest.param("utils.encode(message)", "encoder.write(message)", id="two samples"),
        pytest.param("box.put_all(files)", "go.run(files)", id="two objects"),
        pytest.param("logger.debug('t', token)", "logger.warning('e', error)", id="two messages"),
    ],
)
def test_calls_that_share_too_little_wait(bad: str, good: str) -> None:
    (rule,) = pair(bad, good)
    assert not rule.enabled


def test_a_keyword_that_may_come_with_others_is_not_forbidden() -> None:
    assert pair("rows.insert_many(rows, ordered=False)", "rows.insert_many(rows, **OPTIONS)") == ()


def test_a_comparison_turned_round_is_no_other_comparison() -> None:
    rules = pair("assert value is not None", "if value is None:\n    raise ValueError('no value')")
    assert [rule.id for rule in rules if rule.enabled] == []


def test_a_column_may_have_two_names() -> None:
    table = (
        "# Log\n\n| # | Pitfall | Symptom / Bad Code | Fix |\n|---|---|---|---|\n"
        "| 1 | Old streams | `.start_stream()` | Use `run_live()` |\n| 2 | x | y | z |\n"
        "| 3 | x | y | z |\n"
    )
    (rule,) = draft(parse_log(table, path="log.md")).rules
    assert (rule.id, rule.enabled) == ("start-stream", False)


def test_where_something_is_loaded_from_is_no_scope() -> None:
    (rule,) = rules_of("Always load from `config.py`; never use `os.getenv()`.")
    assert (rule.paths.include, rule.paths.exclude) == ((), ())


def test_marks_may_shout() -> None:
    body = "```python\n#bad!\nclock.read_local(x)\n\n#good :)\nclock.read_utc(x)\n```\n"
    (rule,) = draft(log_of(body)).rules
    assert rule.id == "clock-read-local"


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        pytest.param(
            "Names: `load_a()` not `load_b()`, `load_c()` not `load_d()`.",
            ["load-b", "load-d"],
            id="two replacements in one sentence",
        ),
        pytest.param(
            "Prefer `list[str]`, `dict[str, int]` over legacy `List`, `Dict`.",
            ["typing-list", "typing-dict"],
            id="several for several",
        ),
        pytest.param(
            "Modern spelling: `list[X]` not `List[X]`.", ["list"], id="an old type without a verb"
        ),
        pytest.param(
            "Never use a mutable object (`[]`, `set()`) as a default argument.",
            ["mutable-default"],
            id="an object as a default",
        ),
        pytest.param("Never wildcard `from app import *`.", ["star-import"], id="a wildcard"),
        pytest.param(
            "Keep the cause: `raise AppError(...) from err`.", ["raise-without-from"], id="cause"
        ),
        pytest.param(
            "Always use `raise AppError(...) from err`.", ["raise-without-from"], id="always from"
        ),
        pytest.param("Never f-string SQL.", ["formatted-sql"], id="SQL"),
        pytest.param("Never f-string log messages.", ["formatted-log-message"], id="log messages"),
    ],
)
def test_several_forms_and_loose_words_are_understood(sentence: str, ids: list[str]) -> None:
    rules = rules_of(sentence)
    assert [rule.id for rule in rules] == ids
    assert all(rule.enabled for rule in rules)
    assert [*(failure for rule in rules for failure in prove(rule))] == []
