"""Which rules find nothing in a module by its names."""

from __future__ import annotations

import pytest

from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import CheckCall, Option, OptionValue, Rule
from stuck_rules.narrowing.settling import unsettled


def check(name: str, **options: OptionValue) -> Rule:
    return Rule("c", "m", CheckCall(name, tuple(Option(n, v, 0) for n, v in options.items()), 0))


MOCK = check("undefined-name", names=("Mock", "call"))
TESTS = check("test-module")
# More than is looked at before the whole of a file, with words that look like code.
LONG = "".join(f'def helper_{n}():\n    """Make a Mock, call it."""\n\n' for n in range(300))
IMPORT = "from unittest.mock import Mock\n"
BODY = "    x = 1\n" * 2_000
METHODS = "    def b(self): ...\n" * 900


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        pytest.param("x = 1\n", MOCK, id="name that is not there"),
        pytest.param(f"{IMPORT}x = Mock()\n", MOCK, id="imported"),
        pytest.param(f"{IMPORT}{LONG}x = Mock()\n", MOCK, id="imported at the beginning"),
        pytest.param(f"{LONG}{IMPORT}x = Mock()\n", MOCK, id="imported at the end"),
        pytest.param("from a import (\n    b,\n    Mock,\n)\nx = Mock()\n", MOCK, id="long import"),
        pytest.param("from a import *\nx = Mock()\n", MOCK, id="star"),
        pytest.param("x = a.Mock()\n", MOCK, id="attribute"),
        pytest.param("x = 'Mock()'\n", MOCK, id="in a string"),
        pytest.param("# Mock()\nx = 1\n", MOCK, id="in a comment"),
        pytest.param("f(call=1)\n", MOCK, id="keyword argument"),
        pytest.param("def test_a(): ...\n", TESTS, id="test"),
        pytest.param(f"def test_a(): ...\n{LONG}", TESTS, id="test at the beginning"),
        pytest.param(f"{LONG}def test_a(): ...\n", TESTS, id="test at the end"),
        pytest.param("@mark\ndef test_a(): ...\n", TESTS, id="decorated test"),
        pytest.param("class TestA:\n    def test_a(self): ...\n", TESTS, id="class"),
        pytest.param(
            "@pytest.mark.usefixtures('a')\ndef test_a(): ...\n",
            TESTS,
            id="test that uses fixtures",
        ),
        pytest.param(
            "class TestA:\n    def test_a(self): ...\n\nclass B:\n    def __init__(self): ...\n",
            TESTS,
            id="constructor of another class",
        ),
        pytest.param("class A(b.Case):\n    x = 1\n", TESTS, id="foreign base"),
        pytest.param("class A(b.Case,\n        C):\n    x = 1\n", TESTS, id="bases on two lines"),
        pytest.param(
            "class A(b.Case):\n" + "    def a(self): ...\n" * 900, TESTS, id="long foreign class"
        ),
    ],
)
def test_a_rule_is_settled(code: str, rule: Rule) -> None:
    assert unsettled(code, [rule]) == ()


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        pytest.param("x = Mock()\n", MOCK, id="bound nowhere"),
        pytest.param(f"{IMPORT}x = call()\n", MOCK, id="another name"),
        pytest.param("y = to_import *2\nx = Mock()\n", MOCK, id="product, no star import"),
        pytest.param(f"'''\n{IMPORT}'''\nx = Mock()\n", MOCK, id="import in a string"),
        pytest.param(f"'''{LONG}\n{IMPORT}'''\nx = Mock()\n", MOCK, id="import in a long string"),
        pytest.param(
            f"x = '''say \"{LONG}\n{IMPORT}'''\nx = Mock()\n", MOCK, id="quote in a long string"
        ),
        pytest.param("x = f'{Mock()}'\nimport Mock.a as b\n", MOCK, id="import of another name"),
        pytest.param("x = \\\n    Mock()\n", MOCK, id="read on a continued line"),
        pytest.param("with a as Mock.b:\n    x = 1\n", MOCK, id="owner of what with gives a value"),
        pytest.param("import a. Mock\nx = Mock()\n", MOCK, id="space behind an import's dot"),
        pytest.param(
            "from a import (Mock\n as b)\nx = Mock()\n", MOCK, id="renamed on another line"
        ),
        pytest.param("def f(a=2 * Mock): ...\n", MOCK, id="factor of a default"),
        pytest.param("def f(a={1: 2, Mock: 3}): ...\n", MOCK, id="key in a default"),
        pytest.param("@fixture\ndef test_a(): ...\n", TESTS, id="fixture"),
        pytest.param(
            "class TestA:\n    def __init__(self): ...\n    def test_a(self): ...\n",
            TESTS,
            id="class with a constructor",
        ),
        pytest.param(
            f"class TestA:\n    def test_a(self): ...\n{BODY}    def __init__(self): ...\n",
            TESTS,
            id="class with a constructor far below",
        ),
        pytest.param("class A: ...\nclass B(A):\n    x = 1\n", TESTS, id="own base class"),
        pytest.param(
            f"class B(A):\n{METHODS}class A: ...\n",
            TESTS,
            id="own base class far below",
        ),
        pytest.param(
            "class TestA:\n    x = '''\n    def test_a(self): ...\n'''\n",
            TESTS,
            id="test in a string of a class",
        ),
        pytest.param(
            "class TestA:\n    x = 1\nif x:\n    @pytest.fixture\n    def test_a(): ...\n",
            TESTS,
            id="fixture behind a class",
        ),
        pytest.param(
            "class TestA:\n    def a(self):\n        def test_a(): ...\n",
            TESTS,
            id="function in a method",
        ),
        pytest.param("@fixture(\n    a\n)\n@b\ndef test_a(): ...\n", TESTS, id="two decorators"),
        pytest.param("'''\ndef test_a(): ...\n'''\n", TESTS, id="test in a string"),
        pytest.param("def f():\n    def test_a(): ...\n", TESTS, id="nested test"),
        pytest.param("class A(abc. ABC):\n    x = 1\n", TESTS, id="space behind a base's dot"),
        pytest.param("def f():\n    async \\\ndef test_a(): ...\n", TESTS, id="continued line"),
        pytest.param(
            "def f():\n    x = 1\n    \\\ndef test_a(): ...\n", TESTS, id="continued indentation"
        ),
        pytest.param(
            "class TestA:\n    def test_a(self): ...\n    x = y\\\n@z\n    def __init__(self): 0\n",
            TESTS,
            id="constructor behind a continued line",
        ),
        pytest.param(
            "class TestA(\n    object\n    ):\n  def f(self):\n    def test_a(): ...\n",
            TESTS,
            id="nested test, indented as the bases",
        ),
        pytest.param(
            "class TestA:\n    \\\n\n  def f(self):\n    def test_a(): ...\n",
            TESTS,
            id="nested test, indented as an empty continued line",
        ),
        pytest.param(
            "class TestA:\n    x = 1\n\\\nif x:\n  def f():\n    def test_a(): ...\n",
            TESTS,
            id="nested test behind a class that a continued line ends",
        ),
        pytest.param("def test_a(:\n", TESTS, id="no Python"),
        pytest.param("", TESTS, id="nothing at all"),
    ],
)
def test_a_rule_is_not_settled(code: str, rule: Rule) -> None:
    assert unsettled(code, [rule]) == (rule,)


def test_rules_that_are_left_stay_in_order() -> None:
    pattern = Rule("p", "m", Pattern("foo()"))
    rules = [pattern, TESTS, MOCK, check("relative-import")]
    assert unsettled("def test_a(): Mock()\n", rules) == (pattern, MOCK, rules[3])
