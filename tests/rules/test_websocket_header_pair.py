"""What websocket-header-pair flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "websocket-header-pair"

FLAGGED = [
    pytest.param(
        """\
def get_websocket_headers(token):
    return «{"Authorization": f"Bearer {token}"}»
""",
        id="returned",
    ),
    pytest.param(
        """\
def get_websocket_headers(token):
    headers = «{"Authorization": f"Bearer {token}"}»
    return headers
""",
        id="assigned",
    ),
    pytest.param(
        """\
def build_websocket_headers(token: str, user_id: str) -> dict[str, str]:
    headers: dict[str, str] = «{
        "Authorization": f"Bearer {token}",
        "X-User-ID": user_id,
        "Origin": "https://app.example.com",
    }»
    return headers
""",
        id="over several lines with other headers",
    ),
    pytest.param(
        """\
class StagingConfig:
    def get_websocket_headers(self):
        headers = «{
            "Sec-WebSocket-Version": "13",
            "Authorization": self.bearer(),
        }»
        headers["X-Test"] = "staging"
        return headers
""",
        id="method, something else added",
    ),
    pytest.param(
        """\
class StagingConfig:
    async def websocket_headers(self):
        async def read():
            return «{"Authorization": f"Bearer {await self.token()}"}»

        return await read()
""",
        id="in a nested async function of a method",
    ),
    pytest.param(
        """\
def _make_websocket_headers(token):
    log("größe 🔑", «{"Authorization": f"Bearer {token}"}»)
""",
        id="after characters that are not ASCII",
    ),
    pytest.param(
        """\
def websocket_headers(token=None):
    if token:
        return «{"Authorization": token}»
    return {}
""",
        id="in a branch",
    ),
    pytest.param(
        """\
def websocket_headers(first, second):
    return [«{"Authorization": first}», «{"Authorization": second}»]
""",
        id="one violation a dict",
    ),
]

LOOK_ALIKES = [
    pytest.param(
        """\
def get_websocket_headers(token, encoded):
    return {
        "Authorization": f"Bearer {token}",
        "sec-websocket-protocol": f"jwt.{encoded}",
    }
""",
        id="both",
    ),
    pytest.param(
        """\
def get_websocket_headers(token, encoded):
    return {
        "Sec-WebSocket-Protocol": f"jwt.{encoded}",
        "Authorization": f"Bearer {token}",
    }
""",
        id="both, in other case and order",
    ),
    pytest.param(
        """\
def get_websocket_headers(token, encoded):
    headers = {"Authorization": f"Bearer {token}"}
    headers["sec-websocket-protocol"] = f"jwt.{encoded}"
    return headers
""",
        id="added later",
    ),
    pytest.param(
        """\
def get_websocket_headers(token):
    headers = {"Authorization": f"Bearer {token}"}
    try:
        headers["sec-websocket-protocol"] = f"jwt.{encode(token)}"
    except ValueError as error:
        print(f"no subprotocol: {error}")
    return headers
""",
        id="added later in try",
    ),
    pytest.param(
        """\
class StagingConfig:
    def get_websocket_headers(self, token=None):
        headers = {"Authorization": f"Bearer {token}"}
        if token:
            headers["Sec-WebSocket-Protocol"] = f"jwt.{encode(token)}"
        return headers
""",
        id="added later in a branch",
    ),
    pytest.param(
        """\
def get_websocket_headers(token, encoded):
    headers = {"Authorization": f"Bearer {token}"}
    headers.update({"sec-websocket-protocol": f"jwt.{encoded}"})
    return headers
""",
        id="added by update",
    ),
    pytest.param(
        """\
def get_websocket_headers(encoded):
    return {"sec-websocket-protocol": f"jwt.{encoded}"}
""",
        id="the subprotocol alone",
    ),
    pytest.param(
        """\
def get_websocket_headers(user_id):
    headers = {"X-User-ID": user_id, "Origin": "https://app.example.com"}
    return headers or {}
""",
        id="no Authorization",
    ),
    pytest.param(
        """\
def get_websocket_headers(token):
    return {"X-Authorization": token, "Proxy-Authorization": token}
""",
        id="longer names",
    ),
    pytest.param(
        """\
def get_websocket_headers(token):
    return {"kind": "Authorization", "value": token}
""",
        id="as a value",
    ),
    pytest.param(
        """\
def missing_websocket_headers(headers):
    required = {"Authorization", "Origin"}
    return required - set(headers)
""",
        id="set of names",
    ),
    pytest.param(
        """\
def get_headers(token):
    return {"Authorization": f"Bearer {token}", "Accept": "application/json"}
""",
        id="headers of a request",
    ),
    pytest.param(
        """\
class ApiClient:
    async def auth_headers(self):
        return {"Authorization": f"Bearer {await self.token()}"}
""",
        id="method for headers of a request",
    ),
    pytest.param(
        """\
def connect_websocket(url, token):
    return dial(url, headers={"Authorization": f"Bearer {token}"})
""",
        id="function not named for headers",
    ),
    pytest.param(
        """\
import httpx


def fetch(url, token):
    return httpx.get(url, headers={"Authorization": f"Bearer {token}"})
""",
        id="request",
    ),
    pytest.param(
        'HEADERS = {"Authorization": "Bearer token"}\n',
        id="at module level",
    ),
    pytest.param(
        """\
HEADERS = {"Authorization": "Bearer token"}


def get_websocket_headers():
    return dict(HEADERS)
""",
        id="beside such a function",
    ),
    pytest.param(
        """\
def call(config):
    headers = config.get_websocket_headers()
    return headers["Authorization"], headers.get("sec-websocket-protocol")
""",
        id="headers read",
    ),
    pytest.param(
        """\
def get_websocket_headers(token, encoded):
    # {"Authorization": token} alone is not enough
    return build(token, protocol=encoded)
""",
        id="comment",
    ),
    pytest.param(
        '''\
def get_websocket_headers(token):
    """Give more than {"Authorization": token}."""
    return build(token, text='{"Authorization": "Bearer"}')
''',
        id="docstring and string",
    ),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)
