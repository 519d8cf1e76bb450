"""Words that a file must hold before a pattern can match in it, from the pattern's text alone.

Names count wherever they stand: an alias or a `from` import still writes each of them
somewhere. Strings and numbers do not, since a folded constant may be written in pieces.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    Inside,
    MetavariablePattern,
    Pattern,
    Regex,
    Taint,
)
from stuck_rules.model.words import ALWAYS, AllWords, AnyWord, Word, WordFormula
from stuck_rules.patterns.regexes import plain_text
from stuck_rules.patterns.tokens import Bracket, Piece, meaningful, read_brackets

# A keyword that every match of its statement or expression is written with. `return` is not
# among them, nor is `else`, which `elif` stands for, nor `from`, which `import m.x` does without.
_KEYWORDS = frozenset(
    {"def", "class", "import", "lambda", "raise", "assert", "del", "global", "nonlocal", "while"}
    | {"try", "except", "finally", "yield", "await", "async", "with"}
)


def words_of(formula: Formula | Taint) -> WordFormula:
    """The words that any match must hold; conditions and negatives ask for none."""
    if isinstance(formula, Taint):
        sources = _any(tuple(words_of(source.part) for source in formula.sources))
        sinks = _any(tuple(words_of(sink.part) for sink in formula.sinks))
        return _all((sources, sinks))
    if isinstance(formula, Pattern):
        return _of_pattern(formula.text)
    if isinstance(formula, Regex):
        return _of_regex(formula.text)
    if isinstance(formula, All):
        return _all(tuple(words_of(part) for part in formula.parts))
    if isinstance(formula, Either):
        return _any(tuple(words_of(part) for part in formula.parts))
    if isinstance(formula, Inside):
        return words_of(formula.part)
    if isinstance(formula, MetavariablePattern) and formula.language in {None, "python"}:
        return words_of(formula.part)
    return ALWAYS


def _all(parts: tuple[WordFormula, ...]) -> WordFormula:
    kept = tuple(dict.fromkeys(part for part in parts if part != ALWAYS))
    return kept[0] if len(kept) == 1 else AllWords(kept)


def _any(parts: tuple[WordFormula, ...]) -> WordFormula:
    if ALWAYS in parts:
        return ALWAYS
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else AnyWord(kept)


def _of_regex(text: str) -> WordFormula:
    plain = plain_text(text)
    return Word(plain) if plain else ALWAYS


def _of_pattern(text: str) -> WordFormula:
    return _all(tuple(Word(name) for name in _names(read_brackets(text))))


def _names(pieces: list[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Bracket):
            for part in piece.parts:
                if not (piece.kind == "call" and _is_typed(part)):
                    yield from _names(part)
        elif piece.kind == "name" and (
            piece.text in _KEYWORDS or not keyword.iskeyword(piece.text)
        ):
            yield piece.text


def _is_typed(part: list[Piece]) -> bool:
    """Whether an argument is `$X: T`: a literal has its type without a word of it."""
    pieces = meaningful(part)[:2]
    kinds = [piece.text for piece in pieces[1:] if not isinstance(piece, Bracket)]
    hole = pieces[0] if pieces else None
    return (
        not isinstance(hole, Bracket)
        and hole is not None
        and hole.kind == "hole"
        and (kinds == [":"])
    )
