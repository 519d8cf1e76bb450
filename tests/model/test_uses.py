"""What stands around a name that is used in some way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from stuck_rules.model.uses import Use, behind_use, is_used

_BEHIND = (*" \t\n\r\f\\#=():,.", "as", "is", "not", "import", "x", "é")


def _texts() -> Iterator[str]:
    for length in range(4):
        yield from map("".join, product(_BEHIND, repeat=length))


@pytest.mark.parametrize(
    ("use", "before"),
    [("call", "= "), ("import", "from a import "), ("keyword", "(a, "), ("read", "= ")],
)
def test_what_stands_behind_is_told_of_each_name_that_is_used(use: Use, before: str) -> None:
    behind, start = re.compile(behind_use(use)), len(before)
    used = [text for text in _texts() if is_used(use, f"{before}foo{text}", start, start + 3)]
    assert used
    assert all(behind.match(text) for text in used)
    assert any(behind.match(text) is None for text in _texts())


_IMPORTS = (
    *("import foo", "import a, foo", "import a as foo", "import foo.a as b", "import a.b.foo"),
    *("from foo import a", "from .foo import a", "from . import foo", "from . import (foo)"),
    *("from a import (\n    b,\n    foo,\n)", "from a import (  # it's b(c): d\n    foo as b)"),
    *("from a import ( b, # c\n\n # = 1\n d,foo)", "from a import(b as foo)", "from.foo import a"),
    *("from a import b, \\\n  foo", "from \\\n foo \\\n import a", "import \\\r\n foo"),
    *("from a \\\n import ( \\\n b, \n foo\n)", "import\ta,\ffoo", "from é import foo"),
    *("from a import \\\n ( \\\n foo)", "from a import (\r\n    b,\r\n    foo\r\n)"),
    "from a import (" + "\n    b,  # it's b" * 60 + "\n    foo)",
    "import " + "a, " * 1_000 + "foo",
)
_AROUND = (
    *("{}", "{}\n", "\n{}\r\nx = 1", "x = 1; {}", "{}; x = b", "if x:\n    {}  # b", "if x: {}"),
    *("x = '#'; {}", '"""a # b"""; {}', "import b  # c\n{}", "f(a,\n  b)\n{}", "x = 1\r{}\r"),
)


@pytest.mark.parametrize("around", _AROUND)
@pytest.mark.parametrize("statement", _IMPORTS)
def test_an_import_uses_its_names_wherever_it_stands(statement: str, around: str) -> None:
    text = around.format(statement)
    start = text.index("foo")
    assert is_used("import", text, start, start + 3)


@pytest.mark.parametrize(
    "text",
    [
        *("foo", "foo = 1", "import a\nfoo", "import a; foo", "from a import (b)\nfoo", "x = foo"),
        *(
            "from a import b\n\nfoo.c",
            "import a  # foo",
            "# import, foo.",
            "f(a, foo)",
            "imports foo",
        ),
        *(
            "x = '''\nimport a\n''', foo",
            "from_import.foo",
            "f(\n    foo,\n)",
            "'foo'",
            "import (`foo`)",
        ),
        *(
            "It is from a.\n    The foo, then",
            "import a\nfoo\n",
            "from a import (b,\n)\nfoo, c = d",
        ),
        *("def import_it(foo, a):", "from x import y as z\n\n@a\nfoo()"),
    ],
)
def test_a_name_without_an_import_is_told(text: str) -> None:
    start = text.index("foo")
    assert not is_used("import", text, start, start + 3)
