"""Which names a file's imports bind, and to what."""

from __future__ import annotations

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Import:
    """One name bound by an import: `import a.b as c` gives c for a.b, `import a.b` a for a.

    `index` is the statement's place in the tree; a relative target keeps its leading dots.
    """

    local: str
    target: str
    index: int
    node: cst.Import | cst.ImportFrom


def module_of(node: cst.ImportFrom) -> str:
    """The module that a `from` import names, leading dots kept."""
    name = dotted_name(node.module) if node.module is not None else ""
    return "." * len(node.relative) + (name or "")


class ImportTable:
    """All imports of a file, in source order, wherever they stand."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.entries: list[Import] = []
        self.stars: list[str] = []
        for node in (*tree.by_type.get(cst.Import, ()), *tree.by_type.get(cst.ImportFrom, ())):
            if isinstance(node, cst.Import):
                self._add_import(node, tree.index[node])
            elif isinstance(node, cst.ImportFrom):
                self._add_from(node, tree.index[node])
        self.entries.sort(key=lambda entry: entry.index)

    def _add_import(self, node: cst.Import, index: int) -> None:
        for alias in node.names:
            target = dotted_name(alias.name) or ""
            if alias.asname is not None:
                local = dotted_name(alias.asname.name) or ""
                self.entries.append(Import(local, target, index, node))
            else:
                first = target.partition(".")[0]
                self.entries.append(Import(first, first, index, node))

    def _add_from(self, node: cst.ImportFrom, index: int) -> None:
        module = module_of(node)
        if isinstance(node.names, cst.ImportStar):
            self.stars.append(module)
            return
        joint = "" if module.endswith(".") else "."
        for alias in node.names:
            name = dotted_name(alias.name) or ""
            local = dotted_name(alias.asname.name) if alias.asname is not None else name
            self.entries.append(Import(local or name, f"{module}{joint}{name}", index, node))

    def find(self, local: str, before: int | None = None) -> Import | None:
        """The last import that binds the name, of those that stand before a place in the tree."""
        return next(
            (
                entry
                for entry in reversed(self.entries)
                if entry.local == local and (before is None or entry.index < before)
            ),
            None,
        )

    def resolve(self, dotted: str, before: int | None = None) -> str | None:
        """The dotted name with its first part replaced by what it was imported as, or None."""
        first, dot, rest = dotted.partition(".")
        entry = self.find(first, before)
        return None if entry is None else f"{entry.target}{dot}{rest}"
