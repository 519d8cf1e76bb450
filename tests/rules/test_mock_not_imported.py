"""What mock-not-imported flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "mock-not-imported"
PATH = "tests/unit/test_service.py"

NAMES = [
    pytest.param("m = «Mock»()\n", id="Mock"),
    pytest.param("m = «MagicMock»(spec=Service)\n", id="MagicMock"),
    pytest.param("m = «AsyncMock»(return_value=1)\n", id="AsyncMock"),
    pytest.param("m = «NonCallableMock»()\n", id="NonCallableMock"),
    pytest.param("type(m).name = «PropertyMock»(return_value='x')\n", id="PropertyMock"),
    pytest.param(
        """\
def test_send():
    with «patch»("app.mail.send") as send:
        send()
""",
        id="patch",
    ),
    pytest.param("assert m.mock_calls == [«call»(1), «call»(2)]\n", id="call"),
    pytest.param('m.assert_called_once_with(«ANY», user="x")\n', id="ANY"),
    pytest.param("m.side_effect = [1, «DEFAULT»]\n", id="DEFAULT"),
    pytest.param("token = «sentinel».token\n", id="sentinel"),
    pytest.param("«seal»(m)\n", id="seal"),
    pytest.param("m = «create_autospec»(Service, instance=True)\n", id="create_autospec"),
    pytest.param('opener = «mock_open»(read_data="x")\n', id="mock_open"),
]

USES = [
    pytest.param(
        """\
@«patch»("app.mail.send")
def test_send(send):
    send()
""",
        id="decorator",
    ),
    pytest.param(
        """\
class TestMail:
    @«patch».object(Mail, "send")
    def test_send(self, send):
        send()
""",
        id="decorator by attribute",
    ),
    pytest.param(
        """\
import os


def test_environment():
    with «patch».dict(os.environ, {"A": "1"}), «patch»("app.run"):
        pass
""",
        id="two of a with",
    ),
    pytest.param(
        """\
first, second = «MagicMock»(), «MagicMock»()
third = «AsyncMock»()
""",
        id="one violation a use",
    ),
    pytest.param("m.send = m.read = «AsyncMock»(side_effect=«Mock»())\n", id="one inside another"),
    pytest.param(
        """\
def prepare(db: «AsyncMock», cache=«MagicMock») -> «Mock»:
    return db
""",
        id="annotations and a default",
    ),
    pytest.param("assert isinstance(m, («Mock», int))\n", id="type in isinstance"),
    pytest.param(
        """\
class FakeStore(«MagicMock»):
    pass
""",
        id="base class",
    ),
    pytest.param("ms = [«MagicMock»() for _ in range(3)]\n", id="in a comprehension"),
    pytest.param("build = lambda: «MagicMock»()\n", id="in a lambda"),
    pytest.param(
        """\
import pytest


@pytest.fixture
def service():
    return «MagicMock»()
""",
        id="fixture",
    ),
    pytest.param(
        """\
class TestStore:
    async def test_save(self):
        async def build():
            self.db = «AsyncMock»()
            return self.db

        assert await build()
""",
        id="in a nested async function of a method",
    ),
    pytest.param(
        'label, m = "größe 🔑", «MagicMock»()\n', id="after characters that are not ASCII"
    ),
]

IMPORTS = [
    pytest.param(
        """\
from unittest.mock import MagicMock

m = MagicMock(save=«AsyncMock»())
""",
        id="another name imported",
    ),
    pytest.param(
        """\
from unittest.mock import MagicMock as Fake

m = «MagicMock»(Fake)
""",
        id="imported under another name",
    ),
    pytest.param(
        """\
import unittest.mock

m = unittest.mock.Mock()
n = «Mock»()
""",
        id="module imported, name bare",
    ),
    pytest.param(
        """\
from unittest import mock

with mock.patch("app.run"), «patch»("app.stop"):
    pass
""",
        id="module imported by from, name bare",
    ),
    pytest.param(
        """\
# from unittest.mock import MagicMock
m = «MagicMock»()
""",
        id="import in a comment",
    ),
    pytest.param(
        """\
class Client:
    def send(self):
        self.patch = self.call = None


m = «patch»("app.run"), [«call»(1)]
""",
        id="attributes of the name bind nothing",
    ),
]

FLAGGED = [*NAMES, *USES, *IMPORTS]

IMPORTED = [
    pytest.param(
        """\
from unittest.mock import ANY, DEFAULT, AsyncMock, MagicMock, Mock, call, patch

with patch("app.run", DEFAULT) as run:
    run(Mock(), MagicMock(), AsyncMock())
    assert run.mock_calls == [call(ANY, ANY, ANY)]
""",
        id="imported",
    ),
    pytest.param(
        """\
from unittest.mock import (
    AsyncMock,
    MagicMock,
)

m = MagicMock(save=AsyncMock())
""",
        id="imported over several lines",
    ),
    pytest.param(
        """\
from unittest.mock import *

m = MagicMock()
seal(m)
""",
        id="star import",
    ),
    pytest.param(
        """\
from mock import AsyncMock, patch

with patch("app.run", AsyncMock()):
    pass
""",
        id="imported from the backport",
    ),
    pytest.param(
        """\
from tests.helpers import Recorder as Mock
from tests.helpers import sentinel

m = Mock(sentinel)
""",
        id="imported from elsewhere",
    ),
    pytest.param(
        """\
import tests.call as call

call.run()
""",
        id="module under this name",
    ),
    pytest.param(
        """\
try:
    from unittest.mock import AsyncMock
except ImportError:
    from asynctest import CoroutineMock as AsyncMock

m = AsyncMock()
""",
        id="imported in try",
    ),
    pytest.param(
        """\
def test_save():
    from unittest.mock import MagicMock

    assert MagicMock()
""",
        id="imported inside the function",
    ),
    pytest.param(
        """\
def test_save():
    from unittest.mock import MagicMock

    assert MagicMock()


def test_load():
    assert MagicMock()
""",
        id="imported inside another function",
    ),
    pytest.param(
        """\
def test_save():
    assert MagicMock()


from unittest.mock import MagicMock
""",
        id="imported further down",
    ),
]

BOUND = [
    pytest.param(
        """\
import pytest


@pytest.fixture
def patch():
    return {"op": "replace"}


def test_apply(patch):
    assert patch["op"]
""",
        id="fixture and parameter",
    ),
    pytest.param(
        """\
def call(name):
    return name


async def seal(document):
    return call(document)


seal("x")
""",
        id="def",
    ),
    pytest.param(
        """\
class Mock:
    pass


m = Mock()
""",
        id="class",
    ),
    pytest.param(
        """\
sentinel = object()
ANY = DEFAULT = "any"
assert sentinel is not ANY, DEFAULT
""",
        id="assignment",
    ),
    pytest.param(
        """\
from typing import Any

ANY: Any = object()
first, (call, *seal) = read()
assert call == ANY, seal
""",
        id="annotated and unpacking assignment",
    ),
    pytest.param(
        """\
def apply(document, patch, /, call, *, sentinel=None):
    return document, patch, call, sentinel
""",
        id="parameters",
    ),
    pytest.param(
        """\
def record(*call, **patch):
    return call, patch
""",
        id="star parameters",
    ),
    pytest.param("ordered = sorted(calls, key=lambda call: call.args)\n", id="lambda's parameter"),
    pytest.param(
        """\
def check(m):
    for call in m.call_args_list:
        assert call.args
""",
        id="for over call_args_list",
    ),
    pytest.param(
        """\
def check(m):
    for index, (call, patch) in enumerate(m.pairs):
        assert call.args[index] == patch
""",
        id="for with several targets",
    ),
    pytest.param(
        """\
async def check(stream):
    async for call in stream:
        assert call
""",
        id="async for",
    ),
    pytest.param(
        """\
def check(path):
    with open(path) as patch, connect() as (call, seal):
        return patch.read(), call, seal
""",
        id="with",
    ),
    pytest.param(
        """\
def check(run):
    try:
        run()
    except ValueError as call:
        print(call)
""",
        id="except",
    ),
    pytest.param(
        """\
def check(m):
    if call := m.call_args:
        assert call.args
""",
        id="walrus",
    ),
    pytest.param("names = [call.args[0] for call in m.call_args_list]\n", id="list comprehension"),
    pytest.param(
        """\
def check(m):
    assert any(call.args for call in m.call_args_list)
    assert {call.args: patch for call, patch in m.pairs}
""",
        id="generator and dict comprehension",
    ),
    pytest.param(
        """\
def check(event):
    match event:
        case {"call": call, **patch}:
            return call, patch
        case [sentinel, *seal] as Mock:
            return sentinel, seal, Mock
""",
        id="match",
    ),
]

OTHERS = [
    pytest.param(
        """\
from unittest import mock

with mock.patch("app.run") as run:
    run(mock.ANY)
    assert run.mock_calls == [mock.call(mock.ANY)]
""",
        id="attributes of mock",
    ),
    pytest.param(
        """\
import unittest.mock

m = unittest.mock.MagicMock()
""",
        id="attributes of unittest.mock",
    ),
    pytest.param(
        """\
def test_send(mocker):
    send = mocker.patch("app.mail.send", new=mocker.AsyncMock())
    assert send.mock_calls == [mocker.call(mocker.ANY)]
""",
        id="attributes of mocker",
    ),
    pytest.param(
        """\
async def test_update(client):
    response = await client.patch("/users/1", json={"name": "x"})
    assert response.status_code == 200
""",
        id="HTTP method of a client",
    ),
    pytest.param(
        """\
from fastapi import APIRouter

router = APIRouter()


@router.patch("/users/{user_id}")
async def update(user_id: int) -> int:
    return user_id
""",
        id="HTTP method of a route",
    ),
    pytest.param(
        """\
import subprocess

subprocess.call(["ls"], shell=False)
level = settings.DEFAULT
""",
        id="attributes of other modules",
    ),
    pytest.param(
        """\
class Api:
    def patch(self, path):
        return self.call(path)

    def call(self, path):
        return path


Api().patch("/users/1")
""",
        id="methods",
    ),
    pytest.param("run(patch=True, call=None, sentinel=1)\n", id="keywords' names"),
    pytest.param('names = ["Mock", "patch", "call", "ANY"]\n', id="strings"),
    pytest.param(
        '''\
"""Use MagicMock() and patch("app.run")."""
# m = AsyncMock()
CODE = "m = MagicMock()"
''',
        id="docstring, comment, code in a string",
    ),
    pytest.param('text = f"MagicMock {name} was not awaited"\n', id="text of an f-string"),
    pytest.param(
        """\
m = MockResponse()
n = MyMagicMock(patched=recall(ANY_HOST))
o = any(calls), default, patch_all(), Sentinel
""",
        id="longer names and other case",
    ),
    pytest.param("m.call.patch.return_value.ANY = 1\n", id="attributes deeper down"),
    pytest.param(
        """\
def test_requests(requests_mock):
    requests_mock.get("http://app/users", text="x")
    assert requests_mock.called, requests_mock.call_count
""",
        id="fixture of a plug-in",
    ),
]

LOOK_ALIKES = [*IMPORTED, *BOUND, *OTHERS]

PATHS = [
    pytest.param("app/service.py", id="application"),
    pytest.param("tests/helpers/assertions.py", id="helper of tests"),
    pytest.param("conftest.py", id="conftest"),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code, path=PATH)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code, path=PATH)


@pytest.mark.parametrize("path", PATHS)
def test_flags_everywhere(path: str) -> None:
    assert_marked(RULE, "m = «MagicMock»()\n", path=path)
