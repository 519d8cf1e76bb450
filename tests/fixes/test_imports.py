"""`fix-imports`: every form, only where missing, in its place."""

from __future__ import annotations

import ast

import pytest

from stuck_rules.engine import check_source
from stuck_rules.fixes import apply_fixes
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule


def needing(*imports: str) -> Rule:
    return Rule("p", "m", Pattern("use()"), fix="used()", fix_imports=imports)


def with_import(before: str, *imports: str, package: str | None = None) -> str:
    """What stands above the use once the fix was made."""
    code = f"{before}use()\n"
    result = check_source(code, "a.py", [needing(*imports)], package=package)
    assert result.problems == ()
    text = apply_fixes(code, [v.fix for v in result.violations if v.fix is not None])
    ast.parse(text)
    assert text.endswith("used()\n")
    return text.removesuffix("used()\n")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("import a", id="module"),
        pytest.param("import a.b", id="dotted"),
        pytest.param("import a as b", id="alias"),
        pytest.param("from a import b", id="name"),
        pytest.param("from a.b import c as d", id="name with alias"),
        pytest.param("from . import b", id="relative"),
        pytest.param("from ..a import b", id="relative module"),
    ],
)
def test_each_form_is_added_once(line: str) -> None:
    assert with_import("", line) == f"{line}\n"
    assert with_import(f"{line}\n", line) == f"{line}\n"


@pytest.mark.parametrize(
    ("before", "line"),
    [
        pytest.param("import a.b.c\n", "import a.b", id="a deeper module"),
        pytest.param("import a.b\n", "import a", id="package of a module"),
        pytest.param("from a import x, b\n", "from a import b", id="among others"),
        pytest.param("import a.b as b\n", "from a import b", id="in the other form"),
    ],
)
def test_what_is_there_is_enough(before: str, line: str) -> None:
    assert with_import(before, line) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from a import b\n",
            "from typing import TYPE_CHECKING\n\nfrom a import b\n\nif TYPE_CHECKING:\n"
            "    from a import b\n",
            id="for type checkers",
        ),
        pytest.param(
            "def f():\n    from a import b\n",
            "from a import b\ndef f():\n    from a import b\n",
            id="inside a function",
        ),
        pytest.param("from a import b as c\n", "from a import b as c, b\n", id="by another name"),
    ],
)
def test_what_is_not_there_for_all_is_not_enough(before: str, after: str) -> None:
    assert with_import(before, "from a import b") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("from m import z\n", "from m import a, z\n", id="first"),
        pytest.param("from m import Z\n", "from m import Z, a\n", id="classes first"),
        pytest.param("from m import z, b, c\n", "from m import z, b, c, a\n", id="not sorted"),
        pytest.param("from m import (z)\n", "from m import (a, z)\n", id="parentheses"),
        pytest.param(
            "from m import (\n    z,\n)\n", "from m import (\n    a,\n    z,\n)\n", id="lines"
        ),
        pytest.param(
            "from m import (\n    Z,  # why\n)\n",
            "from m import (\n    Z,  # why\n    a,\n)\n",
            id="behind a comment",
        ),
        pytest.param(
            "from m import (\n    Z\n)\n", "from m import (\n    Z,\n    a\n)\n", id="no last comma"
        ),
        pytest.param(
            "from m import (\n    Y, Z,\n)\n",
            "from m import (\n    Y, Z, a,\n)\n",
            id="filled lines",
        ),
        pytest.param("from m import *\n", "from m import *\nfrom m import a\n", id="star"),
        pytest.param("from m import z  # why\n", "from m import a, z  # why\n", id="comment"),
    ],
)
def test_a_name_joins_an_import_that_stands(before: str, after: str) -> None:
    assert with_import(before, "from m import a") == after


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        pytest.param(
            "import b", "import a\nimport c\n", "import a\nimport b\nimport c\n", id="sorted"
        ),
        pytest.param(
            "from b import x",
            "import a\nfrom c import d\n",
            "import a\nfrom b import x\nfrom c import d\n",
            id="plain imports first",
        ),
        pytest.param(
            "from b import x",
            "import a\nfrom ba import d\nimport c\n",
            "import a\nfrom b import x\nfrom ba import d\nimport c\n",
            id="by module",
        ),
        pytest.param(
            "import b", "import c\nimport a\n", "import c\nimport a\nimport b\n", id="no order"
        ),
        pytest.param(
            "import re",
            "import os\n\nimport yaml\n",
            "import os\nimport re\n\nimport yaml\n",
            id="group of the standard library",
        ),
        pytest.param(
            "import yaml",
            "import os\n\nimport zope\n",
            "import os\n\nimport yaml\nimport zope\n",
            id="group of others",
        ),
        pytest.param("import os", "import yaml\n", "import os\n\nimport yaml\n", id="first group"),
        pytest.param("import yaml", "import os\n", "import os\n\nimport yaml\n", id="new group"),
        pytest.param(
            "from app.x import y",
            "import os\n\nimport yaml\n\nfrom app.z import z\n",
            "import os\n\nimport yaml\n\nfrom app.x import y\nfrom app.z import z\n",
            id="the project's own",
        ),
        pytest.param(
            "from own import y",
            "import os\n\nimport yaml\n",
            "import os\n\nimport yaml\n\nfrom own import y\n",
            id="known by the package",
        ),
        pytest.param(
            "import re", "import os  # why\n", "import os  # why\nimport re\n", id="comment stays"
        ),
        pytest.param("import os", '"""Text."""\n', '"""Text."""\nimport os\n', id="docstring"),
        pytest.param(
            "import os",
            "from __future__ import annotations\n",
            "from __future__ import annotations\nimport os\n",
            id="future",
        ),
        pytest.param(
            "import os",
            "#!/bin/python\n# text\n\n",
            "#!/bin/python\n# text\n\nimport os\n",
            id="#!",
        ),
        pytest.param(
            "import re", "import os; x = 1\n", "import os; x = 1\nimport re\n", id="semicolon"
        ),
    ],
)
def test_a_new_line_has_its_place(line: str, before: str, after: str) -> None:
    assert with_import(before, line, package="own.b") == after


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("a = 1\n", id="variable"),
        pytest.param("from b import a\n", id="another import"),
        pytest.param("import b as a\n", id="alias"),
        pytest.param("def a(): pass\n", id="function"),
    ],
)
def test_no_fix_where_the_name_is_another_thing(before: str) -> None:
    (violation,) = check_source(f"{before}use()\n", "a.py", [needing("import a")]).violations
    assert violation.fix is None


def test_several_names_come_in_one_round() -> None:
    lines = ("from m import b", "from m import a", "import re")
    assert with_import("import os\nfrom m import c\n", *lines) == (
        "import os\nimport re\nfrom m import a, b, c\n"
    )
    assert with_import("", "from m import b", "import a", "from m import a") == (
        "from m import a, b\nimport a\n"
    )


@pytest.mark.parametrize(
    "code",
    [
        pytest.param('"""Text."""; use()\n', id="on the docstring's line"),
        pytest.param("from __future__ import annotations; use()\n", id="on a future import's line"),
    ],
)
def test_no_fix_where_the_import_would_stand_below(code: str) -> None:
    (violation,) = check_source(code, "a.py", [needing("import a")]).violations
    assert violation.fix is None


def test_a_fixed_import_may_stand_above_the_one_it_needs() -> None:
    rule = Rule("p", "m", Pattern("import old"), fix="import new", fix_imports=("import z",))
    code = "import old\nimport y\n"
    (violation,) = check_source(code, "a.py", [rule]).violations
    assert violation.fix is not None
    assert apply_fixes(code, [violation.fix]) == "import new\nimport y\nimport z\n"
