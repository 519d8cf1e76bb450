"""What the growth of matching is measured on: a rule, and code of a wanted size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import indent

from benchmarks import inputs
from benchmarks.inputs import MARKS, function, listed, marked


@dataclass(frozen=True, slots=True)
class Case:
    """A rule's condition in YAML, and what makes its code; `size` is the first of three.

    `answers` says why there are more answers than the code has grown by, where there are.
    """

    name: str
    condition: str
    make: Callable[[int], str]
    size: int
    answers: str = ""


def _pattern(*lines: str) -> str:
    return "pattern: |\n" + indent("\n".join(lines), "  ")


_FIVE = [line for mark in MARKS for line in (f"{mark}(...)", "...")][:-1]
_FIVE_SAME = [line.replace("(...)", "($X)") for line in _FIVE]
_EACH_PAIR = "each first line with each last line behind it is one"
_FIVE_OTHER = [line.replace("...)", f"$X{number})") for number, line in enumerate(_FIVE)]


def _alternatives() -> str:
    """Fifty: calls by their imported names, methods, names, strings, statements, definitions."""
    modules = (
        "os.path.join", "json.loads", "subprocess.run", "hashlib.md5", "requests.post",
        "requests.get", "hashlib.sha1", "os.system", "collections.deque",
    )  # fmt: skip
    patterns = [f"{name}(...)" for name in modules]
    patterns += [f"$X.{name}(...)" for name in ("save", "info", "exists", "hexdigest", "run")]
    patterns += [f"value_{number}" for number in range(5)]
    patterns += [f'"text{number}"' for number in range(4)] + ['"text"', "None", '"..."']
    patterns += [f"self.part_{number} = $V" for number in range(5)]
    patterns += [f"total_{number} = $A + $B" for number in range(5)]
    patterns += [f"assert $X != {value}" for value in ("None", "1", "[...]")]
    patterns += [f"for $X in {name}: ..." for name in "abcd"]
    patterns += [f"def f_{number}(...): ..." for number in range(3)]
    patterns += ["if $X > 1: ...", "with open($X) as $F: ...", "$A or $B", "print($X, ...)"]
    assert len(patterns) == 50, len(patterns)
    return "pattern-either:\n" + "\n".join(f"  - pattern: '{text}'" for text in patterns)


def _constants(count: int) -> str:
    lines = [
        line
        for number in range(count // 4)
        for line in (
            f"text_{number} = 'a{number}'",
            f"use(text_{number}, text_{number // 2})",
            f"again = text_{number} + 'b'",
            "use(again)",
        )
    ]
    return function(lines)


def _growing(count: int) -> str:
    """Each variable is made of the one before."""
    lines = ["v_0 = 'a'", *(f"v_{n + 1} = v_{n} + 'a'" for n in range(count)), f"use(v_{count})"]
    return function(lines)


def _tainted(count: int) -> str:
    lines = ["v_0 = source(a)"]
    for number in range(count // 4):
        lines += [
            f"v_{number + 1} = v_{number} + clean(a)",
            f"self.part_{number} = v_{number}",
            f"if v_{number}:",
            f"    other_{number} = f'{{v_{number}}}'",
        ]
        if number % 10 == 0:
            lines.append(f"sink(v_{number})")
    return function(lines)


_TAINT = """\
mode: taint
pattern-sources:
  - pattern: source(...)
pattern-sinks:
  - pattern: sink(...)
pattern-sanitizers:
  - pattern: clean(...)"""


def _nested_calls(count: int) -> str:
    """Calls in stacks of ten."""
    return "\n".join(f"{'f(' * 10}x{number}{')' * 10}" for number in range(count // 10)) + "\n"


def _patterns(*parts: str) -> str:
    return "patterns:\n" + "\n".join(
        "  - " + indent(part, "    ").removeprefix("    ") for part in parts
    )


_INSIDE = """\
pattern-inside: |
  def $F(...):
      ..."""

CASES = (
    Case("50 alternatives, a file of up to 500 kB", _alternatives(), inputs.project_file, 260),
    Case("five `...`, plain", _pattern(*_FIVE), lambda n: function(marked(n)), 500, _EACH_PAIR),
    Case(
        "five `...`, one first line",
        _pattern("first(...)", *_FIVE[1:]),
        lambda n: function(["first(a)", *marked(n, every=2)]),
        500,
    ),
    Case(
        "five `...`, one metavariable",
        _pattern(*_FIVE_SAME),
        lambda n: function(marked(n)),
        500,
        _EACH_PAIR,
    ),
    Case(
        "five `...`, one metavariable with many values",
        _pattern(*_FIVE_SAME),
        lambda n: function(marked(n, argument="a_{number}")),
        500,
    ),
    Case(
        "five `...`, six metavariables",
        _pattern(*_FIVE_OTHER),
        lambda n: function(marked(n, argument="a_{number}", every=n // 12)),
        500,
    ),
    Case(
        "five `...`, six metavariables, in every second line",
        _pattern(*_FIVE_OTHER),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        500,
        _EACH_PAIR,
    ),
    Case(
        "five `...` in a `def`, six metavariables, in every second line",
        _pattern("def $F(...):", *(f"    {line}" for line in ["...", *_FIVE_OTHER, "..."])),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        500,
    ),
    Case(
        "`$...BODY` between lines",
        _pattern("start($X)", "$...BODY", "finish($X)"),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        500,
    ),
    Case(
        "sequences that meet in one metavariable",
        _patterns(
            "pattern: |\n  start($X)\n  ...\n  check($Y)",
            "pattern: |\n  go($X)\n  ...\n  finish($Z)",
        ),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        250,
        _EACH_PAIR,
    ),
    Case(
        "five `...`, blocks in blocks",
        _pattern(*_FIVE),
        lambda n: function(inputs.in_blocks(marked(n))),
        500,
    ),
    Case(
        "five `...`, blocks, one metavariable with many values",
        _pattern(*_FIVE_SAME),
        lambda n: function(inputs.in_blocks(marked(n, argument="a_{number}"))),
        500,
    ),
    Case(
        "five `...` in a `def`",
        _pattern("def $F(...):", *(f"    {line}" for line in ["...", *_FIVE, "..."])),
        lambda n: function(marked(n)),
        500,
    ),
    Case(
        "five `...`, many functions",
        _pattern(*_FIVE),
        inputs.marked_functions,
        25,
    ),
    Case(
        "pattern-inside of five `...`",
        _patterns("pattern: check($X)", _pattern(*_FIVE).replace("pattern:", "pattern-inside:")),
        lambda n: function(marked(n, every=2)),
        500,
    ),
    Case(
        "five `...`, focus on the first line",
        _patterns(_pattern("start($X)", *_FIVE[1:]), "focus-metavariable: $X"),
        lambda n: function(marked(n, every=2)),
        500,
    ),
    Case(
        "two metavariables, one within the other",
        _pattern("start($X)", "...", "step($Y)", "...", "middle($Y)", "...", "finish($X)"),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        500,
    ),
    Case(
        "two metavariables, crossed",
        _pattern("start($X)", "...", "step($Y)", "...", "go($X)", "...", "finish($Y)"),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        500,
    ),
    Case(
        "a metavariable that is bound behind a gap",
        _pattern("start($X)", "...", "step($Y)", "...", "middle($Y)"),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        250,
        _EACH_PAIR,
    ),
    Case(
        "a metavariable that is bound behind a gap, and does not stand again",
        _pattern("start($X)", "...", "step($Y)", "...", "b_1($Y)"),
        lambda n: function(marked(n, argument="a_{number}", every=2)),
        250,
    ),
    Case(
        "two lines in a row behind a gap",
        _pattern("start($X)", "...", "step($Y)", "go($Z)"),
        lambda n: function(marked(n, every=2)),
        500,
    ),
    Case(
        "`...` between any two lines",
        _pattern("$A = $B", "...", "$C = $A"),
        lambda n: function(inputs.statements(n)),
        500,
    ),
    Case(
        "pattern-inside in pattern-inside",
        _patterns(
            "pattern: check($X)",
            _INSIDE,
            "pattern-inside: |\n  for $I in $L:\n      ...",
            "pattern-inside: |\n  start(...)\n  ...",
        ),
        inputs.marked_functions,
        25,
    ),
    Case(
        "pattern-inside of a sequence in one function",
        _patterns("pattern: check($X)", "pattern-inside: |\n  start($Y)\n  ..."),
        lambda n: function(inputs.in_blocks(marked(n))),
        500,
    ),
    Case(
        "pattern-not-inside with `...`",
        _patterns(
            "pattern: check($X)", "pattern-not-inside: |\n  start($X)\n  ...\n  go($X)\n  ..."
        ),
        lambda n: function(marked(n, argument="a_{number}")),
        500,
    ),
    Case(
        "pattern-not with `...`",
        _patterns(
            "pattern: |\n  start($X)\n  ...\n  finish($X)",
            "pattern-not: |\n  start($X)\n  ...\n  go($X)\n  ...\n  finish($X)",
        ),
        lambda n: function(marked(n, argument="a_{number}")),
        500,
    ),
    Case(
        "`<... $X ...>` around a call",
        "pattern: f(<... x1 ...>)",
        _nested_calls,
        1000,
    ),
    Case(
        "`if <... $X == None ...>: ...`",
        _pattern("if <... $X.name ...>:", "    ..."),
        inputs.project_file,
        60,
    ),
    Case(
        "`f(..., $X, ..., $Y, ...)`, 50 to 200 arguments",
        "pattern: f(..., $X, ..., $Y, ...)",
        lambda n: f"f({listed('a_{number}', n)})\n",
        50,
    ),
    Case(
        "`f($...A, $X, $...B)`, 50 to 200 arguments",
        "pattern: f($...A, $X, $...B)",
        lambda n: f"f({listed('a_{number}', n)})\n" * 10,
        50,
    ),
    Case(
        "`f(..., $X, ..., $X, ...)`, 50 to 200 arguments",
        "pattern: f(..., $X, ..., $X, ...)",
        lambda n: f"f({listed('a_{number}', n - 1)}, a_0)\n",
        50,
    ),
    Case(
        "`f(..., $X, ..., b, ...)`, many calls of 200 arguments",
        "pattern: f(..., a_3, ..., k=$V, ...)",
        lambda n: f"f({listed('a_{number}', 200)}, k=1)\n" * n,
        10,
    ),
    Case(
        "`$A | $B` over a chain",
        "pattern: a_1 | a_3",
        lambda n: f"x = {listed('a_{number}', n, ' | ')}\n",
        50,
        "each beginning of the chain is one, as long as itself",
    ),
    Case(
        '`"a" + ...` over a chain',
        "pattern: '\"a\" + ...'",
        lambda n: f"x = 'a' + {listed('b_{number}', n, ' + ')}\n",
        100,
        "each beginning of the chain is one, as long as itself",
    ),
    Case(
        "`$A and ... and b` over a chain",
        "pattern: a_0 and ... and b",
        lambda n: f"x = {listed('a_{number}', n, ' and ')} and b\n",
        100,
    ),
    Case(
        "members of a class",
        _pattern("class $C(...):", "    $F = 7", "    def method_3(...): ...", "    field_4 = 4"),
        inputs.classes,
        200,
    ),
    Case(
        "members of a class, a metavariable twice",
        _pattern("class $C(...):", "    $F = $V", "    def $M(self): return $V"),
        inputs.classes,
        100,
    ),
    Case(
        "members of a class, six metavariables",
        _pattern("class $C(...):", "    $A = $B", "    $D = $E", "    $F = $G"),
        inputs.classes,
        100,
    ),
    Case(
        "keys of a dict, six metavariables",
        "pattern: '{..., $A: $B, $C: $D, $E: $F}'",
        lambda n: "d = {" + listed("k_{number}: v_{number}", n) + "}\n",
        100,
    ),
    Case(
        "keys of a dict",
        'pattern: \'{..., "k_1": $A, "k_2": $B, "k_3": $C}\'',
        lambda n: "d = {" + listed('"k_{number}": {number}', n) + "}\n",
        100,
    ),
    Case(
        "keys of a dict, the same value twice",
        "pattern: '{..., $K: $V, $L: $V}'",
        lambda n: "d = {" + listed("k_{number}: v_{number}", n) + "}\n",
        50,
    ),
    Case(
        "elements of a set",
        "pattern: '{..., a_1, a_2, a_3}'",
        lambda n: "d = {" + listed("a_{number}", n) + "}\n",
        100,
    ),
    Case("constants of a long function", "pattern: use('a3b')", _constants, 1000),
    Case("a constant made of many", "pattern: use('...')", _growing, 500),
    Case(
        "pattern-either in pattern-either, many matches",
        "pattern-either:\n  - pattern-either:\n      - pattern: f($X)\n"
        "      - pattern: $F($X)\n  - patterns:\n      - pattern: f($Y)\n      - pattern: $F(...)",
        _nested_calls,
        1000,
    ),
    Case(
        "focus on two metavariables",
        _patterns("pattern: $X = $V", "focus-metavariable:\n  - $X\n  - $V"),
        lambda n: function(inputs.statements(n)),
        1000,
    ),
    Case("taint through a long function", _TAINT, _tainted, 500),
)
