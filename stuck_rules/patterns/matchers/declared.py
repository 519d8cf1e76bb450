"""`$X: T`: a literal of the type, or a variable that is declared with it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.patterns.bindings import Bound, Env
from stuck_rules.patterns.constants import literal_value
from stuck_rules.patterns.scene import Scene
from stuck_rules.values import dataclass

_EMPTY = cst.Module([])
_BUILTIN = frozenset({"int", "float", "str", "bool"})


def type_name(node: cst.CSTNode) -> str:
    """A type's text, layout apart."""
    return "".join(_EMPTY.code_for_node(node).split())


def has_type(node: cst.CSTNode, types: tuple[str, ...], scene: Scene) -> bool:
    """Whether an expression's type is known to be one of these."""
    value = literal_value(node)
    if isinstance(node, cst.Name):
        if value is None and _is_declared(node, types, scene):
            return True
        value = scene.constant(node)
    if value is None:
        return False
    # Text that is not known is text all the same.
    kind = "str" if value.kind == "text" else value.kind
    return kind in _BUILTIN and kind in types


def _is_declared(name: cst.Name, types: tuple[str, ...], scene: Scene) -> bool:
    scope = scene.variable(name)
    if scope is None:
        return False
    for binding in scene.bindings.get(name.value, ()):
        annotation = getattr(binding.node, "annotation", None)
        if binding.scope is scope and isinstance(annotation, cst.Annotation):
            declared = annotation.annotation
            names = {type_name(declared), dotted_name(declared), scene.resolve(declared)}
            if not names.isdisjoint(types):
                return True
    return False


@dataclass(frozen=True, slots=True)
class TypedHole:
    """`$X: T` among arguments."""

    name: str
    types: tuple[str, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Bind the expression if its type is known to fit."""
        if has_type(node, self.types, env.scene):
            bound = env.bind(self.name, Bound((node,)))
            if bound is not None:
                yield bound
