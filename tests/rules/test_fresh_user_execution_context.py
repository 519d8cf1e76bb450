"""What fresh-user-execution-context flags and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.rules.tables import assert_marked

RULE = "fresh-user-execution-context"

FLAGGED = [
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id):
    return «create_user_execution_context(
        user_id=user_id,
        thread_id=str(uuid.uuid4()),
        run_id="run",
    )»
""",
        id="wrapped in str on a later line",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id, thread_id):
    ctx = «create_user_execution_context(
        user_id=user_id,
        thread_id=thread_id,
        run_id=f"r_{uuid.uuid4().hex[:8]}",
    )»
    return ctx
""",
        id="in an f-string",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id, t=None):
    return «create_user_execution_context(
        user_id=user_id,
        thread_id=t or str(uuid.uuid4()),
    )»
""",
        id="as the fallback of or",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id, t=None):
    return «create_user_execution_context(
        user_id=user_id,
        thread_id=t if t else str(uuid.uuid4()),
    )»
""",
        id="as the fallback of a ternary",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(payload):
    rid = payload.get("run_id") or str(uuid.uuid4())
    return «create_user_execution_context(
        user_id=payload["user_id"],
        run_id=rid,
    )»
""",
        id="through a local with a fallback",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id):
    run_id = str(uuid.uuid4())
    audit(run_id)
    return «create_user_execution_context(user_id, run_id=run_id)»
""",
        id="through a local used before",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id):
    thread_id: str = f"thread_{uuid.uuid4()}"
    return «create_user_execution_context(user_id, thread_id)»
""",
        id="through an annotated local, positional",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(payload):
    rid = payload["run_id"]
    rid = str(uuid.uuid4())
    return «create_user_execution_context(user_id=payload["user_id"], run_id=rid)»
""",
        id="through a local whose last value is fresh",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

ctx = «create_user_execution_context("user", str(uuid.uuid4()), str(uuid.uuid4()))»
""",
        id="positional, twice, one violation",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

ctx = «create_user_execution_context("user", uuid.uuid4())»
""",
        id="bare, not wrapped",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

ctx = «create_user_execution_context(user_id="user", run_id=uuid.uuid4().hex)»
""",
        id="hex",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

ctx = «create_user_execution_context(user_id="user", run_id="run_" + str(uuid.uuid4())[:8])»
""",
        id="cut and concatenated",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context
from app.ids import RunID

ctx = «create_user_execution_context(user_id="user", run_id=RunID(str(uuid.uuid4())))»
""",
        id="wrapped in a type of ids",
    ),
    pytest.param(
        """\
from uuid import uuid4

from app.context import create_user_execution_context


def handle(user_id):
    return «create_user_execution_context(
        user_id=user_id,
        thread_id=str(uuid4()),
    )»
""",
        id="from uuid import uuid4",
    ),
    pytest.param(
        """\
from uuid import uuid4 as fresh_id

from app.context import create_user_execution_context

ctx = «create_user_execution_context("user", str(fresh_id()))»
""",
        id="uuid4 under another name",
    ),
    pytest.param(
        """\
import uuid as u

from app.context import create_user_execution_context

ctx = «create_user_execution_context("user", thread_id=str(u.uuid4()))»
""",
        id="import uuid as u",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context as make_context


def handle(user_id):
    return «make_context(
        user_id=user_id,
        run_id=str(uuid.uuid4()),
    )»
""",
        id="the function under another name",
    ),
    pytest.param(
        """\
import uuid


def handle(user_id):
    from app.context import create_user_execution_context

    return «create_user_execution_context(user_id=user_id, run_id=str(uuid.uuid4()))»
""",
        id="imported inside the function",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


class MessageHandler:
    async def on_message(self, payload):
        async def run():
            ctx = await «create_user_execution_context(
                user_id=payload["user_id"],
                thread_id=payload.get("thread_id") or str(uuid.uuid4()),
                run_id=str(uuid.uuid4()),
            )»
            return ctx

        return await run()
""",
        id="awaited in a nested async function of a method",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

label, ctx = "größe 🔑", «create_user_execution_context("user", run_id=str(uuid.uuid4()))»
""",
        id="after characters that are not ASCII",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def pair(user_id):
    first = «create_user_execution_context(user_id=user_id, run_id=str(uuid.uuid4()))»
    second = «create_user_execution_context(user_id=user_id, run_id=str(uuid.uuid4()))»
    return first, second
""",
        id="one violation a call",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id):
    return «create_user_execution_context(
        user_id=user_id,
        run_id=str(uuid.uuid4()),
        metadata={"trace": str(uuid.uuid4())},
    )»
""",
        id="an id beside a dict display",
    ),
]

LOOK_ALIKES = [
    pytest.param(
        """\
import uuid


def handle(factory, user_id):
    return factory.create_user_execution_context(user_id=user_id, run_id=str(uuid.uuid4()))
""",
        id="method of an object",
    ),
    pytest.param(
        """\
import uuid


class Helper:
    def make(self, user_id):
        return self.create_user_execution_context(
            user_id=user_id,
            run_id=str(uuid.uuid4()),
        )
""",
        id="method of self",
    ),
    pytest.param(
        """\
import uuid


class Helper:
    async def make(self, user_id):
        run_id = str(uuid.uuid4())
        return await self.factory.create_user_execution_context(user_id, run_id)
""",
        id="method of an attribute, through a local",
    ),
    pytest.param(
        """\
import uuid

from app.factories import ContextFactory

ctx = ContextFactory.create_user_execution_context("user", str(uuid.uuid4()))
""",
        id="method of a class",
    ),
    pytest.param(
        """\
import uuid

ctx = _create_user_execution_context(user_id="user", run_id=str(uuid.uuid4()))
""",
        id="longer name in front",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context_factory

factory = create_user_execution_context_factory(run_id=str(uuid.uuid4()))
""",
        id="longer name behind",
    ),
    pytest.param(
        """\
import uuid


def create_user_execution_context(user_id, run_id=None):
    run_id = run_id or str(uuid.uuid4())
    return UserExecutionContext(user_id=user_id, run_id=run_id)
""",
        id="its definition",
    ),
    pytest.param(
        """\
import uuid


class Factory:
    async def create_user_execution_context(self, user_id, run_id=str(uuid.uuid4())):
        return UserExecutionContext(user_id=user_id, run_id=run_id)
""",
        id="a method's definition with a default",
    ),
    pytest.param(
        """\
import uuid
from unittest.mock import patch

with patch("app.context.create_user_execution_context", return_value=str(uuid.uuid4())) as m:
    m()
""",
        id="named in patch",
    ),
    pytest.param(
        """\
import uuid


def override(monkeypatch, module):
    monkeypatch.setattr(module, "create_user_execution_context", lambda **_: str(uuid.uuid4()))
""",
        id="named in setattr",
    ),
    pytest.param(
        """\
import uuid

# ctx = create_user_execution_context(run_id=str(uuid.uuid4()))
run_id = uuid.uuid4()
""",
        id="in a comment",
    ),
    pytest.param(
        '''\
"""Never write create_user_execution_context(run_id=str(uuid.uuid4()))."""
import uuid
''',
        id="in a docstring",
    ),
    pytest.param(
        """\
import logging

logging.error("create_user_execution_context(run_id=str(uuid.uuid4())) breaks the chat")
""",
        id="in a log text",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

trace = str(uuid.uuid4())
ctx = create_user_execution_context(user_id="user-1", thread_id="thread-1", run_id="run-1")
""",
        id="fixed ids",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(request):
    request.state.trace = str(uuid.uuid4())
    return create_user_execution_context(
        user_id=request.user_id,
        thread_id=request.headers["x-thread-id"],
        run_id=request.json["run_id"],
    )
""",
        id="ids from the request",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(request):
    return create_user_execution_context(
        user_id=request.user_id,
        thread_id=request.thread_id,
        metadata={"trace": str(uuid.uuid4()), "tags": ["chat"]},
    )
""",
        id="in a dict display",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(request):
    metadata = {"trace": str(uuid.uuid4())}
    return create_user_execution_context(user_id=request.user_id, metadata=metadata)
""",
        id="in a dict display of a local",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(session):
    rid = str(uuid.uuid4())
    rid = session.run_id
    return create_user_execution_context(user_id=session.user_id, run_id=rid)
""",
        id="local reassigned before the call",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(user_id, rid):
    ctx = create_user_execution_context(user_id=user_id, run_id=rid)
    rid = str(uuid.uuid4())
    return ctx, rid
""",
        id="local made fresh after the call",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def trace():
    rid = str(uuid.uuid4())
    return rid


def handle(user_id, rid):
    return create_user_execution_context(user_id=user_id, run_id=rid)
""",
        id="local of another function",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(request):
    correlation = str(uuid.uuid4())
    ctx = create_user_execution_context(user_id=request.user_id, run_id=request.run_id)
    send(ctx, correlation)
""",
        id="fresh id of something else in the same function",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(request):
    correlate(create_user_execution_context(user_id=request.user_id), id=str(uuid.uuid4()))
""",
        id="fresh id as an argument of the call around",
    ),
    pytest.param(
        """\
import uuid

from app.context import get_user_execution_context

ctx = get_user_execution_context(user_id="user", run_id=str(uuid.uuid4()))
""",
        id="the right function",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

ctx = create_user_execution_context("user", str(uuid.uuid5(uuid.NAMESPACE_URL, "user")))
""",
        id="uuid5 of something fixed",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(request):
    thread_id = uuid.UUID(request.headers["x-thread-id"])
    return create_user_execution_context(user_id=request.user_id, thread_id=str(thread_id))
""",
        id="a given UUID parsed",
    ),
    pytest.param(
        """\
import uuid

from fastapi import Depends

from app.context import create_user_execution_context


def route(ctx=Depends(create_user_execution_context), trace=str(uuid.uuid4())):
    return ctx, trace
""",
        id="passed on, not called",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

__all__ = ["create_user_execution_context"]
INSTANCE = str(uuid.uuid4())
""",
        id="imported and listed",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context

ctx = create_user_execution_context(
    user_id="user-1",
    run_id="run-1",  # not str(uuid.uuid4())
)
assert ctx.run_id != str(uuid.uuid4())
""",
        id="comment inside the call",
    ),
    pytest.param(
        """\
import uuid

from app.context import create_user_execution_context


def handle(request):
    ctx = create_user_execution_context(**request.identity)
    ctx.trace = str(uuid.uuid4())
    return ctx
""",
        id="ids by unpacking",
    ),
]


FLAGGED += [
    pytest.param(
        """\
import uuid

handle = «create_user_execution_context(**{"run_id": str(uuid.uuid4())})»
""",
        id="dict display behind two stars",
    ),
]
LOOK_ALIKES += [
    pytest.param(
        """\
def handle(user, uuid):
    return create_user_execution_context(user, run_id=uuid.uuid4())
""",
        id="a parameter of the module's name",
    ),
    pytest.param(
        """\
import uuid

handle = create_user_execution_context(user, metadata=dict(trace=uuid.uuid4()))
""",
        id="dict called instead of displayed",
    ),
]


@pytest.mark.parametrize("code", FLAGGED)
def test_flags(code: str) -> None:
    assert_marked(RULE, code)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_leaves_alone(code: str) -> None:
    assert_marked(RULE, code)
