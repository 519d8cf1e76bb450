"""Whatever expression a metavariable stands for, the fixed code means what it should."""

from __future__ import annotations

import ast

from hypothesis import given, settings
from hypothesis import strategies as st

from stuck_rules.cst.source import parse
from stuck_rules.patterns.rewriting.bound import BoundCode
from stuck_rules.patterns.rewriting.template import fill_template
from tests.fixes.cases import fixed, rule

# The first parse raises the recursion limit, which no single example may do.
parse("")

ATOMS = st.sampled_from(["a", "b.c", "1", "1.5", "'s'", "f'{x}'", "None", "()", "[]", "{}", "..."])


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def wrap(text: str) -> str:
        return f"({text})"

    part = st.one_of(ATOMS, inner.map(wrap))
    pairs = st.tuples(
        part,
        st.sampled_from(
            [
                "+",
                "-",
                "*",
                "/",
                "**",
                "%",
                "//",
                "@",
                "&",
                "|",
                "<<",
                "==",
                "<",
                "in",
                "is",
                "and",
                "or",
            ]
        ),
        part,
    )
    return st.one_of(
        pairs.map(" ".join),
        st.tuples(part, part).map(lambda two: f"{two[0]} if {two[1]} else c"),
        st.tuples(part, part).map(lambda two: f"{two[0]}, {two[1]}"),
        part.map(lambda one: f"-{one}"),
        part.map(lambda one: f"not {one}"),
        part.map(lambda one: f"lambda x: {one}"),
        part.map(lambda one: f"[{one}\n    ]"),
        part.map(lambda one: f"g({one}, *d, k={one})"),
        part.map(lambda one: f"{one} +\n  y"),
        part.map(lambda one: f"(z := {one})"),
        part.map(lambda one: f"[q for q in {one}]"),
        inner,
    )


EXPRESSIONS = st.recursive(ATOMS, combined, max_leaves=6)
TEMPLATES = [
    "$X",
    "$X * 2",
    "2 ** $X",
    "$X ** 2",
    "not $X",
    "-$X",
    "$X.attr",
    "$X[0]",
    "d[$X]",
    "$X()",
    "f($X)",
    "f(k=$X)",
    "f(*$X)",
    "[$X, 1]",
    "{$X: 1}",
    "{**$X}",
    "$X if $X else $X",
    "$X or y",
    "lambda: $X",
    "$X == $X",
    "(y := $X)",
    "[i for i in $X if $X]",
    "await $X",
    "x < $X",
]


def expected(template: str, text: str) -> str:
    """The tree of the template with the expression in parentheses everywhere."""
    return ast.dump(ast.parse(template.replace("$X", f"({text}\n)"), mode="eval"))


@settings(max_examples=150, deadline=None)
@given(text=EXPRESSIONS, template=st.sampled_from(TEMPLATES))
def test_a_filled_template_means_what_it_says(text: str, template: str) -> None:
    filled = fill_template(template, {"$X": BoundCode(text)}, "    ")
    assert filled is not None
    code = filled.code()
    assert ast.dump(ast.parse(f"({code}\n)", mode="eval")) == expected(template, text)


@settings(max_examples=150, deadline=None)
@given(
    text=EXPRESSIONS,
    template=st.sampled_from(TEMPLATES),
    around=st.sampled_from(
        [
            "x = HERE",
            "x = 3 ** HERE",
            "x = -HERE",
            "x = HERE.y",
            "f(HERE, 1)",
            "x = [*HERE]",
            "x = HERE if HERE else b",
            "HERE",
            "if HERE: pass",
            "x[HERE:1]",
            "assert HERE, 'm'",
        ]
    ),
)
def test_fixed_code_means_what_it_should(text: str, template: str, around: str) -> None:
    before = around.replace("HERE", f"old(({text}))") + "\n"
    after = fixed(before, rule("old($X)", template))
    inner = template.replace("$X", f"({text}\n)")
    whole = ast.dump(ast.parse(around.replace("HERE", f"({inner})")))
    assert ast.dump(ast.parse(after)) == whole


ARGUMENTS = st.lists(
    st.one_of(
        ATOMS.filter(lambda text: text != "..."),
        ATOMS.map(lambda text: f"*{text}"),
    ),
    max_size=3,
)
KEYWORDS = st.lists(st.sampled_from(["k=1", "m=a", "**n", "**o"]), max_size=3, unique=True)


@settings(max_examples=150, deadline=None)
@given(
    positional=ARGUMENTS,
    keywords=KEYWORDS,
    template=st.sampled_from(
        [
            "new($...A)",
            "new($...A, z)",
            "new(z, $...A)",
            "new(v=1, $...A)",
            "new($...A, v=1)",
            "new($...A, **w)",
            "new(z, $...A, z, v=2)",
        ]
    ),
)
def test_arguments_are_all_there_and_in_order(
    positional: list[str], keywords: list[str], template: str
) -> None:
    before = f"old({', '.join([*positional, *keywords])})"
    after = fixed(f"{before}\n", rule("old($...A)", template))
    old, new = ast.parse(before, mode="eval").body, ast.parse(after.strip(), mode="eval").body
    assert isinstance(old, ast.Call)
    assert isinstance(new, ast.Call)
    theirs = [ast.dump(arg) for arg in new.args]
    mine = [ast.dump(arg) for arg in old.args]
    assert [dump for dump in theirs if dump in mine and "'z'" not in dump] == mine
    assert {ast.dump(k) for k in old.keywords} <= {ast.dump(k) for k in new.keywords}


@settings(max_examples=60, deadline=None)
@given(
    body=st.lists(
        st.sampled_from(
            [
                "x = 1",
                "if a:\n    b()\n    # c",
                "# note\ny = 2",
                't = """\n  z\n"""',
                "f(\n  1,\n)",
                "for i in j:\n  k()",
                "return 3  # end",
                "pass",
            ]
        ),
        min_size=1,
        max_size=4,
    ),
    indent=st.sampled_from(["    ", "  ", "\t"]),
)
def test_a_body_that_moves_is_the_same_body(body: list[str], indent: str) -> None:
    lines = "\n".join(body)
    moved = _indented(lines, indent)
    before = f"def f():\n{moved}\n"
    after = fixed(before, rule("def f():\n    $...B", "def f():\n    with l:\n        $...B"))
    old, new = ast.parse(before).body[0], ast.parse(after).body[0]
    assert isinstance(old, ast.FunctionDef)
    assert isinstance(new, ast.FunctionDef)
    inner = new.body[0]
    assert isinstance(inner, ast.With)
    assert [ast.dump(s) for s in inner.body] == [ast.dump(s) for s in old.body]
    assert after.count("#") == before.count("#")


def _indented(text: str, indent: str) -> str:
    """Code one level deeper, the lines of its strings as they are."""
    inside, lines = False, []
    for line in text.split("\n"):
        lines.append(line if inside else indent + line)
        inside ^= line.count('"""') % 2 == 1
    return "\n".join(lines)
