"""A tree full of violations, made from one without."""

from __future__ import annotations

from pathlib import Path

_SNIPPETS = (
    "def debt_{n}():\n    service = MagicNone\n    return service\n",
    (
        "def debt_{n}():\n    import os\n"
        '    return os.environ.get("REDIS_URL", "redis://localhost:6379/{n}")\n'
    ),
    (
        "def debt_{n}():\n    import uuid\n"
        "    return create_user_execution_context(user_id='u', thread_id=str(uuid.uuid4()))\n"
    ),
    "def debt_{n}():\n    from .neighbour_{n} import name\n    return name\n",
)


def add_debt(tree: Path, *, lines_each: int = 100) -> int:
    """Append functions that break the rules to every file, one for so many lines; how many."""
    count = 0
    for file in sorted(tree.rglob("*.py")):
        text = file.read_bytes()
        added = []
        for _ in range(text.count(b"\n") // lines_each):
            added.append(_SNIPPETS[count % len(_SNIPPETS)].format(n=count))
            count += 1
        if added:
            file.write_bytes(text.rstrip() + b"\n\n\n" + "\n\n".join(added).encode())
    return count
