"""Wrong and right code, and what is learnt from the difference."""

from __future__ import annotations

import ast

import pytest

from stuck_rules.generator.draft import draft
from stuck_rules.model.rule import Example, Rule
from stuck_rules.testing import prove, run_example
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
        'def play(name):\n    command = f"mpv {name}"\n    os.system(command)',
        'def play(name):\n    subprocess.run(["mpv", name], check=True)',
        "os-system",
        id="a function that is never right",
    ),
    pytest.param(
        "from typing import Any, List, Set\n\nx: List[int]",
        "from typing import Any, Self\n\nx: list[int]",
        "typing-list",
        id="an old type",
    ),
    pytest.param(
        "from app.models import Base, root_check",
        "from app.models import Base, Meta, model_root_check",
        "app-models-root-check",
        id="a name beside others",
    ),
    pytest.param(
        "import requests\n\ndef load(url):\n    return requests.get(url)",
        "import httpx\n\nasync def load(url):\n    return await httpx.get(url)",
        "requests",
        id="a library whose successor must be awaited",
    ),
    pytest.param(
        "def find(key):\n    raise Exception('gone')",
        "def find(key):\n    raise LookupError(key)",
        "raise-exception",
        id="an error of no kind",
    ),
    pytest.param(
        "await client.send_now(m)",
        "await client.send_later(m)",
        "client-send-now",
        id="await alone",
    ),
    pytest.param(
        "from app.old import client", "from app.new import client", "app-old-client", id="module"
    ),
    pytest.param(
        "def fit(rows: Frame, weights: Array = None):\n    pass",
        "def fit(rows: Frame, weights: Array | None = None):\n    pass",
        "implicit-optional",
        id="annotation",
    ),
    pytest.param(
        "def mean(rows: List[float]):\n    pass",
        "def mean(rows: list[float]):\n    pass",
        "list",
        id="old spelling of a type",
    ),
    pytest.param(
        "try:\n    run()\nexcept KeyError:\n    raise AppError('x')",
        "try:\n    run()\nexcept KeyError as error:\n    raise AppError('x') from error",
        "raise-without-from",
        id="cause",
    ),
    pytest.param(
        "core.run(rain.astype(kind))",
        "core.run(np.ascontiguousarray(rain, dtype=kind))",
        "core-run-given-astype",
        id="a call inside a call",
    ),
    pytest.param(
        'logger.info(f"user {name}")',
        'logger.info("user %s", name)',
        "logger-info-given-formatted-text",
        id="text that is put together",
    ),
    pytest.param(
        'db.execute(f"SELECT * FROM t WHERE id = {key}")',
        'db.execute("SELECT * FROM t WHERE id = ?", (key,))',
        "formatted-sql",
        id="SQL",
    ),
    pytest.param(
        "async def poll():\n    time.sleep(1)",
        "async def poll():\n    await asyncio.sleep(1)",
        "time-sleep",
        id="what must be awaited",
    ),
    pytest.param(
        "asyncio.create_task(work())",
        "task = asyncio.create_task(work())",
        "asyncio-create-task-discarded",
        id="a value that is dropped",
    ),
    pytest.param(
        "names = os.listdir(folder)",
        "names = sorted(os.listdir(folder))",
        "os-listdir-outside-sorted",
        id="a call around",
    ),
    pytest.param(
        "if user.active == True:\n    run()",
        "if user.active:\n    run()",
        "equals-true",
        id="a flag",
    ),
    pytest.param(
        'if mode is "fast":\n    run()',
        'if mode == "fast":\n    run()',
        "compared-by-identity",
        id="identity",
    ),
    pytest.param(
        "table[table.flow > 0]['flow'] = 0\nother[other.loss > 1]['loss'] = 1",
        "table.loc[table.flow > 0, 'flow'] = 0",
        "wrong-form",
        id="several wrong forms",
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


def test_wrong_code_below_right_code_in_one_block_belongs_to_it() -> None:
    body = (
        "```python\n# CORRECT\nstart = session.find_start(zone)\n\n"
        "# WRONG\nstart = session.guess_start()\n```\n\n"
        "More of it.\n\n```python\n# CORRECT\nname: str\n\n# WRONG\nname = None\n```\n"
    )
    rules = draft(log_of(body)).rules
    assert [(rule.id, rule.enabled) for rule in rules] == [("session-guess-start", True)]


LEAVES_ALONE = [
    pytest.param(
        'skills(action="skill_needs", item="x")',
        'facts(action="skill_needs", item="x")',
        'skills(action="training_time", item="x")',
        id="an argument that selects",
    ),
    pytest.param(
        "def fit(rows: Frame, weights: Array = None):\n    pass",
        "def fit(rows: Frame, weights: Array | None = None):\n    pass",
        "def run(a: Optional[int] = None, b: Any = None, c=None, d: int = 1):\n    pass",
        id="annotation",
    ),
    pytest.param(
        "try:\n    run()\nexcept KeyError:\n    raise AppError('x')",
        "try:\n    run()\nexcept KeyError as error:\n    raise AppError('x') from error",
        "try:\n    raise AppError('x')\nexcept AppError:\n    raise",
        id="cause",
    ),
    pytest.param(
        "asyncio.create_task(work())",
        "task = asyncio.create_task(work())",
        "def run():\n    tasks.add(asyncio.create_task(work()))\n"
        "    return asyncio.create_task(work())",
        id="a value that is kept",
    ),
    pytest.param(
        "async def poll():\n    time.sleep(1)",
        "async def poll():\n    await asyncio.sleep(1)",
        "def poll():\n    time.sleep(1)",
        id="no coroutine",
    ),
    pytest.param(
        "assert result.flow == 0.3\nassert result.loss == 1.25",
        "assert result.flow == pytest.approx(0.3)",
        "assert result.count == 3\nassert result.name == 'x'",
        id="several wrong forms",
    ),
    pytest.param(
        "core.run(rain.astype(kind))",
        "core.run(np.ascontiguousarray(rain, dtype=kind))",
        "rain = snow.astype(kind)\ncore.run(rain)",
        id="a call inside a call",
    ),
]


@pytest.mark.parametrize(("bad", "good", "other"), LEAVES_ALONE)
def test_a_learnt_rule_leaves_its_look_alikes_alone(bad: str, good: str, other: str) -> None:
    (rule,) = rules_of(bad, good)
    assert rule.enabled
    assert not run_example(rule, Example(f"{other}\n")).violations


GUESSES = [
    pytest.param(
        "def run(user):\n    check(user)\n    save_user(user)\n    mail(user)",
        "def run(user):\n    keep_user(user)\n    tell(user)",
        id="several calls of the same arguments",
    ),
    pytest.param('API_KEY = "sk-1"', 'API_KEY = os.environ["API_KEY"]', id="a literal value"),
    pytest.param(
        "rows = read_rows(path)\nwarm_up(rows)",
        "rows = read_rows(path, strict=True)",
        id="another difference beside the keyword",
    ),
    pytest.param(
        "user = session.query(User).get(1)", "user = session.get(User, 1)", id="a chain of calls"
    ),
    pytest.param(
        "a = row.get('x', 0)\nb = row.get('y', 0)", "total = sum(counts.values())", id="other code"
    ),
    pytest.param(
        "row = Row.read_in(parse_it(text))", "row = Row.read_text(text)", id="another argument too"
    ),
    pytest.param("begin = time.time()", "begin = time.monotonic()", id="right in much other code"),
    pytest.param("mid = np.mean(row)", "mid = np.nanmean(row)", id="a library's usual function"),
]


@pytest.mark.parametrize(("bad", "good"), GUESSES)
def test_a_guess_waits_for_a_person(bad: str, good: str) -> None:
    (rule,) = rules_of(bad, good)
    assert not rule.enabled
    assert rule.note


def test_a_known_function_is_not_banned_where_the_entry_says_when() -> None:
    body = (
        "**WRONG**:\n```python\nx = np.asarray(y)\n```\n\n"
        "**CORRECT**:\n```python\nx = np.array(y)\n```\n"
    )
    (rule,) = draft(log_of(body, "Arrays at the border to C")).rules
    assert not rule.enabled
    assert "at the border to C" in (rule.note or "")


NOTHING = [
    pytest.param("run(1)", "run(1)", id="the same"),
    pytest.param("run(1)  # fast", "run(1)", id="a comment"),
    pytest.param("run( 1 )", "run(1)", id="layout"),
    pytest.param("let x = 1;", "const x = 1;", id="another language"),
    pytest.param("x = 1", "x = 2", id="a value"),
    pytest.param("run(x)", "run(y)", id="an argument"),
    pytest.param(
        "scaled = np.array([x / top for x in data])",
        "scaled = data / top\nsums = np.sum(data)\nsteps = np.diff(data)",
        id="one function of a module beside several",
    ),
    pytest.param("import json", "import re", id="modules that are right elsewhere"),
    pytest.param(
        "from app.models import Base, Cat", "from app.models import Dog, Owl", id="other names"
    ),
    pytest.param("import attr\nimport toml", "import msgspec", id="one module for two"),
    pytest.param(
        "user = make_user(name='Ann Lee')", "user = make_user(name='Bob Roe')", id="a sample's data"
    ),
    pytest.param("rows = take(rows, most=10)", "rows = take(rows, most=50)", id="a number"),
    pytest.param("load_rows(path)", "load_rows(path=path)", id="the same by its keyword"),
    pytest.param(
        "def load(path):\n    adapter = make(path)\n    return adapter.parse(path.read_bytes())",
        "ROWS = make(list)\n\ndef load(path):\n    return ROWS.parse(path.read_bytes())",
        id="the same method of something that the sample makes",
    ),
    pytest.param(
        "from shop.base import Cart",
        "class Cart:\n    pass\n\nfrom shop.types import Cart",
        id="a name of the sample",
    ),
    pytest.param("run(...)", "run(1)", id="a placeholder"),
    pytest.param(
        "new = int(old * factor)", "new = min(top, max(old + 1, int(old * factor)))", id="a formula"
    ),
    pytest.param("ratio = a / b", "ratio = a / b if b else 0", id="a condition"),
    pytest.param(
        "def load_bad(key):\n    return key\nload_bad(1)",
        "def load_good(key):\n    return key\nload_good(1)",
        id="functions of the sample",
    ),
    pytest.param(
        "link = connect()\ndef rows():\n    return link.query(User)",
        "def rows(db):\n    return db.query(User)",
        id="the same method of another object",
    ),
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


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        pytest.param("try:\n    run()\nexcept Exception:\n    log()", ["broad-except"], id="shown"),
        pytest.param("raise Fault('x')", [], id="another fault"),
    ],
)
def test_a_fault_named_above_wrong_code_must_be_in_it(code: str, ids: list[str]) -> None:
    rules = draft(log_of(f"```python\n# WRONG: Generic exceptions\n{code}\n```\n")).rules
    assert [rule.id for rule in rules] == ids


def test_a_label_that_says_where_limits_what_is_learnt() -> None:
    pair = "```python\n# WRONG: {}\nsession.get_now(a)\n\n# RIGHT\nsession.get_later(a)\n```\n"
    (sure,) = draft(log_of(pair.format("too early"))).rules
    (limited,) = draft(log_of(pair.format("asked in a view"))).rules
    assert (sure.enabled, limited.enabled) == (True, False)
    assert "in a view" in (limited.note or "")
