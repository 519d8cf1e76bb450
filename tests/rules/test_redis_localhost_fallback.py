"""What redis-localhost-fallback flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "redis-localhost-fallback"

READS = [
    pytest.param(
        'url = «get_env().get("REDIS_URL", "redis://localhost:6379/0")»\n',
        id="url from get_env",
    ),
    pytest.param(
        """\
class Cache:
    def host(self) -> str:
        return «self.env.get("REDIS_HOST", "localhost")»
""",
        id="host from an attribute",
    ),
    pytest.param(
        """\
class Cache:
    def __init__(self, env_getter):
        self.env_getter = env_getter
        self.host = «self.env_getter("REDIS_HOST", "localhost")»
""",
        id="host from a getter that is called itself",
    ),
    pytest.param(
        """\
def connect(redis_cfg):
    return open_pool(«redis_cfg.get("host", "localhost")», redis_cfg.get("port", 6379))
""",
        id="host of a mapping named for Redis",
    ),
    pytest.param(
        'url = «getattr(cfg, "redis_url", "redis://localhost:6379")»\n',
        id="getattr url",
    ),
    pytest.param(
        """\
class Cache:
    def host(self):
        return «getattr(self.config, "redis_host", "localhost")»
""",
        id="getattr host",
    ),
    pytest.param(
        'host = «env.get("REDIS_HOST", Hosts.LOCALHOST)»\n',
        id="a constant named LOCALHOST",
    ),
    pytest.param(
        'host = «env.get("REDIS_HOST", constants.Hosts.LOCALHOST)»\n',
        id="a constant deeper down",
    ),
    pytest.param(
        """\
import os

url = «os.getenv("REDIS_URL", "redis://localhost:6379/0")»
""",
        id="os.getenv",
    ),
    pytest.param(
        """\
import os

url = «os.getenv("REDIS_URL", default="redis://localhost:6379/0")»
""",
        id="os.getenv by keyword",
    ),
    pytest.param(
        """\
from os import getenv

host = «getenv("REDIS_HOST", "localhost")»
""",
        id="imported getenv",
    ),
    pytest.param(
        """\
import os

host = «os.environ.get("REDIS_HOST", "localhost")»
""",
        id="os.environ.get",
    ),
    pytest.param(
        """\
from os import environ

host = «environ.get("REDIS_HOST", "localhost")»
""",
        id="imported environ",
    ),
    pytest.param(
        """\
import os

«os.environ.setdefault("REDIS_URL", "redis://localhost:6379/0")»
""",
        id="os.environ.setdefault",
    ),
    pytest.param(
        """\
def load(env):
    return «env.get(
        "REDIS_URL",
        "redis://localhost:6379/0",
    )»
""",
        id="default on a line of its own",
    ),
    pytest.param(
        """\
def load(env, port):
    return «env.get("REDIS_URL", f"redis://localhost:{port}/0")»
""",
        id="default an f-string",
    ),
    pytest.param(
        """\
def load(env):
    return f"redis://{«env.get('REDIS_HOST', 'localhost')»}:6379/0"
""",
        id="inside an f-string",
    ),
    pytest.param(
        """\
import os

import redis

client = redis.Redis(host=«os.getenv("REDIS_HOST", "localhost")», port=6379)
""",
        id="inside a client's constructor",
    ),
    pytest.param(
        'host = «env.get("REDIS_HOST", "127.0.0.1")»\n',
        id="127.0.0.1",
    ),
    pytest.param(
        'host = «env.get("REDIS_HOST", "0.0.0.0")»\n',
        id="0.0.0.0",
    ),
    pytest.param(
        'host = «env.get("REDIS_HOST", "::1")»\n',
        id="::1",
    ),
    pytest.param(
        'url = «env.get("REDIS_URL", "redis://127.0.0.1:6379")»\n',
        id="127.0.0.1 in an url",
    ),
    pytest.param(
        'url = «env.get("REDIS_URL", "redis://[::1]:6379/0")»\n',
        id="::1 in an url",
    ),
    pytest.param(
        'url = «env.get("REDIS_URL", "redis://:secret@localhost:6379/0")»\n',
        id="a password before the host",
    ),
    pytest.param(
        'url = «env.get("REDIS_URL", "rediss://localhost:6380/0")»\n',
        id="with TLS",
    ),
    pytest.param(
        'host = «env.get("CACHE_REDIS_HOST", "localhost")»\n',
        id="a longer variable's name",
    ),
    pytest.param(
        """\
def load(env):
    label, host = "größe 🔑", «env.get("REDIS_HOST", "localhost")»
    return label, host
""",
        id="after characters that are not ASCII",
    ),
    pytest.param(
        """\
class Manager:
    async def start(self):
        async def dial():
            return await self.open(«self.env.get("REDIS_URL", "redis://localhost:6379")»)

        self.pool = await dial()
""",
        id="in a nested async function of a method",
    ),
]

EXPRESSIONS = [
    pytest.param(
        'url = «env.get("REDIS_URL") or "redis://localhost:6379"»\n',
        id="or",
    ),
    pytest.param(
        """\
def load(env):
    url = (
        «env.get("REDIS_URL")
        or "redis://localhost:6379/0"»
    )
    return url
""",
        id="or over two lines",
    ),
    pytest.param(
        """\
def load(cfg, env):
    return «cfg.redis_url or env.get("REDIS_URL") or "redis://localhost:6379"»
""",
        id="or of three",
    ),
    pytest.param(
        """\
import os

host = «os.environ.get("REDIS_HOST") or "localhost"»
""",
        id="or with a host",
    ),
    pytest.param(
        """\
def load(redis_url):
    url = «redis_url if redis_url else "redis://localhost:6379"»
    return url
""",
        id="ternary",
    ),
    pytest.param(
        """\
import os

url = «os.environ["REDIS_URL"] if "REDIS_URL" in os.environ else "redis://localhost:6379"»
""",
        id="ternary on presence",
    ),
    pytest.param(
        """\
def load(redis_host=None):
    return «"localhost" if redis_host is None else redis_host»
""",
        id="ternary the other way round",
    ),
    pytest.param(
        """\
from pydantic import BaseSettings, Field


class Settings(BaseSettings):
    redis_url: str = «Field(default="redis://localhost:6379/0", description="cache")»
""",
        id="pydantic Field",
    ),
    pytest.param(
        """\
from pydantic import BaseSettings, Field


class Settings(BaseSettings):
    redis_host: str = «Field(
        default="localhost",
        description="host of the cache",
    )»
""",
        id="pydantic Field over several lines",
    ),
]

DEFAULTS = [
    pytest.param(
        """\
class Settings:
    «redis_url: str = "redis://localhost:6379/2"»
    debug: bool = False
""",
        id="class field with an url",
    ),
    pytest.param(
        """\
from pydantic import BaseSettings


class AppSettings(BaseSettings):
    name: str = "localhost"
    «redis_host: str = "localhost"»
""",
        id="class field with a host",
    ),
    pytest.param(
        """\
def connect_redis(«host: str = "localhost"», port: int = 6379):
    return host, port
""",
        id="parameter of a function named for Redis",
    ),
    pytest.param(
        """\
class Cache:
    async def create_redis_pool(
        self,
        «url: str = "redis://localhost:6379"»,
        size: int = 10,
    ):
        return await self.open(url, size)
""",
        id="parameter of an async method on a line of its own",
    ),
    pytest.param(
        """\
def get_redis_client(*, «redis_host="localhost"»):
    return redis_host
""",
        id="keyword-only parameter without annotation",
    ),
]

BRANCHES = [
    pytest.param(
        """\
def build(host, port):
    if host:
        url = f"redis://{host}:{port}/1"
    else:
        «url = f"redis://localhost:{port}/1"»
    return url
""",
        id="else of a missing-value test",
    ),
    pytest.param(
        """\
import os


def build():
    if "REDIS_URL" in os.environ:
        redis_url = os.environ["REDIS_URL"]
    else:
        «redis_url = "redis://localhost:6379"»
    return redis_url
""",
        id="else of a presence test",
    ),
    pytest.param(
        """\
class Cache:
    def setup(self, host):
        if host is not None:
            self.redis_host = host
        else:
            «self.redis_host = "localhost"»
""",
        id="else that sets an attribute",
    ),
    pytest.param(
        """\
def build(redis_url=None):
    if not redis_url:
        «redis_url = "redis://localhost:6379"»
    return redis_url
""",
        id="body of a missing-value test",
    ),
    pytest.param(
        """\
def build(builder):
    try:
        redis_url = builder.get_url()
    except ConfigurationError:
        «redis_url = "redis://localhost:6379/0"»
    return redis_url
""",
        id="except with an url",
    ),
    pytest.param(
        """\
class Cache:
    async def setup(self):
        try:
            self.redis_host = await self.lookup()
        except (KeyError, OSError) as error:
            logger.warning("no host: %s", error)
            «self.redis_host = "localhost"»
""",
        id="except with a host",
    ),
]

# The guard is there and speaks of the other case, or it is over.
GUARDS = [
    pytest.param(
        """\
class Builder:
    def host(self):
        if self.is_production():
            return «self.env.get("REDIS_HOST", "localhost")»
        return None
""",
        id="under a guard for production",
    ),
    pytest.param(
        """\
def host(env, environment):
    if environment == "staging":
        return «env.get("REDIS_HOST", "localhost")»
    return env["REDIS_HOST"]
""",
        id="under a guard for staging",
    ),
    pytest.param(
        """\
class Builder:
    def host(self):
        if not self.is_development():
            return «self.env.get("REDIS_HOST", "localhost")»
        return "cache"
""",
        id="under the negation of a guard for development",
    ),
    pytest.param(
        """\
def host(env, environment):
    if environment == "development":
        return "cache"
    else:
        return «env.get("REDIS_HOST", "localhost")»
""",
        id="else of a guard for development",
    ),
    pytest.param(
        """\
class Builder:
    def host(self):
        if self.is_development():
            return "localhost"
        return «self.env.get("REDIS_HOST", "localhost")»
""",
        id="after a guard for development",
    ),
    pytest.param(
        """\
def host(env, port):
    if port is None:
        raise ValueError("port is missing")
    return «env.get("REDIS_HOST", "localhost")»
""",
        id="after a raise for something else",
    ),
]

FLAGGED = [*READS, *EXPRESSIONS, *DEFAULTS, *BRANCHES, *GUARDS]

GUARDED = [
    pytest.param(
        """\
class RedisConfigurationBuilder:
    def host(self):
        if self.is_development() or self.is_testing():
            return self.env.get("REDIS_HOST", "localhost")
        return self.env["REDIS_HOST"]
""",
        id="development or testing",
    ),
    pytest.param(
        """\
def host(env, environment):
    if environment in ("staging", "production"):
        return env["REDIS_HOST"]
    elif environment == "development":
        return env.get("REDIS_HOST", "localhost")
    raise ValueError(environment)
""",
        id="elif development",
    ),
    pytest.param(
        """\
import os


def url():
    if os.getenv("ENVIRONMENT") == "development":
        return os.getenv("REDIS_URL") or "redis://localhost:6379"
    return os.environ["REDIS_URL"]
""",
        id="development from the environment",
    ),
    pytest.param(
        """\
def url(env, environment):
    if environment in ("development", "test"):
        return env.get(
            "REDIS_URL",
            "redis://localhost:6379",
        )
    return env["REDIS_URL"]
""",
        id="one of development and test",
    ),
    pytest.param(
        """\
def url(env, environment):
    if environment in ("staging", "production"):
        return require(env, "REDIS_URL")
    else:
        return env.get("REDIS_URL", "redis://localhost:6379")
""",
        id="else of staging and production",
    ),
    pytest.param(
        """\
class Builder:
    def setup(self):
        if self.is_production():
            self.redis_url = self.require("REDIS_URL")
        else:
            self.redis_url = self.env.get("REDIS_URL", "redis://localhost:6379")
""",
        id="else of production",
    ),
    pytest.param(
        """\
def url(env, environment):
    if environment == "production":
        raise RuntimeError("Redis must be configured")
    return env.get("REDIS_URL", "redis://localhost:6379")
""",
        id="after a raise for production",
    ),
    pytest.param(
        """\
def url(env, environment):
    value = env.get("REDIS_URL")
    if not value and environment in ("staging", "production"):
        raise RuntimeError("Redis must be configured")
    return value or "redis://localhost:6379"
""",
        id="after a raise for production without a value",
    ),
    pytest.param(
        """\
class Builder:
    def url(self):
        try:
            redis_url = self.require("REDIS_URL")
        except ConfigurationError:
            if self.is_production() or self.is_staging():
                raise
            redis_url = "redis://localhost:6379"
        return redis_url
""",
        id="after a bare raise for production in except",
    ),
    pytest.param(
        """\
class Builder:
    def url(self):
        url = self.env.get("REDIS_URL")
        if not url and self.is_development():
            url = "redis://localhost:6379"
        return url
""",
        id="missing and development",
    ),
    pytest.param(
        """\
class Builder:
    def url(self):
        if self.is_development():
            try:
                redis_url = self.lookup()
            except LookupError:
                redis_url = "redis://localhost:6379"
            return redis_url
        return self.require("REDIS_URL")
""",
        id="except under a guard",
    ),
    pytest.param(
        """\
class Builder:
    def host(self):
        return "localhost" if self.is_development() else self.require("REDIS_HOST")
""",
        id="ternary on development",
    ),
    pytest.param(
        """\
def url(env, environment):
    if environment not in ("staging", "production"):
        return env.get("REDIS_URL", "redis://localhost:6379")
    return env["REDIS_URL"]
""",
        id="neither staging nor production",
    ),
    pytest.param(
        """\
def url(env, environment):
    if environment in ("staging", "production"):
        return require(env, "REDIS_URL")
    return env.get("REDIS_URL", "redis://localhost:6379")
""",
        id="after a return for staging and production",
    ),
    pytest.param(
        """\
def host(settings, env):
    if settings.testing:
        return env.get("REDIS_HOST") or "localhost"
    return env["REDIS_HOST"]
""",
        id="a flag for testing",
    ),
    pytest.param(
        """\
class DevelopmentSettings:
    redis_url: str = "redis://localhost:6379/0"
    redis_host: str = "localhost"
""",
        id="class named for development",
    ),
    pytest.param(
        """\
from pydantic import Field


class TestSettings(Settings):
    redis_url: str = Field(default="redis://localhost:6379/1")
""",
        id="class named for tests",
    ),
    pytest.param(
        """\
class RedisConfigurationBuilder:
    class DevelopmentBuilder:
        def __init__(self, parent):
            self.parent = parent

        @property
        def url(self):
            return self.parent.env.get("REDIS_URL", "redis://localhost:6379/0")
""",
        id="method of a nested class named for development",
    ),
    pytest.param(
        """\
def get_development_redis_url(env):
    return env.get("REDIS_URL", "redis://localhost:6379/0")
""",
        id="function named for development",
    ),
    pytest.param(
        """\
def make_test_redis(host: str = "localhost", port: int = 6379):
    return host, port
""",
        id="parameter of a function named for tests",
    ),
]

COMPARED = [
    pytest.param(
        """\
def validate(redis_url, errors):
    if "localhost" in redis_url:
        errors.append("Redis must not be localhost")
    return errors
""",
        id="forbidden by in",
    ),
    pytest.param(
        """\
def validate(redis_url, errors):
    if "localhost" in redis_url or "127.0.0.1" in redis_url:
        errors.append("REDIS_URL must not be localhost")
    return errors
""",
        id="forbidden by in, joined by or",
    ),
    pytest.param(
        """\
def validate(redis_url):
    if redis_url.startswith("redis://localhost"):
        raise ValueError("REDIS_URL points to localhost")
""",
        id="forbidden by startswith",
    ),
    pytest.param(
        """\
def is_local(redis_host):
    return redis_host == "localhost" or redis_host == "127.0.0.1" or redis_host == "::1"
""",
        id="compared by equals",
    ),
    pytest.param(
        """\
def mode(redis_host):
    return "local" if redis_host == "localhost" else "remote"
""",
        id="compared in a ternary",
    ),
    pytest.param(
        """\
LOCAL_HOSTS = {"localhost", "127.0.0.1", "0.0.0.0", "::1"}


def is_local(redis_host):
    return redis_host in LOCAL_HOSTS
""",
        id="a set of names",
    ),
    pytest.param(
        """\
def require(redis_url):
    if not redis_url or "localhost" in redis_url:
        raise ValueError("REDIS_URL is missing or local")
    return redis_url
""",
        id="forbidden together with missing",
    ),
    pytest.param(
        """\
def host(env):
    value = env.get("REDIS_HOST")
    if value in (None, "localhost", "127.0.0.1"):
        raise ValueError("REDIS_HOST is missing or local")
    return value
""",
        id="forbidden in a tuple beside None",
    ),
    pytest.param(
        """\
def remote(redis_hosts):
    return [host for host in redis_hosts if host != "localhost"]
""",
        id="filtered out",
    ),
    pytest.param(
        """\
def check(config):
    assert config.redis_url != "redis://localhost:6379"
    assert "localhost" not in config.redis_host, "REDIS_HOST is localhost"
""",
        id="asserted",
    ),
    pytest.param(
        """\
import re

LOCAL = re.compile(r"^redis://(localhost|127\\.0\\.0\\.1)")


def in_container(redis_url):
    return redis_url.replace("redis://localhost", "redis://redis")
""",
        id="searched and replaced",
    ),
]

WRITTEN = [
    pytest.param(
        'ENVIRONMENT = {"REDIS_URL": "redis://localhost:6379/0", "REDIS_HOST": "localhost"}\n',
        id="fixture dict",
    ),
    pytest.param(
        """\
import os

os.environ["REDIS_URL"] = "redis://localhost:6379/0"
os.environ["REDIS_HOST"] = "localhost"
""",
        id="written to os.environ",
    ),
    pytest.param(
        """\
import os

os.environ.update({"REDIS_URL": "redis://localhost:6379/0"})
""",
        id="written by update",
    ),
    pytest.param(
        """\
def prepare(env):
    env.set("REDIS_URL", "redis://localhost:6379/0", source="prepare")
    env.set("REDIS_HOST", "localhost")
""",
        id="env.set",
    ),
    pytest.param(
        """\
def prepare(monkeypatch):
    monkeypatch.setenv("REDIS_HOST", "localhost")
""",
        id="monkeypatch.setenv",
    ),
]

BARE = [
    pytest.param(
        """\
import redis

client = redis.Redis(host="localhost", port=6379)
""",
        id="client by host",
    ),
    pytest.param(
        """\
import redis.asyncio as redis


async def connect():
    return await redis.from_url("redis://localhost:6379/0", decode_responses=True)
""",
        id="client by url",
    ),
    pytest.param(
        'url = "redis://localhost:6379/0"\n',
        id="bare url",
    ),
    pytest.param(
        """\
def wait():
    wait_for_port("redis", "localhost", 6379)
    for host in ("localhost", "redis"):
        ping(host)
""",
        id="bare host beside the service's name",
    ),
    pytest.param(
        """\
def show(env):
    print(env.get("REDIS_HOST"), "localhost")
""",
        id="bare host beside a read",
    ),
    pytest.param(
        """\
def prepare(env):
    env.get.return_value = "redis://localhost:6379/0"
    return env
""",
        id="answer of a fake",
    ),
    pytest.param(
        """\
def ping():
    return dial("redis://localhost:6379/0")
""",
        id="bare argument",
    ),
    pytest.param(
        """\
from pydantic import Field


class Settings:
    redis_url: str = Field(..., example="redis://localhost:6379/0")
    redis_host: str = Field(default=None, description="such as localhost")
""",
        id="example",
    ),
    pytest.param(
        """\
def report(logger, host):
    logger.info("Redis at redis://localhost:6379")
    logger.warning("REDIS_HOST is %s, expected %s", host, "localhost")
""",
        id="log texts",
    ),
    pytest.param(
        """\
def connect(client, logger):
    try:
        client.ping()
    except ConnectionError:
        logger.error("redis://localhost:6379 does not answer")
""",
        id="log text in except",
    ),
    pytest.param(
        """\
def require(value):
    if not value:
        raise ValueError("REDIS_URL is missing, such as redis://localhost:6379")
""",
        id="error text",
    ),
    pytest.param(
        '''\
TEMPLATE = """
REDIS_URL=redis://localhost:6379/0
REDIS_HOST=localhost
"""
''',
        id="template",
    ),
    pytest.param(
        '''\
def load(env):
    """Was env.get("REDIS_URL", "redis://localhost:6379/0")."""
    return env["REDIS_URL"]
''',
        id="docstring",
    ),
    pytest.param(
        """\
# host = env.get("REDIS_HOST", "localhost")
host = env["REDIS_HOST"]
""",
        id="comment",
    ),
]

OTHERS = [
    pytest.param('host = env.get("POSTGRES_HOST", "localhost")\n', id="another service's host"),
    pytest.param(
        """\
import os

url = os.getenv("DATABASE_URL") or "postgresql://localhost/app"
""",
        id="another service's url",
    ),
    pytest.param(
        """\
import os

import uvicorn

uvicorn.run("app:app", host=os.getenv("HOST", "0.0.0.0"), port=8000)
""",
        id="address to bind",
    ),
    pytest.param(
        """\
def connect_database(host: str = "localhost", port: int = 5432):
    return host, port
""",
        id="parameter of another service's function",
    ),
    pytest.param(
        """\
class Settings:
    api_host: str = "localhost"
    redis_url: str
    redis_port: int = 6379
""",
        id="field of another service",
    ),
    pytest.param('url = env.get("REDIS_URL")\n', id="no default"),
    pytest.param(
        """\
url = env.get("REDIS_URL", "")
host = env.get("REDIS_HOST", None)
""",
        id="empty default",
    ),
    pytest.param(
        """\
host = env.get("REDIS_HOST", "redis")
url = env.get("REDIS_URL") or "redis://cache.internal:6379/0"
""",
        id="default is another host",
    ),
    pytest.param(
        """\
def load(env, redis_cfg):
    return env.get("REDIS_PORT", "6379"), redis_cfg.get("db", 0)
""",
        id="default of another setting of Redis",
    ),
    pytest.param(
        """\
def get_redis_pool(url: str, size: int = 10, decode: bool = True):
    return url, size, decode
""",
        id="function named for Redis with other defaults",
    ),
    pytest.param(
        """\
def build(host, port):
    if host:
        redis_url = f"redis://{host}:{port}/1"
    else:
        raise ValueError("REDIS_HOST is missing; localhost is no fallback")
    return redis_url
""",
        id="else that raises",
    ),
    pytest.param(
        """\
def build(env, fallbacks):
    return env.get("REDIS_HOST") or fallbacks.get("redis")
""",
        id="fallback to something looked up",
    ),
    pytest.param(
        """\
def build(env):
    hosts = ["localhost", env.get("REDIS_HOST", "cache")]
    return hosts
""",
        id="localhost beside a sound default",
    ),
]

LOOK_ALIKES = [*GUARDED, *COMPARED, *WRITTEN, *BARE, *OTHERS]

TEST_PATHS = [
    pytest.param("tests/unit/fakes.py", id="under tests"),
    pytest.param("app/test/support.py", id="under test"),
    pytest.param("app/test_config.py", id="test_*.py"),
    pytest.param("app/config_test.py", id="*_test.py"),
    pytest.param("app/tests.py", id="tests.py"),
    pytest.param("conftest.py", id="conftest.py"),
]

APPLICATION_PATHS = [
    pytest.param("app/attestation/config.py", id="folder with test in its name"),
    pytest.param("app/contest.py", id="ends in test"),
    pytest.param("app/latest_config.py", id="test inside the name"),
    pytest.param("config.py", id="at the root"),
]


# What the source distributions of large packages showed.
FLAGGED += [
    pytest.param(
        """\
import os

try:
    host = os.environ["REDIS_HOST"]
except KeyError:
    «host = "localhost"»
""",
        id="except after a read that names the service",
    ),
    pytest.param(
        """\
def host(env):
    host = env.get("REDIS_HOST")
    if not host:
        «host = "localhost"»
    return host
""",
        id="the tested name was read from the setting",
    ),
    pytest.param(
        """\
def host(env):
    host = env.get("REDIS_HOST")
    return «host or "localhost"»
""",
        id="the left side was read from the setting",
    ),
    pytest.param(
        """\
def url(settings):
    return f"redis://{«settings.host or 'localhost'»}:{settings.port}"
""",
        id="the text around names the service",
    ),
    pytest.param(
        'host = «parser.get("redis", "host", fallback="localhost")»\n',
        id="section and option of a parser",
    ),
]
FLAGGED += [
    pytest.param(
        """\
import os

match os.getenv("REDIS_URL"):
    case None | "":
        «url = "redis://localhost"»
    case given:
        url = given
""",
        id="case of a missing value",
    ),
    pytest.param(
        'url = «env.get("REDIS_URL", "redis://localhost:" + str(port))»\n',
        id="address put together with +",
    ),
    pytest.param(
        'url = «env.get("REDIS_URL", "redis://localhost:%s/0" % port)»\n',
        id="address formatted with %",
    ),
    pytest.param(
        'url = «env.get("REDIS_URL", "redis://localhost:{}".format(port))»\n',
        id="address formatted with format",
    ),
]
LOOK_ALIKES += [
    pytest.param(
        """\
class RedisClient:
    def __init__(self, host="localhost", port=6379):
        self.host = host
""",
        id="constructor of a client class",
    ),
    pytest.param(
        """\
def parse(url):
    if not url:
        message = "none; use for example redis://localhost:6379/0"
        raise ValueError(message)
""",
        id="message of an error",
    ),
    pytest.param(
        'url = env.get("REDIS_URL", "redis://" + host)\n',
        id="address put together of a host that is given",
    ),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("path", TEST_PATHS)
def test_is_off_in_tests(path: str) -> None:
    assert_marked(RULE, 'host = env.get("REDIS_HOST", "localhost")\n', path=path)


@pytest.mark.parametrize("path", APPLICATION_PATHS)
def test_is_on_elsewhere(path: str) -> None:
    assert_marked(RULE, 'host = «env.get("REDIS_HOST", "localhost")»\n', path=path)
