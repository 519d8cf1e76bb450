"""Which names a file's imports bind, and to what."""

from __future__ import annotations

import pytest

from stuck_rules.cst.imports import ImportTable
from stuck_rules.cst.source import parse


def table(code: str) -> ImportTable:
    return ImportTable(parse(code))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import a\n", [("a", "a")]),
        ("import a.b.c\n", [("a", "a")]),
        ("import a.b as c\n", [("c", "a.b")]),
        ("import a, b as c\n", [("a", "a"), ("c", "b")]),
        ("from a.b import c\n", [("c", "a.b.c")]),
        ("from a import b as c, d\n", [("c", "a.b"), ("d", "a.d")]),
        ("from . import a\n", [("a", ".a")]),
        ("from ..a import b\n", [("b", "..a.b")]),
        ("from ... import a\n", [("a", "...a")]),
        ("from a import *\n", []),
        ("from a import (\n    b,\n    c,\n)\n", [("b", "a.b"), ("c", "a.c")]),
        ("def f():\n    import a\n", [("a", "a")]),
        ("from a import b\nimport b\n", [("b", "a.b"), ("b", "b")]),
        ("x = 'import a'\n", []),
    ],
)
def test_what_imports_bind(code: str, expected: list[tuple[str, str]]) -> None:
    assert [(entry.local, entry.target) for entry in table(code).entries] == expected


def test_stars_are_kept() -> None:
    assert table("from a import *\nfrom .b import *\n").stars == ["a", ".b"]


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("import uuid\n", "uuid.uuid4", "uuid.uuid4"),
        ("import uuid as u\n", "u.uuid4", "uuid.uuid4"),
        ("from uuid import uuid4 as new\n", "new", "uuid.uuid4"),
        ("import a.b as c\n", "c.d.e", "a.b.d.e"),
        ("import a\nfrom b import a\n", "a.c", "b.a.c"),
        ("import a\n", "b.c", None),
        ("from a import *\n", "b", None),
    ],
)
def test_a_name_is_resolved(code: str, name: str, expected: str | None) -> None:
    assert table(code).resolve(name) == expected


def test_only_imports_before_a_place_count() -> None:
    found = table("from a import x\nfrom b import x\n")
    second = found.entries[1].index
    assert found.resolve("x") == "b.x"
    assert found.resolve("x", before=second) == "a.x"
    assert found.resolve("x", before=0) is None
