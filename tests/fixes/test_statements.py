"""Templates of statements: blocks, indentation, definitions, imports, and empty ones."""

from __future__ import annotations

import pytest

from tests.fixes.cases import block, fixed, fixes_of, rule


@pytest.mark.parametrize(
    ("pattern", "fix", "before", "after"),
    [
        pytest.param(
            "foo($X)",
            "if $X:\n    bar($X)\n",
            "def f():\n    foo(a)\n",
            "def f():\n    if a:\n        bar(a)\n",
            id="later lines are indented",
        ),
        pytest.param(
            "foo($X)",
            "if $X:\n    bar($X)\n",
            "class A:\n\tdef f(self):\n\t\tfoo(x)\n",
            "class A:\n\tdef f(self):\n\t\tif x:\n\t\t\tbar(x)\n",
            id="with the file's tabs",
        ),
        pytest.param(
            "$A = foo()\n$B = bar()\n",
            "$B = bar()\n$A = foo()\n",
            "def f():\n    x = foo()\n    y = bar()\n    z()\n",
            "def f():\n    y = bar()\n    x = foo()\n    z()\n",
            id="two lines change places",
        ),
        pytest.param(
            "$Y = foo($X)",
            "$Y = bar($X)\nlog($Y)",
            "x = foo(a); y = 2\n",
            "x = bar(a)\nlog(x); y = 2\n",
            id="before a semicolon",
        ),
        pytest.param(
            "$Y = foo($X)",
            "$Y = bar($X)\nlog($Y)",
            "if q: x = foo(a)\n",
            "if q: x = bar(a); log(x)\n",
            id="on the line of a block",
        ),
        pytest.param(
            "for $I in $Y:\n    $...B",
            "with lock:\n    for $I in $Y:\n        $...B",
            'for x in y:\n    foo("""\nx\n""")  # c\n    # on its own\n    z()\n',
            "with lock:\n    for x in y:\n        "
            'foo("""\nx\n""")  # c\n        # on its own\n        z()\n',
            id="a body moves in, its strings stay",
        ),
        pytest.param(
            "def $F():\n    $...B\n    return $X",
            "def $F():\n    try:\n        $...B\n    finally:\n        done()\n    return $X",
            "def f():\n    if a:\n        b()  # x\n    # tail\n    return 2\n",
            "def f():\n    try:\n        if a:\n            b()  # x\n    finally:\n"
            "        done()\n    # tail\n    return 2\n",
            id="part of a body",
        ),
        pytest.param(
            "with open($X) as $Y:\n    $...B",
            "with closing(open($X)) as $Y:\n    $...B",
            "with open(a) as f:  # why\n    # first\n    x()\n",
            "with closing(open(a)) as f:  # why\n    # first\n    x()\n",
            id="only the head",
        ),
        pytest.param(
            "assert foo($X)",
            "check($X)",
            "def f():\n    assert foo(a)\n",
            "def f():\n    check(a)\n",
            id="to an expression",
        ),
        pytest.param(
            "foo($X)\n", "foo($X)\nbar()\n", "\ffoo(a)\n", "\ffoo(a)\nbar()\n", id="form feed"
        ),
    ],
)
def test_statements(pattern: str, fix: str, before: str, after: str) -> None:
    assert fixed(before, rule(pattern, fix)) == after


DEFINITION = """\
@d  # dec
async def f(a: int = 3, *b) -> str:  # head
    # first
    x = 1  # one

    return x
    # last
"""


@pytest.mark.parametrize(
    ("pattern", "fix", "changed"),
    [
        pytest.param("def f(...): ...", "def g(...): ...", {"def f": "def g"}, id="name"),
        pytest.param(
            "def $F(...): ...", "def new_$F(...): ...", {"def f": "def new_f"}, id="part of a name"
        ),
        pytest.param(
            "def $F($...P):\n    $...B",
            "def g_$F($...P):\n    $...B",
            {"def f": "def g_f"},
            id="all",
        ),
        pytest.param(
            "def $F($...P):\n    $...B",
            "def $F($...P, c=2):\n    log()\n    $...B",
            {"*b)": "*b, c=2)", "    x = 1": "    log()\n    x = 1"},
            id="parameter and line",
        ),
        pytest.param(
            "def $F($A, ...):\n    ...\n    return $X",
            "def $F($A):\n    return $X",
            {", *b)": ")", "    x = 1  # one\n\n": ""},
            id="parameter keeps annotation and default",
        ),
        pytest.param(
            "def $F(...) -> str: ...",
            "def $F(...): ...",
            {" -> str": ""},
            id="result goes if asked for",
        ),
        pytest.param(
            "def $F(...): ...",
            "def $F(...) -> int: ...",
            {"-> str": "-> int"},
            id="result is another",
        ),
        pytest.param(
            "@d\ndef $F(...): ...", "@e\ndef $F(...): ...", {"@d": "@e"}, id="decorator is another"
        ),
    ],
)
def test_a_definition_keeps_what_nobody_speaks_of(
    pattern: str, fix: str, changed: dict[str, str]
) -> None:
    after = DEFINITION
    for old, new in changed.items():
        assert old in after
        after = after.replace(old, new, 1)
    assert fixed(DEFINITION, rule(pattern, fix)) == after


@pytest.mark.parametrize(
    ("pattern", "fix", "before", "after"),
    [
        pytest.param(
            "class $C: ...",
            "@e\nclass $C: ...",
            "class A(B, m=1):\n    x = 1  # c\n",
            "@e\nclass A(B, m=1):\n    x = 1  # c\n",
            id="bases stay",
        ),
        pytest.param(
            "class $C(B): ...",
            "class $C(D): ...",
            "@d\nclass A(B):\n    x = 1\n",
            "@d\nclass A(D):\n    x = 1\n",
            id="base is another",
        ),
        pytest.param(
            "class $C($...B): ...",
            "class $C($...B, D): ...",
            "class A:\n    x = 1\n",
            "class A(D):\n    x = 1\n",
            id="first base",
        ),
        pytest.param(
            "@old($X)",
            "@new($X)",
            "@a\n@old(1)\ndef f(): pass\n",
            "@a\n@new(1)\ndef f(): pass\n",
            id="decorator alone",
        ),
        pytest.param(
            "def $F($...P):\n    $...B",
            "async def $F($...P):\n    $...B",
            "class C:\n    @d\n    def g(self) -> int:  # x\n        # first\n        b()\n",
            "class C:\n    @d\n    async def g(self) -> int:  # x\n        # first\n        b()\n",
            id="async",
        ),
        pytest.param(
            "def $F($...P):\n    $...B",
            "def $F($...P):\n    $...B",
            "def f(): return 1\n",
            "def f(): return 1\n",
            id="nothing changes",
        ),
        pytest.param(
            "def $F($...P): ...",
            "def $F($...P, *, k): ...",
            "def f(): pass\n",
            "def f(*, k): pass\n",
            id="first parameter",
        ),
    ],
)
def test_definitions(pattern: str, fix: str, before: str, after: str) -> None:
    assert fixed(before, rule(pattern, fix)) == after


@pytest.mark.parametrize(
    ("pattern", "fix", "before", "after"),
    [
        pytest.param("import foo", "import bar", "import foo\n", "import bar\n", id="alone"),
        pytest.param(
            "import foo", "import bar", "import os, foo\n", "import os\nimport bar\n", id="of two"
        ),
        pytest.param(
            "from foo import b",
            "from bar import b",
            "if x:\n    from foo import a, b, c\n",
            "if x:\n    from foo import a, c\n    from bar import b\n",
            id="name of several",
        ),
        pytest.param(
            "from foo import b",
            "",
            "from foo import (\n    a,\n    b,\n)\n",
            "from foo import (\n    a,\n)\n",
            id="one of several goes",
        ),
        pytest.param(
            "import foo",
            "import bar",
            "x = 1; import os, foo\n",
            "x = 1; import os; import bar\n",
            id="on a shared line",
        ),
    ],
)
def test_the_other_names_of_an_import_stay(pattern: str, fix: str, before: str, after: str) -> None:
    assert fixed(before, rule(pattern, fix)) == after


@pytest.mark.parametrize(
    ("pattern", "before", "after"),
    [
        pytest.param("import foo", "import foo\nx = 1\n", "x = 1\n", id="line"),
        pytest.param("import foo", "import foo", "", id="all there is"),
        pytest.param("import foo", "x = 1\nimport foo", "x = 1", id="last line without an end"),
        pytest.param(
            "foo()", "if x:\n    foo()\ny = 1\n", "if x:\n    pass\ny = 1\n", id="all of a block"
        ),
        pytest.param(
            "foo()",
            "def f():\n    '''doc'''\n    foo()\n",
            "def f():\n    '''doc'''\n",
            id="of a block",
        ),
        pytest.param("foo()", "foo(); y = 2\n", "y = 2\n", id="before a semicolon"),
        pytest.param("foo()", "y = 2; foo()\n", "y = 2\n", id="behind a semicolon"),
        pytest.param("foo()", "if x: foo()\n", "if x: pass\n", id="on the line of a block"),
        pytest.param(
            "foo()",
            "try:\n    foo()\nfinally:\n    b()\n",
            "try:\n    pass\nfinally:\n    b()\n",
            id="try",
        ),
        pytest.param("foo()", "x = [foo(), b]\n", "x = [b]\n", id="item"),
        pytest.param("foo()", "f(b, foo())\n", "f(b)\n", id="last argument"),
        pytest.param("foo()", "f(foo())\n", "f()\n", id="only argument"),
        pytest.param("@old", "@old\n@d\ndef f(): pass\n", "@d\ndef f(): pass\n", id="decorator"),
        pytest.param("for $X in y: ...", "for x in y:\n    a()\n\nb()\n", "\nb()\n", id="compound"),
        pytest.param(
            "foo()", "# above\nfoo()\n# below\n", "# above\n# below\n", id="comments around"
        ),
    ],
)
def test_an_empty_fix_takes_the_code_out(pattern: str, before: str, after: str) -> None:
    assert fixed(before, rule(pattern, "")) == after


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("x = foo()\n", id="value"),
        pytest.param("return_ = foo() + 1\n", id="operand"),
        pytest.param("if foo():\n    a()\n", id="test"),
    ],
)
def test_what_cannot_go_has_no_fix(code: str) -> None:
    assert fixes_of(code, rule("foo()", "")) == []


def test_taking_out_a_line_with_its_comment_is_not_safe() -> None:
    (fix,) = fixes_of("import foo  # needed\n", rule("import foo", ""))
    assert not fix.safe


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_new_lines_end_as_the_file_s_do(end: str) -> None:
    before = block(
        """
        def f():
            foo(a)
        """
    ).replace("\n", end)
    after = fixed(before, rule("foo($X)", "log()\nbar($X)"))
    assert after == f"def f():{end}    log(){end}    bar(a){end}"
