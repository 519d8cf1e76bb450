"""What taint follows and where it stops; the marked calls are reached."""

from __future__ import annotations

import pytest

from stuck_rules.engine import check_source
from stuck_rules.rulebook.loader import parse_rulebook

RULE = """\
rules:
  - id: t
    message: $X comes from $S
    mode: taint
    pattern-sources:
      - pattern: source($S)
    pattern-sinks:
      - patterns:
          - pattern: sink($X)
          - focus-metavariable: $X
    pattern-sanitizers:
      - pattern: clean(...)
"""

FLOWS = [
    pytest.param("x = source(1)\nsink(x)\n", [2], id="assignment"),
    pytest.param("x = source(1)\nx = 2\nsink(x)\n", [], id="assigned anew"),
    pytest.param("x = source(1)\nsink(y)\n", [], id="another variable"),
    pytest.param(
        "def f():\n    x = source(1)\n\ndef g(x):\n    sink(x)\n", [], id="other function"
    ),
    pytest.param("x = clean(source(1))\nsink(x)\n", [], id="cleaned"),
    pytest.param("x = source(1)\nx = clean(x)\nsink(x)\n", [], id="cleaned later"),
    pytest.param("x = source(1)\nsink(clean(x) + x)\n", [2], id="only one part is clean"),
    pytest.param("x = source(1)\nif c:\n    x = clean(x)\nsink(x)\n", [4], id="clean in a branch"),
    pytest.param(
        "x = source(1)\nif c:\n    x = clean(x)\nelse:\n    x = ''\nsink(x)\n",
        [],
        id="clean in each branch",
    ),
    pytest.param("x = source(1)\nif c:\n    x = ''\n    sink(x)\n", [], id="clean inside"),
    pytest.param(
        "def f():\n    x = source(1)\n    if c:\n        return\n    sink(x)\n",
        [5],
        id="a way that ends",
    ),
    pytest.param(
        "def f():\n    x = ''\n    if c:\n        x = source(1)\n        return\n    sink(x)\n",
        [],
        id="the tainted way ends",
    ),
    pytest.param("def f():\n    return\n    sink(source(1))\n", [], id="never run"),
    pytest.param("for x in source(1):\n    sink(x)\n", [2], id="loop variable"),
    pytest.param("for y in b:\n    sink(x)\n    x = source(1)\n", [2], id="from the round before"),
    pytest.param(
        "while c:\n    sink(a)\n    a = b\n    b = d\n    d = source(1)\n", [2], id="three rounds"
    ),
    pytest.param(
        "x = ''\nwhile c:\n    x = source(1)\n    break\nsink(x)\n", [5], id="out by break"
    ),
    pytest.param(
        "while c:\n    x = ''\n    if d:\n        x = source(1)\n        continue\n    sink(x)\n",
        [],
        id="continue goes past",
    ),
    pytest.param("with source(1) as x:\n    sink(x)\n", [2], id="with"),
    pytest.param(
        "try:\n    x = source(1)\nexcept E:\n    sink(x)\n", [4], id="a handler runs after any line"
    ),
    pytest.param(
        "try:\n    x = source(1)\n    x = ''\nfinally:\n    sink(x)\n",
        [],
        id="finally sees the end",
    ),
    pytest.param("match source(1):\n    case [x, *_]:\n        sink(x)\n", [3], id="match"),
    pytest.param("if (x := source(1)):\n    sink(x)\n", [2], id="walrus"),
    pytest.param("x, y = source(1)\nsink(y)\n", [2], id="unpacking"),
    pytest.param("*x, y = source(1)\nsink(x)\n", [2], id="starred"),
    pytest.param("x = ''\nx += source(1)\nsink(x)\n", [3], id="augmented"),
    pytest.param("x = source(1)\nx += ''\nsink(x)\n", [3], id="augmented keeps"),
    pytest.param("sink(f'{source(1)}')\n", [1], id="f-string"),
    pytest.param("sink({'a': source(1)})\n", [1], id="dict"),
    pytest.param("sink([y for y in source(1)])\n", [1], id="comprehension"),
    pytest.param("x = [source(1) for y in b]\nsink(y)\n", [], id="its variable stays inside"),
    pytest.param("sink(a if source(1) else b)\n", [], id="a test decides, it does not flow"),
    pytest.param("x = source(1)\nsink(d[x])\n", [2], id="index"),
    pytest.param("x.a = source(1)\nsink(x)\n", [2], id="a part taints the whole"),
    pytest.param("x.a = source(1)\nsink(x.b)\n", [], id="not another part"),
    pytest.param("x = source(1)\nsink(x.a)\n", [2], id="the whole taints its parts"),
    pytest.param("x = source(1)\nx.a = ''\nsink(x.a)\n", [], id="a part that is clean"),
    pytest.param("x.a = source(1)\nx = Y()\nsink(x.a)\n", [], id="a new object"),
    pytest.param("f = lambda y: sink(y)\n", [], id="lambda parameter"),
    pytest.param("x = source(1)\nf = lambda x: sink(x)\n", [], id="shadowed in a lambda"),
    pytest.param("x = source(1)\nf = lambda: sink(x)\n", [2], id="seen in a lambda"),
    pytest.param("G = source(1)\n\ndef f():\n    sink(G)\n", [4], id="module constant"),
    pytest.param("G = source(1)\nG = ''\n\ndef f():\n    sink(G)\n", [], id="assigned twice"),
    pytest.param("G = source(1)\n\ndef f(G):\n    sink(G)\n", [], id="shadowed by a parameter"),
    pytest.param("class A:\n    x = source(1)\n    sink(x)\n", [3], id="class body"),
    pytest.param("class A:\n    x = source(1)\n\nsink(x)\n", [], id="class names stay inside"),
    pytest.param("def f(a=sink(source(1))):\n    pass\n", [1], id="default"),
    pytest.param("async def f():\n    x = await source(1)\n    sink(x)\n", [3], id="await"),
    pytest.param("x = source(1)\ndel x\nx = ''\nsink(x)\n", [], id="deleted and set"),
    pytest.param("x = 'source(1)'\nsink(x)\n", [], id="a string"),
    pytest.param("x = mysource(1)\nsink(x)\n", [], id="another call"),
]


@pytest.mark.parametrize(("code", "lines"), FLOWS)
def test_flows(code: str, lines: list[int]) -> None:
    rules = parse_rulebook(RULE, shown="r.yaml").rules
    result = check_source(code, "a.py", rules)
    assert result.problems == ()
    assert [violation.span.start.line for violation in result.violations] == lines


def test_the_message_tells_source_and_sink() -> None:
    rules = parse_rulebook(RULE, shown="r.yaml").rules
    (violation,) = check_source("sink(a + source('id'))\n", "a.py", rules).violations
    assert violation.message == "a + source('id') comes from 'id'"


def test_metavariables_unify_when_asked() -> None:
    text = RULE.replace("sink($X)", "sink($X, $S)") + "    options: {taint_unify_mvars: true}\n"
    rules = parse_rulebook(text, shown="r.yaml").rules
    result = check_source("x = source(1)\nsink(x, 1)\nsink(x, 2)\n", "a.py", rules)
    assert [violation.span.start.line for violation in result.violations] == [2]


def test_nested_loops_settle() -> None:
    depth = 18
    lines = ["x = source(1)"]
    lines += ["    " * n + f"for v{n} in w{n}:" for n in range(depth)]
    lines += ["    " * depth + f"w{n} = v{n + 1}" for n in range(depth - 1)]
    lines += ["    " * depth + f"w{depth - 1} = x", "sink(v1)"]
    rules = parse_rulebook(RULE, shown="r.yaml").rules
    result = check_source("\n".join(lines) + "\n", "a.py", rules)
    assert result.problems == ()
    assert len(result.violations) == 1
