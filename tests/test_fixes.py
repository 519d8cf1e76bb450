"""Edits put into texts, and what the fixes of the bundled rules make of code."""

from __future__ import annotations

import ast

import pytest

from stuck_rules.engine import check_source
from stuck_rules.fixes import apply_edits, apply_fixes
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import Span
from tests.rules.tables import bundled_rule


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit(Span.of(line, column, end_line, end_column), text)


@pytest.mark.parametrize(
    ("source", "edits", "expected"),
    [
        pytest.param("abc\n", [], "abc\n", id="none"),
        pytest.param("abc\n", [edit(1, 2, 1, 3, "X")], "aXc\n", id="replace"),
        pytest.param("abc\n", [edit(1, 2, 1, 2, "X")], "aXbc\n", id="insert"),
        pytest.param("abc\n", [edit(1, 1, 1, 4, "")], "\n", id="delete"),
        pytest.param("abc", [edit(1, 4, 1, 4, "X")], "abcX", id="at the end"),
        pytest.param("a\nb\nc\n", [edit(1, 2, 3, 1, "-")], "a-c\n", id="over lines"),
        pytest.param(
            "abc\n", [edit(1, 1, 1, 2, "longer"), edit(1, 3, 1, 4, "X")], "longerbX\n", id="two"
        ),
        pytest.param(
            "abc\n", [edit(1, 3, 1, 4, "X"), edit(1, 1, 1, 2, "longer")], "longerbX\n", id="order"
        ),
        pytest.param("a\r\nbc\r\n", [edit(2, 1, 2, 2, "X")], "a\r\nXc\r\n", id="CRLF"),
        pytest.param("a\rbc\r", [edit(2, 1, 2, 2, "X")], "a\rXc\r", id="CR"),
        pytest.param("\ufeffabc\n", [edit(1, 1, 1, 2, "X")], "\ufeffXbc\n", id="BOM"),
        pytest.param("é\u4e2dc\n", [edit(1, 3, 1, 4, "X")], "é\u4e2dX\n", id="non-ASCII"),
        pytest.param("a\fb\nc\n", [edit(2, 1, 2, 2, "X")], "a\fb\nX\n", id="form feed is no end"),
    ],
)
def test_edits_are_put_in_their_places(source: str, edits: list[Edit], expected: str) -> None:
    assert apply_edits(source, edits) == expected


def test_a_fix_that_overlaps_an_earlier_one_is_left_out() -> None:
    one, two = Fix((edit(1, 1, 1, 3, "X"),)), Fix((edit(1, 2, 1, 4, "Y"),))
    assert apply_fixes("abc\n", [one, two]) == "Xc\n"
    assert apply_fixes("abc\n", [two, one]) == "aY\n"


def test_a_fix_is_left_out_as_a_whole() -> None:
    one, two = Fix((edit(1, 1, 1, 2, "X"),)), Fix((edit(1, 1, 1, 2, "Y"), edit(1, 3, 1, 4, "Z")))
    assert apply_fixes("abc\n", [one, two]) == "Xbc\n"


def test_an_edit_that_two_fixes_share_is_made_once() -> None:
    shared = edit(1, 1, 1, 1, "import x\n")
    fixes = [Fix((edit(1, 1, 1, 2, "A"),)), Fix((shared, edit(1, 3, 1, 4, "C")))]
    assert apply_fixes("abc\n", [Fix((shared, edit(1, 2, 1, 3, "B"))), fixes[1]]) == (
        "import x\naBC\n"
    )


def fixed(source: str, *rules: Rule, package: str | None = None) -> str:
    """The text with all fixes applied; it must parse, and the rules find nothing more."""
    result = check_source(source, "a.py", rules, package=package)
    assert result.problems == ()
    fixes = [violation.fix for violation in result.violations if violation.fix is not None]
    text = apply_fixes(source, fixes)
    ast.parse(text.removeprefix("\ufeff"))
    assert check_source(text, "a.py", rules, package=package).violations == ()
    return text


MAGIC_NONE = [
    pytest.param(
        "service = MagicNone\n",
        "from unittest.mock import MagicMock\nservice = MagicMock()\n",
        id="no import yet",
    ),
    pytest.param(
        '"""Text."""\nservice = MagicNone\n',
        '"""Text."""\nfrom unittest.mock import MagicMock\nservice = MagicMock()\n',
        id="below the docstring",
    ),
    pytest.param(
        '"""Text."""\nfrom __future__ import annotations\nservice = MagicNone\n',
        '"""Text."""\nfrom __future__ import annotations\n'
        "from unittest.mock import MagicMock\nservice = MagicMock()\n",
        id="below the future",
    ),
    pytest.param(
        "from __future__ import annotations\n\nimport os\n\nservice = MagicNone\n",
        "from __future__ import annotations\n\nimport os\nfrom unittest.mock import MagicMock\n\n"
        "service = MagicMock()\n",
        id="behind the plain imports",
    ),
    pytest.param(
        "from unittest.mock import patch\n\nservice = MagicNone\n",
        "from unittest.mock import MagicMock, patch\n\nservice = MagicMock()\n",
        id="merged",
    ),
    pytest.param(
        "from unittest.mock import (\n    call,\n    patch,\n)\n\nservice = MagicNone\n",
        "from unittest.mock import (\n    MagicMock,\n    call,\n    patch,\n)\n\n"
        "service = MagicMock()\n",
        id="merged in parentheses",
    ),
    pytest.param(
        "from unittest.mock import patch as p\n\nservice = MagicNone\n",
        "from unittest.mock import MagicMock, patch as p\n\nservice = MagicMock()\n",
        id="merged beside an alias",
    ),
    pytest.param(
        "from unittest.mock import MagicMock\n\nservice = MagicNone\n",
        "from unittest.mock import MagicMock\n\nservice = MagicMock()\n",
        id="imported already",
    ),
    pytest.param(
        "f(MagicNone, a=MagicNone)\n",
        "from unittest.mock import MagicMock\nf(MagicMock(), a=MagicMock())\n",
        id="twice, imported once",
    ),
    pytest.param(
        "x = MagicNone()\ny: MagicNone = MagicNone.z\n",
        "from unittest.mock import MagicMock\nx = MagicMock()\ny: MagicMock = MagicMock.z\n",
        id="the class itself",
    ),
    pytest.param(
        "isinstance(x, MagicNone)\n",
        "from unittest.mock import MagicMock\nisinstance(x, MagicMock)\n",
        id="isinstance",
    ),
    pytest.param(
        "class A(MagicNone):\n    pass\n",
        "from unittest.mock import MagicMock\nclass A(MagicMock):\n    pass\n",
        id="base class",
    ),
    pytest.param(
        "#!/usr/bin/env python\n# A comment.\n\nx = MagicNone\n",
        "#!/usr/bin/env python\n# A comment.\n\n"
        "from unittest.mock import MagicMock\nx = MagicMock()\n",
        id="below the first comments",
    ),
    pytest.param(
        "# -*- coding: latin-1 -*-\nimport os\n\nx = MagicNone\n",
        "# -*- coding: latin-1 -*-\nimport os\nfrom unittest.mock import MagicMock\n\n"
        "x = MagicMock()\n",
        id="below the coding",
    ),
]


@pytest.mark.parametrize(("source", "expected"), MAGIC_NONE)
def test_the_wrong_name_is_replaced_and_imported(source: str, expected: str) -> None:
    assert fixed(source, bundled_rule("magic-none")) == expected


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("\ufeffx = MagicNone\n", id="BOM"),
        pytest.param("import os\r\n\r\nx = MagicNone\r\n", id="CRLF"),
        pytest.param("import os\r\rx = MagicNone\r", id="CR"),
        pytest.param("import os\n\f\nx = MagicNone\n", id="form feed"),
        pytest.param("'''Text\n\nmore.'''\n\n\nx = MagicNone\n", id="long docstring"),
        pytest.param("'''Text.'''; import os\nx = MagicNone\n", id="docstring and more on a line"),
        pytest.param("import os; import re\nx = MagicNone\n", id="two imports on a line"),
        pytest.param("from unittest.mock import patch; y = 1\nx = MagicNone\n", id="semicolon"),
        pytest.param("if a:\n    import os\nx = MagicNone\n", id="import in a block"),
        pytest.param("try:\n    import os\nexcept E:\n    pass\nx = MagicNone\n", id="in a try"),
        pytest.param("'''Text.'''  # why\nx = MagicNone\n", id="comment behind the docstring"),
    ],
)
def test_the_fixed_code_parses_and_is_right(source: str) -> None:
    text = fixed(source, bundled_rule("magic-none"))
    names = [
        alias.name
        for node in ast.walk(ast.parse(text.removeprefix("\ufeff")))
        if isinstance(node, ast.ImportFrom) and node.module == "unittest.mock"
        for alias in node.names
    ]
    assert names.count("MagicMock") == 1
    assert "MagicNone" not in text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "x = Mock()\n", "from unittest.mock import Mock\nx = Mock()\n", id="new import"
        ),
        pytest.param(
            "from unittest.mock import patch\n\nx = Mock(spec=Mock)\n",
            "from unittest.mock import Mock, patch\n\nx = Mock(spec=Mock)\n",
            id="merged",
        ),
    ],
)
def test_a_missing_import_is_added(source: str, expected: str) -> None:
    assert fixed(source, bundled_rule("mock-not-imported")) == expected


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = Mock()\ny = patch('a')\n", id="no import yet"),
        pytest.param("from unittest.mock import ANY\n\nx = Mock()\ny = patch('a')\n", id="merged"),
    ],
)
def test_two_missing_names_are_imported_in_rounds(source: str) -> None:
    rule = bundled_rule("mock-not-imported")
    for _ in range(2):
        result = check_source(source, "a.py", [rule])
        source = apply_fixes(source, [v.fix for v in result.violations if v.fix is not None])
        ast.parse(source)
    assert check_source(source, "a.py", [rule]).violations == ()


@pytest.mark.parametrize(
    ("source", "package", "expected"),
    [
        pytest.param("from . import x\n", "a.b", "from a.b import x\n", id="the package itself"),
        pytest.param("from .c import x\n", "a.b", "from a.b.c import x\n", id="one level"),
        pytest.param("from ..c import x\n", "a.b", "from a.c import x\n", id="two levels"),
        pytest.param("from .. import x\n", "a.b", "from a import x\n", id="the package above"),
        pytest.param("from ...c import x\n", "a.b.d", "from a.c import x\n", id="three levels"),
        pytest.param("from ... import x\n", "a.b.d", "from a import x\n", id="ellipsis"),
        pytest.param("from .c.d import x as y\n", "a", "from a.c.d import x as y\n", id="alias"),
        pytest.param("from . c import x\n", "a", "from  a.c import x\n", id="space"),
        pytest.param("from .c import *\n", "a", "from a.c import *\n", id="star"),
        pytest.param("from .import x\n", "a", "from a import x\n", id="no space behind"),
        pytest.param("from.import x\n", "a", "from a import x\n", id="no space at all"),
        pytest.param("from..c import x\n", "a.b", "from a.c import x\n", id="no space before"),
        pytest.param(
            "from .c import (\n    x,\n)\n", "a", "from a.c import (\n    x,\n)\n", id="parentheses"
        ),
        pytest.param(
            "def f():\n    from .c import x\n",
            "a",
            "def f():\n    from a.c import x\n",
            id="inside",
        ),
        pytest.param(
            "from .c import x\nfrom ..d import y\n",
            "a.b",
            "from a.b.c import x\nfrom a.d import y\n",
            id="two",
        ),
    ],
)
def test_a_relative_import_is_made_absolute(source: str, package: str, expected: str) -> None:
    assert fixed(source, bundled_rule("relative-import"), package=package) == expected


@pytest.mark.parametrize(
    ("source", "package"),
    [
        pytest.param("from . import x\n", None, id="no package"),
        pytest.param("from .. import x\n", "a", id="above the root"),
        pytest.param("from ...b import x\n", "a.c", id="far above the root"),
        pytest.param("from .b import x\n", "a.async", id="package named by a keyword"),
        pytest.param("from . import x\n", "a-b", id="package whose name is no name"),
    ],
)
def test_a_relative_import_of_an_unknown_package_is_not_fixed(
    source: str, package: str | None
) -> None:
    (violation,) = check_source(
        source, "a.py", [bundled_rule("relative-import")], package=package
    ).violations
    assert violation.fix is None


def test_a_patterns_fix_takes_its_metavariables_and_imports() -> None:
    rule = Rule(
        "p",
        "m",
        Pattern("old($X)"),
        fix="new($X)",
        fix_imports=("from lib import new",),
    )
    assert fixed("x = old(a + 1)\n", rule) == "from lib import new\nx = new(a + 1)\n"
    assert fixed("from lib import y\nold(b)\n", rule) == "from lib import new, y\nnew(b)\n"
    assert fixed("from lib import new\nold(b)\n", rule) == "from lib import new\nnew(b)\n"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("try:\n    f()\nexcept MagicNone:\n    pass\n", id="except"),
        pytest.param("try:\n    f()\nexcept (A, MagicNone):\n    pass\n", id="except of several"),
        pytest.param("del MagicNone\n", id="del"),
        pytest.param("@MagicNone\ndef f():\n    pass\n", id="decorator"),
        pytest.param("MagicMock = 3\nx = MagicNone\n", id="the right name is another thing"),
        pytest.param('"""Text."""; x = MagicNone\n', id="on the docstring's line"),
        pytest.param(
            "from __future__ import annotations; x = MagicNone\n",
            id="on the line of a future import",
        ),
    ],
)
def test_where_a_fix_would_break_the_code_there_is_none(source: str) -> None:
    (violation,) = check_source(source, "a.py", [bundled_rule("magic-none")]).violations
    assert violation.fix is None
