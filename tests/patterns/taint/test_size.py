"""Following taint takes time in proportion to the code, or says that it will not."""

from __future__ import annotations

import time

import pytest

from stuck_rules.engine import check_source
from stuck_rules.errors import ProblemKind
from stuck_rules.rulebook.loader import parse_rulebook

RULE = """\
rules:
  - id: t
    message: tainted
    mode: taint
    pattern-sources: [{pattern: source(...)}, {pattern: $X.f}, {pattern-regex: REQUEST}]
    pattern-sinks: [{pattern: sink(...)}]
    pattern-propagators: [{pattern: $TO.add($FROM), from: $FROM, to: $TO}]
"""


def nested_calls(size: int) -> str:
    code = "source(1)"
    for number in range(size):
        code = f"a{number}.add({code})"
    return f"{code}\nsink(a0)\n"


CODES = [
    pytest.param(nested_calls(60), id="propagators in each other"),
    pytest.param("x = source(1)\nsink(x" + ".f()" * 200 + ")\n", id="a chain of methods"),
    pytest.param(
        "".join(f"if c:\n    self.a{n} = source({n})\n" for n in range(600)) + "sink(self)\n",
        id="many parts and branches",
    ),
    pytest.param(
        "while c:\n"
        + "".join(f"    a{n} = a{n + 1}\n" for n in range(250))
        + "    a250 = source(1)\nsink(a0)\n",
        id="a variable a round",
    ),
    pytest.param(
        "".join(f"a{n} = REQUEST + b.c({n})\n" for n in range(300)) + "sink(a1)\n",
        id="many matches of a regex",
    ),
    pytest.param(
        "x = ''\n" + "".join(f"x = x + source({n})\n" for n in range(400)) + "sink(x)\n",
        id="many sources",
    ),
]


@pytest.mark.parametrize("code", CODES)
def test_time_is_in_proportion(code: str) -> None:
    rules = parse_rulebook(RULE, shown="r.yaml").rules
    start = time.perf_counter()
    result = check_source(code, "a.py", rules)
    assert time.perf_counter() - start < 10
    assert result.problems == ()
    assert len(result.violations) == 1


def test_too_much_work_is_told() -> None:
    code = "while c:\n" + "".join(f"    a{n} = a{n + 1}\n" for n in range(1500))
    code += "    a1500 = source(1)\nsink(a0)\n"
    rules = parse_rulebook(RULE, shown="r.yaml").rules
    (problem,) = check_source(code, "a.py", rules).problems
    assert problem.kind is ProblemKind.TIMEOUT
    assert problem.rule == "t"
