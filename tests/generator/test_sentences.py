"""Sentences that become rules, and those that only look alike."""

from __future__ import annotations

import pytest

from stuck_rules.generator.draft import draft
from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule
from stuck_rules.testing import prove
from tests.generator.logs import log_of


def rules_of(sentence: str, label: str = "Prevention") -> tuple[Rule, ...]:
    return draft(log_of(f"**{label}**:\n- {sentence}\n")).rules


ENABLED = [
    pytest.param(
        "Use `httpx.get()` instead of `requests.get()`.",
        "requests-get",
        "requests.get(...)",
        id="instead of",
    ),
    pytest.param(
        "Always call `get_history()` rather than `get_messages()`.",
        "get-messages",
        "get_messages(...)",
        id="rather than",
    ),
    pytest.param(
        "Prefer `client.fetch_all()` over `client.fetch_one()`.",
        "client-fetch-one",
        "$OBJECT.fetch_one(...)",
        id="a method of any object",
    ),
    pytest.param("Use `add_node`, not `addNode`.", "add-node", "addNode", id="comma, not"),
    pytest.param(
        "Replace `datetime.utcnow()` with `datetime.now(timezone.utc)`.",
        "datetime-utcnow",
        "datetime.utcnow(...)",
        id="replace with",
    ),
    pytest.param(
        "Instead of `os.system()`, use `subprocess.run()`.",
        "os-system",
        "os.system(...)",
        id="inverted",
    ),
    pytest.param("Never use `os.system()`.", "os-system", "os.system(...)", id="never"),
    pytest.param(
        "Never use `os.system()`. It was the cause of an outage.",
        "os-system",
        "os.system(...)",
        id="the past in another sentence",
    ),
    pytest.param(
        "We were blocked for a day. Never use `os.system()`.",
        "os-system",
        "os.system(...)",
        id="the past in the sentence before",
    ),
    pytest.param("never call bare `eval()`", "eval", "eval(...)", id="bare"),
    pytest.param(
        "Derive from `AppError` (never `SystemError`).",
        "class-of-system-error",
        "class $NAME(..., SystemError, ...):\n    ...\n",
        id="a class to derive from",
    ),
    pytest.param(
        "`os.popen()` \u2192 use `subprocess.run()`", "os-popen", "os.popen(...)", id="arrow, use"
    ),
    pytest.param("`os.popen()` \u2192 never", "os-popen", "os.popen(...)", id="arrow, never"),
    pytest.param(
        "Use the function `find_user`, not the function `load_user`.",
        "load-user",
        "load_user",
        id="a plain name that is told to be code",
    ),
    pytest.param(
        "Do not import `from app.old import client`.", "app-old-client", None, id="import"
    ),
    pytest.param("Don't use the library `passlib`.", "passlib", None, id="a module by the word"),
    pytest.param(
        "Avoid `shell=True`; it invites injection.",
        "shell-true",
        "$CALL(..., shell=True, ...)",
        id="keyword",
    ),
    pytest.param(
        "Never use `subprocess.run(cmd, shell=True)`.",
        "subprocess-run-shell-true",
        "subprocess.run(..., shell=True, ...)",
        id="call with a keyword",
    ),
    pytest.param("Never write `except:`", "bare-except", None, id="except"),
    pytest.param("No blind `except Exception`.", "except-exception", None, id="blind"),
    pytest.param(
        "`breakpoint()` calls should not appear in committed code.",
        "breakpoint",
        "breakpoint(...)",
        id="should not appear",
    ),
    pytest.param("Never use `== None`.", "equals-none", "$VALUE == None", id="comparison"),
    pytest.param("`poll_fast()` is forbidden.", "poll-fast", "poll_fast(...)", id="forbidden"),
    pytest.param("`pickle.loads()` must never be called.", "pickle-loads", None, id="must never"),
    pytest.param("Avoid `# type: ignore`.", "type-ignore", None, id="comment"),
    pytest.param("Never use star imports.", "star-import", None, id="closed list"),
    pytest.param("No mutable default arguments.", "mutable-default", None, id="closed list, no"),
    pytest.param(
        "Use a logger instead of print statements.", "print-call", "print(...)", id="words"
    ),
    pytest.param(
        "Always pass `encoding=` to `open()`.", "open-without-encoding", None, id="required keyword"
    ),
    pytest.param(
        "Never call `open()` without `encoding=`.",
        "open-without-encoding",
        None,
        id="never without",
    ),
    pytest.param(
        "`render_template()` must include `client_name=`.",
        "render-template-without-client-name",
        None,
        id="must include",
    ),
    pytest.param("Wrap `wait_for()` in `try`.", "wait-for-outside-try", None, id="wrap"),
    pytest.param(
        "Never use `time.sleep()` in `async def`.", "time-sleep", None, id="inside a coroutine"
    ),
    pytest.param("Never raise `Exception` directly.", "raise-exception", None, id="raise"),
    pytest.param("Don't use `Optional[X]`.", "optional", "Optional[...]", id="a generic type"),
    pytest.param(
        "Use `isinstance()`, not `type(x) == Y`.",
        "compared-type",
        "type($VALUE) == $OTHER",
        id="a call compared",
    ),
    pytest.param('Use `"gpt-5"`, not `"gpt-4o"`.', "gpt-4-o", '"gpt-4o"', id="telling text"),
    pytest.param("Instead of `dict()` use `{}`.", "dict", "dict()", id="without arguments"),
    pytest.param("`== True` is never right.", "equals-true", None, id="never right"),
    pytest.param(
        "There must be no `import services.orders`.", "services-orders", None, id="must be no"
    ),
    pytest.param(
        "All code gets the time from `clock.now()` rather than `time.time()`.",
        "time-time",
        "time.time(...)",
        id="a habit",
    ),
    pytest.param(
        "Compare with `is_close()`, never with `is_equal()`.", "is-equal", None, id="never with"
    ),
    pytest.param(
        "Specify `encoding=` when calling `read_text()`.",
        "read-text-without-encoding",
        None,
        id="when calling, and a method",
    ),
    pytest.param(
        "Always set an explicit `timeout` in `requests.get()`.",
        "requests-get-without-timeout",
        None,
        id="an explicit keyword",
    ),
    pytest.param(
        "`open()` without `encoding=` is forbidden.", "open-without-encoding", None, id="without is"
    ),
    pytest.param(
        "Never call `commit_now()` outside `transaction()`.",
        "commit-now-outside-transaction",
        None,
        id="outside",
    ),
    pytest.param("Never swallow exceptions.", "swallowed-exception", None, id="swallow"),
    pytest.param("No f-strings in SQL.", "formatted-sql", None, id="SQL"),
    pytest.param("Avoid f-strings in logging calls.", "formatted-log-message", None, id="log"),
    pytest.param(
        "No blocking calls in async functions.", "blocking-call-in-coroutine", None, id="blocking"
    ),
    pytest.param("Always chain exceptions.", "raise-without-from", None, id="chain"),
    pytest.param("Never compare floats for equality.", "float-equality", None, id="floats"),
    pytest.param(
        "Always use timezone-aware datetimes.", "naive-datetime", None, id="the contrary is asked"
    ),
    pytest.param(
        "Keep all imports at the top of the module.", "import-in-function", None, id="at the top"
    ),
    pytest.param("Never use `eval()` on any input.", "eval", None, id="what is no limit"),
    pytest.param("Do not use `os.popen()` in new code.", "os-popen", None, id="in new code"),
    pytest.param("`bare except:` banned.", "bare-except", None, id="banned"),
    pytest.param("Don't catch broad exceptions.", "broad-except", None, id="broad"),
    pytest.param(
        'Do not use `@app.on_event("startup")`.',
        "app-on-event-startup",
        "$OBJECT.on_event(..., 'startup', ...)",
        id="a decorator",
    ),
    pytest.param("Do not set `state = LIVE_APPROVED`.", "state-live-approved", None, id="a value"),
    pytest.param(
        "Never use `subprocess(..., shell=True)`.",
        "subprocess-shell-true",
        "subprocess.$FUNCTION(..., shell=True, ...)",
        id="a module called",
    ),
    pytest.param(
        "Modules call `get_settings()` instead of `os.getenv`.", "os-getenv", None, id="they call"
    ),
    pytest.param("Ne jamais utiliser `os.popen()`.", "os-popen", None, id="French"),
    pytest.param(
        "Utiliser `re.fullmatch()` au lieu de `re.match()`.", "re-match", None, id="French instead"
    ),
    pytest.param("Nunca usar `os.popen()`.", "os-popen", None, id="Spanish"),
    pytest.param("Niemals `os.popen()` verwenden.", "os-popen", None, id="German"),
    pytest.param(
        "`re.fullmatch()` statt `re.match()` verwenden.", "re-match", None, id="German instead"
    ),
    pytest.param("Никогда не использовать `os.popen()`.", "os-popen", None, id="Russian"),
    pytest.param("禁止使用 `os.popen()`。", "os-popen", None, id="Chinese"),
    pytest.param("用 `re.fullmatch()` 代替 `re.match()`。", "re-match", None, id="Chinese instead"),
    pytest.param("`os.popen()` は使用禁止。", "os-popen", None, id="Japanese"),
    pytest.param(
        "`open()` には必ず `encoding=` を指定。",
        "open-without-encoding",
        None,
        id="Japanese demand",
    ),
]


@pytest.mark.parametrize(("sentence", "rule_id", "pattern"), ENABLED)
def test_a_command_becomes_a_rule(sentence: str, rule_id: str, pattern: str | None) -> None:
    (rule,) = rules_of(sentence)
    assert (rule.id, rule.enabled) == (rule_id, True)
    if pattern is not None:
        assert isinstance(rule.condition, Pattern)
        assert rule.condition.text == pattern
    assert list(prove(rule)) == []
    assert rule.examples.bad
    assert rule.examples.good


DOUBTFUL = [
    pytest.param(
        "Catch what is known instead of bare `except Exception` when the faults are known.",
        "limits it",
        id="bare, when",
    ),
    pytest.param("Never use `hash()` for anything that must stay the same.", "limits it", id="for"),
    pytest.param("Avoid `getattr()` when the name is known.", "limits it", id="when"),
    pytest.param(
        "Use `assert` to verify results, never `print`.", "exception", id="what it is used for"
    ),
    pytest.param("Never `sorted()` the names by hand.", "limits it", id="what it is done to"),
    pytest.param("Never use `cast()`, unless the checker is wrong.", "exception", id="unless"),
    pytest.param("`get_user()` was renamed to `find_user()`.", "gone", id="renamed"),
    pytest.param("`Session.query()` does not exist.", "gone", id="does not exist"),
    pytest.param("The deprecated `datetime.utcnow()` warns.", "gone", id="deprecated"),
    pytest.param("On Windows, use `open_long()` instead of `open_short()`.", "limits", id="on"),
    pytest.param("Services must not call `load_all()`.", "limits", id="whom it speaks of"),
    pytest.param("Never use `load_all()` where a page is shown.", "limits", id="where"),
    pytest.param(
        "Avoid `# type: ignore`; when it is genuinely needed, say why.", "exception", id="needed"
    ),
    pytest.param(
        "Prefer `Tool.description` over `Tool.tool_description`.", "prefers", id="a mere name"
    ),
    pytest.param("Ne jamais utiliser `os.popen()` dans les vues.", "limits", id="French limit"),
    pytest.param(
        "Avoid mutable defaults unless they are constants.", "exception", id="closed list"
    ),
    pytest.param("Use `owner_id`, not `user_id`.", "column", id="a plain name"),
    pytest.param("Never use `user_id`.", "column", id="a plain name that is forbidden"),
    pytest.param(
        "Every admin `render_page()` call must include `theme=`.", "limits", id="some calls alone"
    ),
    pytest.param(
        "Do not use broad exception handling to go on after a fault.",
        "exception",
        id="what a fault is for",
    ),
]


@pytest.mark.parametrize(("sentence", "words"), DOUBTFUL)
def test_what_is_not_sure_waits_for_a_person(sentence: str, words: str) -> None:
    (rule,) = rules_of(sentence)
    assert not rule.enabled
    assert words in (rule.note or "")


def test_a_description_tells_the_wrong_form_first() -> None:
    (rule,) = rules_of("Using `requests.get()` instead of `session.get()`", "Root Cause")
    assert (rule.id, rule.enabled) == ("requests-get", False)


NOTHING = [
    pytest.param("Use `git switch` instead of `git checkout`.", id="shell"),
    pytest.param("Never run `rm -rf /tmp/x`.", id="shell command"),
    pytest.param("Never commit `.env` files.", id="file"),
    pytest.param("Avoid `src/old.py`.", id="path"),
    pytest.param("Never set `DATABASE_URL` by hand.", id="environment"),
    pytest.param("Use `--strict` instead of `--fast`.", id="flag"),
    pytest.param("Never use `SELECT * FROM users`.", id="SQL"),
    pytest.param("Prefer `display: grid` over `display: flex`.", id="CSS"),
    pytest.param("Never let `asyncio` tasks outlive the loop.", id="a name that sets the scene"),
    pytest.param("Never forget that `create_app` is slow.", id="scene again"),
    pytest.param("We used `requests.get()` instead of `httpx.get()`.", id="past"),
    pytest.param("The job was told: never use `os.system()` was the rule.", id="past clause"),
    pytest.param("Use `get()` instead of `get()`.", id="the same"),
    pytest.param("Use `Literal` instead of plain `str`.", id="a type"),
    pytest.param("Never use `x`.", id="too short a name"),
    pytest.param("Avoid `data`.", id="a common word"),
    pytest.param("Run `a.py` over `b.py`.", id="over as a place"),
    pytest.param("Always validate the input.", id="no code"),
    pytest.param("Check `requests.get()` first.", id="no ban"),
    pytest.param("The print head moves over the page.", id="print that is no call"),
    pytest.param("Tests with mutable state are fine.", id="mutable without default"),
    pytest.param("Use `let x = 1` instead of `var x = 1`.", id="another language"),
    pytest.param("Never use `foo::bar()`.", id="another language's name"),
    pytest.param("`hgetall()` returns `bytes_map()`, not `str_map()`.", id="what code does"),
    pytest.param("It returned `get_a()` rather than `get_b()`.", id="what code did"),
    pytest.param("The naive datetime and the aware one were mixed.", id="a fault of the past"),
    pytest.param('Use `"yes"`, not `"no"`.', id="text that says too little"),
    pytest.param("Always use aware datetimes in the report's title.", id="no time zone"),
    pytest.param("Updated all routes to a config instead of `os.getenv()`.", id="what was done"),
    pytest.param("Read it from `ctx.Env` instead of `os.Getenv`.", id="Go"),
    pytest.param("Do not use `DateTimeKind.Unspecified`.", id="C#"),
    pytest.param("Do not set `state = value`.", id="no certain value"),
    pytest.param("`load()` \u2192 `rows` \u2192 use later", id="a flow"),
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_only_looks_alike_becomes_no_rule(sentence: str) -> None:
    assert rules_of(sentence) == ()


SCOPES = [
    pytest.param("Never use `time.sleep()` in tests.", ("tests/",), (), id="in tests"),
    pytest.param("Never use `os.system()` outside tests.", (), ("tests/",), id="outside tests"),
    pytest.param("Never use `os.system()` in `app/api/`.", ("app/api/",), (), id="a path"),
    pytest.param("Never `print()` from `app/core.py`.", ("app/core.py",), (), id="from a file"),
    pytest.param("No `print()` except in `cli/`.", (), ("cli/",), id="a fault but in a folder"),
    pytest.param("Tests must not call `time.sleep()`.", ("tests/",), (), id="tests must not"),
    pytest.param("No `import *` in migrations.", ("migrations/",), (), id="a usual folder"),
]


@pytest.mark.parametrize(("sentence", "include", "exclude"), SCOPES)
def test_a_scope_becomes_paths(
    sentence: str, include: tuple[str, ...], exclude: tuple[str, ...]
) -> None:
    (rule,) = rules_of(sentence)
    assert rule.enabled
    assert set(include) <= set(rule.paths.include)
    assert bool(include) == bool(rule.paths.include)
    assert set(exclude) <= set(rule.paths.exclude)
    assert bool(exclude) == bool(rule.paths.exclude)


def test_no_rule_flags_what_the_log_calls_right() -> None:
    log = log_of(
        "**Prevention**:\n- Never use `load_all()`.\n\n"
        "**Correct**:\n```python\nrows = load_all()\n```\n"
    )
    drafted = draft(log)
    assert drafted.rules == ()
    assert any("calls right" in decision.reason for decision in drafted.decisions)


def test_a_rule_for_some_files_is_tried_against_the_right_code_of_its_entry() -> None:
    log = log_of(
        "**Prevention**:\n- Never use `load_all()` in tests.\n\n"
        "**Correct**:\n```python\nrows = load_all()\n```\n"
    )
    assert draft(log).rules == ()


def test_several_wrong_forms_of_a_sentence_are_several_rules() -> None:
    rules = rules_of("Use `list`, `dict`, `int | None` instead of `List`, `Dict` and `Optional`.")
    assert [rule.id for rule in rules] == ["typing-list", "typing-dict", "typing-optional"]
    assert all(rule.enabled for rule in rules)


def test_a_fault_that_another_lesson_asks_for_waits_for_a_person() -> None:
    body = (
        "**Prevention**:\n- Place all imports at the top of the file.\n"
        "- Optional packages: (1) import inside functions, (2) catch the error.\n"
    )
    (rule,) = draft(log_of(body)).rules
    assert not rule.enabled
    assert "Line 5" in (rule.note or "")


def test_a_fault_of_which_another_lesson_only_speaks_is_forbidden() -> None:
    body = (
        "**Prevention**:\n- Never use `print()` when the log is actually read.\n"
        "- Never use print statements.\n- Using `print()` pollutes the output.\n"
    )
    assert "print-call" in {rule.id for rule in draft(log_of(body)).rules if rule.enabled}


def test_of_two_lessons_the_surer_one_decides() -> None:
    body = (
        "**Prevention**:\n- Never use `load_all()` when a page is shown.\n"
        "- Never use `load_all()`.\n"
    )
    (rule,) = draft(log_of(body)).rules
    assert (rule.id, rule.enabled, rule.note) == ("load-all", True, None)
    assert rule.origin is not None
    assert rule.origin.lines == (5, 5)


def test_a_lesson_that_one_recipe_took_makes_no_second_rule() -> None:
    assert [rule.id for rule in rules_of("Never use `print()`, use `log()` instead.")] == [
        "print-call"
    ]


FRONT = "---\napplyTo: 'app/**'\n---\n\n## Entry 1: A\n\n**Prevention**:\n- {}\n"


@pytest.mark.parametrize(
    ("sentence", "include"),
    [
        pytest.param("Never use `load_all()`.", ("app/**",), id="the file's"),
        pytest.param("Never use `load_all()` in `lib/x/`.", ("lib/x/",), id="its own"),
    ],
)
def test_the_rules_of_a_file_hold_where_it_says(sentence: str, include: tuple[str, ...]) -> None:
    (rule,) = draft(parse_log(FRONT.format(sentence), path="log.md")).rules
    assert (rule.enabled, rule.paths.include) == (True, include)
    assert list(prove(rule)) == []
