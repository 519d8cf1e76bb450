"""What of a file a rule must see, taken from the rule itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from stuck_rules.checks.registry import find_check
from stuck_rules.checks.spec import Part
from stuck_rules.model.excerpt import Excerpt
from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    Inside,
    MetavariablePattern,
    Not,
    NotInside,
    Pattern,
    Regex,
    Taint,
)
from stuck_rules.model.rule import CheckCall, FilesCondition, Rule, TextCondition
from stuck_rules.model.words import ALWAYS
from stuck_rules.patterns import tokens
from stuck_rules.patterns.literals import words_of
from stuck_rules.values import dataclass

_CONTINUES = frozenset({"else", "elif", "except", "finally"})


@dataclass(frozen=True, slots=True)
class Need:
    """What a rule must see; `classes` means that no class may be cut, `stars` no star import."""

    part: Part
    classes: bool = False
    stars: bool = False


@lru_cache(maxsize=10_000)
def need_of(rule: Rule) -> Need | None:
    """What a rule must see of a file, None where it must see all of it."""
    condition = rule.condition
    if isinstance(condition, CheckCall):
        spec = find_check(condition.name)
        if spec is None or spec.part is None:
            return None
        return Need(spec.part(spec.for_call(condition)))
    if isinstance(condition, (Taint, TextCondition, FilesCondition)):
        return None
    return _need_of_formula(condition, rule)


def needs_whole_edits(rule: Rule, excerpt: Excerpt) -> bool:
    """Whether what a rule's fix changes depends on more than what an excerpt for it holds."""
    need = need_of(rule)
    if need is None or need.part.whole_edits:
        return True
    return bool(need.part.imports) and not excerpt.edits


def _need_of_formula(formula: Formula, rule: Rule) -> Need | None:
    words = words_of(formula, rule.options)
    patterns = list(_patterns_in(formula))
    # Where an expression over the text decides, what it excludes may stand anywhere.
    if words == ALWAYS or any(isinstance(part, Regex) for part in _parts_of(formula)):
        return None
    if not all(map(_is_one_statement, patterns)):
        return None
    return Need(
        Part(words, whole_edits=bool(rule.fix or rule.fix_regex)),
        any(map(_names_class, patterns)),
        stars=True,
    )


def _parts_of(formula: Formula) -> Iterator[Formula]:
    """A formula and all within it."""
    yield formula
    if isinstance(formula, (All, Either)):
        for part in formula.parts:
            yield from _parts_of(part)
    elif isinstance(formula, (Inside, Not, NotInside)) or (
        isinstance(formula, MetavariablePattern) and formula.language in {None, "python"}
    ):
        yield from _parts_of(formula.part)


def _patterns_in(formula: Formula) -> Iterator[list[tokens.Piece]]:
    for part in _parts_of(formula):
        if isinstance(part, Pattern):
            yield tokens.read_brackets(part.text.strip("\n"))


def _is_one_statement(pieces: list[tokens.Piece]) -> bool:
    """Whether a pattern is one statement or expression, and no run of them in any block."""
    statements = 0
    begins, decorated = True, False
    for piece in pieces:
        kind = "" if isinstance(piece, tokens.Bracket) else piece.kind
        text = "" if isinstance(piece, tokens.Bracket) else piece.text
        if kind == "newline":
            begins = True
        elif kind == "comment" or (kind == "space" and text.startswith("\\")):
            continue
        elif text == ";":
            return False
        elif begins:
            begins = False
            # Indented, it belongs to the statement above.
            if kind != "space" and text not in _CONTINUES:
                statements += not decorated
                decorated = text == "@"
    return statements == 1


def _names_class(pieces: list[tokens.Piece]) -> bool:
    """Whether a pattern speaks of classes, which may be cut for all others."""
    return any(
        any(map(_names_class, piece.parts))
        if isinstance(piece, tokens.Bracket)
        else _is_class_token(piece)
        for piece in pieces
    )


def _is_class_token(token: tokens.Token) -> bool:
    return token.text in {"class", "@"}
