"""The base of all checks: a LibCST visitor that reports nodes."""

from __future__ import annotations

from enum import Enum

import libcst as cst

from stuck_rules.checks.spec import Options
from stuck_rules.cst.analysis import Analysis
from stuck_rules.cst.edits import NodeEdit
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The file that a check looks at.

    `path` is relative to the project's root; `package` is the dotted name of the package that
    holds the module, where the folders tell it. Without `fixes` nobody looks at edits.
    """

    analysis: Analysis
    path: str
    package: str | None = None
    fixes: bool = True

    @property
    def tree(self) -> SyntaxTree:
        """The file's syntax."""
        return self.analysis.tree


class Place(Enum):
    """What of a file is reported when it is no node."""

    FILE = "file"


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that breaks the rule, or the file as a whole; `message` replaces the rule's own."""

    node: cst.CSTNode | Place
    message: str | None = None
    edits: tuple[NodeEdit, ...] = ()
    safe: bool = True


def _edited(edit: object) -> cst.CSTNode | None:
    if not isinstance(edit, NodeEdit):
        raise TypeError(f"an edit must be a NodeEdit, not {type(edit).__name__}")
    return edit.node


class CheckVisitor(cst.CSTVisitor):
    """A visitor of one file for one rule.

    The engine walks the tree once for all checks and calls `visit_X` and `leave_X` as LibCST
    would; what a `visit_X` returns does not stop the walk. `self.report` may be called from
    any of them.
    """

    def __init__(self, file: CheckedFile, options: Options) -> None:
        super().__init__()
        self.file = file
        self.tree = file.tree
        self.analysis = file.analysis
        self.options = options
        self.hits: list[Hit] = []

    def report(
        self,
        node: cst.CSTNode | Place,
        *,
        message: str | None = None,
        edits: tuple[NodeEdit, ...] = (),
        safe: bool = True,
    ) -> None:
        """Report a violation at a node, or with Place.FILE at the start of the file.

        Raises TypeError for what is no node of this file, no text or no edit.
        """
        for each in (node, *(_edited(edit) for edit in edits)):
            if isinstance(each, cst.CSTNode) and each in self.tree.index:
                continue
            if each is not None and not isinstance(each, Place):
                raise TypeError(f"a {type(each).__name__} that is no node of this file")
        told: object = message
        if told is not None and not isinstance(told, str):
            raise TypeError(f"a message must be text, not {type(told).__name__}")
        self.hits.append(Hit(node, message, edits, safe))
