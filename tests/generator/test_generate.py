"""A log's file becomes a rulebook's file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stuck_rules.engine import check_source
from stuck_rules.errors import LogError, RulebookError, UsageError
from stuck_rules.generator.generate import Generated, Target, find_target, generate
from stuck_rules.model.rule import CheckCall, OptionValue, Rule
from stuck_rules.rulebook.loader import parse_rulebook

ROOT = Path(__file__).parents[2]
LOG = """\
# Log

## Entry 1: Imports

**Remediation**:
1. Turn relative imports into absolute imports
"""
IDS = [
    "fresh-user-execution-context",
    "redis-localhost-fallback",
    "redis-url-direct-read",
    "redis-port-zero",
    "jwt-subprotocol-padding",
    "websocket-header-pair",
    "jwt-secret-fallback",
    "magic-none",
    "mock-not-imported",
    "relative-import",
    "test-module-without-tests",
    "conftest-duplication",
    "deploy-without-check-secrets",
    "migration-doc-rollback",
]
DISABLED = {
    "websocket-header-pair",
    "jwt-secret-fallback",
    "conftest-duplication",
    "deploy-without-check-secrets",
    "migration-doc-rollback",
}
RENAMED = {
    "REDIS_URL": "DATABASE_URL",
    "redis_url": "database_url",
    "Redis": "Postgres",
    "MagicNone": "FooBar",
    "MagicMock": "BazQux",
    "get_user_execution_context": "get_ledger_handle",
    "create_user_execution_context": "create_ledger_handle",
    "uuid.uuid4()": "secrets.token_hex()",
}


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_md", ".md").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_log_becomes_a_rulebook_beside_where_the_user_stands(tmp_path: Path) -> None:
    write(tmp_path, docs__log_md=LOG)
    target = find_target(tmp_path, ("docs/log.md",), None)
    assert (target.path, target.shown) == (tmp_path / "rules.yaml", "rules.yaml")
    generated = generate(target)
    assert not generated.is_current
    target.write(generated.text)
    rulebook = parse_rulebook((tmp_path / "rules.yaml").read_text("utf-8"), shown="r")
    assert rulebook.log == "docs/log.md"
    assert [rule.id for rule in rulebook.rules] == ["relative-import"]
    assert generate(target).is_current


def test_without_a_log_the_rulebooks_own_is_taken(tmp_path: Path) -> None:
    write(tmp_path, docs__log_md=LOG, team__r_yaml="log: ../docs/log.md\nrules: []\n")
    target = find_target(tmp_path, (), "team/r.yaml")
    assert [log.path for log in target.logs] == [tmp_path / "docs" / "log.md"]
    assert target.log_shown == "docs/log.md"
    assert [change.rule for change in generate(target).changes] == ["relative-import"]


def test_without_a_log_and_a_rulebook_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no such rulebook"):
        find_target(tmp_path, (), None)


def test_without_a_log_in_the_rulebook_it_is_refused(tmp_path: Path) -> None:
    write(tmp_path, rules_yaml="rules: []\n")
    with pytest.raises(UsageError, match="names no log; give one: stuck-rules generate LOG"):
        find_target(tmp_path, (), None)


@pytest.mark.parametrize("rulebook", [None, "rules: []\n"])
def test_a_dash_only_prints(tmp_path: Path, rulebook: str | None) -> None:
    write(tmp_path, log_md=LOG)
    if rulebook is not None:
        write(tmp_path, rules_yaml=rulebook)
    target = find_target(tmp_path, ("log.md",), "-")
    assert target.path is None
    assert "  - id: relative-import\n" in generate(target).text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("name: ci\n", id="no rules"),
        pytest.param("- a\n", id="a list"),
        pytest.param("rules:\n  - alert: Down\n    expr: up == 0\n", id="another tool's rules"),
    ],
)
def test_a_yaml_file_that_is_no_rulebook_is_not_overwritten(tmp_path: Path, text: str) -> None:
    write(tmp_path, log_md=LOG, ci_yaml=text)
    with pytest.raises(
        RulebookError, match=r"^ci.yaml: .*not overwritten; choose another file with -o"
    ):
        generate(find_target(tmp_path, ("log.md",), "ci.yaml"))


def test_an_invalid_rulebook_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, log_md=LOG, rules_yaml="rules:\n  - id: a\n    patern: x\n")
    with pytest.raises(RulebookError, match=r"^rules.yaml:"):
        generate(find_target(tmp_path, ("log.md",), None))


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    write(tmp_path, log_md=LOG, rules_yaml="\n")
    assert "relative-import" in generate(find_target(tmp_path, ("log.md",), None)).text


@pytest.mark.parametrize("log", ["none.md", "."])
def test_a_log_that_cannot_be_read_is_told(tmp_path: Path, log: str) -> None:
    with pytest.raises(LogError):
        generate(find_target(tmp_path, (log,), None))


def test_a_written_rulebook_keeps_its_mode_and_leaves_nothing_beside(tmp_path: Path) -> None:
    write(tmp_path, log_md=LOG, rules_yaml="rules: []\n")
    path = tmp_path / "rules.yaml"
    path.chmod(0o600)
    target = find_target(tmp_path, ("log.md",), None)
    target.write(generate(target).text)
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["log.md", "rules.yaml"]


def test_a_folder_in_the_rulebooks_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").mkdir()
    target = Target((), tmp_path, tmp_path / "rules.yaml", "rules.yaml")
    with pytest.raises(RulebookError, match=r"^rules.yaml: cannot be written: "):
        target.write("x")
    assert [p.name for p in tmp_path.iterdir()] == ["rules.yaml"]


@pytest.fixture(scope="module")
def bundled() -> Generated:
    return generate(find_target(ROOT, ("docs/getting_stuck_log.md",), None))


@pytest.fixture(scope="module")
def from_nothing(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rulebook of the repository's log as if none had been there."""
    folder = tmp_path_factory.mktemp("project")
    text = (ROOT / "docs" / "getting_stuck_log.md").read_text(encoding="utf-8")
    write(folder, docs__getting_stuck_log_md=text)
    return generate(find_target(folder, ("docs/getting_stuck_log.md",), None)).text


def test_the_bundled_rulebook_is_current(bundled: Generated) -> None:
    assert bundled.changes == ()
    assert bundled.text == (ROOT / "rules.yaml").read_text(encoding="utf-8")


def test_the_bundled_rulebook_is_what_its_log_gives(from_nothing: str) -> None:
    assert from_nothing == (ROOT / "rules.yaml").read_text(encoding="utf-8")


def test_the_log_gives_exactly_these_rules(from_nothing: str) -> None:
    rules = parse_rulebook(from_nothing, shown="r").rules
    assert [rule.id for rule in rules] == IDS
    assert {rule.id for rule in rules if not rule.enabled} == DISABLED


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rule]:
    """The rules of the same log about other names."""
    text = (ROOT / "docs" / "getting_stuck_log.md").read_text(encoding="utf-8")
    for old, new in RENAMED.items():
        text = text.replace(old, new)
    folder = tmp_path_factory.mktemp("renamed")
    write(folder, log_md=text)
    generated = generate(find_target(folder, ("log.md",), "-"))
    return {rule.id: rule for rule in parse_rulebook(generated.text, shown="r").rules}


@pytest.mark.parametrize(
    ("rule_id", "options"),
    [
        (
            "fresh-ledger-handle",
            {"call": "create_ledger_handle", "source": "secrets.token_hex"},
        ),
        ("postgres-localhost-fallback", {"words": ("postgres",), "names": ("DATABASE_URL",)}),
        (
            "database-url-direct-read",
            {"names": ("DATABASE_URL",), "allowed-in": ("PostgresConfigurationBuilder",)},
        ),
        ("postgres-port-zero", {"words": ("postgres",), "setting": "port", "values": ("0",)}),
        ("foo-bar", {"names": ("FooBar",), "replacement": "BazQux", "module": "unittest.mock"}),
    ],
)
def test_other_names_in_the_log_are_other_names_in_the_rules(
    renamed: dict[str, Rule], rule_id: str, options: dict[str, OptionValue]
) -> None:
    condition = renamed[rule_id].condition
    assert isinstance(condition, CheckCall)
    found = {option.name: option.value for option in condition.options}
    assert {name: found[name] for name in options} == options


def test_none_of_the_old_names_is_left_in_the_rules(renamed: dict[str, Rule]) -> None:
    assert len(renamed) == len(IDS)
    old = re.compile("redis|magic|user_execution|uuid", re.IGNORECASE)
    for rule in renamed.values():
        texts = [rule.id, rule.message, *(e.code for e in rule.examples.bad + rule.examples.good)]
        if rule.id != "mock-not-imported":
            assert not [text for text in texts if old.search(text)]


@pytest.mark.parametrize(
    ("rule_id", "code"),
    [
        (
            "fresh-ledger-handle",
            "import secrets\n\nh = create_ledger_handle(user, run=secrets.token_hex())\n",
        ),
        (
            "fresh-ledger-handle",
            "from secrets import token_hex\n\nrun = token_hex()\nx = create_ledger_handle(run)\n",
        ),
        ("postgres-localhost-fallback", 'u = env.get("POSTGRES_URL", "postgres://localhost/1")\n'),
        ("postgres-localhost-fallback", 'h = os.getenv("DATABASE_URL") or "127.0.0.1"\n'),
        ("database-url-direct-read", 'import os\n\nu = os.environ["DATABASE_URL"]\n'),
        ("postgres-port-zero", "POSTGRES_PORT = 0\n"),
        ("foo-bar", "service = FooBar\n"),
    ],
)
def test_the_rules_flag_code_with_other_names(
    renamed: dict[str, Rule], rule_id: str, code: str
) -> None:
    result = check_source(code, "app/config.py", [renamed[rule_id]])
    assert result.problems == ()
    assert [violation.rule for violation in result.violations] == [rule_id]


@pytest.mark.parametrize(
    "code",
    [
        "import uuid\n\nh = create_user_execution_context(user, run=str(uuid.uuid4()))\n",
        'u = env.get("REDIS_URL", "redis://localhost/1")\n',
        'import os\n\nu = os.environ["REDIS_URL"]\n',
        "REDIS_PORT = 0\n",
        "service = MagicNone\n",
    ],
)
def test_the_rules_leave_code_with_the_old_names_alone(renamed: dict[str, Rule], code: str) -> None:
    rules = [rule for rule in renamed.values() if rule.enabled and not rule.paths.include]
    result = check_source(code, "app/config.py", rules)
    assert [violation.rule for violation in result.violations] == []


PLAIN = """\
# Lessons

## Never call the old client

- Never call `old_client()`.

## Read the docs

- Always read the docs.
"""


def test_several_logs_become_one_rulebook(tmp_path: Path) -> None:
    write(tmp_path, a_md=LOG, docs__b_md=PLAIN)
    target = find_target(tmp_path, ("a.md", "docs/b.md"), None)
    target.write(generate(target).text)
    rulebook = parse_rulebook((tmp_path / "rules.yaml").read_text("utf-8"), shown="r")
    assert rulebook.log_settings is not None
    assert rulebook.log_settings.paths == ("a.md", "docs/b.md")
    assert {"relative-import", "old-client"} <= {rule.id for rule in rulebook.rules}
    assert {entry.path for entry in rulebook.entries} == {"a.md", "docs/b.md"}
    assert generate(find_target(tmp_path, (), None)).is_current


def test_settings_of_the_log_hold(tmp_path: Path) -> None:
    settings = "log:\n  paths: [b.md]\n  recipes: {prohibition: off}\nrules: []\n"
    write(tmp_path, b_md=PLAIN, rules_yaml=settings)
    assert "id: old-client" not in generate(find_target(tmp_path, (), None)).text
    write(tmp_path, rules_yaml=settings.replace("off", "on"))
    assert "id: old-client" in generate(find_target(tmp_path, (), None)).text


def test_a_recipe_that_there_is_not_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        b_md=PLAIN,
        rules_yaml="log: {paths: [b.md], recipes: {prohibitions: off}}\nrules: []\n",
    )
    with pytest.raises(RulebookError, match="did you mean 'prohibition'"):
        generate(find_target(tmp_path, (), None))


def test_words_of_the_settings_become_paths(tmp_path: Path) -> None:
    log = PLAIN.replace("`old_client()`.", "`old_client()` in tools.")
    write(
        tmp_path,
        b_md=log,
        rules_yaml="log: {paths: [b.md], scopes: {tools: [tools/**]}}\nrules: []\n",
    )
    text = generate(find_target(tmp_path, (), None)).text
    (rule,) = parse_rulebook(text, shown="r").rules
    assert rule.paths.include == ("tools/**",)
