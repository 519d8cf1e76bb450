"""The parts of a taint rule and its options, each beside code that they do not speak of."""

from __future__ import annotations

import json

import pytest

from stuck_rules.engine import check_source
from stuck_rules.rulebook.loader import parse_rulebook

Part = dict[str, object]


def focused(pattern: str, name: str, **flags: bool) -> Part:
    parts = [{"pattern": pattern}, {"focus-metavariable": name}]
    return {"patterns": parts, **{key.replace("_", "-"): value for key, value in flags.items()}}


def lines_hit(
    code: str,
    *,
    source: Part | None = None,
    sink: Part | None = None,
    sanitizer: Part | None = None,
    propagator: Part | None = None,
    option: str | None = None,
) -> list[int]:
    rule: Part = {
        "id": "t",
        "message": "tainted",
        "mode": "taint",
        "pattern-sources": [source or {"pattern": "source(...)"}],
        "pattern-sinks": [sink or {"pattern": "sink(...)"}],
        "pattern-sanitizers": [sanitizer or {"pattern": "clean(...)"}],
        "options": {} if option is None else {option: True},
    }
    if propagator is not None:
        rule["pattern-propagators"] = [propagator]
    rules = parse_rulebook(json.dumps({"rules": [rule]}), shown="r.yaml").rules
    result = check_source(code, "a.py", rules)
    assert result.problems == ()
    return [violation.span.start.line for violation in result.violations]


X = "x = source()\n"


@pytest.mark.parametrize(
    ("source", "code", "lines"),
    [
        pytest.param({"pattern": "source(...)"}, "source(sink(x))\n", [1], id="what is inside"),
        pytest.param(
            {"pattern": "source(...)", "exact": True}, "source(sink(x))\n", [], id="exact: not"
        ),
        pytest.param(
            focused("def $F(..., $P, ...): ...", "$P"),
            "def f(a=1, *, b: int = 2):\n    sink(a)\n    sink(c)\n\nsink(a)\n",
            [2],
            id="a parameter",
        ),
        pytest.param(
            focused("def $F(..., $P: str, ...): ...", "$P"),
            "def f(a: str, b: int):\n    sink(a)\n    sink(b)\n",
            [2],
            id="a parameter of a type",
        ),
        pytest.param(
            focused("@app.get(...)\ndef $F(..., $P, ...): ...", "$P"),
            "@app.get('/')\ndef f(a):\n    sink(a)\n\ndef g(a):\n    sink(a)\n",
            [3],
            id="a parameter of a decorated function",
        ),
        pytest.param(focused("$X = read()", "$X"), "x = read()\nsink(x)\n", [2], id="a target"),
        pytest.param(
            focused("fill($Y)", "$Y", by_side_effect=True), "fill(y)\nsink(y)\n", [2], id="lasting"
        ),
        pytest.param(focused("fill($Y)", "$Y"), "fill(y)\nsink(y)\n", [], id="there alone"),
        pytest.param(
            {"pattern": "request.args"},
            "y = request.args['a'].b\nsink(y)\nsink(request)\nsink(request.form)\n",
            [2],
            id="an attribute",
        ),
        pytest.param({"pattern": "r.$A.get"}, "sink(r.args.get(1))\n", [1], id="a method"),
        pytest.param({"pattern-regex": "REQ"}, "y = REQ\nsink(y)\nsink(z)\n", [2], id="a regex"),
    ],
)
def test_sources(source: Part, code: str, lines: list[int]) -> None:
    assert lines_hit(code, source=source) == lines


@pytest.mark.parametrize(
    ("sink", "code", "lines"),
    [
        pytest.param({"pattern": "$X.run(...)"}, "x.run(1)\n", [2], id="the receiver"),
        pytest.param(focused("$Y.run($X)", "$X"), "x.run(1)\n", [], id="only the argument"),
        pytest.param(focused("sink($...A)", "$...A"), "sink(1, x)\n", [2], id="all arguments"),
        pytest.param(focused("sink($A)", "$A"), "sink(*x)\n", [2], id="a starred argument"),
        pytest.param(focused("sink($A, ...)", "$A"), "sink(1, x)\n", [], id="another argument"),
        pytest.param(focused("sink(k=$A)", "$A"), "sink(k=x)\nsink(j=x)\n", [2], id="a keyword"),
        pytest.param(focused("$F(1)", "$F"), "x(1)\n", [2], id="what is called"),
        pytest.param({"pattern": "return $X"}, "def f(y):\n    return x\n", [3], id="return"),
        pytest.param({"pattern": "raise $X"}, "raise E(x)\n", [2], id="raise"),
        pytest.param({"pattern": "$Y.html = $X"}, "y.html = x\n", [2], id="an assignment"),
        pytest.param({"pattern": "$Y.html = $X"}, "y.html = 1\n", [], id="a clean assignment"),
        pytest.param(
            {"pattern": "sink(...)", "exact": False}, "sink(lambda: x)\n", [2], id="inside: too"
        ),
        pytest.param({"pattern": "sink(...)"}, "sink(lambda: x)\n", [], id="exact: not inside"),
        pytest.param({"pattern-regex": "zap\\(.*\\)"}, "zap(x)\nzap(1)\n", [2], id="a regex"),
        pytest.param(
            {"pattern": "if $X: ..."}, "if x:\n    x = 1\n", [2], id="a test as it was then"
        ),
    ],
)
def test_sinks(sink: Part, code: str, lines: list[int]) -> None:
    assert lines_hit(X + code, sink=sink) == lines


@pytest.mark.parametrize(
    ("sanitizer", "code", "lines"),
    [
        pytest.param({"pattern": "clean(...)"}, "clean(sink(x))\n", [], id="what is inside"),
        pytest.param(
            {"pattern": "clean(...)", "exact": True}, "clean(sink(x))\n", [2], id="exact: not"
        ),
        pytest.param({"pattern": "$X.safe"}, "sink(x.safe)\nsink(x.url)\n", [3], id="a part"),
        pytest.param({"pattern": "$X.safe"}, "sink(x.safe.a.b)\n", [], id="parts of a clean part"),
        pytest.param(
            focused("check($X)", "$X", by_side_effect=True),
            "if c:\n    check(x)\n    sink(x)\nsink(x)\n",
            [5],
            id="lasting",
        ),
        pytest.param(focused("check($X)", "$X"), "check(x)\nsink(x)\n", [3], id="there alone"),
    ],
)
def test_sanitizers(sanitizer: Part, code: str, lines: list[int]) -> None:
    assert lines_hit(X + code, sanitizer=sanitizer) == lines


def propagator(pattern: str, **flags: bool) -> Part:
    kept = {key.replace("_", "-"): value for key, value in flags.items()}
    return {"pattern": pattern, "from": "$A", "to": "$B", **kept}


@pytest.mark.parametrize(
    ("part", "code", "lines"),
    [
        pytest.param(propagator("$B.add($A)"), "y.add(x)\nsink(y)\n", [3], id="to the receiver"),
        pytest.param(propagator("$B.add($A)"), "y.put(x)\nsink(y)\n", [], id="another method"),
        pytest.param(propagator("$B.add($A)"), "y.add(1)\nsink(y)\n", [], id="nothing to carry"),
        pytest.param(propagator("$B.add($A)"), "y.add(clean(x))\nsink(y)\n", [], id="cleaned"),
        pytest.param(propagator("f($A, $B)"), "f(x, y)\nsink(y)\n", [3], id="between arguments"),
        pytest.param(
            propagator("f($A, $B)", by_side_effect=False),
            "f(x, y)\nsink(y)\n",
            [],
            id="not lasting",
        ),
        pytest.param(
            propagator("if $A:\n  $B.go()\n  ..."),
            "if x:\n    y.go()\n    z()\nsink(y)\n",
            [5],
            id="a statement",
        ),
    ],
)
def test_propagators(part: Part, code: str, lines: list[int]) -> None:
    assert lines_hit(X + code, propagator=part) == lines


@pytest.mark.parametrize(
    ("option", "code", "lines"),
    [
        pytest.param("taint_assume_safe_functions", "sink(x)\n", [2], id="a sink is reached still"),
        pytest.param("taint_assume_safe_functions", "sink(f(x))\n", [], id="safe functions"),
        pytest.param("taint_assume_safe_functions", "sink(x + 'a')\n", [2], id="no function"),
        pytest.param("taint_assume_safe_indexes", "sink(d[x])\n", [], id="safe indexes"),
        pytest.param("taint_assume_safe_indexes", "sink(x[d])\n", [2], id="what is indexed"),
        pytest.param("taint_assume_safe_comparisons", "sink(x == 1)\n", [], id="comparisons"),
        pytest.param("taint_assume_safe_booleans", "sink(not x)\n", [], id="booleans"),
        pytest.param("taint_assume_safe_booleans", "sink(-x)\n", [2], id="no boolean"),
        pytest.param("taint_assume_safe_numbers", "sink(len(x))\n", [], id="numbers"),
        pytest.param("taint_assume_safe_numbers", "sink(str(x))\n", [2], id="no number"),
        pytest.param(
            "taint_only_propagate_through_assignments", "y = x\nsink(y)\n", [3], id="assigned"
        ),
        pytest.param(
            "taint_only_propagate_through_assignments", "sink('a' + x)\n", [], id="not assigned"
        ),
    ],
)
def test_options(option: str, code: str, lines: list[int]) -> None:
    assert lines_hit(X + code, option=option) == lines


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        pytest.param("f = source()\nsink(f())\n", [2], id="a tainted function's result"),
        pytest.param("[y := source() for z in w]\nsink(y)\n", [2], id="a walrus comes out"),
        pytest.param("while x := source():\n    x = 1\nsink(x)\n", [3], id="a loop's last test"),
        pytest.param(X + "import x\nsink(x)\n", [], id="imported"),
        pytest.param(X + "from a import b as x\nsink(x)\n", [], id="imported as"),
        pytest.param(X + "del x\nsink(x)\n", [], id="deleted"),
        pytest.param(X + "del x[0]\nsink(x)\n", [3], id="an item deleted"),
        pytest.param(X + "while True:\n    x = 1\n    break\nsink(x)\n", [], id="endless loop"),
        pytest.param(
            X + "match c:\n    case 1:\n        x = 1\n    case _:\n        x = 2\nsink(x)\n",
            [],
            id="each case cleans",
        ),
        pytest.param(
            X + "match c:\n    case 1:\n        x = 1\nsink(x)\n", [5], id="no case may fit"
        ),
        pytest.param(
            "def f():\n    try:\n        if c:\n            x = source()\n            return\n"
            "        x = 1\n    finally:\n        sink(x)\n    sink(x)\n",
            [8],
            id="finally sees who leaves",
        ),
        pytest.param(
            "try:\n    for a in b:\n        x = source()\n        break\n    x = 1\n"
            "finally:\n    sink(x)\n",
            [],
            id="a break inside does not leave",
        ),
        pytest.param(
            "G = source()\ndef f():\n    G = 1\n    def g():\n        sink(G)\n",
            [],
            id="a variable of the function around",
        ),
        pytest.param(
            "x = Y()\nx.a = source()\nif c:\n    z = 1\nsink(x.b)\nsink(x.a)\n",
            [6],
            id="parts stay apart where ways meet",
        ),
        pytest.param(
            X + "if c:\n    x.a = 1\nelse:\n    x.a = 2\nsink(x.a)\nsink(x.b)\n",
            [7],
            id="a clean part where ways meet",
        ),
        pytest.param(
            X + "if c:\n    x.a = 1\nsink(x.a)\n", [4], id="a part that only one way cleans"
        ),
    ],
)
def test_flows_of_names(code: str, lines: list[int]) -> None:
    assert lines_hit(code) == lines
