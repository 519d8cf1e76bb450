"""What a removal leaves of a comment, and that it leaves the code alone."""

from __future__ import annotations

import ast

import pytest

from stuck_rules.model.edit import apply_edits
from stuck_rules.model.source import normalise_text
from stuck_rules.suppressions.reading import directives_of_code
from stuck_rules.suppressions.removal import name_ids, remove_directive, remove_ids


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("x  # stuck-rules: ignore[a] -- r\ny\n", "x\ny\n", id="behind code"),
        pytest.param("x\n# stuck-rules: ignore[a] -- r\ny\n", "x\ny\n", id="alone"),
        pytest.param("x\n# stuck-rules: ignore-file[a] -- r\n", "x\n", id="alone at the end"),
        pytest.param("x\n# stuck-rules: ignore[a]", "x", id="alone, no last line end"),
        pytest.param("# stuck-rules: ignore[a]", "", id="all there is"),
        pytest.param("x  # stuck-rules: ignore[a]", "x", id="no last line end"),
        pytest.param(
            "f(\n    # stuck-rules: ignore[a] -- r\n    1)\n", "f(\n    1)\n", id="brackets"
        ),
        pytest.param(
            "if x:\n    # stuck-rules: ignore[a]\n    y\n", "if x:\n    y\n", id="in a block"
        ),
        pytest.param("x\r\n# stuck-rules: ignore[a]\r\ny\r\n", "x\r\ny\r\n", id="CRLF"),
        pytest.param("x\r# stuck-rules: ignore[a]\ry\r", "x\ry\r", id="CR"),
        pytest.param("\ufeff# stuck-rules: ignore[a]\nx\n", "\ufeffx\n", id="byte order mark"),
        pytest.param("x  # noqa  # stuck-rules: ignore[a] -- r\n", "x  # noqa\n", id="noqa before"),
        pytest.param("x  # stuck-rules: ignore[a] -- r  # noqa\n", "x  # noqa\n", id="noqa behind"),
        pytest.param(
            "x  # b # stuck-rules: ignore[a] -- r  # noqa\n", "x  # b  # noqa\n", id="in the middle"
        ),
        pytest.param(
            "x  # stuck-rules: ignore[a] for this\n", "x  # for this\n", id="prose behind"
        ),
        pytest.param(
            "x  # b  # stuck-rules: ignore[a] for this\n", "x  # b for this\n", id="prose around"
        ),
        pytest.param("x  ## stuck-rules: ignore[a]\n", "x\n", id="two signs"),
        pytest.param(
            "#!/bin/x\n# stuck-rules: ignore-file[a]\n# c\ny\n",
            "#!/bin/x\n# c\ny\n",
            id="below an interpreter",
        ),
        pytest.param(
            "# stuck-rules: ignore-file[a]\n#!/bin/x\ny\n",
            "\n#!/bin/x\ny\n",
            id="above what would name one",
        ),
        pytest.param(
            "# b\n# stuck-rules: ignore-file[a]\n# coding: latin-1\ny\n",
            "# b\n\n# coding: latin-1\ny\n",
            id="above what would name an encoding",
        ),
    ],
)
def test_the_directive_goes(before: str, after: str) -> None:
    source = normalise_text(before)
    (placed,) = directives_of_code(source).placed
    edit = remove_directive(placed, source.split("\n"))
    assert apply_edits(before, [edit]) == after
    assert ast.dump(ast.parse(normalise_text(after))) == ast.dump(ast.parse(source))


@pytest.mark.parametrize(
    ("before", "ids", "after"),
    [
        pytest.param("x  # stuck-rules: ignore[a, b] -- r\n", {"a"},
                     "x  # stuck-rules: ignore[b] -- r\n", id="the first"),
        pytest.param("x  # stuck-rules: ignore [ a,b ,c ] -- r\n", {"b"},
                     "x  # stuck-rules: ignore [a, c] -- r\n", id="the middle one"),
        pytest.param("x  # stuck-rules: ignore[a, a, b]  # noqa\n", {"b"},
                     "x  # stuck-rules: ignore[a, a]  # noqa\n", id="the last"),
        pytest.param("x  # stuck-rules: ignore[a, b] -- r\n", {"a", "b"}, "x\n", id="all"),
    ],
)  # fmt: skip
def test_ids_go(before: str, ids: set[str], after: str) -> None:
    (placed,) = directives_of_code(before).placed
    assert apply_edits(before, [remove_ids(placed, ids, before.split("\n"))]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x  # stuck-rules: ignore\n", "x  # stuck-rules: ignore[a, b]\n"),
        ("x  # stuck-rules: ignore -- r\n", "x  # stuck-rules: ignore[a, b] -- r\n"),
        ("# stuck-rules: ignore-file  # c\n", "# stuck-rules: ignore-file[a, b]  # c\n"),
    ],
)
def test_ids_are_named(before: str, after: str) -> None:
    (placed,) = directives_of_code(before).placed
    assert apply_edits(before, [name_ids(placed, ["a", "b"])]) == after
