"""Names that are used in a module and bound nowhere in it."""

from __future__ import annotations

import libcst as cst

from stuck_rules.checks.base import CheckedFile, CheckVisitor
from stuck_rules.checks.spec import Options
from stuck_rules.cst.edits import NodeEdit, import_edit
from stuck_rules.cst.names import last_name
from stuck_rules.model.import_line import ImportLine

# Positions in which a replacement stays the bare class: `isinstance(x, Mock)`, `x: Mock`.
_BARE_PARENTS = (cst.Call, cst.Attribute, cst.Annotation, cst.ComparisonTarget, cst.Comparison)


class UndefinedName(CheckVisitor):
    """Finds the uses of `names` that no import, definition, assignment or parameter binds."""

    def __init__(self, file: CheckedFile, options: Options) -> None:
        super().__init__(file, options)
        self._names = frozenset(options.texts("names"))
        self._imports: dict[str, NodeEdit | None] = {}

    def visit_Name(self, node: cst.Name) -> None:
        name = node.value
        if name not in self._names or name in self.analysis.bindings:
            return
        if self.analysis.imports.stars or not self._is_use(node):
            return
        edits = self._edits(node) if self.file.fixes else ()
        self.report(node, edits=edits, message=self._message(name))

    def _message(self, name: str) -> str | None:
        module = self.options.text("module")
        if self.options.text("replacement"):
            return None
        return f"{name} is used, but imported nowhere in this module: from {module} import {name}"

    def _is_use(self, node: cst.Name) -> bool:
        """Whether a name is read as a variable: no attribute, keyword or part of an import."""
        parent = self.tree.parents[node]
        if isinstance(parent, cst.Attribute):
            return parent.value is node
        if isinstance(parent, cst.Arg):
            return parent.keyword is not node
        if isinstance(parent, cst.NameItem):
            return False
        return not isinstance(parent, (cst.ImportAlias, cst.ImportFrom, cst.MatchKeywordElement))

    def _edits(self, node: cst.Name) -> tuple[NodeEdit, ...]:
        replacement = self.options.text("replacement")
        if replacement and self._is_no_value(node):
            return ()
        imports = self._import_edits(replacement or node.value, self.tree.index[node])
        if imports is None:
            return ()
        edits = [NodeEdit(node, self._replaced(node, replacement))] if replacement else []
        return (*edits, *imports)

    def _is_no_value(self, node: cst.Name) -> bool:
        """Whether a name stands where a call would break the code: `except X`, `del X`, `@X`."""
        plain = (cst.Tuple, cst.Element)
        outer = next(n for n in self.tree.ancestors(node) if not isinstance(n, plain))
        return isinstance(outer, (cst.ExceptHandler, cst.ExceptStarHandler, cst.Del, cst.Decorator))

    def _import_edits(self, name: str, place: int) -> tuple[NodeEdit, ...] | None:
        """The edit that imports a name, the same for all of its uses; None where none can be."""
        module = self.options.text("module")
        if not module:
            return ()
        if name in self.analysis.bindings:
            is_imported = self.analysis.imports.resolve(name) == f"{module}.{name}"
            return () if is_imported else None
        if name not in self._imports:
            # The walk meets the first use first.
            self._imports[name] = import_edit(
                self.tree, ImportLine(module, name), before=place, package=self.file.package
            )
        edit = self._imports[name]
        return None if edit is None else (edit,)

    def _replaced(self, node: cst.Name, replacement: str) -> str:
        """The replacement, called where the name stood for a value by itself."""
        is_class = replacement[:1].isupper()
        return f"{replacement}()" if is_class and not self._is_bare(node) else replacement

    def _is_bare(self, node: cst.Name) -> bool:
        """Whether the class is meant and no instance: called, in a base list, an annotation."""
        parent = self.tree.parents[node]
        outer = self.tree.parents.get(parent)
        if isinstance(parent, cst.Arg) and isinstance(outer, cst.Call):
            return last_name(outer.func) in {"isinstance", "issubclass"}
        return isinstance(parent, _BARE_PARENTS) or isinstance(outer, cst.ClassDef)
