"""Import statements: a pattern's module and names as a prefix of what the code imports."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.cst.imports import module_of
from stuck_rules.cst.names import dotted_name
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.holes import hole_name
from stuck_rules.patterns.matchers.base import Build, Matcher
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Imported:
    """One name that the code imports.

    `module` is dotted and the node that names it; `name` is what a `from` import takes, `*`
    for all; `alias` is the name behind `as`.
    """

    statement: cst.Import | cst.ImportFrom
    module: str
    module_node: cst.CSTNode | None
    name: str | None = None
    name_node: cst.CSTNode | None = None
    alias: cst.CSTNode | None = None

    @property
    def dotted(self) -> str:
        """The whole dotted name."""
        return self.module if self.name is None else f"{self.module}.{self.name}"


def imported_names(node: cst.CSTNode) -> list[Imported]:
    """What an import statement imports, name by name."""
    if isinstance(node, cst.Import):
        return [
            Imported(node, dotted_name(a.name) or "", a.name, alias=_alias_of(a))
            for a in node.names
        ]
    if not isinstance(node, cst.ImportFrom):
        return []
    module = module_of(node)
    if isinstance(node.names, cst.ImportStar):
        return [Imported(node, module, node.module, "*", node.names)]
    return [
        Imported(node, module, node.module, dotted_name(a.name) or "", a.name, _alias_of(a))
        for a in node.names
    ]


def _alias_of(alias: cst.ImportAlias) -> cst.CSTNode | None:
    return None if alias.asname is None else alias.asname.name


def _bind(name: str, node: cst.CSTNode | None, text: str, env: Env) -> Env | None:
    """Bind a node, or text where no single node holds it."""
    if node is None or dotted_name(node) != text:
        return env.bind(name, Bound(() if node is None else (node,), text=text))
    return env.bind(name, Bound((node,)))


@dataclass(frozen=True, slots=True)
class Alias:
    """`as x` of a pattern, which may stand for any."""

    value: str

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Compare or bind the name."""
        if not isinstance(node, cst.Name):
            return
        hole = hole_name(self.value)
        if hole is None:
            if node.value == self.value:
                yield env
            return
        found = env.bind(hole, Bound((node,)))
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class ImportPattern:
    """One name of a pattern's import; `name` is None for `import module`."""

    module: str
    name: str | None
    alias: Alias | None

    def match_one(self, imported: Imported, env: Env) -> Iterator[Env]:
        """Match one name that the code imports."""
        for found in self._match_path(imported, env):
            if self.alias is None:
                yield found
            elif imported.alias is not None and self._is_named(imported):
                yield from self.alias.match(imported.alias, found)

    def _is_named(self, imported: Imported) -> bool:
        """Whether an alias is one of the module, not of something in it."""
        if self.name is not None or imported.name is None:
            return True
        return imported.dotted == self.module

    def _match_path(self, imported: Imported, env: Env) -> Iterator[Env]:
        found: Env | None = env
        if self.name is None:
            found = self._match_module(imported, env)
        elif self.name == "*" or imported.name == "*":
            same = self.name == imported.name
            found = self._match_parent(imported, imported.module, env) if same else None
        else:
            found = self._match_from(imported, env)
        if found is not None:
            yield found

    def _match_module(self, imported: Imported, env: Env) -> Env | None:
        hole = hole_name(self.module)
        if hole is None:
            return env if _is_prefix(self.module, imported.dotted) else None
        if imported.name is not None:
            return _bind(hole, None, imported.dotted, env)
        return _bind(hole, imported.module_node, imported.module, env)

    def _match_from(self, imported: Imported, env: Env) -> Env | None:
        name = self.name or ""
        name_hole = hole_name(name)
        if hole_name(self.module) is None and name_hole is None:
            return env if self._reaches(imported, name) else None
        module, last, last_node = _split(imported)
        found = self._match_parent(imported, module, env)
        if name_hole is not None and found is not None:
            return _bind(name_hole, last_node, last, found)
        return found if name == last else None

    def _match_parent(self, imported: Imported, module: str, env: Env) -> Env | None:
        hole = hole_name(self.module)
        if not module:
            return None
        if hole is None:
            return env if _is_prefix(self.module, module) else None
        node = imported.module_node if module == imported.module else None
        return _bind(hole, node, module, env)

    def _reaches(self, imported: Imported, name: str) -> bool:
        """Whether the code's path starts with the pattern's, or its last name is the pattern's."""
        if _is_prefix(f"{self.module}.{name}", imported.dotted):
            return True
        return imported.name == name and _is_prefix(self.module, imported.module)


def _split(imported: Imported) -> tuple[str, str, cst.CSTNode | None]:
    """Module and last name; `import a.b` takes b from a."""
    if imported.name is not None:
        return imported.module, imported.name, imported.name_node
    module, _, last = imported.module.rpartition(".")
    node = imported.module_node
    return module, last, node.attr if isinstance(node, cst.Attribute) else None


def _is_prefix(short: str, long: str) -> bool:
    if short.endswith("."):
        return long.startswith(short) and not long.startswith(f"{short}.")
    return long == short or long.startswith(f"{short}.")


@dataclass(frozen=True, slots=True)
class Import:
    """An import statement: each name of the pattern is among those of the code."""

    patterns: tuple[ImportPattern, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match each name to one that the code imports."""
        yield from _match_each(self.patterns, imported_names(node), env)

    def ways(self, node: cst.CSTNode, env: Env) -> Iterator[tuple[tuple[cst.CSTNode, ...], Env]]:
        """Each match with its first and last node: one name of `import a, b` ends with itself."""
        if not isinstance(node, cst.Import) or len(self.patterns) > 1:
            for found in self.match(node, env):
                yield (node, node), found
            return
        for alias, imported in zip(node.names, imported_names(node), strict=True):
            for found in _match_each(self.patterns, [imported], env):
                yield (node, alias), found


def _match_each(
    patterns: tuple[ImportPattern, ...], names: list[Imported], env: Env
) -> Iterator[Env]:
    if not patterns:
        yield env
        return
    for imported in names:
        for found in patterns[0].match_one(imported, env):
            yield from _match_each(patterns[1:], names, found)


def build_import(node: cst.CSTNode, build: Build) -> Matcher:
    """An import statement of a pattern."""
    del build
    return Import(tuple(_build_pattern(imported) for imported in imported_names(node)))


def _build_pattern(imported: Imported) -> ImportPattern:
    alias = Alias(imported.alias.value) if isinstance(imported.alias, cst.Name) else None
    return ImportPattern(imported.module, imported.name, alias)
