from __future__ import annotations

import pytest

from stuck_rules.rulebook.loader import parse_rulebook
from stuck_rules.testing import prove

RULE = """\
rules:
  - id: a
    message: m
    {condition}
    examples: {{bad: {bad}, good: {good}, fixed: {fixed}}}
"""


def failures(condition: str, bad: str = "[]", good: str = "[]", fixed: str = "[]") -> list[str]:
    text = RULE.format(condition=condition, bad=bad, good=good, fixed=fixed)
    (rule,) = parse_rulebook(text, shown="rules.yaml").rules
    return [failure.message for failure in prove(rule)]


MAGIC = "check: undefined-name\n    with: {names: [MagicNone], replacement: MagicMock}"
COUNT = "files: {glob: '**/conftest.py', max: 1, per: '**/tests'}"
TEXT = "text: TODO\n    paths: {include: ['*.md']}"


@pytest.mark.parametrize(
    ("condition", "bad", "good", "fixed"),
    [
        pytest.param("pattern: f($X)", "['f(1)']", "['g(1)', '# f(1)']", "[]", id="pattern"),
        pytest.param(MAGIC, "['x = MagicNone']", "[]", "['x = MagicMock()']", id="fix"),
        pytest.param(
            COUNT,
            "['tests/conftest.py tests/a/conftest.py']",
            "['tests/conftest.py b/tests/conftest.py', 'conftest.py a/conftest.py']",
            "[]",
            id="files",
        ),
        pytest.param(
            TEXT,
            "[{path: a.md, code: 'TODO'}]",
            "[{path: a.txt, code: 'TODO'}, {path: a.md, code: 'done'}]",
            "[]",
            id="text, by its path",
        ),
    ],
)
def test_examples_that_hold(condition: str, bad: str, good: str, fixed: str) -> None:
    assert failures(condition, bad, good, fixed) == []


@pytest.mark.parametrize(
    ("condition", "examples", "expected"),
    [
        pytest.param(
            "pattern: f($X)",
            {"bad": "['g(1)']"},
            "a bad example is not flagged: g(1)",
            id="a bad one that is not flagged",
        ),
        pytest.param(
            "pattern: f($X)",
            {"good": "['x = f(1)']"},
            "a good example is flagged at line 1, column 5: x = f(1)",
            id="a good one that is flagged",
        ),
        pytest.param(
            "pattern: f($X)",
            {"bad": "['f(']"},
            "the example cannot be checked: syntax error: '(' was never closed",
            id="one that does not parse",
        ),
        pytest.param(
            MAGIC,
            {"bad": "['x = MagicNone']", "fixed": "['x = MagicMock']"},
            "the fix does not produce: x = MagicMock",
            id="another fix",
        ),
        pytest.param(
            TEXT,
            {"bad": "[{path: a.txt, code: 'TODO'}]"},
            "a bad example is not flagged: TODO",
            id="a path that the rule does not want",
        ),
    ],
)
def test_examples_that_do_not_hold(condition: str, examples: dict[str, str], expected: str) -> None:
    assert failures(condition, **examples) == [expected]
