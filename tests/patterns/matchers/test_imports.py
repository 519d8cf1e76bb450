"""Import statements."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param("import a", "«import a.b»\n«from a import c»\nimport ab", id="module"),
    pytest.param("import a.b", "«from a import b»\n«from a.b import c»\nimport a", id="submodule"),
    pytest.param("import a as b", "«import a as b»\nimport a\nimport a as c", id="alias"),
    pytest.param(
        "from a import b", "«from a import c, b as d»\nfrom a import *\nfrom b import b", id="name"
    ),
    pytest.param("from a import b, c", "«from a import c, x, b»\nfrom a import b", id="two names"),
    pytest.param("import a as $X", "from a import b as c\nimport a", id="alias of something in it"),
    pytest.param("import a.b as $X", "«from a import b as c»", id="alias of the same"),
    pytest.param("from $M import b", "import b\n«import a.b»", id="no module"),
    pytest.param("import a", "«import a», b\n«import b, a»", id="ends with its name"),
    pytest.param("import $X as $Y", "from a import b as c\n«import a as c»", id="aliased module"),
    pytest.param("from . import $X", "«from .a import b»\nfrom ..a import b", id="relative"),
    pytest.param("from a import *", "«from a import *»\nfrom a import b", id="star"),
    pytest.param("from $M import *", "«from a import *»\nfrom a import b", id="star of any module"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_imports(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


BOUND = [
    pytest.param("from a import $X", "from a import b, c", [{"$X": "b"}, {"$X": "c"}], id="names"),
    pytest.param("from $M import b", "from .a import b", [{"$M": ".a"}], id="relative module"),
    pytest.param("import $X as $Y", "import a.b as c", [{"$X": "a.b", "$Y": "c"}], id="alias"),
]


@pytest.mark.parametrize(("pattern", "code", "bindings"), BOUND)
def test_names_are_bound(pattern: str, code: str, bindings: list[dict[str, str]]) -> None:
    assert bindings_of(pattern, code) == bindings
