"""What redis-port-zero flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "redis-port-zero"

FLAGGED = [
    pytest.param(
        """\
import redis

client = redis.Redis(host="cache.internal", «port=0»)
""",
        id="port of a client",
    ),
    pytest.param(
        """\
from redis import Redis

client = Redis(
    host="cache.internal",
    «port="0"»,
    db=0,
)
""",
        id="port of an imported client, as a string",
    ),
    pytest.param(
        """\
import redis.asyncio as redis


class Cache:
    async def open(self, host):
        async def dial():
            return redis.StrictRedis(host=host, «port=0», db=0)

        return await dial()
""",
        id="in a nested async function of a method",
    ),
    pytest.param('config = RedisConfig(host="cache", «port="0"»)\n', id="port of a Redis class"),
    pytest.param(
        'client = create_redis_client("cache", «port=0»)\n',
        id="port of a Redis function",
    ),
    pytest.param("settings = Settings(«redis_port=0», debug=True)\n", id="redis_port"),
    pytest.param('settings = Settings(«redis_port="0"»)\n', id="redis_port as a string"),
    pytest.param("«REDIS_PORT = 0»\n", id="assigned"),
    pytest.param('«REDIS_PORT = "0"»\n', id="assigned as a string"),
    pytest.param("«REDIS_PORT: int = 0»\n", id="assigned with annotation"),
    pytest.param(
        """\
class Settings:
    redis_host: str = "cache"
    «redis_port: int = 0»
""",
        id="class field",
    ),
    pytest.param(
        """\
class Cache:
    def __init__(self):
        «self.redis_port = 0»
""",
        id="attribute",
    ),
    pytest.param(
        """\
import os

«os.environ["REDIS_PORT"] = "0"»
""",
        id="written to os.environ",
    ),
    pytest.param('port = «env.get("REDIS_PORT", 0)»\n', id="default"),
    pytest.param('port = int(«self.env.get("REDIS_PORT", "0")»)\n', id="default as a string"),
    pytest.param(
        """\
import os

port = int(«os.environ.get("REDIS_PORT", "0")»)
other = «os.getenv("REDIS_PORT", "0")»
""",
        id="default of the process environment",
    ),
    pytest.param(
        """\
def load(env):
    return «env.get(
        "REDIS_PORT",
        "0",
    )»
""",
        id="default on a line of its own",
    ),
    pytest.param('url = «"redis://cache.internal:0"»\n', id="url"),
    pytest.param(
        """\
import redis

client = redis.from_url(«"redis://localhost:0/1"», decode_responses=True)
""",
        id="url with a database",
    ),
    pytest.param(
        """\
def build(host):
    return «f"redis://{host}:0/1"»
""",
        id="url as an f-string",
    ),
    pytest.param('label, port = "größe 🔑", «env.get("REDIS_PORT", "0")»\n', id="not ASCII before"),
    pytest.param('check("größe", «"redis://größe.internal:0"»)\n', id="not ASCII inside"),
]

LOOK_ALIKES = [
    pytest.param(
        """\
import socket

with socket.socket() as sock:
    sock.bind(("", 0))
    port = sock.getsockname()[1]
""",
        id="socket",
    ),
    pytest.param(
        """\
import uvicorn

uvicorn.run("app:app", host="127.0.0.1", port=0)
""",
        id="server",
    ),
    pytest.param(
        """\
import asyncio


async def serve(handle):
    server = await asyncio.start_server(handle, host="127.0.0.1", port=0)
    async with server:
        await server.serve_forever()
""",
        id="asyncio server",
    ),
    pytest.param(
        """\
from http.server import HTTPServer

server = HTTPServer(("localhost", 0), Handler)
""",
        id="http server",
    ),
    pytest.param(
        """\
async def serve(runner, loop, protocol):
    site = TCPSite(runner, "127.0.0.1", port=0)
    await loop.create_server(protocol, port=0)
    await site.start()
""",
        id="other servers",
    ),
    pytest.param(
        """\
def free_port():
    port = 0
    return port or pick()
""",
        id="port of nothing in particular",
    ),
    pytest.param(
        """\
import redis

client = redis.Redis(host="cache", port=6379, db=0)
""",
        id="database 0 of a client",
    ),
    pytest.param(
        """\
REDIS_DB = 0
REDIS_PORT = 6379
REDIS_RETRIES = "0"
""",
        id="other settings assigned",
    ),
    pytest.param(
        """\
db = env.get("REDIS_DB", 0)
port = env.get("REDIS_PORT", "6379")
""",
        id="other defaults",
    ),
    pytest.param(
        """\
settings = Settings(redis_db=0, redis_port=6380)
pool = create_redis_pool("cache", port="6379", minsize=0)
""",
        id="other keywords",
    ),
    pytest.param('url = "redis://cache.internal:6379/0"\n', id="url with database 0"),
    pytest.param('url = "redis://cache.internal/0"\n', id="url without port"),
    pytest.param('url = "redis://:0secret@cache.internal:6379/1"\n', id="password with 0 in front"),
    pytest.param('url = f"redis://{host}:{port}/0"\n', id="f-string with a port"),
    pytest.param('url = "http://localhost:0/metrics"\n', id="url of something else"),
    pytest.param('url = "postgresql://db.internal:0/app"\n', id="url of another service"),
    pytest.param(
        """\
POSTGRES_PORT = 0
SERVER_PORT = "0"
port = env.get("DB_PORT", "0")
""",
        id="ports of other services",
    ),
    pytest.param(
        """\
client = connect_database("db", port=0)
settings = Settings(http_port=0, metrics_port="0")
""",
        id="keywords of other services",
    ),
    pytest.param(
        """\
def validate(redis_port):
    if redis_port == 0 or redis_port == "0":
        raise ValueError("port 0 is not valid")
""",
        id="compared by equals",
    ),
    pytest.param(
        """\
def validate(redis_port, errors):
    if not 0 < int(redis_port) < 65536 or redis_port in ("", "0", 0):
        errors.append("REDIS_PORT must not be 0")
    return errors
""",
        id="compared by range",
    ),
    pytest.param(
        """\
def check(builder):
    assert builder.redis_port != 0
    assert builder.redis_port != "0", "REDIS_PORT = 0"
""",
        id="asserted",
    ),
    pytest.param(
        """\
redis_port_errors = 0
REDIS_PORT_RETRIES = "0"
redis_port_range = (0, 65535)
""",
        id="longer names",
    ),
    pytest.param(
        """\
import redis

client = redis.Redis(host="cache", port=6379, socket_timeout=0)
stats = RedisStats(report=0, support="0")
""",
        id="keywords that end in port",
    ),
    pytest.param(
        """\
REDIS_PORT = 10000
redis_port = "60"
client = Redis(host="cache", port=50)
""",
        id="ports that hold a 0",
    ),
    pytest.param(
        """\
import os

REDIS_PORT = int(os.environ["REDIS_PORT"])
""",
        id="assigned from the environment",
    ),
    pytest.param(
        """\
# REDIS_PORT = 0
# client = redis.Redis(port=0)  # redis://cache:0
REDIS_PORT = 6379
""",
        id="comments",
    ),
    pytest.param(
        '''\
def validate(url):
    """Refuse addresses such as redis://cache:0 and REDIS_PORT = 0."""
    return parse(url)
''',
        id="docstring",
    ),
]


# What the source distributions of large packages showed.
LOOK_ALIKES += [
    pytest.param(
        "server = FakeRedisServer(port=0)\n",
        id="server that takes any free port",
    ),
    pytest.param(
        "start_redis_server(handle, port=0)\n",
        id="start of such a server",
    ),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)
