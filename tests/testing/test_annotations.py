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
    pytest.param("# ruleids: a\nx\n", [], id="another word"),
    pytest.param("# ruleid:\nx\n", [("ruleid", "", 2)], id="no id"),
    pytest.param("# ok:\nx\n", [], id="no id that must be clean"),
    pytest.param("# ruleid: a!\nx\n", [("ruleid", "a!", 2)], id="no id of a rule"),
    pytest.param("# ruleid: a b\nx\n", [("ruleid", "a b", 2)], id="no comma"),
    pytest.param(
        "# ruleid: a, b c,\nx\n", [("ruleid", "a", 2), ("ruleid", "b c", 2)], id="one of two"
    ),
    pytest.param("# ok: this is what we want\nx\n", [], id="prose"),
    pytest.param("# ok: a, as told\nx\n", [("ok", "a", 2)], id="prose behind an id"),
    pytest.param("# todook: it's wrong\nx\n", [], id="prose on work to do"),
    pytest.param("# todoruleid: some day\nx\n", [], id="prose on the future"),
    pytest.param("# ruleid:deepok:a\nx\n", [("ruleid", "a", 2)], id="across files"),
    pytest.param("# ok: deepruleid: a\nx\n", [("ok", "a", 2)], id="across files, clean"),
    pytest.param("# deepruleid: a\nx\n", [], id="across files alone"),
    pytest.param("## ruleid: a\nx\n", [], id="two hashes"),
    pytest.param("#: ruleid: a\nx\n", [], id="a colon first"),
    pytest.param("# # ruleid: a\nx\n", [], id="commented out"),
    pytest.param("# ruleid: a # why\nx\n", [("ruleid", "a # why", 2)], id="a comment in it"),
    pytest.param("# ruleid : a\nx\n", [("ruleid", "a", 2)], id="space before the colon"),
    pytest.param("#\truleid:\ta\t\nx\n", [("ruleid", "a", 2)], id="tabs"),
    pytest.param("# ruleid: é-ö\nx\n", [("ruleid", "é-ö", 2)], id="beyond ASCII"),
    pytest.param("# rul\u0435id: a\nx\n", [], id="a letter that only looks like one"),
    pytest.param("s = '''\n# ok: a\n'''\n# ok: b\nx\n", [("ok", "b", 5)], id="behind a string"),
    pytest.param("s = f'''\n# ok: a\n{x}'''\n# ok: b\nx\n", [("ok", "b", 5)], id="in an f-string"),
    pytest.param("f(\n    # ok: a\n    1,\n)\n", [("ok", "a", 3)], id="in brackets"),
    pytest.param("f(\n    1,  # ok: a\n    2,\n)\n", [], id="behind an argument"),
    pytest.param("if x:\n    y\n# ok: a\nelse:\n    z\n", [("ok", "a", 4)], id="before else"),
    pytest.param("\x0c# ok: a\nx\n", [("ok", "a", 2)], id="form feed"),
    pytest.param("# ruleid: a\n# said\nx\n", [("ruleid", "a", 2)], id="another comment between"),
    pytest.param("#!ruleid: a\nx\n", [], id="shebang"),
    pytest.param("x = '# ok: a'\n", [], id="in a string on its line"),
    pytest.param('"""# ok: a"""\n', [], id="in a docstring"),
    pytest.param("x = 1\n\n\n# ok: a", [("ok", "a", 5)], id="no line end"),
    pytest.param("# ok: a\n# ok: a\nx\n", [("ok", "a", 3), ("ok", "a", 3)], id="said twice"),
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
