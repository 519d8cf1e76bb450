"""Where the definitions of a module begin, told from its text alone."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest

from stuck_rules.cst.source import parse
from stuck_rules.narrowing.cuts import TOP, Cuts

ROOT = Path(__file__).parent.parent.parent


def names_of(code: str) -> list[str]:
    return [cut.name for cut in Cuts(f"\n{code}", TOP) if cut.name]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        pytest.param("def a(): ...\nclass B: ...\n", ["a", "B"], id="one after the other"),
        pytest.param("async  def a(): ...\n", ["a"], id="async"),
        pytest.param("class A:\n    def b(self): ...\n", ["A"], id="method"),
        pytest.param("'''\ndef a(): ...\n'''\ndef b(): ...\n", ["b"], id="in a string"),
        pytest.param("x = 'a\\\ndef a(): ...'\ndef b(): ...\n", ["b"], id="in a continued string"),
        pytest.param("x = (\ndef a(): ...\n)\ndef b(): ...\n", ["b"], id="in brackets"),
        pytest.param("# '''\ndef a(): ...\n# '''\n", ["a"], id="quotes in comments"),
        pytest.param("def a(): ...\nx = '''\ndef b(): ...\n", ["a"], id="string without an end"),
        pytest.param("def a(): ...\n\f\ndef b(): ...\ndef c(): ...\n", ["a"], id="form feed"),
    ],
)
def test_cuts_are_made_in_code_alone(code: str, names: list[str]) -> None:
    assert names_of(code) == names


@pytest.mark.parametrize(
    ("code", "sure"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param("def a(): ...\nx = 1\n", True, id="code"),
        pytest.param("def a(): ...\nx = (1\n", False, id="bracket without an end"),
        pytest.param("def a(): ...\nx = '''1\n", False, id="string without an end"),
    ],
)
def test_all_cuts_are_known_only_up_to_the_end(code: str, sure: bool) -> None:
    cuts = Cuts(f"\n{code}", TOP).all()
    assert (cuts is not None) is sure
    if cuts is not None:
        assert "".join(cut.before.text for cut in cuts) == f"\n{code}"


def test_heads_in_a_long_string_are_found_again_behind_it() -> None:
    inner = "def inner(): ...\n" * 20_000
    behind = "".join(f"def b{number}(): ...\n" for number in range(20_100))
    names = names_of(f'x = """\n{inner}"""\n{behind}')
    assert names[-1] == "b20099"
    assert "inner" not in names


def test_definitions_are_those_of_the_tree_as_far_as_one_is_sure() -> None:
    sure = 0
    paths = sorted((ROOT / "stuck_rules").rglob("*.py"))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        defined = (cst.FunctionDef, cst.ClassDef)
        body = [node for node in parse(text).module.body if isinstance(node, defined)]
        names = names_of(text)
        assert names == [node.name.value for node in body][: len(names)], path
        sure += Cuts(f"\n{text}", TOP).all() is not None
    assert sure > len(paths) * 0.9
