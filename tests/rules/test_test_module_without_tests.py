"""What test-module-without-tests flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "test-module-without-tests"
PATH = "tests/unit/test_service.py"

FLAGGED = [
    pytest.param("«»", id="empty"),
    pytest.param(
        '''\
«»"""Tests of the service."""
''',
        id="docstring alone",
    ),
    pytest.param(
        """\
«»import json


def load(path):
    return json.loads(path.read_text())


class Recorder:
    def __init__(self):
        self.calls = []
""",
        id="helpers alone",
    ),
    pytest.param(
        """\
«»import asyncio


async def main():
    check = await run()
    assert check


if __name__ == "__main__":
    asyncio.run(main())
""",
        id="script",
    ),
    pytest.param(
        """\
«»from app import service

# def test_save():
#     assert service.save()
""",
        id="test in comments",
    ),
    pytest.param(
        '''\
«»from app import service

"""
def test_save():
    assert service.save()
"""
''',
        id="test in a string",
    ),
    pytest.param(
        """\
«»def run_all():
    def test_save():
        assert True

    test_save()
""",
        id="nested in another function",
    ),
    pytest.param(
        """\
«»class TestStore:
    async def run_all(self):
        async def test_save():
            assert True

        await test_save()
""",
        id="nested in an async method",
    ),
    pytest.param(
        """\
«»class StoreSuite:
    def test_save(self):
        assert True

    async def test_load(self):
        assert True
""",
        id="class not named Test",
    ),
    pytest.param(
        """\
«»class SuiteOfStores:
    class TestStore:
        def test_save(self):
            assert True
""",
        id="Test class in a class not named so",
    ),
    pytest.param(
        """\
«»class TestStore:
    def __init__(self):
        self.store = {}

    def test_save(self):
        assert self.store == {}
""",
        id="Test class with a constructor",
    ),
    pytest.param(
        """\
«»import pytest


class TestStore:
    @pytest.fixture
    def store(self):
        return {}

    def check_save(self, store):
        assert store == {}
""",
        id="Test class without tests",
    ),
    pytest.param(
        """\
«»from fastapi.testclient import TestClient

from app.main import app

client = TestClient(app)
""",
        id="TestClient is no test",
    ),
    pytest.param(
        """\
«»import pytest


@pytest.fixture
def store():
    return {}
""",
        id="fixtures alone",
    ),
    pytest.param(
        """\
«»def check_save():
    assert True


def save_test():
    assert True
""",
        id="functions not named test",
    ),
    pytest.param(
        """\
«»import pytest

pytestmark = pytest.mark.integration
test_data = {"user": "x"}
TEST_LIMIT = 3
""",
        id="names of values",
    ),
    pytest.param(
        '''\
«»"""Prüfungen für die Größe 🔑."""; größe = 1
''',
        id="characters that are not ASCII",
    ),
]

MODULES = [
    pytest.param("tests/test_service.py", id="right under tests"),
    pytest.param("tests/unit/deep/test_service.py", id="deeper"),
    pytest.param("app/tests/test_service.py", id="tests of a package"),
    pytest.param("tests/unit/service_test.py", id="*_test.py"),
]

OTHER_MODULES = [
    pytest.param("app/test_runner.py", id="not in a tests folder"),
    pytest.param("scripts/load_test.py", id="script"),
    pytest.param("tests/helpers.py", id="helper"),
    pytest.param("tests/conftest.py", id="conftest"),
    pytest.param("tests/__init__.py", id="package"),
    pytest.param("tests/unit/testing.py", id="test without a dash"),
    pytest.param("tests/unit/contest.py", id="ends in test"),
    pytest.param("tests/unit/latest_values.py", id="test inside the name"),
    pytest.param("app/attests/test_values.py", id="folder that ends in tests"),
]

LOOK_ALIKES = [
    pytest.param(
        """\
class test_orders:
    def test_total(self):
        assert True
""",
        id="class by a project's own convention",
    ),
    pytest.param(
        """\
for backend in BACKENDS:

    def test_save(backend=backend):
        assert backend
""",
        id="function under for",
    ),
    pytest.param(
        """\
def test_save():
    assert True
""",
        id="function",
    ),
    pytest.param(
        """\
import pytest


@pytest.mark.parametrize("size", [1, 2])
async def test_save(size):
    assert size
""",
        id="decorated async function",
    ),
    pytest.param(
        """\
class TestStore:
    def test_save(self):
        assert True
""",
        id="class",
    ),
    pytest.param(
        """\
class TestStore:
    class TestSave:
        async def test_twice(self):
            assert True
""",
        id="class in a class",
    ),
    pytest.param(
        """\
class TestStore:
    class Fake:
        def __init__(self):
            self.calls = []

    def test_save(self):
        assert self.Fake().calls == []
""",
        id="constructor of a class inside",
    ),
    pytest.param(
        """\
class Recorder:
    def __init__(self):
        self.calls = []


class TestStore:
    def __init_subclass__(cls):
        cls.made = True

    def test_save(self):
        assert Recorder().calls == []
""",
        id="constructor of another class",
    ),
    pytest.param(
        """\
class TestData:
    def __init__(self):
        self.user = "x"


def test_user():
    assert TestData().user
""",
        id="function beside a class with a constructor",
    ),
    pytest.param(
        """\
def make():
    def test_inner():
        assert True

    return test_inner


def test_outer():
    make()()
""",
        id="function beside a nested one",
    ),
    pytest.param(
        """\
# def test_old():
#     assert False


def test_new():
    assert True
""",
        id="function beside a commented one",
    ),
    pytest.param(
        """\
def testSave():
    assert True
""",
        id="name without underscore",
    ),
    pytest.param(
        """\
import sys

if sys.platform != "win32":

    def test_save():
        assert True
""",
        id="under a condition",
    ),
    pytest.param(
        """\
try:
    import redis
except ImportError:
    redis = None
else:

    class TestCache:
        def test_ping(self):
            assert redis
""",
        id="in try",
    ),
    pytest.param(
        """\
class TestStore:
    if True:

        def test_save(self):
            assert True
""",
        id="under a condition in a class",
    ),
    pytest.param(
        """\
import unittest


class StoreCase(unittest.TestCase):
    def test_save(self):
        self.assertTrue(True)
""",
        id="unittest.TestCase",
    ),
    pytest.param(
        """\
from unittest import IsolatedAsyncioTestCase, TestCase


class StoreCase(TestCase):
    def test_save(self):
        self.assertTrue(True)


class AsyncStoreCase(IsolatedAsyncioTestCase):
    async def test_save(self):
        self.assertTrue(True)
""",
        id="imported TestCase",
    ),
    pytest.param(
        """\
from tests.framework import BaseCase


class StoreSuite(BaseCase):
    def test_save(self):
        self.assertTrue(True)
""",
        id="imported base",
    ),
    pytest.param(
        """\
from tests import framework


class TestPostgres(framework.StoreContract):
    url = "postgresql://db/app"
""",
        id="tests come from an imported base",
    ),
    pytest.param(
        """\
class StoreContract:
    def test_save(self):
        assert self.url


class TestPostgres(StoreContract):
    url = "postgresql://db/app"
""",
        id="tests come from a base of the module",
    ),
    pytest.param("from app.tests.test_store import TestStore\n", id="re-exported class"),
    pytest.param(
        "from tests.unit.test_store import test_load, test_save\n", id="re-exported functions"
    ),
    pytest.param(
        """\
from tests.unit.test_store import (
    Recorder,
    TestStore as TestStoreAgain,
)
""",
        id="re-exported under another name",
    ),
    pytest.param("from tests.shared.test_contract import *\n", id="star import of a test module"),
    pytest.param("from tests.shared.contract_test import *\n", id="star import of *_test"),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code, path=PATH)


@pytest.mark.parametrize("path", MODULES)
def test_flags_modules_in_tests(path: str) -> None:
    assert_marked(RULE, "«»def load():\n    return {}\n", path=path)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code, path=PATH)


@pytest.mark.parametrize("path", OTHER_MODULES)
def test_leaves_other_files_alone(path: str) -> None:
    assert_marked(RULE, "def load():\n    return {}\n", path=path)
