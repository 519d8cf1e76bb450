"""A text parsed piece by piece gives the same tree."""

from __future__ import annotations

import libcst as cst
import pytest

from stuck_rules.cst.pieces import parse_pieces, pieces_of

LONG = "".join(f"def long_{n}():\n    return {n}, '{'x' * 400}'\n\n\n" for n in range(60))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("x = 1", id="one piece without a line end"),
        pytest.param(f"# first\n\n'''doc'''\n\nimport a\n\n{LONG}", id="header"),
        pytest.param(f"{LONG}# last\n    # indented\n", id="footer"),
        pytest.param(f"{LONG}x = 1", id="no line end"),
        pytest.param(LONG.replace("def", "# about\n@a\n@b(\n    1\n)\ndef"), id="decorators"),
        pytest.param(LONG.replace("def", "@b(\n    1)\ndef"), id="decorators that mislead"),
        pytest.param(LONG.replace("\n\n\n", "\n    # inside\n# outside\n"), id="comments between"),
        pytest.param(f"x = '''\n{LONG}'''\n{LONG}", id="code in a string"),
        pytest.param(LONG.replace("    ", "  "), id="another indentation"),
        pytest.param(f"if x:\n  y\n\n\n{LONG}", id="two indentations"),
        pytest.param(f"if x:\n    y\n\n{LONG}" * 3, id="statements between"),
        pytest.param(LONG.replace("def", "async def"), id="async"),
    ],
)
def test_the_tree_is_that_of_the_whole(text: str) -> None:
    tree = parse_pieces(text)
    assert tree.code == text
    assert tree.deep_equals(cst.parse_module(text))


def test_a_mistake_is_told_with_its_place_in_the_whole() -> None:
    text = f"{LONG}def wrong(:\n    pass\n\n\n{LONG}"
    with pytest.raises(cst.ParserSyntaxError) as whole:
        cst.parse_module(text)
    with pytest.raises(cst.ParserSyntaxError) as told:
        parse_pieces(text)
    assert str(told.value) == str(whole.value)
    assert told.value.raw_line == whole.value.raw_line


def test_a_long_text_is_cut_and_a_short_one_is_not() -> None:
    assert len(list(pieces_of(LONG))) > 1
    assert "".join(pieces_of(LONG)) == LONG
    assert list(pieces_of("x = 1\n")) == ["x = 1\n"]
