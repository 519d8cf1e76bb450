"""The session's own context, and look-alikes that make nothing anew."""

import uuid

from app.contexts import create_user_execution_context, get_user_execution_context


def on_message(user, payload):
    return get_user_execution_context(user_id=user.id, thread_id=payload["thread_id"])


def replay(user, recorded):
    run_id = str(uuid.uuid4())
    run_id = recorded.run_id
    return create_user_execution_context(
        user_id=user.id, run_id=run_id, metadata={"trace": str(uuid.uuid4())}
    )
