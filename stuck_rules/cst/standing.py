"""Whether a file has the imports that a fix needs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import libcst as cst

from stuck_rules.cst.analysis import Analysis
from stuck_rules.cst.imports import module_of
from stuck_rules.cst.names import dotted_name, last_name
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.import_line import ImportLine


class Standing(Enum):
    """How a name that a fix needs stands in a file."""

    PRESENT = "present"
    MISSING = "missing"
    TAKEN = "taken"


def standing(analysis: Analysis, line: ImportLine) -> Standing:
    """Whether a file imports a name for the whole module, or means another thing by it.

    What is imported for type checkers alone, or inside a function, is not there for all code.
    """
    tree = analysis.tree
    found = Standing.MISSING
    for binding in analysis.bindings.get(line.local, ()):
        node = binding.node
        if not isinstance(node, (cst.Import, cst.ImportFrom)):
            return Standing.TAKEN
        others = [other for other in _lines_of(node) if other.local == line.local]
        if not all(_is_same(line, o) or _share_package(line, o) for o in others):
            return Standing.TAKEN
        is_same = any(_is_same(line, other) for other in others)
        if is_same and binding.scope is tree.module and not is_for_type_checkers(tree, node):
            found = Standing.PRESENT
    return found


def _is_same(line: ImportLine, other: ImportLine) -> bool:
    if line.name is None and other.name is None and not line.alias and not other.alias:
        return other.module == line.module or other.module.startswith(f"{line.module}.")
    return _target(line) == _target(other)


def _target(line: ImportLine) -> str:
    if line.name is None:
        return line.module
    return f"{line.module}{'' if line.module.endswith('.') else '.'}{line.name}"


def _share_package(line: ImportLine, other: ImportLine) -> bool:
    """Whether both bind the package that holds their modules, as `import a.b` and `import a.c`."""
    return not any((line.name, line.alias, other.name, other.alias))


def _lines_of(node: cst.Import | cst.ImportFrom) -> Iterator[ImportLine]:
    if isinstance(node.names, cst.ImportStar):
        return
    module = module_of(node) if isinstance(node, cst.ImportFrom) else None
    for alias in node.names:
        name = dotted_name(alias.name) or ""
        other = dotted_name(alias.asname.name) if alias.asname is not None else None
        if module is None:
            yield ImportLine(name, None, other)
        else:
            yield ImportLine(module, name, other)


def is_for_type_checkers(tree: SyntaxTree, node: cst.CSTNode) -> bool:
    """Whether code stands under `if TYPE_CHECKING`."""
    return any(
        isinstance(outer, cst.If)
        and last_name(outer.test) == "TYPE_CHECKING"
        and tree.encloses(outer.body, node)
        for outer in tree.ancestors(node)
    )
