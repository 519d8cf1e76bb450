"""What relative-import flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "relative-import"

FLAGGED = [
    pytest.param("«from . import x»\n", id="from the package"),
    pytest.param("«from .a import b»\n", id="from a sibling"),
    pytest.param("«from .. import x»\n", id="from the parent"),
    pytest.param("«from ..a import b»\n", id="from a parent's module"),
    pytest.param("«from ...a.b import c»\n", id="from further up"),
    pytest.param("«from .... import d»\n", id="dots that read as an ellipsis"),
    pytest.param("«from .a import b as c»\n", id="under another name"),
    pytest.param("«from .a import b, c as d, e»\n", id="one violation a statement"),
    pytest.param(
        """\
«from .models import (
    Thread,
    User,  # comment
)»
""",
        id="over several lines",
    ),
    pytest.param(
        """\
«from .models import Thread, \\
    User»
""",
        id="over a continued line",
    ),
    pytest.param("«from .models import *»\n", id="star"),
    pytest.param("«from .import x»\n", id="no space behind the dot"),
    pytest.param("«from . a import b»\n", id="space behind the dot"),
    pytest.param("«from .a import b»  # from .c import d\n", id="before a comment"),
    pytest.param(
        """\
import os
«from . import x»
from app import y
«from .z import z»
""",
        id="among absolute imports",
    ),
    pytest.param(
        """\
def load():
    «from .loader import Loader»

    return Loader()
""",
        id="inside a function",
    ),
    pytest.param(
        """\
try:
    import fast as impl
except ImportError:
    «from . import slow as impl»
""",
        id="inside except",
    ),
    pytest.param(
        """\
try:
    «from .fast import run»
except ImportError:
    run = None
""",
        id="inside try",
    ),
    pytest.param(
        """\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    «from ..models import User»
""",
        id="under TYPE_CHECKING",
    ),
    pytest.param(
        """\
class Service:
    «from .constants import LIMIT»

    async def run(self):
        async def inner():
            «from .. import tasks»
            await tasks.run()

        await inner()
""",
        id="in a class and a nested async function",
    ),
    pytest.param(
        'label = "größe 🔑"; «from . import x»\n', id="after characters that are not ASCII"
    ),
    pytest.param("«from .größe import maß»\n", id="names that are not ASCII"),
]

PATHS = [
    pytest.param("app/__init__.py", id="package"),
    pytest.param("app/core/__init__.py", id="package in a package"),
    pytest.param("tests/unit/test_service.py", id="test module"),
    pytest.param("tests/conftest.py", id="conftest"),
    pytest.param("scripts/run.py", id="script"),
]

LOOK_ALIKES = [
    pytest.param("import os\n", id="module"),
    pytest.param("import app.core.models as models\n", id="dotted module"),
    pytest.param("from app import x\n", id="from a package"),
    pytest.param("from app.core.models import Thread, User\n", id="from a module"),
    pytest.param("from app.models import *\n", id="star"),
    pytest.param("from app . models import x\n", id="spaces around a dot"),
    pytest.param(
        """\
from __future__ import annotations

from app.models import (
    Thread,
    User,
)
""",
        id="over several lines",
    ),
    pytest.param(
        """\
def load():
    from app.loader import Loader

    return Loader()
""",
        id="inside a function",
    ),
    pytest.param("# from . import x\n", id="comment"),
    pytest.param("from app import x  # was from . import x\n", id="comment behind an import"),
    pytest.param('"""Never from . import x."""\n', id="docstring"),
    pytest.param('code = "from . import x"\n', id="string"),
    pytest.param(
        '''\
CODE = """
from .a import b
from ..c import d
"""
''',
        id="code in a string",
    ),
    pytest.param(
        """\
import re

RELATIVE = re.compile(r"^\\s*from\\s+\\.+\\w* import ")
""",
        id="regular expression",
    ),
    pytest.param(
        """\
def is_relative(line):
    return line.startswith(("from .", "from ..")) or "from . import" in line
""",
        id="checker by text",
    ),
    pytest.param(
        """\
import ast


def is_relative(node):
    return isinstance(node, ast.ImportFrom) and node.level > 0
""",
        id="checker by syntax tree",
    ),
    pytest.param('errors.append(f"from .{name} import * is relative")\n', id="f-string"),
    pytest.param(
        """\
import importlib

plugin = importlib.import_module(".plugin", package="app")
""",
        id="import_module",
    ),
    pytest.param(
        """\
import subprocess
import sys

subprocess.run([sys.executable, "-c", "from . import x"], check=False)
""",
        id="code for another process",
    ),
    pytest.param(
        """\
def walk(tree):
    yield from tree.children
    yield from ...
""",
        id="yield from",
    ),
    pytest.param(
        """\
def load(error):
    raise ImportError("from . import x") from error
""",
        id="raise from",
    ),
    pytest.param(
        """\
from pathlib import Path

root = Path(__file__).parent / ".." / "app"
""",
        id="relative path",
    ),
    pytest.param(
        """\
import sys

sys.path.insert(0, "..")
""",
        id="search path",
    ),
    pytest.param("limit = ...\nvalue = .5\n", id="ellipsis and a number"),
    pytest.param('fixes = {"from . import x": "from app import x"}\n', id="key of a dict"),
    pytest.param(
        """\
def test_fix(tmp_path):
    (tmp_path / "a.py").write_text("from .b import c\\n")
""",
        id="file written by a test",
    ),
    pytest.param(
        """\
class Query:
    def build(self):
        return self.select("*").from_(".users")
""",
        id="from of a query",
    ),
    pytest.param(
        """\
import argparse

parser = argparse.ArgumentParser(epilog="replaces 'from .a import b'")
""",
        id="help text",
    ),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("path", PATHS)
def test_flags_everywhere(path: str) -> None:
    assert_marked(RULE, "«from . import x»\n«from ..a import b»\n", path=path)


def test_leaves_absolute_imports_of_a_package_alone() -> None:
    assert_marked(RULE, "from app.models import User\n", path="app/__init__.py")
