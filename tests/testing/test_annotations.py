"""Comments that say where a rule must match."""

from __future__ import annotations

import pytest

from stuck_rules.testing.annotations import Expectation, read_annotations

READ = [
    pytest.param("# ruleid: a\nx\n", [("ruleid", "a", 2)], id="next line"),
    pytest.param("#ruleid:a\nx\n", [("ruleid", "a", 2)], id="no spaces"),
    pytest.param("    #  ok:  a \n    x\n", [("ok", "a", 2)], id="indented"),
    pytest.param("# ruleid: a, b\nx\n", [("ruleid", "a", 2), ("ruleid", "b", 2)], id="several ids"),
    pytest.param(
        "# ruleid: a\n# ok: b\nx\n", [("ruleid", "a", 3), ("ok", "b", 3)], id="several comments"
    ),
    pytest.param("# ruleid: a\n\nx\n", [("ruleid", "a", 2)], id="the very next line"),
    pytest.param("# todoruleid: a\nx\n", [("todoruleid", "a", 2)], id="one day flagged"),
    pytest.param("# todook: a\nx\n", [("todook", "a", 2)], id="one day clean"),
    pytest.param("# ruleid: p.q.a-b_c\nx\n", [("ruleid", "p.q.a-b_c", 2)], id="with a path"),
    pytest.param("# ruleid: a\r\nx\r\n", [("ruleid", "a", 2)], id="carriage returns"),
    pytest.param("def f():\n    # ok: a\n    pass\n", [("ok", "a", 3)], id="in a block"),
    pytest.param("x  # ruleid: a\ny\n", [], id="behind code"),
    pytest.param('"""\n# ruleid: a\n"""\n', [], id="in a string"),
    pytest.param("# see ruleid: a\nx\n", [], id="in a sentence"),
    pytest.param("# ruleid a\nx\n", [], id="no colon"),
    pytest.param("# ruleid:\nx\n", [], id="no id"),
    pytest.param("# ruleids: a\nx\n", [], id="another word"),
    pytest.param("# ruleid: a!\nx\n", [], id="no id of a rule"),
    pytest.param("# RULEID: a\nx\n", [], id="capitals"),
    pytest.param("# ok: a\n", [("ok", "a", 2)], id="at the end"),
]


@pytest.mark.parametrize(("source", "wanted"), READ)
def test_annotations(source: str, wanted: list[tuple[str, str, int]]) -> None:
    found = [(a.expectation.value, a.rule, a.line) for a in read_annotations(source)]
    assert found == wanted


NAMED = [
    pytest.param("a", "a", True, id="same"),
    pytest.param("p.q.a", "a", True, id="path in front"),
    pytest.param("a", "p.a", True, id="path of the rule"),
    pytest.param("ab", "a", False, id="longer"),
    pytest.param("p.b", "a", False, id="another"),
]


@pytest.mark.parametrize(("written", "rule", "wanted"), NAMED)
def test_names(written: str, rule: str, wanted: bool) -> None:
    (annotation,) = read_annotations(f"# ok: {written}\nx\n")
    assert annotation.expectation is Expectation.CLEAN
    assert annotation.names(rule) is wanted
