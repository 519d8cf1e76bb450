"""What each recipe makes a rule of, and the sentences that only look alike."""

from __future__ import annotations

import pytest

from stuck_rules.generator.recipes import RECIPES
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import CheckCall, FilesCondition, OptionValue, Rule, TextCondition
from stuck_rules.testing import prove
from tests.generator.logs import log_of

FRESH = """\
**Root Cause**: two kinds of calls:
- WRONG: `create_ledger()` with `uuid.uuid4()` on each call
- CORRECT: `get_ledger()`
"""
DIRECT = """\
**Root Cause**: misread rules:
- WRONG: Takes KAFKA_URL directly
- CORRECT: Assembly via KafkaSettingsBuilder
"""
ENCODED = """\
**Technical Implementation**:
```python
token = base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")
headers["sec-websocket-protocol"] = f"jwt.{token}"
```
"""
REPLACED = """\
**Root Cause**: The tests wrote `FooBar` instead of `BazQux`

**Remediation**:
1. Write `from lib.qux import BazQux`
2. FooBar → BazQux Replacement
"""
MISSING = """\
**Root Cause**: tests had missing `unittest.mock` imports
"""
FLAG = (
    "**Proposed Solution**:\n- `--check-keys` flag mandatory for staging and production deploys\n"
)

RULES = [
    pytest.param(
        "fresh-argument",
        "A title",
        FRESH,
        "fresh-ledger",
        {"call": "create_ledger", "source": "uuid.uuid4", "include-methods": False},
        id="fresh argument",
    ),
    pytest.param(
        "fresh-argument",
        "A title",
        FRESH.replace("create_ledger", "app.make_Handle").replace("uuid.uuid4", "now"),
        "fresh-handle",
        {"call": "app.make_Handle", "source": "now", "include-methods": False},
        id="fresh argument by dotted name",
    ),
    pytest.param(
        "localhost-fallback",
        "Kafka Configuration",
        "**Root Cause**: see\n- WRONG: may fall back to localhost for KAFKA_URL\n",
        "kafka-localhost-fallback",
        {"words": ("kafka",), "names": ("KAFKA_URL",), "default": "loopback"},
        id="localhost fallback",
    ),
    pytest.param(
        "localhost-fallback",
        "A title",
        "**Root Cause**: The Kafka client defaults to 127.0.0.1\n",
        "kafka-localhost-fallback",
        {"words": ("kafka",), "names": (), "default": "loopback"},
        id="localhost fallback, service in the text",
    ),
    pytest.param(
        "localhost-fallback",
        "Kafka settings",
        "**Prevention**:\n- Never fall back to localhost\n",
        "kafka-localhost-fallback",
        {"words": ("kafka",), "names": (), "default": "loopback"},
        id="localhost fallback forbidden by a prevention",
    ),
    pytest.param(
        "direct-read",
        "A title",
        DIRECT,
        "kafka-url-direct-read",
        {"names": ("KAFKA_URL",), "allowed-in": ("KafkaSettingsBuilder",)},
        id="direct read",
    ),
    pytest.param(
        "setting-value",
        "Kafka Configuration",
        '**Root Cause**: see\n- WRONG: Counted port "0" among the valid values\n',
        "kafka-port-zero",
        {"words": ("kafka",), "setting": "port", "values": ("0",)},
        id="setting value",
    ),
    pytest.param(
        "setting-value",
        "Kafka Configuration",
        "**Root Cause**: see\n- WRONG: Took timeout 86400 as sane\n",
        "kafka-timeout-86400",
        {"words": ("kafka",), "setting": "timeout", "values": ("86400",)},
        id="setting value of several digits",
    ),
    pytest.param(
        "encoded-prefix",
        "A title",
        ENCODED,
        "jwt-subprotocol-padding",
        {
            "prefix": "jwt.",
            "encode": "base64.urlsafe_b64encode",
            "strip": "=",
            "wrong-encoders": (
                "base64.b64encode",
                "base64.standard_b64encode",
                "base64.encodebytes",
            ),
        },
        id="encoded prefix",
    ),
    pytest.param(
        "encoded-prefix",
        "A title",
        ENCODED.replace("sec-websocket-protocol", "X-Key").replace("jwt.", "key-"),
        "key-x-key-padding",
        {"prefix": "key-", "encode": "base64.urlsafe_b64encode", "strip": "="},
        id="encoded prefix in another header",
    ),
    pytest.param(
        "shared-secret",
        "A title",
        "**Proposed Solution**: every service holds identical JWT secrets\n",
        "jwt-secret-fallback",
        {"words": ("jwt", "secret"), "names": (), "default": "literal"},
        id="shared secret",
    ),
    pytest.param(
        "replaced-name",
        "A title",
        REPLACED + "\n**Problem**: undefined FooBar\n",
        "foo-bar",
        {"names": ("FooBar",), "replacement": "BazQux", "module": "lib.qux"},
        id="replaced name that is undefined",
    ),
    pytest.param(
        "missing-import",
        "A title",
        MISSING,
        "mock-not-imported",
        {"module": "unittest.mock", "replacement": ""},
        id="missing import of a known module",
    ),
    pytest.param(
        "missing-import",
        "A title",
        "**Root Cause**: missing `lib.qux` imports, as `from lib.qux import a, b`\n",
        "qux-not-imported",
        {"names": ("a", "b"), "module": "lib.qux", "replacement": ""},
        id="missing import of the log's module",
    ),
    pytest.param(
        "vocabulary",
        "A title",
        "**Remediation**:\n1. Turn relative imports into absolute imports\n",
        "relative-import",
        {"allow-in-init": False},
        id="relative imports",
    ),
    pytest.param(
        "vocabulary",
        "A title",
        "**Remediation**:\n1. Many test files contain no real test functions\n",
        "test-module-without-tests",
        {},
        id="test modules",
    ),
]


def proposed(recipe: str, title: str, body: str) -> list[Rule]:
    return [proposal.rule for proposal in RECIPES[recipe](log_of(body, title))]


@pytest.mark.parametrize(("recipe", "title", "body", "rule_id", "options"), RULES)
def test_a_lesson_becomes_a_rule(
    recipe: str, title: str, body: str, rule_id: str, options: dict[str, OptionValue]
) -> None:
    (rule,) = proposed(recipe, title, body)
    assert rule.id == rule_id
    assert isinstance(rule.condition, CheckCall)
    found = {option.name: option.value for option in rule.condition.options}
    assert {name: found[name] for name in options} == options
    assert rule.origin is not None
    assert rule.origin.recipe == recipe
    assert list(prove(rule)) == []


def test_a_replaced_name_that_exists_is_a_pattern() -> None:
    (rule,) = proposed("replaced-name", "A title", REPLACED)
    assert (rule.id, rule.condition) == ("foo-bar", Pattern("FooBar"))
    assert rule.enabled


def test_a_replaced_name_that_one_lesson_tells_is_off() -> None:
    (rule,) = proposed("replaced-name", "A title", REPLACED.partition("\n\n")[0])
    assert not rule.enabled
    assert rule.note == "Only one lesson says so: enable it if your team agrees."


def test_two_headers_become_a_pattern() -> None:
    body = "**Prevention**:\n1. Make sure both X-Key header AND sec-websocket-protocol work\n"
    (rule,) = proposed("header-pair", "A title", body)
    assert (rule.id, rule.enabled) == ("websocket-header-pair", False)
    assert "X-Key" in repr(rule.condition)
    assert list(prove(rule)) == []


def test_files_that_repeat_each_other_are_counted() -> None:
    body = "**Remediation**:\n1. Search the 5 setup.cfg files for duplication\n"
    (rule,) = proposed("file-count", "A title", body)
    assert (rule.id, rule.enabled) == ("setup-duplication", False)
    assert rule.condition == FilesCondition("**/setup.cfg", 1, "**/tests", 0)
    assert list(prove(rule)) == []


def test_a_mandatory_flag_becomes_a_text_rule() -> None:
    (rule,) = proposed("mandatory-flag", "A title", FLAG)
    assert (rule.id, rule.enabled) == ("deploy-without-check-keys", False)
    assert isinstance(rule.condition, TextCondition)
    assert list(prove(rule)) == []


def test_a_required_section_becomes_a_text_rule() -> None:
    body = "**Prevention**:\n1. Include recovery procedures with every change\n"
    (rule,) = proposed("required-section", "Upgrade Documentation", body)
    assert (rule.id, rule.enabled) == ("upgrade-doc-recovery", False)
    assert rule.paths.include == ("*upgrade*.md", "*UPGRADE*.md")
    assert list(prove(rule)) == []


LOOK_ALIKES = [
    pytest.param(
        "fresh-argument",
        "T",
        FRESH.replace("- CORRECT: `get_ledger()`\n", ""),
        id="fresh-argument: no right form",
    ),
    pytest.param(
        "fresh-argument",
        "T",
        FRESH.replace("`uuid.uuid4()`", "a new id"),
        id="fresh-argument: no source",
    ),
    pytest.param(
        "fresh-argument",
        "T",
        FRESH.replace("uuid4()", "uuid4"),
        id="fresh-argument: source not called",
    ),
    pytest.param(
        "fresh-argument", "T", FRESH.replace("WRONG", "NOTE"), id="fresh-argument: not called wrong"
    ),
    pytest.param(
        "fresh-argument", "T", FRESH.replace("with", "near"), id="fresh-argument: no with"
    ),
    pytest.param(
        "localhost-fallback",
        "T",
        "**Root Cause**: falls back to localhost\n",
        id="localhost-fallback: no service",
    ),
    pytest.param(
        "localhost-fallback",
        "Kafka Configuration",
        "**Root Cause**: runs on localhost\n",
        id="localhost-fallback: localhost without fallback",
    ),
    pytest.param(
        "localhost-fallback",
        "Kafka Configuration",
        "**Root Cause**: falls back to a default queue\n",
        id="localhost-fallback: fallback to something else",
    ),
    pytest.param(
        "localhost-fallback",
        "Kafka Configuration",
        "**Prevention**:\n- Fall back to localhost in development\n",
        id="localhost-fallback: a fallback that is asked for",
    ),
    pytest.param(
        "localhost-fallback",
        "Kafka Configuration",
        "**What Worked Well**:\n- No fallback to localhost\n",
        id="localhost-fallback: evidence",
    ),
    pytest.param(
        "direct-read", "T", DIRECT.replace("directly", "plainly"), id="direct-read: not directly"
    ),
    pytest.param(
        "direct-read", "T", DIRECT.replace("KAFKA_URL", "the URL"), id="direct-read: no variable"
    ),
    pytest.param(
        "direct-read",
        "T",
        DIRECT.replace("KafkaSettingsBuilder", "parts"),
        id="direct-read: no class",
    ),
    pytest.param(
        "direct-read", "T", DIRECT.replace("- CORRECT", "- ALSO"), id="direct-read: no right form"
    ),
    pytest.param(
        "setting-value",
        "T",
        '**Root Cause**: x\n- WRONG: port "0" is valid\n',
        id="setting-value: no service",
    ),
    pytest.param(
        "setting-value",
        "Kafka Configuration",
        "**Root Cause**: x\n- WRONG: a port is optional\n",
        id="setting-value: no number",
    ),
    pytest.param(
        "setting-value",
        "Kafka Configuration",
        '**Prevention**:\n- Check that port "0" is refused\n',
        id="setting-value: no wrong line",
    ),
    pytest.param(
        "encoded-prefix", "T", ENCODED.replace('.rstrip("=")', ""), id="encoded-prefix: no strip"
    ),
    pytest.param(
        "encoded-prefix",
        "T",
        ENCODED.replace('f"jwt.{token}"', "token"),
        id="encoded-prefix: no prefix",
    ),
    pytest.param(
        "encoded-prefix",
        "T",
        ENCODED.replace("{token}", "{other}"),
        id="encoded-prefix: other value",
    ),
    pytest.param(
        "encoded-prefix", "T", ENCODED.replace("token =", "token +"), id="encoded-prefix: no Python"
    ),
    pytest.param(
        "encoded-prefix", "T", ENCODED.replace("headers[", "headers."), id="encoded-prefix: broken"
    ),
    pytest.param(
        "header-pair",
        "T",
        "**Prevention**:\n- Send X-Key and sec-websocket-protocol\n",
        id="header-pair: no both",
    ),
    pytest.param(
        "header-pair",
        "T",
        "**Prevention**:\n- Send both X-Key header and X-Other\n",
        id="header-pair: no topic",
    ),
    pytest.param(
        "header-pair",
        "T",
        "**Prevention**:\n- Never send both X-Key header and sec-websocket-protocol\n",
        id="header-pair: forbidden",
    ),
    pytest.param(
        "shared-secret",
        "T",
        "**Prevention**:\n- Rotate the JWT secrets often\n",
        id="shared-secret: rotate",
    ),
    pytest.param(
        "shared-secret",
        "T",
        "**Root Cause**: services hold the same JWT secrets\n",
        id="shared-secret: a cause",
    ),
    pytest.param(
        "replaced-name",
        "T",
        "**Root Cause**: A → B, step by step\n",
        id="replaced-name: a sequence",
    ),
    pytest.param(
        "replaced-name",
        "T",
        "**Remediation**:\n- validate → build → deploy\n",
        id="replaced-name: an order",
    ),
    pytest.param(
        "replaced-name",
        "T",
        "**Root Cause**: used `X` instead of `X`\n",
        id="replaced-name: the same name",
    ),
    pytest.param(
        "replaced-name",
        "T",
        "**Root Cause**: used `a b` instead of `c d`\n",
        id="replaced-name: no names",
    ),
    pytest.param(
        "replaced-name",
        "T",
        "**Prevention**:\n- `X` instead of `Y` is fine\n",
        id="replaced-name: prevention",
    ),
    pytest.param(
        "missing-import", "T", "**Root Cause**: missing imports\n", id="missing-import: no module"
    ),
    pytest.param(
        "missing-import",
        "T",
        "**Root Cause**: missing `lib.qux` imports\n",
        id="missing-import: unknown module",
    ),
    pytest.param(
        "missing-import",
        "T",
        "**What Worked Well**:\n- missing `unittest.mock` imports\n",
        id="missing-import: evidence",
    ),
    pytest.param(
        "vocabulary",
        "T",
        "**Remediation**:\n- Keep the relative imports\n",
        id="vocabulary: kept imports",
    ),
    pytest.param(
        "vocabulary",
        "T",
        "**What Worked Well**:\n- 4 files replace relative imports\n",
        id="vocabulary: evidence",
    ),
    pytest.param(
        "vocabulary",
        "T",
        "**Prevention**:\n- Give test files more test functions\n",
        id="vocabulary: more",
    ),
    pytest.param(
        "file-count", "T", "**Remediation**:\n- Remove duplication\n", id="file-count: no file"
    ),
    pytest.param(
        "file-count", "T", "**Root Cause**: a.py files are duplicated\n", id="file-count: a cause"
    ),
    pytest.param(
        "mandatory-flag",
        "T",
        FLAG.replace("mandatory", "handy"),
        id="mandatory-flag: not mandatory",
    ),
    pytest.param(
        "mandatory-flag", "T", FLAG.replace("deploys", "users"), id="mandatory-flag: no deployment"
    ),
    pytest.param(
        "mandatory-flag",
        "T",
        FLAG.replace("staging and production", "all"),
        id="mandatory-flag: nowhere",
    ),
    pytest.param(
        "mandatory-flag", "T", FLAG.replace("`", ""), id="mandatory-flag: flag not as code"
    ),
    pytest.param(
        "required-section",
        "T",
        "**Prevention**:\n- Include rollback steps\n",
        id="required-section: no documents",
    ),
    pytest.param(
        "required-section",
        "Upgrade Documentation",
        "**Prevention**:\n- Include everybody\n",
        id="required-section: no section",
    ),
    pytest.param(
        "required-section",
        "Upgrade Documentation",
        "**Prevention**:\n- Do not include rollback steps\n",
        id="required-section: forbidden section",
    ),
]


@pytest.mark.parametrize(("recipe", "title", "body"), LOOK_ALIKES)
def test_what_only_looks_alike_becomes_none(recipe: str, title: str, body: str) -> None:
    assert [rule.id for rule in proposed(recipe, title, body)] == []


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_an_entry_without_lessons_gives_nothing(recipe: str) -> None:
    assert proposed(recipe, "Kafka Configuration Documentation", "**Problem**: it broke\n") == []
