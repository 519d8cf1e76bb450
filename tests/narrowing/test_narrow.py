"""Which lines of a file are kept for a rule."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stuck_rules.model.formula import (
    All,
    Formula,
    Inside,
    NotInside,
    Pattern,
    Regex,
    Taint,
    TaintSink,
    TaintSource,
)
from stuck_rules.model.rule import CheckCall, Option, OptionValue, Rule
from stuck_rules.narrowing.narrow import narrow

CODE = """\
import os
from a import b as c
from d import foo as e

LIMIT = 1
OTHER = LIMIT + 1
TABLE = {
    "name": 2,
}


def first(x):
    return foo(x, OTHER)


def second():
    import sys
    return sys


class Third(Base):
    size = 3

    def one(self):
        return foo(self.size)

    def two(self):
        return second()

    def three(self):
        return e(1)


if os.sep:
    foo = None
"""


def pattern(formula: Formula | Taint, fix: str | None = None) -> Rule:
    return Rule("p", "m", formula, fix=fix)


def check(name: str, **options: OptionValue) -> Rule:
    return Rule("c", "m", CheckCall(name, tuple(Option(n, v, 0) for n, v in options.items()), 0))


def kept(code: str, rule: Rule) -> list[str] | None:
    excerpt = narrow(code, [rule])
    return None if excerpt is None else [line for line in excerpt.text.split("\n") if line.strip()]


def test_what_is_kept_are_the_statements_with_the_words_and_what_their_names_mean() -> None:
    assert (
        kept(CODE, pattern(Pattern("foo(...)")))
        == dedent(
            """\
        import os
        from d import foo as e
        LIMIT = 1
        OTHER = LIMIT + 1
        def first(x):
            return foo(x, OTHER)
        class Third(Base):
            size = 3
            def one(self):
                return foo(self.size)
            def three(self):
                return e(1)
        if os.sep:
            foo = None
        """
        ).splitlines()
    )


def test_lines_are_those_of_the_file() -> None:
    excerpt = narrow(CODE, [pattern(Pattern("second(...)"))])
    assert excerpt is not None
    lines = CODE.split("\n")
    for number, text in zip(excerpt.lines, excerpt.text.split("\n"), strict=False):
        assert number in excerpt.hidden or lines[number - 1] == text


def test_of_what_is_looked_at_alone_the_statement_is_kept_in_a_function_of_that_name() -> None:
    code = """\
class Third(Base):
    size = 3

    def one(self):
        if self.size:
            from .a import b
            return b
        from .c import d
        return d


def second():
    text = "copied from .a"
    for text in "from .b", "from .c":
        run(text)
"""
    excerpt = narrow(code + "x = 1\n" * 9, [check("relative-import")])
    assert excerpt is not None
    assert (
        excerpt.text
        == """\
class Third(Base):
    def one():
        if 1:
            from .a import b
        from .c import d
def second():
    text = "copied from .a"
"""
    )
    assert excerpt.lines == (1, 4, 4, 6, 8, 12, 13)
    assert excerpt.hidden == {4, 12}


def test_of_a_definition_that_is_only_named_the_name_is_kept() -> None:
    code = "def helper():\n    return 1\n\n\ndef run():\n    return foo(helper)\n" + "x = 1\n" * 9
    excerpt = narrow(code, [pattern(Pattern("foo(...)"))])
    assert excerpt is not None
    assert excerpt.text.split("\n")[0] == "def helper(): pass"
    assert excerpt.lines[0] == 1
    assert excerpt.hidden == {1}


@pytest.mark.parametrize(
    ("code", "rule", "line"),
    [
        pytest.param(
            "def f():\n    from a import b\n\n\ndef g():\n    return foo(b)\n",
            pattern(Pattern("foo(...)")),
            "    from a import b",
            id="import in another function",
        ),
        pytest.param(
            "X = 1\n\n\ndef f():\n    global X\n\n\ndef g():\n    return foo(X)\n",
            pattern(Pattern("foo(...)")),
            "    global X",
            id="global in another function",
        ),
        pytest.param(
            "x = bar()\n\n\ndef g():\n    return foo(x)\n",
            pattern(Pattern("foo(bar())")),
            "    return foo(x)",
            id="words that a name of the module leads to",
        ),
        pytest.param(
            "if not DEBUG:\n    raise Exit\nfoo = 1\nurl = env.get('REDIS_URL', 'localhost')\n",
            check("setting-fallback", words=("redis",), default="loopback"),
            "    raise Exit",
            id="branch that leaves",
        ),
    ],
)
def test_what_changes_the_meaning_is_kept(code: str, rule: Rule, line: str) -> None:
    found = kept(code + "y = 2\n" * 20, rule)
    assert found is not None
    assert line in found
    assert "y = 2" not in found


@pytest.mark.parametrize(
    ("code", "is_kept"),
    [
        pytest.param("'''Takes b.'''\n", False, id="text"),
        pytest.param("run('b')  # b\n", False, id="text and comment of a statement"),
        pytest.param("run(f'{(b := 1)}')\n", True, id="hole in a text"),
        pytest.param("with run('a') as b: pass\n", True, id="beside a text"),
    ],
)
def test_a_name_comes_from_code_alone(code: str, is_kept: bool) -> None:
    found = kept(f"{code}def f():\n    foo(b)\n" + "y = 2\n" * 20, pattern(Pattern("foo(...)")))
    assert found is not None
    assert (code.rstrip() in found) is is_kept


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(pattern(Pattern("$X == $X")), id="no words"),
        pytest.param(pattern(Pattern("import os\n...")), id="statements in a row"),
        pytest.param(pattern(Pattern("a; b")), id="statements on a line"),
        pytest.param(
            pattern(All((Pattern("foo($X)"), NotInside(Pattern("import os\n..."))))),
            id="statements in a row that exclude",
        ),
        pytest.param(pattern(All((Regex("foo"), Inside(Pattern("first(...)"))))), id="regex"),
        pytest.param(
            pattern(Taint((TaintSource(Pattern("foo()")),), (TaintSink(Pattern("e()")),))),
            id="taint",
        ),
    ],
)
def test_some_rules_see_the_whole_file(rule: Rule) -> None:
    assert narrow(CODE, [rule]) is None


def test_a_file_without_statements_is_seen_whole() -> None:
    assert narrow("# foo\n", [pattern(Pattern("foo()"))]) is None


def test_one_rule_that_sees_the_whole_file_shows_it_to_all() -> None:
    rules = [pattern(Pattern("second()")), pattern(Pattern("$X == $X"))]
    assert narrow(CODE, rules) is None


def test_a_pattern_of_classes_sees_whole_classes() -> None:
    found = kept(CODE, pattern(All((Pattern("e(1)"), Inside(Pattern("class $C(Base): ..."))))))
    assert found is None or "        return second()" in found


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        pytest.param("x = 1\n", check("undefined-name", names=("Mock",)), id="not there"),
        pytest.param(
            "from unittest.mock import Mock\nx = Mock()\n",
            check("undefined-name", names=("Mock",)),
            id="imported",
        ),
        pytest.param(
            "def Mock(): ...\nx = Mock()\n", check("undefined-name", names=("Mock",)), id="defined"
        ),
        pytest.param("# foo(1)\nx = 'foo(2)'\n", pattern(Pattern("foo(...)")), id="only told"),
        pytest.param("def foo(x): ...\n", pattern(Pattern("foo(...)")), id="only defined"),
        pytest.param("x = a.Mock()\n", check("undefined-name", names=("Mock",)), id="attribute"),
        pytest.param("x = 'Mock'\n", check("undefined-name", names=("Mock",)), id="in a string"),
        pytest.param(
            "from a import *\nx = Mock()\n", check("undefined-name", names=("Mock",)), id="star"
        ),
    ],
)
def test_nothing_is_kept_where_nothing_can_be_found(code: str, rule: Rule) -> None:
    excerpt = narrow(code, [rule])
    assert excerpt is not None
    assert excerpt.lines == ()


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        pytest.param("x = f'{foo(1)}'\n", pattern(Pattern("foo(...)")), id="call in a hole"),
        pytest.param("x = f'{Mock()}'\n", check("undefined-name", names=("Mock",)), id="hole"),
        pytest.param(
            "x = f'def Mock {Mock()}'\n", check("undefined-name", names=("Mock",)), id="text"
        ),
    ],
)
def test_something_is_kept_where_something_may_be_found(code: str, rule: Rule) -> None:
    excerpt = narrow(code, [rule])
    assert excerpt is None or excerpt.lines
