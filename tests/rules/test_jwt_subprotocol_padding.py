"""What jwt-subprotocol-padding flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "jwt-subprotocol-padding"

FLAGGED = [
    pytest.param(
        """\
import base64


def websocket_headers(token):
    headers = {"Authorization": f"Bearer {token}"}
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    headers["sec-websocket-protocol"] = «f"jwt.{encoded}"»
    return headers
""",
        id="through a local",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    return «f"jwt.{base64.urlsafe_b64encode(token.encode()).decode()}"»
""",
        id="at once",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    raw = token.removeprefix("Bearer ").encode("utf-8")
    encoded = base64.urlsafe_b64encode(
        raw,
    ).decode("ascii")
    log(len(encoded))
    return ["jwt-auth", «f"jwt.{encoded}"»]
""",
        id="in a list of subprotocols",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = str(base64.urlsafe_b64encode(token.encode()), "ascii")
    return «f"jwt.{encoded}"»
""",
        id="decoded by str",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.b64encode(token.encode()).decode()
    return «f"jwt.{encoded}"»
""",
        id="wrong alphabet with padding",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.b64encode(token.encode()).decode().rstrip("=")
    return «f"jwt.{encoded}"»
""",
        id="wrong alphabet without padding",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    return «f"jwt.{base64.b64encode(token.encode()).decode()}"»
""",
        id="wrong alphabet at once",
    ),
    pytest.param(
        """\
from base64 import urlsafe_b64encode


def protocol(token):
    encoded = urlsafe_b64encode(token.encode()).decode()
    return «f"jwt.{encoded}"»
""",
        id="imported function",
    ),
    pytest.param(
        """\
from base64 import urlsafe_b64encode as encode


def protocol(token):
    return «f"jwt.{encode(token.encode()).decode()}"»
""",
        id="imported function under another name",
    ),
    pytest.param(
        """\
import base64 as b64


def protocol(token):
    encoded = b64.urlsafe_b64encode(token.encode()).decode()
    return «f"jwt.{encoded}"»
""",
        id="module under another name",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode().rstrip("\\n")
    return «f"jwt.{encoded}"»
""",
        id="something else stripped",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    short = encoded.rstrip("=")
    log(short)
    return «f"jwt.{encoded}"»
""",
        id="stripped into a name that is not used",
    ),
    pytest.param(
        """\
import base64

import websockets


class StagingClient:
    async def connect(self, url, token):
        async def dial():
            encoded = base64.urlsafe_b64encode(token.encode()).decode()
            return await websockets.connect(url, subprotocols=[«f"jwt.{encoded}"»])

        return await dial()
""",
        id="in a nested async function of a method",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    return "größe 🔑", «f"jwt.{encoded}"»
""",
        id="after characters that are not ASCII",
    ),
]

LOOK_ALIKES = [
    pytest.param(
        """\
import base64


def websocket_headers(clean_token):
    headers = {}
    encoded_token = base64.urlsafe_b64encode(clean_token.encode()).decode().rstrip('=')
    headers["sec-websocket-protocol"] = f"jwt.{encoded_token}"
    return headers
""",
        id="stripped in the same statement",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    encoded = encoded.rstrip("=")
    return f"jwt.{encoded}"
""",
        id="stripped in a later statement",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    clean = encoded.rstrip("=")
    return f"jwt.{clean}"
""",
        id="stripped into another name",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    return f"jwt.{encoded.rstrip('=')}"
""",
        id="stripped inside the f-string",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    return f"jwt.{base64.urlsafe_b64encode(token.encode()).decode()}".rstrip("=")
""",
        id="stripped behind the f-string",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).rstrip(b"=").decode()
    return f"jwt.{encoded}"
""",
        id="stripped as bytes",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = (
        base64.urlsafe_b64encode(token.encode())
        .decode()
        .replace("=", "")
    )
    return f"jwt.{encoded}"
""",
        id="stripped by replace",
    ),
    pytest.param(
        """\
from base64 import urlsafe_b64encode


class Client:
    async def protocol(self, token):
        return f"jwt.{urlsafe_b64encode(token.encode()).decode().rstrip('=')}"
""",
        id="stripped, imported function",
    ),
    pytest.param(
        """\
import base64


def protocol(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    encoded = token
    return f"jwt.{encoded}"
""",
        id="local reassigned",
    ),
    pytest.param(
        """\
import base64


def key():
    encoded = base64.urlsafe_b64encode(secret()).decode()
    return encoded


def protocol(encoded):
    return f"jwt.{encoded}"
""",
        id="local of another function",
    ),
    pytest.param(
        """\
import base64
import os

FERNET_KEY = base64.urlsafe_b64encode(os.urandom(32)).decode()
""",
        id="key",
    ),
    pytest.param(
        """\
import base64
import json


def state(payload):
    encoded = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode()
    return f"https://accounts.example.com/auth?state={encoded}"
""",
        id="OAuth state",
    ),
    pytest.param(
        """\
import base64
import hashlib


def digest(data):
    value = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()
    return f"sha256.{value}"
""",
        id="hash",
    ),
    pytest.param(
        """\
import base64


def header(user, password):
    credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {credentials}"}
""",
        id="basic auth",
    ),
    pytest.param(
        """\
import base64


def token(protocol):
    if protocol.startswith("jwt."):
        return base64.urlsafe_b64decode(protocol.removeprefix("jwt.") + "==").decode()
    return None
""",
        id="the reading side",
    ),
    pytest.param(
        """\
import base64


def parse(protocols):
    encoded = base64.urlsafe_b64encode(b"probe").decode()
    found = [p[len("jwt.") :] for p in protocols if p.startswith("jwt.")]
    return encoded, found
""",
        id="prefix cut off",
    ),
    pytest.param(
        """\
import base64


def message(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    return f"token for jwt.{encoded}"
""",
        id="f-string that merely contains it",
    ),
    pytest.param(
        """\
import base64


def metric(name):
    encoded = base64.urlsafe_b64encode(name.encode()).decode()
    return f"auth.jwt.{encoded}.count"
""",
        id="part of a dotted name",
    ),
    pytest.param(
        """\
import base64


def keys(name):
    encoded = base64.urlsafe_b64encode(name.encode()).decode()
    return f"jwt:{encoded}", f"jwt_{encoded}", f"jwtx{encoded}"
""",
        id="another sign for the dot",
    ),
    pytest.param(
        """\
import base64


def message(token):
    encoded = base64.urlsafe_b64encode(token.encode()).decode()
    return f"see jwt.io for {encoded}"
""",
        id="a site's name",
    ),
    pytest.param(
        """\
def protocol(token):
    return f"jwt.{token}"
""",
        id="value from elsewhere",
    ),
    pytest.param(
        """\
from app.tokens import encode_for_subprotocol


def protocol(token):
    return f"jwt.{encode_for_subprotocol(token)}"
""",
        id="value from a helper",
    ),
    pytest.param(
        """\
import base64

import jwt


def header(payload, key):
    padded = base64.urlsafe_b64encode(key).decode()
    return f"Bearer {jwt.encode(payload, padded)}"
""",
        id="the library jwt",
    ),
    pytest.param(
        """\
import base64


def settings(section, token):
    cached[base64.urlsafe_b64encode(token).decode()] = token
    return config[f"jwt.{section}"]
""",
        id="setting's name beside an encoding",
    ),
    pytest.param(
        """\
import base64


def protocol(clean):
    # wrong: f"jwt.{base64.urlsafe_b64encode(token.encode()).decode()}"
    return f"jwt.{clean}"
""",
        id="comment",
    ),
    pytest.param(
        '''\
"""Wrong: f"jwt.{base64.urlsafe_b64encode(token.encode()).decode()}"."""
import base64
''',
        id="docstring",
    ),
]


LOOK_ALIKES += [
    pytest.param(
        """\
import base64

encoded = base64.urlsafe_b64encode(raw).decode()
header = f"jwt.{strip_padding(encoded)}"
""",
        id="a function that may strip",
    ),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)
