"""What jwt-secret-fallback flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "jwt-secret-fallback"

FLAGGED = [
    pytest.param('secret = «env.get("JWT_SECRET_KEY", "dev")»\n', id="get with default"),
    pytest.param(
        'secret = «get_env().get("JWT_SECRET_KEY", "change-me")»\n',
        id="get_env().get with default",
    ),
    pytest.param(
        """\
class AuthConfig:
    def secret(self):
        return «self.env.get("JWT_SECRET", "dev")»
""",
        id="the shorter name, environment of self",
    ),
    pytest.param(
        """\
import os

secret = «os.getenv("JWT_SECRET_KEY", "dev-secret")»
""",
        id="os.getenv",
    ),
    pytest.param(
        """\
import os

secret = «os.getenv("JWT_SECRET_KEY", default="dev-secret")»
""",
        id="os.getenv by keyword",
    ),
    pytest.param(
        """\
import os

secret = «os.environ.get("JWT_SECRET_KEY", "dev-secret")»
""",
        id="os.environ.get",
    ),
    pytest.param(
        """\
from os import environ, getenv

first = «getenv("JWT_SECRET_KEY", "dev-secret")»
second = «environ.get("JWT_SECRET_KEY", "dev-secret")»
""",
        id="imported from os",
    ),
    pytest.param(
        """\
def secret(env):
    return «env.get(
        "JWT_SECRET_KEY",
        "a-secret-of-at-least-thirty-two-characters",
    )»
""",
        id="default on a line of its own",
    ),
    pytest.param('secret = «env.get("JWT_SECRET_KEY") or "dev"»\n', id="or"),
    pytest.param(
        """\
import os


def secret():
    return (
        «os.environ.get("JWT_SECRET_KEY")
        or "dev-secret"»
    )
""",
        id="or over two lines",
    ),
    pytest.param(
        """\
import os

«os.environ.setdefault("JWT_SECRET_KEY", "dev-secret")»
""",
        id="setdefault",
    ),
    pytest.param(
        """\
class Settings:
    debug: bool = False
    «jwt_secret_key: str = "dev-secret"»
""",
        id="class field",
    ),
    pytest.param(
        """\
from pydantic import BaseSettings


class AppSettings(BaseSettings):
    «JWT_SECRET_KEY: str = "change-me"»
    JWT_ALGORITHM: str = "HS256"
""",
        id="class field in capitals",
    ),
    pytest.param(
        """\
from pydantic import BaseSettings, Field


class AppSettings(BaseSettings):
    jwt_secret_key: str = «Field(default="change-me", description="signs tokens")»
""",
        id="pydantic Field",
    ),
    pytest.param(
        """\
class Tokens:
    async def issue(self, payload):
        async def key():
            return «self.env.get("JWT_SECRET_KEY", "dev")»

        return sign(payload, await key())
""",
        id="in a nested async function of a method",
    ),
    pytest.param(
        'label, secret = "größe 🔑", «env.get("JWT_SECRET_KEY", "dev")»\n',
        id="after characters that are not ASCII",
    ),
    pytest.param(
        """\
class AuthConfig:
    def secret(self):
        if self.is_production():
            return «self.env.get("JWT_SECRET_KEY", "prod-secret")»
        return None
""",
        id="under a guard for production",
    ),
    pytest.param(
        """\
class AuthConfig:
    def secret(self):
        if self.is_development():
            return None
        else:
            return «self.env.get("JWT_SECRET_KEY") or "secret"»
""",
        id="else of a guard for development",
    ),
]

LOOK_ALIKES = [
    pytest.param('secret = env.get("JWT_SECRET_KEY", "")\n', id="empty default"),
    pytest.param('secret = env.get("JWT_SECRET_KEY", None)\n', id="default None"),
    pytest.param(
        """\
import os

secret = os.environ.get("JWT_SECRET_KEY") or ""
other = os.getenv("JWT_SECRET_KEY") or None
""",
        id="or nothing",
    ),
    pytest.param(
        """\
import os

secret = os.environ["JWT_SECRET_KEY"]
other = env.get("JWT_SECRET_KEY")
""",
        id="no default",
    ),
    pytest.param('JWT_SECRET_KEY = "JWT_SECRET_KEY"\n', id="a name's constant"),
    pytest.param(
        """\
class Keys:
    JWT_SECRET_KEY = "JWT_SECRET_KEY"
    JWT_SECRET: str = "JWT_SECRET"
""",
        id="names' constants of a class",
    ),
    pytest.param(
        """\
def show(secret):
    return {"jwt_secret_key": "***" if secret else None}
""",
        id="mask",
    ),
    pytest.param(
        """\
def show(env, logger):
    masked = "***" if env.get("JWT_SECRET_KEY") else None
    logger.info("JWT secret: %s", masked)
    return masked
""",
        id="mask of a read",
    ),
    pytest.param(
        """\
def status(env):
    return "configured" if env.get("JWT_SECRET_KEY") else "missing"
""",
        id="status text",
    ),
    pytest.param(
        """\
def check(env, logger, errors):
    if not env.get("JWT_SECRET_KEY"):
        logger.error("%s is %s", "JWT_SECRET_KEY", "missing")
        errors.append("JWT_SECRET_KEY must not fall back to dev")
        raise ValueError("JWT_SECRET_KEY is required")
""",
        id="messages",
    ),
    pytest.param(
        """\
def prepare(env):
    env.set("JWT_SECRET_KEY", "dev-secret", source="prepare")
""",
        id="env.set",
    ),
    pytest.param(
        """\
import os

os.environ["JWT_SECRET_KEY"] = "dev-secret"
""",
        id="written to os.environ",
    ),
    pytest.param(
        """\
def prepare(monkeypatch):
    monkeypatch.setenv("JWT_SECRET_KEY", "dev-secret")
""",
        id="monkeypatch.setenv",
    ),
    pytest.param('ENVIRONMENT = {"JWT_SECRET_KEY": "dev-secret"}\n', id="fixture dict"),
    pytest.param(
        """\
class AuthConfig:
    def secret(self):
        if self.is_development() or self.is_testing():
            return self.env.get("JWT_SECRET_KEY", "dev-secret")
        return self.env["JWT_SECRET_KEY"]
""",
        id="development or testing",
    ),
    pytest.param(
        """\
def secret(env, environment):
    if environment in ("staging", "production"):
        return env["JWT_SECRET_KEY"]
    elif environment == "development":
        return env.get("JWT_SECRET_KEY") or "dev-secret"
    raise ValueError(environment)
""",
        id="elif development",
    ),
    pytest.param(
        """\
def secret(env, environment):
    if environment in ("staging", "production"):
        return require(env, "JWT_SECRET_KEY")
    else:
        return env.get("JWT_SECRET_KEY", "dev-secret")
""",
        id="else of staging and production",
    ),
    pytest.param(
        """\
def secret(env, environment):
    if environment == "production":
        raise RuntimeError("JWT_SECRET_KEY must be set")
    return env.get("JWT_SECRET_KEY", "dev-secret")
""",
        id="after a raise for production",
    ),
    pytest.param(
        """\
class DevelopmentSettings:
    jwt_secret_key: str = "dev-secret"


class TestSettings:
    jwt_secret_key: str = "test-secret"
""",
        id="classes named for development and tests",
    ),
    pytest.param(
        """\
def get_development_jwt_secret(env):
    return env.get("JWT_SECRET_KEY", "dev-secret")
""",
        id="function named for development",
    ),
    pytest.param(
        """\
secret = env.get("JWT_SECRET_KEY") or env.get("JWT_SECRET")
other = env.get("JWT_SECRET_KEY", load_secret("jwt-secret-key"))
""",
        id="fallback to another read",
    ),
    pytest.param(
        """\
import secrets

secret = env.get("JWT_SECRET_KEY") or secrets.token_urlsafe(32)
""",
        id="fallback to a random value",
    ),
    pytest.param(
        """\
algorithm = env.get("JWT_ALGORITHM", "HS256")
issuer = env.get("JWT_ISSUER") or "auth"
minutes = env.get("JWT_EXPIRE_MINUTES", "15")
""",
        id="other settings of JWT",
    ),
    pytest.param(
        """\
class Settings:
    jwt_algorithm: str = "HS256"
    jwt_secret_key: str
    session_cookie: str = "session"
""",
        id="fields without a secret's default",
    ),
    pytest.param(
        """\
from pydantic import BaseSettings, Field


class Settings(BaseSettings):
    jwt_secret_key: str = ""
    jwt_secret: str | None = None
    old_jwt_secret: str = Field(default=None, description="JWT secret")
    new_jwt_secret: str = Field(..., env="JWT_SECRET_KEY")
""",
        id="fields with an empty default",
    ),
    pytest.param(
        """\
region = env.get("REGION", "europe-west1")
password = env.get("POSTGRES_PASSWORD") or "postgres"
""",
        id="other variables",
    ),
    pytest.param(
        """\
def validate(jwt_secret_key):
    if jwt_secret_key == "dev-secret" or jwt_secret_key in ("change-me", "secret"):
        raise ValueError("JWT_SECRET_KEY is well known")
""",
        id="compared",
    ),
    pytest.param(
        """\
import jwt

token = jwt.encode({"sub": "user"}, "secret", algorithm="HS256")
""",
        id="literal in a call",
    ),
    pytest.param(
        """\
# secret = env.get("JWT_SECRET_KEY", "dev")
secret = env["JWT_SECRET_KEY"]
""",
        id="comment",
    ),
    pytest.param(
        '''\
def secret(env):
    """Was env.get("JWT_SECRET_KEY", "dev") or "dev"."""
    return env["JWT_SECRET_KEY"]
''',
        id="docstring",
    ),
]

TEST_PATHS = [
    pytest.param("tests/unit/fakes.py", id="under tests"),
    pytest.param("auth/test/support.py", id="under test"),
    pytest.param("auth/test_config.py", id="test_*.py"),
    pytest.param("auth/config_test.py", id="*_test.py"),
    pytest.param("auth/tests.py", id="tests.py"),
    pytest.param("conftest.py", id="conftest.py"),
]


# What the source distributions of large packages showed.
LOOK_ALIKES += [
    pytest.param(
        'def load(jwt_secret_name="prod-jwt", jwt_secret_field="token"):\n    return None\n',
        id="name and field of a secret",
    ),
    pytest.param(
        'path = os.getenv("JWT_SECRET_FILE", "/run/secrets/jwt")\n',
        id="path of a secret",
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
    assert_marked(RULE, 'secret = env.get("JWT_SECRET_KEY", "dev")\n', path=path)
