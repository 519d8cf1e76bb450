"""Our matches beside Semgrep's, case by case, on recorded rules and code."""

from __future__ import annotations

import pytest

from stuck_rules.engine import check_source
from tests.patterns.probes import Probe, hits_of, read_probes

# Where we report something else than Semgrep does, and why.
DIFFERS = {
    "import-from-then": "a final `...` takes all of the rest, Semgrep each part of it too",
    "import-pattern-from": "a whole import, with the closing parenthesis, which a fix must replace",
}
CASES = [pytest.param(probe, id=probe.id) for probe in read_probes()]


@pytest.mark.parametrize("probe", CASES)
def test_matches_are_those_of_semgrep(probe: Probe) -> None:
    hits = hits_of(probe)
    agrees = hits is None if probe.is_refused else hits == probe.hits
    if probe.id in DIFFERS:
        assert not agrees, f"{probe.id} agrees by now: take it off the list"
    else:
        assert agrees, (hits, probe.hits)


@pytest.mark.parametrize("probe", CASES)
def test_the_engine_reports_each_span_once(probe: Probe) -> None:
    if hits_of(probe) is None:
        return
    result = check_source(probe.code, "probe.py", [probe.rule])
    assert result.problems == ()
    told = [
        (v.span.start.line, v.span.start.column, v.span.end.line, v.span.end.column, v.message)
        for v in result.violations
    ]
    hits = hits_of(probe) or ()
    assert [hit[:4] for hit in told] == sorted({hit[:4] for hit in hits})
    assert set(told) <= set(hits)


QUIRKS = [
    pytest.param(probe, id=probe.id)
    for probe in read_probes(quirks=True)
    # The engine knows suppressions, not the patterns.
    if probe.id != "nosemgrep"
]
# Where Semgrep does what we take for an accident, and we do something else.
QUIRKS_THAT_DIFFER = {
    "assign-annotated-pattern": "an annotated attribute is an annotated assignment",
    "bool-and": "operands in the middle of a chain are bound as they are written",
    "cmp-chain-pattern": "a chained comparison is whole, and its first operand is bound",
    "constprop-nested-function": "a class body knows what it assigned",
    "constprop-try-with-loop": "a loop forgets only what it assigns",
    "deco-expr": "a decorator without a call is no call",
    "deco-expr-dotted": "a decorator without a call is no call",
    "deco-staticmethod": "a decorated definition starts at `@`",
    "deep-expr-stmt": "one match for what is found, not for each expression around it",
    "def-param-any": "the marker `*` is no parameter",
    "dict-elem-pattern": "a pair without a dict is refused, since it never matches",
    "exception-alias": "a raise with a cause is a raise",
    "for-dots": "`async for` starts at `async`",
    "fstring-any": "a hole of an f-string is no f-string",
    "global-x": "the whole statement is reported",
    "del-x": "the whole statement is reported",
    "import-mv-bind": "a bare name has no module to bind",
    "import-mv-both": "a bare name has no module to bind",
    "import-pattern-mv": "`from m import x` binds m.x",
    "inside-with": "`with $X` binds the expression without its name",
    "leading-dots-range": "a leading `...` takes the whole beginning of the block, in one match",
    "match-stmt": "what a case compares with is bound whole",
    "mv-string-content": "text in pieces is bound whole",
    "mvcomp-len": "a length is known",
    "mvcomp-none": "None is a value",
    "mvregex-named-group": "groups are named, not numbered, where they have names",
    "partial-if": "a pattern that never matches is refused",
    "return-dots": "a lambda has no return statement",
    "return-in-lambda": "a lambda has no return statement",
    "return-x": "a lambda has no return statement",
    "string-alone": "a piece of an f-string is no string",
    "subscript": "a slice is no index",
    "trailing-dots-range": "a trailing `...` takes the whole rest of the block, in one match",
    "unary-minus": "-1 is a number, a - 1 a subtraction",
    "unicode-escape": "columns count characters, not bytes",
    "with-as": "a `with` is reported whole",
    "with-dots": "a `with` is reported whole",
    "with-open": "a `with` is reported whole",
    "with-plain": "a `with` is reported whole",
}


@pytest.mark.parametrize("probe", QUIRKS)
def test_quirks_that_differ_are_known(probe: Probe) -> None:
    assert (hits_of(probe) != probe.hits) is (probe.id in QUIRKS_THAT_DIFFER), hits_of(probe)


def test_all_that_differs_is_a_case() -> None:
    assert set(DIFFERS) <= {probe.id for probe in read_probes()}
    assert set(QUIRKS_THAT_DIFFER) <= {probe.id for probe in read_probes(quirks=True)}
