"""Where a name may be read, beside what Python's own parser sees."""

from __future__ import annotations

import ast
import re
from functools import partial
from pathlib import Path

import pytest

from stuck_rules.model.words import read_name, stands_in

ROOT = Path(__file__).parent.parent
# Python's own library is there wherever the tests run, and was written by many hands.
LIBRARY = Path(ast.__file__).parent


def is_read(name: str, text: str) -> bool:
    return stands_in(read_name(name), text)


def sources() -> list[Path]:
    return [*sorted((ROOT / "stuck_rules").rglob("*.py"))[::4], *sorted(LIBRARY.glob("*.py"))[::8]]


def test_every_name_that_the_parser_sees_read_may_be_read() -> None:
    seen = 0
    for path in sources():
        text = path.read_text(encoding="utf-8", errors="replace")
        lines = text.splitlines(keepends=True)
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
                continue
            if "f'" in lines[node.lineno - 1] or 'f"' in lines[node.lineno - 1]:
                # Older Pythons place what stands in an f-string elsewhere.
                continue
            # What else the file says of the name must not help.
            other = partial(re.compile(rf"\b{node.id}\b").sub, "_")
            line = lines[node.lineno - 1].encode()
            before = other(line[: node.col_offset].decode())
            behind = other(
                "".join([line[node.end_col_offset :].decode(), *lines[node.lineno :][:1]])
            )
            assert is_read(node.id, f"{before}{node.id}{behind}"), (path, node.lineno)
            seen += 1
    assert seen > 10_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("call", id="alone"),
        pytest.param("f(call)", id="argument"),
        pytest.param("x = call", id="value"),
        pytest.param("x = \\\n  call\n", id="continued line"),
        pytest.param("x = y if\tcall else z", id="between keywords"),
        pytest.param("x = 1or call", id="keyword behind a number"),
        pytest.param("call == 1", id="compared"),
        pytest.param("raise call from None", id="raised from"),
        pytest.param("case call: pass", id="soft keyword"),
        pytest.param("f'{call}'", id="hole of a string"),
        pytest.param("f'{call!r:>{call}}'", id="hole with a conversion"),
        pytest.param("f'{call=}'", id="hole that shows its code"),
        pytest.param(" " * 100 + "call" + " " * 100 + "(", id="many blanks"),
        pytest.param("call #= 1", id="comment behind"),
        pytest.param("x = a\r\ncall\r\n", id="other line ends"),
    ],
)
def test_code_that_may_read_a_name(text: str) -> None:
    assert is_read("call", text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a.call()", id="attribute"),
        pytest.param("a. call()", id="attribute behind a blank"),
        pytest.param("recall(caller)", id="part of a name"),
        pytest.param("def call(): ...", id="function"),
        pytest.param("class call: ...", id="class"),
        pytest.param("call = 1", id="assignment"),
        pytest.param("f(call=1)", id="keyword argument"),
        pytest.param("import call", id="import"),
        pytest.param("import a as call", id="alias"),
        pytest.param("global call", id="global"),
        pytest.param("# please call the function", id="prose"),
        pytest.param("# the call returns", id="more prose"),
        pytest.param("# see `call`", id="quoted by backticks"),
        pytest.param("x = 'call'", id="string"),
        pytest.param("x = ' a call '", id="end of a string"),
    ],
)
def test_text_that_surely_reads_no_name(text: str) -> None:
    assert not is_read("call", text)
