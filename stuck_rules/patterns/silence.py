"""Formulas that can match nothing, whatever the code, told by their texts alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from stuck_rules.errors import did_you_mean
from stuck_rules.model.formula import (
    All,
    Either,
    Focus,
    Formula,
    Inside,
    MetavariableComparison,
    MetavariablePattern,
    MetavariableRegex,
    MetavariableType,
    Not,
    NotInside,
    Pattern,
    Regex,
)
from stuck_rules.patterns.holes import DOTS, MANY, hole_name
from stuck_rules.patterns.metavariables import METAVARIABLE, bound_in, used_metavariables
from stuck_rules.patterns.reading import parse_python
from stuck_rules.patterns.syntax import TEXTS

_POSITIVE = (Pattern, Regex, All, Either)
_CONDITIONS = (
    MetavariableRegex,
    MetavariableComparison,
    MetavariableType,
    MetavariablePattern,
    Focus,
)
_LAYOUT = frozenset({"ctx", "type_comment", "kind", "lineno", "col_offset"})
_Silence = tuple[str, Formula]


def silences(formula: Formula, outer: frozenset[str] = frozenset()) -> Iterator[_Silence]:
    """Why parts of a formula can match nothing, each with the part at fault.

    `outer` is what is bound around a formula on a metavariable's code.
    """
    if isinstance(formula, Either):
        for part in formula.parts:
            yield from silences(part, outer)
    elif isinstance(formula, (Not, Inside, NotInside)):
        yield from silences(formula.part, outer)
    elif isinstance(formula, All):
        yield from _conditions(formula.parts, outer)
        for part in formula.parts:
            yield from silences(part, outer) if not isinstance(part, _CONDITIONS) else ()
        yield from _excluded(formula.parts)
    elif isinstance(formula, _CONDITIONS):
        yield from _conditions((formula,), outer)


def _conditions(parts: Sequence[Formula], outer: frozenset[str]) -> Iterator[_Silence]:
    """The conditions of a list that ask about nothing that is bound in it."""
    bound = outer | {name for part in parts for name in bound_in(part)}
    for part in parts:
        if not isinstance(part, _CONDITIONS):
            continue
        for name, _ in used_metavariables(part):
            if name not in bound:
                hint = did_you_mean(name, bound)
                yield f"no pattern beside it binds {name}, so it never matches{hint}", part
        if isinstance(part, MetavariableComparison) and _is_constant(part):
            told = f"the comparison {part.comparison!r} speaks of no metavariable"
            yield f"{told}, so it holds for every match or for none", part
        if isinstance(part, MetavariablePattern) and part.language not in TEXTS:
            yield from silences(part.part, bound)


def _is_constant(part: MetavariableComparison) -> bool:
    return METAVARIABLE.search(part.comparison) is None and "today" not in part.comparison


def _excluded(parts: Sequence[Formula]) -> Iterator[_Silence]:
    """What is matched and excluded in the same breath."""
    bound = frozenset(name for part in parts for name in bound_in(part))
    insides = [part.part for part in parts if isinstance(part, Inside)]
    positives = [part for part in parts if isinstance(part, _POSITIVE)]
    for part in parts:
        if isinstance(part, NotInside):
            for each in (*positives, *insides):
                if _covers(_alternatives(part.part), _alternatives(each), bound):
                    yield _told("pattern-not-inside", each), part
    reported = positives or insides
    nots = [part for part in parts if isinstance(part, Not)]
    others = [each for part in nots for each in _alternatives(part.part)]
    if len(reported) == 1 and _covers(others, _alternatives(reported[0]), bound):
        yield _told("pattern-not", reported[0]), nots[0]


def _told(key: str, positive: Formula) -> str:
    place = f" on line {positive.line}" if positive.line else ""
    return f"this {key} excludes all that the pattern{place} matches, so nothing is left"


def _alternatives(formula: Formula) -> list[Formula]:
    """The patterns of which one must match, as far as they are plain."""
    if isinstance(formula, Either):
        return [each for part in formula.parts for each in _alternatives(part)]
    return [formula]


def _covers(general: Sequence[Formula], special: Sequence[Formula], bound: frozenset[str]) -> bool:
    """Whether wherever one of the special patterns matches, one of the general ones does too."""
    return all(any(_covers_one(each, one, bound) for each in general) for one in special)


def _covers_one(general: Formula, special: Formula, bound: frozenset[str]) -> bool:
    if isinstance(general, Regex) and isinstance(special, Regex):
        return general.text == special.text
    if not isinstance(general, Pattern) or not isinstance(special, Pattern):
        return False
    return _Cover(bound).holds(parse_python(general), parse_python(special))


class _Cover:
    """Whether a pattern matches whatever another matches, compared node by node.

    A metavariable that only the general one has may stand for anything.
    """

    def __init__(self, bound: frozenset[str]) -> None:
        self._bound = bound
        self._free: dict[str, str] = {}

    def holds(self, general: ast.AST, special: ast.AST) -> bool:
        """Compare two nodes and all inside them."""
        name = hole_name(general.id) if isinstance(general, ast.Name) else None
        if name is not None and (name == "$_" or name not in self._bound):
            return self._stands_for(name, special)
        if type(general) is not type(special):
            return False
        if isinstance(general, ast.Call) and isinstance(special, ast.Call) and _is_open(general):
            return self.holds(general.func, special.func)
        names = [name for name in general._fields if name not in _LAYOUT]
        return all(self._same(getattr(general, n), getattr(special, n)) for n in names)

    def _stands_for(self, name: str, node: ast.AST) -> bool:
        if not isinstance(node, ast.expr) or isinstance(node, ast.Starred):
            return False
        if isinstance(node, ast.Name) and node.id.startswith((DOTS, MANY)):
            return False
        dumped = ast.dump(node)
        return name == "$_" or self._free.setdefault(name, dumped) == dumped

    def _same(self, general: object, special: object) -> bool:
        if isinstance(general, ast.AST) and isinstance(special, ast.AST):
            return self.holds(general, special)
        if isinstance(general, list) and isinstance(special, list):
            pairs = zip(general, special, strict=False)
            return len(general) == len(special) and all(self._same(a, b) for a, b in pairs)
        return type(general) is type(special) and general == special


def _is_open(call: ast.Call) -> bool:
    """Whether a call's arguments are `...` alone."""
    only = call.args[0] if len(call.args) == 1 and not call.keywords else None
    return isinstance(only, ast.Name) and only.id == DOTS
