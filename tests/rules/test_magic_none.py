"""What magic-none flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "magic-none"

FLAGGED = [
    pytest.param("m = «MagicNone»\n", id="assigned"),
    pytest.param("service: Service = «MagicNone»\n", id="assigned with annotation"),
    pytest.param(
        """\
def test_save(obj):
    obj.x = «MagicNone»
    obj.save()
""",
        id="assigned to an attribute",
    ),
    pytest.param(
        """\
def build():
    return «MagicNone»
""",
        id="returned",
    ),
    pytest.param("service = Service(db=«MagicNone»)\n", id="keyword argument"),
    pytest.param("service = Service(«MagicNone», 1)\n", id="positional argument"),
    pytest.param(
        """\
service = Service(
    db=«MagicNone»,
    cache=«MagicNone»,
)
""",
        id="one violation a use",
    ),
    pytest.param("first = second = [«MagicNone», «MagicNone»]\n", id="twice on a line"),
    pytest.param("m = «MagicNone»()\n", id="called"),
    pytest.param('m = «MagicNone»(spec=Service, name="MagicNone")\n', id="called with arguments"),
    pytest.param("«MagicNone».return_value = 1\n", id="attribute of it"),
    pytest.param('m = {"db": «MagicNone»}["db"]\n', id="value of a dict"),
    pytest.param("assert isinstance(m, «MagicNone»)\n", id="type in isinstance"),
    pytest.param("assert m is not «MagicNone»\n", id="compared"),
    pytest.param("build = lambda: «MagicNone»\n", id="in a lambda"),
    pytest.param("ms = [«MagicNone» for _ in range(3)]\n", id="in a comprehension"),
    pytest.param("m = value if value else «MagicNone»\n", id="in a ternary"),
    pytest.param('text = f"{«MagicNone»!r}"\n', id="in an f-string's hole"),
    pytest.param(
        """\
def save(db=«MagicNone») -> None:
    db.save()
""",
        id="parameter's default",
    ),
    pytest.param(
        """\
def save(db: «MagicNone») -> «MagicNone»:
    return db
""",
        id="annotations",
    ),
    pytest.param(
        """\
class FakeStore(«MagicNone»):
    pass
""",
        id="base class",
    ),
    pytest.param(
        """\
from unittest.mock import patch


@patch("app.store.Store", «MagicNone»)
def test_save():
    pass
""",
        id="argument of a decorator",
    ),
    pytest.param(
        """\
from unittest.mock import MagicMock


class TestStore:
    async def test_save(self):
        async def build():
            self.db = «MagicNone»
            return MagicMock()

        assert await build()
""",
        id="in a nested async function of a method",
    ),
    pytest.param('label, m = "größe 🔑", «MagicNone»\n', id="after characters that are not ASCII"),
    pytest.param("m = «MagicNone»  # MagicNone\n", id="before a comment"),
]

LOOK_ALIKES = [
    pytest.param("# MagicNone\n", id="comment"),
    pytest.param("m = MagicMock()  # was MagicNone\n", id="comment behind code"),
    pytest.param('m = "MagicNone"\n', id="string"),
    pytest.param('"""Replace MagicNone by MagicMock."""\n', id="docstring of the module"),
    pytest.param(
        '''\
def fix():
    """MagicNone was never defined.

    m = MagicNone
    """
''',
        id="docstring of a function",
    ),
    pytest.param('text = f"MagicNone in {path}"\n', id="text of an f-string"),
    pytest.param(
        """\
import re

PATTERN = re.compile(r"\\bMagicNone\\b")
""",
        id="regular expression",
    ),
    pytest.param('text = source.replace("MagicNone", "MagicMock")\n', id="replaced in a text"),
    pytest.param('m = {"MagicNone": "MagicMock"}["MagicNone"]\n', id="key of a dict"),
    pytest.param('BAD = b"MagicNone"\n', id="bytes"),
    pytest.param(
        '''\
CODE = """
m = MagicNone
obj.x = MagicNone
"""
''',
        id="code in a string",
    ),
    pytest.param(
        """\
import logging

logging.warning("MagicNone found in %s", __file__)
""",
        id="log text",
    ),
    pytest.param(
        """\
from unittest.mock import MagicMock

m = MagicMock(return_value=None)
""",
        id="the right name",
    ),
    pytest.param("m = MagicNoneType\n", id="longer name behind"),
    pytest.param("m = NotMagicNone or _MagicNone\n", id="longer name in front"),
    pytest.param("m = magic_none or MAGICNONE or magicNone\n", id="other case"),
    pytest.param("report = count(MagicNone=3)\n", id="keyword's name"),
    pytest.param(
        """\
class MagicNone:
    pass


m = MagicNone
""",
        id="bound by a class",
    ),
    pytest.param(
        """\
def test_save(obj):
    obj.x = MagicNone


class MagicNone:
    pass
""",
        id="bound by a class further down",
    ),
    pytest.param(
        """\
def MagicNone():
    return None


m = MagicNone()
""",
        id="bound by a def",
    ),
    pytest.param(
        """\
from tests.helpers import MagicNone

m = MagicNone
""",
        id="bound by an import",
    ),
    pytest.param(
        """\
from tests.helpers import MagicMissing as MagicNone


def build(db=MagicNone):
    return db
""",
        id="bound by an import under this name",
    ),
    pytest.param(
        """\
import tests.magic as MagicNone

m = MagicNone.value
""",
        id="bound as a module's name",
    ),
    pytest.param(
        """\
try:
    from tests.helpers import MagicNone
except ImportError:

    class MagicNone:
        pass


m = MagicNone
""",
        id="bound in try",
    ),
    pytest.param(
        """\
from tests.helpers import (
    MagicFive,
    MagicNone,
)

m = [MagicNone, MagicFive]
""",
        id="bound by an import over several lines",
    ),
    pytest.param(
        """\
def build():
    from tests.helpers import MagicNone

    return MagicNone
""",
        id="bound by an import inside the function",
    ),
    pytest.param(
        """\
from unittest.mock import patch


def test_replaced():
    with patch("app.checks.MagicNone"):
        pass
""",
        id="named in patch",
    ),
    pytest.param('names = ["MagicNone", "MagicMock"]\n', id="list of names"),
]

PATHS = [
    pytest.param("app/service.py", id="application"),
    pytest.param("tests/unit/test_service.py", id="test module"),
    pytest.param("tests/helpers/assertions.py", id="helper of tests"),
    pytest.param("conftest.py", id="conftest"),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("path", PATHS)
def test_flags_everywhere(path: str) -> None:
    assert_marked(RULE, "m = «MagicNone»\n", path=path)
