"""Several wrong forms -> the least general pattern that matches all of them.

Where the forms agree, the pattern says what they say; where they differ, it has a metavariable,
the same one for the same difference. Variables are told by the place, not by their names. The
result says enough only if something is left that is neither a name nor a value.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Iterator, Sequence

from stuck_rules.generator.differences.difference import Code, Difference
from stuck_rules.model.formula import All, Formula, MetavariableRegex, Pattern

_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.Assert, ast.Return, ast.Raise, ast.Delete)
_TELLING = (ast.Compare, ast.Subscript, ast.Call, ast.BinOp, ast.Assert, ast.Raise)
_NUMBERS = {float: r"^-?[\d_]*\.[\d_]*(?:e[+-]?\d+)?$", int: r"^-?[\d_]+$"}
_HOLE = "METAVARIABLE_"
_TEXT = "ANY_TEXT"


class _UnlikeError(Exception):
    """The forms have no shape in common."""


class _Generaliser:
    """Makes one tree of several, and gives holes to what differs."""

    def __init__(self, variables: frozenset[str]) -> None:
        self.variables = variables
        self.holes: dict[tuple[str, ...], str] = {}
        self.numbers: dict[str, str] = {}
        self.told = 0

    def node(self, nodes: Sequence[ast.AST]) -> ast.AST:
        """What the nodes have in common."""
        first = nodes[0]
        if len({type(node) for node in nodes}) > 1:
            return self._hole_for(nodes)
        if isinstance(first, ast.Constant):
            return self._constant([node for node in nodes if isinstance(node, ast.Constant)])
        if isinstance(first, ast.Name):
            names = {node.id for node in nodes if isinstance(node, ast.Name)}
            is_same = len(names) == 1 and first.id not in self.variables
            self.told += is_same and first.id not in ("self", "cls")
            return copy.deepcopy(first) if is_same else self._hole_for(nodes)
        made = copy.deepcopy(first)
        for name, _ in ast.iter_fields(first):
            setattr(made, name, self._field([getattr(node, name) for node in nodes]))
        self.told += isinstance(first, _TELLING)
        return made

    def _field(self, values: Sequence[object]) -> object:
        first = values[0]
        if isinstance(first, list):
            lists = [value for value in values if isinstance(value, list)]
            if len({len(each) for each in lists}) > 1:
                raise _UnlikeError
            return [self._field(each) for each in zip(*lists, strict=True)]
        if isinstance(first, ast.AST):
            nodes = [value for value in values if isinstance(value, ast.AST)]
            if len(nodes) < len(values):
                raise _UnlikeError
            if isinstance(first, (ast.operator, ast.cmpop, ast.keyword)) and len(
                {ast.dump(node) for node in nodes}
            ) > (1 if not isinstance(first, ast.keyword) else len(nodes)):
                raise _UnlikeError
            return self.node(nodes)
        if len(set(values)) == 1:
            return first
        if all(isinstance(value, str) for value in values):
            return self._hole(tuple(map(str, values)))
        raise _UnlikeError

    def _constant(self, nodes: Sequence[ast.Constant]) -> ast.AST:
        kinds = {type(node.value) for node in nodes}
        if len({ast.dump(node) for node in nodes}) == 1:
            return copy.deepcopy(nodes[0])
        if kinds == {str}:
            return ast.Constant(_TEXT)
        hole = self._hole_for(nodes)
        regex = _NUMBERS.get(next(iter(kinds))) if len(kinds) == 1 else None
        if regex is not None:
            self.numbers[hole.id] = regex
        return hole

    def _hole_for(self, nodes: Sequence[ast.AST]) -> ast.Name:
        if not all(isinstance(node, ast.expr) for node in nodes):
            raise _UnlikeError
        return ast.Name(self._hole(tuple(ast.dump(node) for node in nodes)), ast.Load())

    def _hole(self, key: tuple[str, ...]) -> str:
        return self.holes.setdefault(key, f"{_HOLE}{len(self.holes)}")


def _text(tree: ast.AST) -> str:
    """The tree as a pattern."""
    shown = ast.unparse(ast.fix_missing_locations(tree))
    for quote in "\"'":
        shown = shown.replace(f"{quote}{_TEXT}{quote}", '"..."')
    return shown.replace(_HOLE, "$V")


def _statements(code: Code) -> list[ast.stmt]:
    return [node for node in code.nodes if isinstance(node, _SIMPLE)]


def _variables(codes: Sequence[Code]) -> frozenset[str]:
    """The names that are neither imported, called, built in, nor a module's or a class's."""
    names = {n.id for code in codes for n in code.nodes if isinstance(n, ast.Name)}
    called = {
        owner.id
        for code in codes
        for call in code.calls
        if isinstance(owner := _owner(call.func), ast.Name)
    }
    return frozenset(
        name
        for name in names - called
        if name.islower() and name not in ("self", "cls") and not hasattr(builtins, name)
    )


def _owner(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node


def _words(node: ast.AST) -> set[str]:
    """The names and values in a statement."""
    words = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            words.add(inner.id)
        elif isinstance(inner, ast.Attribute):
            words.add(inner.attr)
        elif isinstance(inner, ast.Constant):
            words.add(repr(inner.value))
    return words


def _is_akin(wrong: ast.stmt, right: ast.stmt) -> bool:
    """Whether a right statement does what a wrong one does: it has most of its words."""
    words = _words(wrong)
    return type(wrong) is type(right) and 5 * len(words & _words(right)) >= 3 * len(words)


def general_form(wrong: Code, right: Code) -> Iterator[Difference]:
    """What several wrong statements have in common that no right one has."""
    theirs = {ast.dump(node) for node in _statements(right)}
    mine = [node for node in _statements(wrong) if ast.dump(node) not in theirs]
    if len(mine) < 2 or len({ast.dump(node) for node in mine}) < 2:
        return
    if not any(_is_akin(one, other) for one in mine for other in _statements(right)):
        return
    generaliser = _Generaliser(_variables((wrong, right)))
    try:
        made = generaliser.node(mine)
    except _UnlikeError:
        return
    # A name, a call or an operator alone is too little to tell wrong from right.
    if not isinstance(made, ast.stmt) or generaliser.told < 2:
        return
    pattern = Pattern(_text(made))
    numbers = tuple(
        MetavariableRegex(name.replace(_HOLE, "$V"), regex)
        for name, regex in generaliser.numbers.items()
    )
    condition: Formula = All((pattern, *numbers)) if numbers else pattern
    told = f"{ast.unparse(mine[0])}, and its like, are wrong"
    yield Difference("wrong-form", told, condition)
