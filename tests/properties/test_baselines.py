"""However known code is laid out and moved, a baseline neither raises nor hides anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

from black.parsing import InvalidInput
from hypothesis import given, settings
from hypothesis import strategies as st

from stuck_rules.baseline.comparison import Comparison, Looked, Rest, compare
from stuck_rules.baseline.known import Known, place_of
from stuck_rules.cst.source import parse
from stuck_rules.engine import check_source
from stuck_rules.errors import SourceError
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.model.violation import Violation
from tests.properties.reformatting import WAYS, same_meaning

# The first parse raises the recursion limit, which no single example may do.
parse("")

RULES = [
    Rule(id=name, message="m", severity=Severity.ERROR, condition=Pattern(f"{name}(...)"))
    for name in ("old", "older")
]
# Statements of every kind, each of which breaks a rule at least once.
CODE = """\
def a(x):
    return old(x, 'a', key="b")

def b():
    old(1); old(1)
    if old(2): older(3)
    elif older(4):
        pass

async def c(x):
    async with old(x) as y, older(y):
        yield y[old(1), 2:3]

@old(0XFF, 1E+5)
class D(older('x' 'y')):
    '''Old.'''
    field: old(int) = old(1,)

def e(*, x=old(1)):
    for i, j in (old(x), 2), [older(1)]:
        del x[old(i)], j

def f(x):
    assert old(x), f'{old(x)!r:>{x}} is "old"'
    raise E(old(x)) from older(x)

def g(x):
    try:
        pass
    except old(x) as error:
        x = lambda: (yield old(1))
    finally:
        older(x)

def h(x):
    match old(x):
        case [a, b] if older(a):
            return {**old(a)}

def i(x):
    while not (old(x) and older(x)): x += old(x)
    else: return [old(y) for y in x]
"""
FUNCTIONS = CODE.split("\n\n")
EXTRA = "old('one more')\n"


def found(code: str, path: str = "a.py") -> list[Violation]:
    result = check_source(code, path, RULES)
    assert result.problems == ()
    return list(result.violations)


def known(code: str) -> Known:
    return Counter(map(place_of, found(code)))


def no_rest(rules: frozenset[str], wanted: Callable[[str], bool]) -> Rest:
    del rules, wanted
    return Rest((), frozenset())


def held(baseline: Known, files: dict[str, str]) -> Comparison:
    """All files against a baseline."""
    looked = Looked(
        rules=frozenset(rule.id for rule in RULES),
        files=frozenset(files),
        folders=("",),
        is_gone=lambda path: path not in files,
        rest=no_rest,
    )
    violations = [violation for path, code in files.items() for violation in found(code, path)]
    return compare(baseline, violations, looked, reason="known")


def edited(code: str, way: Callable[[str, Random], str], random: Random) -> str:
    """The code in another way; as it is where the way has nothing to say of it."""
    try:
        changed = way(code, random)
    except (InvalidInput, SourceError):
        return code
    return changed if same_meaning(code, changed) else code


programs = st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=6)
ways = st.lists(st.sampled_from(WAYS), max_size=3)


@given(programs, ways, st.integers(0, 10_000), st.data())
@settings(max_examples=60, deadline=None)
def test_another_layout_or_order_raises_and_hides_nothing(
    program: list[str], ways: list[Callable[[str, Random], str]], seed: int, data: st.DataObject
) -> None:
    baseline = known("\n".join(program))
    code = "\n\n# moved\n".join(data.draw(st.permutations(program)))
    for way in ways:
        code = edited(code, way, Random(seed))
    path = data.draw(st.sampled_from(["a.py", "pkg/renamed.py"]))
    comparison = held(baseline, {path: code})
    assert comparison.new == {}, code
    assert comparison.stale == {}, code


@given(programs, ways, st.integers(0, 10_000), st.data())
@settings(max_examples=60, deadline=None)
def test_one_more_of_the_same_raises_exactly_one(
    program: list[str], ways: list[Callable[[str, Random], str]], seed: int, data: st.DataObject
) -> None:
    pieces = [*program, EXTRA]
    baseline = known("\n".join(pieces))
    code = "\n".join(data.draw(st.permutations([*pieces, EXTRA])))
    for way in ways:
        code = edited(code, way, Random(seed))
    comparison = held(baseline, {"a.py": code})
    assert sum(comparison.new.values()) == 1, code
    assert sum(v.suppressed is None for v in comparison.violations) == 1
    assert comparison.stale == {}


@given(programs, st.data())
@settings(max_examples=50, deadline=None)
def test_code_that_spreads_over_files_is_known_and_a_copy_is_new(
    program: list[str], data: st.DataObject
) -> None:
    baseline = known("\n".join(program))
    cut = data.draw(st.integers(0, len(program)))
    parts = {"b.py": "\n".join(program[:cut]), "c.py": "\n".join(program[cut:])}
    assert held(baseline, parts).new == {}
    copied = data.draw(st.sampled_from(program))
    comparison = held(baseline, {**parts, "d.py": copied})
    assert sum(comparison.new.values()) == len(found(copied))
    assert comparison.stale == {}
