"""Imports that a fix needs, as plain data."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import of one name: `import module [as alias]`, or `from module import name [as alias]`.

    A relative module keeps its dots.
    """

    module: str
    name: str | None = None
    alias: str | None = None

    @property
    def local(self) -> str:
        """The name that it binds."""
        return self.alias or self.name or self.module.partition(".")[0]

    @property
    def item(self) -> str:
        """What stands behind the `import` of a `from`."""
        return f"{self.name} as {self.alias}" if self.alias else self.name or ""

    @property
    def text(self) -> str:
        """The statement."""
        if self.name is not None:
            return f"from {self.module} import {self.item}"
        return f"import {self.module} as {self.alias}" if self.alias else f"import {self.module}"


def read_import_lines(text: str) -> tuple[ImportLine, ...]:
    """The imports in a text; raises ValueError where it is anything else."""
    try:
        body = ast.parse(text.strip()).body
    except SyntaxError as error:
        raise ValueError(text) from error
    return tuple(line for statement in body for line in _read(statement, text))


def _read(statement: ast.stmt, text: str) -> Iterator[ImportLine]:
    if isinstance(statement, ast.Import):
        yield from (ImportLine(alias.name, None, alias.asname) for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.names[0].name != "*":
        module = "." * statement.level + (statement.module or "")
        yield from (ImportLine(module, alias.name, alias.asname) for alias in statement.names)
    else:
        raise ValueError(text)
