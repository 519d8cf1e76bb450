from __future__ import annotations

import json

import pytest

from stuck_rules.cache.piece import Piece

KNOWN: dict[str, object] = {
    "a.py": [1, 2, "x"],
    "b/a.py": [3, [{"y": None}]],
    'quo"te\\.py': ["\n", "\u2028"],
    "dé jà\udce9.py": [],
    "two\nlines.py": [5, 'a.py":[7]'],
    "": [6],
}


def piece_of(known: dict[str, object]) -> Piece:
    piece = Piece(None)
    piece.whole.update(known)
    return Piece(piece.dump())


def test_a_piece_is_an_object_of_json() -> None:
    piece = piece_of(KNOWN)
    assert json.loads(piece.dump()) == KNOWN == piece.whole
    assert piece_of({}).whole == {}


@pytest.mark.parametrize("name", KNOWN)
def test_one_name_is_known_without_the_others(name: str) -> None:
    piece = piece_of(KNOWN)
    assert piece.get(name) == KNOWN[name]
    assert not piece.is_read


@pytest.mark.parametrize("name", ["c.py", "a", "/a.py", "y", "a.py:", "}", "lines.py"])
def test_what_is_not_there_is_not_known(name: str) -> None:
    piece = piece_of(KNOWN)
    for _ in range(20):
        assert piece.get(name) is None
    assert piece.is_read


def test_where_many_names_are_asked_for_all_are_read() -> None:
    piece = piece_of(KNOWN)
    for _ in range(20):
        assert [piece.get(name) for name in KNOWN] == list(KNOWN.values())
    assert piece.is_read


def test_what_is_put_into_a_piece_is_known() -> None:
    piece = piece_of(KNOWN)
    piece.whole["new.py"] = [1]
    del piece.whole["a.py"]
    assert (piece.get("new.py"), piece.get("a.py")) == ([1], None)
    assert Piece(piece.dump()).whole == piece.whole


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(None, id="nothing"),
        pytest.param(b"", id="empty"),
        pytest.param(b"[1]", id="a list"),
        pytest.param(b'{\n"a.py":[1', id="cut off"),
        pytest.param(b'{\n"a.py":' + b"[" * 100_000 + b"\n}", id="too deep"),
        pytest.param(b"\xff\xfe", id="no text"),
    ],
)
def test_what_cannot_be_read_is_not_known(data: bytes | None) -> None:
    piece = Piece(data)
    for _ in range(20):
        assert piece.get("a.py") is None
    assert piece.whole == {}
