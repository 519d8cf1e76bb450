"""A new identity for every message: the conversation loses its thread."""

import uuid

from app.contexts import create_user_execution_context


def on_message(user, payload):
    run_id = payload.get("run_id") or str(uuid.uuid4())
    return create_user_execution_context(
        user_id=user.id,
        thread_id=payload["thread_id"],
        run_id=run_id,
    )
