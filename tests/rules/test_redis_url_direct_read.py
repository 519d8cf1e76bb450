"""What redis-url-direct-read flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "redis-url-direct-read"

FLAGGED = [
    pytest.param('url = «env.get("REDIS_URL")»\n', id="env.get"),
    pytest.param('url = «get_env().get("REDIS_URL")»\n', id="get_env().get"),
    pytest.param(
        """\
class Cache:
    def url(self):
        return «self.env.get("REDIS_URL")»
""",
        id="environment of self",
    ),
    pytest.param(
        """\
class Cache:
    def url(self):
        return «self._env.get("REDIS_URL")»
""",
        id="private environment of self",
    ),
    pytest.param(
        """\
import os

url = «os.environ["REDIS_URL"]»
""",
        id="os.environ by subscript",
    ),
    pytest.param(
        """\
import os

url = «os.environ.get("REDIS_URL")»
""",
        id="os.environ.get",
    ),
    pytest.param(
        """\
import os

url = «os.getenv("REDIS_URL")»
""",
        id="os.getenv",
    ),
    pytest.param(
        """\
from os import environ, getenv

url = «getenv("REDIS_URL")»
other = «environ["REDIS_URL"]»
third = «environ.get("REDIS_URL")»
""",
        id="imported from os",
    ),
    pytest.param(
        """\
import os as system

url = «system.environ["REDIS_URL"]»
""",
        id="os under another name",
    ),
    pytest.param('url = «env.get("REDIS_URL", "")»\n', id="with an empty default"),
    pytest.param(
        """\
import os

url = «os.getenv("REDIS_URL", default=None)»
""",
        id="with a default by keyword",
    ),
    pytest.param(
        """\
def load(env):
    return «env.get(
        "REDIS_URL",
        "redis://cache.internal:6379/0",
    )»
""",
        id="over several lines",
    ),
    pytest.param(
        """\
import os

import redis

client = redis.from_url(«os.environ["REDIS_URL"]», decode_responses=True)
""",
        id="as an argument",
    ),
    pytest.param(
        """\
def load(env, builder):
    return «env.get("REDIS_URL")» or builder.url
""",
        id="in or",
    ),
    pytest.param(
        """\
def connect(env):
    if url := «env.get("REDIS_URL")»:
        return dial(url)
    return None
""",
        id="kept by a walrus",
    ),
    pytest.param(
        """\
def settings(env):
    return {"redis": «env.get("REDIS_URL")», "debug": False}
""",
        id="as the value of a dict",
    ),
    pytest.param(
        """\
import os

print(f"cache at {«os.environ['REDIS_URL']»}")
""",
        id="in an f-string",
    ),
    pytest.param(
        """\
import os


class LegacyRedisConfig:
    url = «os.environ["REDIS_URL"]»
""",
        id="in the body of another class",
    ),
    pytest.param(
        """\
class Manager:
    async def start(self):
        async def dial():
            return await self.open(«self.env.get("REDIS_URL")»)

        self.pool = await dial()
""",
        id="in a nested async function of a method",
    ),
    pytest.param(
        """\
import os

label, url = "größe 🔑", «os.environ["REDIS_URL"]»
""",
        id="after characters that are not ASCII",
    ),
    pytest.param(
        """\
import os


class RedisConfigurationBuilder:
    def url(self):
        return os.environ["REDIS_URL"]


def url():
    return «os.environ["REDIS_URL"]»
""",
        id="beside the right class",
    ),
]

LOOK_ALIKES = [
    pytest.param(
        """\
class RedisConfigurationBuilder:
    def __init__(self, env):
        self.env = env

    @property
    def url(self):
        return self.env.get("REDIS_URL")
""",
        id="in the right class",
    ),
    pytest.param(
        """\
import os


class RedisConfigurationBuilder:
    class Staging:
        def url(self):
            def read():
                return os.environ["REDIS_URL"] or os.getenv("REDIS_URL")

            return read()
""",
        id="deep in the right class",
    ),
    pytest.param(
        """\
import os

os.environ["REDIS_URL"] = "redis://cache.internal:6379/0"
""",
        id="written",
    ),
    pytest.param(
        """\
import os

del os.environ["REDIS_URL"]
""",
        id="deleted",
    ),
    pytest.param(
        """\
import os

os.environ.pop("REDIS_URL", None)
""",
        id="removed",
    ),
    pytest.param(
        """\
import os

os.environ.setdefault("REDIS_URL", "redis://cache.internal:6379/0")
os.environ.update({"REDIS_URL": "redis://cache.internal:6379/0"})
os.putenv("REDIS_URL", "redis://cache.internal:6379/0")
""",
        id="written by calls",
    ),
    pytest.param(
        """\
def prepare(env, url):
    env.set("REDIS_URL", url, source="prepare")
    env.delete("REDIS_URL")
""",
        id="env.set",
    ),
    pytest.param(
        """\
def prepare(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://cache.internal:6379/0")
    monkeypatch.delenv("REDIS_URL", raising=False)
""",
        id="monkeypatch",
    ),
    pytest.param('configured = bool(env.get("REDIS_URL"))\n', id="presence by bool"),
    pytest.param(
        """\
def check(env):
    if not env.get("REDIS_URL"):
        raise ValueError("REDIS_URL is missing")
""",
        id="presence by not",
    ),
    pytest.param(
        """\
import os

configured = os.environ.get("REDIS_URL") is not None
""",
        id="presence by is",
    ),
    pytest.param(
        """\
import os


def check():
    if "REDIS_URL" not in os.environ:
        raise ValueError("REDIS_URL is missing")
""",
        id="presence by in",
    ),
    pytest.param(
        """\
def show(env):
    return {"redis": "***" if env.get("REDIS_URL") else None}
""",
        id="mask",
    ),
    pytest.param(
        """\
def show(env):
    print("redis:", "configured" if env.get("REDIS_URL") else "missing")
""",
        id="status text",
    ),
    pytest.param('overrides = {"REDIS_URL": "redis://cache.internal:6379/0"}\n', id="dict key"),
    pytest.param(
        """\
def merge(overrides, config):
    config["REDIS_URL"] = overrides["REDIS_URL"]
    return config
""",
        id="subscript of other mappings",
    ),
    pytest.param(
        """\
import os


def check(url):
    assert os.environ["REDIS_URL"] == url
    assert os.getenv("REDIS_URL"), "REDIS_URL is missing"
""",
        id="asserted",
    ),
    pytest.param('url = config.get("REDIS_URL")\n', id="configuration object"),
    pytest.param(
        """\
def load(settings, cache, payload):
    return settings["REDIS_URL"], cache.get("REDIS_URL"), payload.get("REDIS_URL", "")
""",
        id="other objects with get",
    ),
    pytest.param(
        """\
async def load(response):
    return (await response.json()).get("REDIS_URL")
""",
        id="answer of a service",
    ),
    pytest.param(
        """\
def load(settings):
    return settings.REDIS_URL, getattr(settings, "REDIS_URL", None)
""",
        id="attribute of the settings",
    ),
    pytest.param(
        """\
from pydantic import BaseSettings, Field


class Settings(BaseSettings):
    redis_url: str = Field(..., env="REDIS_URL")
""",
        id="name in a Field",
    ),
    pytest.param(
        """\
import os

host = os.environ["REDIS_HOST"]
port = os.getenv("REDIS_PORT", "6379")
""",
        id="components",
    ),
    pytest.param(
        """\
import os

url = os.environ["DATABASE_URL"]
""",
        id="another service's url",
    ),
    pytest.param(
        """\
import os

template = os.environ["REDIS_URL_TEMPLATE"]
wait = env.get("CHECK_REDIS_URL_SECONDS", "5")
""",
        id="longer names",
    ),
    pytest.param(
        """\
import os

REQUIRED = ("REDIS_URL", "DATABASE_URL")
missing = [name for name in REQUIRED if name not in os.environ]
""",
        id="list of names",
    ),
    pytest.param(
        """\
def require(env, name):
    return env.get(name), env.get(REDIS_URL_NAME)
""",
        id="name not written here",
    ),
    pytest.param(
        """\
def load(builder):
    # not os.environ["REDIS_URL"]
    return builder.url
""",
        id="comment",
    ),
    pytest.param(
        '''\
def load(builder):
    """Never env.get("REDIS_URL"): the builder knows."""
    return builder.url
''',
        id="docstring",
    ),
    pytest.param(
        """\
def report(logger, builder):
    logger.error('os.environ["REDIS_URL"] is not read any more: %s', builder.url)
    raise RuntimeError("set REDIS_URL")
""",
        id="texts",
    ),
]

TEST_PATHS = [
    pytest.param("tests/unit/fakes.py", id="under tests"),
    pytest.param("app/test/support.py", id="under test"),
    pytest.param("app/test_config.py", id="test_*.py"),
    pytest.param("app/config_test.py", id="*_test.py"),
    pytest.param("app/tests.py", id="tests.py"),
    pytest.param("conftest.py", id="conftest.py"),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("path", TEST_PATHS)
def test_is_off_in_tests(path: str) -> None:
    assert_marked(RULE, 'url = env.get("REDIS_URL")\n', path=path)
