"""What a check of one's own is made of; `docs/checks.md` shows how.

The names here stay as they are within a major version. CheckVisitor, NodeEdit and Place bring
LibCST along, so a module that only describes checks leaves them to the visitor's module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stuck_rules.checks.spec import CheckSpec, Meaning, Options, OptionSpec, Part
from stuck_rules.model.words import ALWAYS, AllWords, AnyWord, Word, all_words, any_word

if TYPE_CHECKING:
    from stuck_rules.checks.base import CheckVisitor, Place
    from stuck_rules.cst.edits import NodeEdit

__all__ = [
    "ALWAYS",
    "AllWords",
    "AnyWord",
    "CheckSpec",
    "CheckVisitor",
    "Meaning",
    "NodeEdit",
    "OptionSpec",
    "Options",
    "Part",
    "Place",
    "Word",
    "all_words",
    "any_word",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from stuck_rules.checks import base
    from stuck_rules.cst import edits

    late: dict[str, object] = {
        "CheckVisitor": base.CheckVisitor,
        "NodeEdit": edits.NodeEdit,
        "Place": base.Place,
    }
    return late[name]
