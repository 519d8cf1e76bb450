"""Where an import belongs among those that a file begins with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from stuck_rules.cst.imports import module_of
from stuck_rules.cst.names import dotted_name, last_name
from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.import_line import ImportLine
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class LeadingImport:
    """An import at the start of a file; `block` counts the blank lines before it."""

    statement: cst.SimpleStatementLine
    node: cst.Import | cst.ImportFrom
    module: str
    block: int

    @property
    def is_from(self) -> bool:
        """Whether it is a `from` import."""
        return isinstance(self.node, cst.ImportFrom)


def leading_imports(tree: SyntaxTree) -> Iterator[LeadingImport]:
    """The imports that a file begins with; blocks that hold imports are passed by."""
    block = 0
    for place, statement in enumerate(tree.module.body):
        if any(line.comment is None for line in statement.leading_lines):
            block += 1
        if _is_import_block(statement):
            continue
        node = first_of(statement)
        if isinstance(node, (cst.Import, cst.ImportFrom)):
            assert isinstance(statement, cst.SimpleStatementLine)
            yield LeadingImport(statement, node, _module(node), block)
        elif place > 0 or not is_docstring(node):
            return


def _is_import_block(statement: cst.CSTNode) -> bool:
    if isinstance(statement, cst.If):
        return last_name(statement.test) == "TYPE_CHECKING"
    return isinstance(statement, cst.Try)


def _module(node: cst.Import | cst.ImportFrom) -> str:
    if isinstance(node, cst.ImportFrom):
        return module_of(node)
    return dotted_name(node.names[0].name) or ""


def first_of(statement: cst.CSTNode) -> cst.CSTNode | None:
    """The first small statement of a line, None for a compound statement."""
    return statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None


def is_docstring(node: cst.CSTNode | None) -> bool:
    """Whether a statement is only a string."""
    return isinstance(node, cst.Expr) and isinstance(
        node.value, (cst.SimpleString, cst.ConcatenatedString)
    )


def group_of(module: str, package: str | None) -> int:
    """Future, standard library, others, the project's own, relative: in that order."""
    top = module.partition(".")[0]
    if module == "__future__":
        return 0
    if module.startswith("."):
        return 4
    if package is not None and top == package.partition(".")[0]:
        return 3
    return 1 if top in sys.stdlib_module_names else 2


def neighbours(
    line: ImportLine, standing: Sequence[LeadingImport], package: str | None
) -> list[LeadingImport]:
    """The imports among which a new one belongs: those of its kind in one block."""
    top = line.module.partition(".")[0]
    group = group_of(line.module, package)
    akin = [s for s in standing if top and s.module.partition(".")[0] == top]
    like = akin or [s for s in standing if group_of(s.module, package) == group]
    if not like:
        return []
    groups = {group_of(s.module, package) for s in like}
    block = like[0].block
    return [s for s in standing if s.block == block and group_of(s.module, package) in groups]


_Order = Callable[[str, bool], tuple[str, str]]


def follower(line: ImportLine, among: Sequence[LeadingImport]) -> LeadingImport | None:
    """The first import that a new one belongs before, by the order that they are in."""
    orders: tuple[_Order, ...] = (_plain_first, _by_module)
    for order in orders:
        keys = [order(s.module, s.is_from) for s in among]
        if keys == sorted(keys):
            own = order(line.module, line.name is not None)
            return next((s for s, k in zip(among, keys, strict=True) if k > own), None)
    return None


def _plain_first(module: str, is_from: bool) -> tuple[str, str]:
    return str(is_from), module.casefold()


def _by_module(module: str, is_from: bool) -> tuple[str, str]:
    return module.casefold(), str(is_from)
