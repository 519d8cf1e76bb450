from __future__ import annotations

import pytest

from stuck_rules.notebooks.magics import is_python_cell, stand_ins


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("%matplotlib inline", {0: ""}, id="a line magic"),
        pytest.param("x\n%time f()\ny", {1: ""}, id="between code"),
        pytest.param("if x:\n    %time f()", {1: "    pass"}, id="in a block"),
        pytest.param("if x:\n\t!ls", {1: "\tpass"}, id="a command in a block"),
        pytest.param("!pip install x", {0: ""}, id="a command"),
        pytest.param("!!ls", {0: ""}, id="two signs"),
        pytest.param("!a \\\n  b \\\n  c\nd", {0: "", 1: "", 2: ""}, id="a command of lines"),
        pytest.param("%timeit f(a,\n          b)\nc", {0: "", 1: ""}, id="a magic within brackets"),
        pytest.param("%sql SELECT (\nx\ny", {0: ""}, id="a bracket that is never closed"),
        pytest.param("!echo (\nx = ')'", {0: ""}, id="a bracket of a command"),
        pytest.param("!a \\", {0: ""}, id="a backslash at the end"),
        pytest.param("?f", {0: ""}, id="help before"),
        pytest.param("f?", {0: ""}, id="help behind"),
        pytest.param("f.g[0].h??  ", {0: ""}, id="more help"),
        pytest.param("%time?", {0: ""}, id="help on a magic"),
        pytest.param("*int*?", {0: ""}, id="a search"),
        pytest.param(",f a b", {0: ""}, id="quoted arguments"),
        pytest.param("/f a", {0: ""}, id="a call without brackets"),
        pytest.param("x = !ls", {0: "x = None"}, id="the output of a command"),
        pytest.param("a, b = %magic", {0: "a, b = None"}, id="the value of a magic"),
        pytest.param("if x:\n  y.z[0]=!ls", {1: "  y.z[0]= None"}, id="to an item"),
        pytest.param("%%time\nx", {0: ""}, id="a cell magic before Python"),
        pytest.param("s = '''\n'''\n%magic", {2: ""}, id="behind a string"),
        pytest.param("s = 'a\\'b'\n%magic", {1: ""}, id="behind an escaped quote"),
        pytest.param("x = [1]  # (\n%magic", {1: ""}, id="behind a bracket in a comment"),
        pytest.param("x = '('\n%magic", {1: ""}, id="behind a bracket in a string"),
        pytest.param("x = ')'\n%magic", {1: ""}, id="behind a closing one"),
        pytest.param("f'{x[\"a\"]}'\n%magic", {1: ""}, id="behind an f-string"),
        pytest.param('"""a"""; """b"""\n%magic', {1: ""}, id="behind strings in a line"),
    ],
)
def test_what_stands_in_for_a_magic(source: str, expected: dict[int, str]) -> None:
    assert stand_ins(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = (a\n  % b)", id="an operator in brackets"),
        pytest.param("x = a \\\n  % b", id="behind a backslash"),
        pytest.param("s = '''\n%magic\n!ls\nf?\n'''", id="in a string"),
        pytest.param('s = """\n%magic\n\\"""\n!ls\n"""', id="behind an escaped end"),
        pytest.param("s = 'a\\\n%b'", id="in a string that goes on"),
        pytest.param("d = {\n  'a': [\n%b\n]}", id="in two brackets"),
        pytest.param("x % y\nx != y\nx if y else z", id="operators"),
        pytest.param("x == y\nx %= y\nx: int = -y", id="assignments"),
        pytest.param("# %magic\n#!ls\n# what?", id="comments"),
        pytest.param("print('what?')\nprint('!')", id="in strings"),
        pytest.param("x = '%s' % y", id="formatting"),
        pytest.param("f(a=1, b='%')", id="a keyword"),
        pytest.param("@d\ndef f(): ...", id="a decorator"),
        pytest.param("", id="nothing"),
        pytest.param("\n\n", id="blank lines"),
    ],
)
def test_python_stays(source: str) -> None:
    assert stand_ins(source) == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("x", True, id="code"),
        pytest.param("%%time\nx", True, id="time"),
        pytest.param("%%timeit -n 1\nx", True, id="timeit"),
        pytest.param("%%capture out\nx", True, id="capture"),
        pytest.param("%%bash\nx", False, id="bash"),
        pytest.param("%%html\n<b>", False, id="HTML"),
        pytest.param("%%writefile a.py\nx", False, id="a file"),
        pytest.param("\n  \n%%bash\nx", False, id="behind blank lines"),
        pytest.param("%%!ls\nx", False, id="commands"),
        pytest.param("%%timer\nx", False, id="a magic that nobody knows"),
        pytest.param("%time x", True, id="a line magic"),
        pytest.param("x\n%%bash", True, id="not at the start"),
    ],
)
def test_cells_that_are_python(source: str, expected: bool) -> None:
    assert is_python_cell(source) is expected
