"""Words that a file must hold before a pattern can match in it, from the pattern's text alone.

Names count wherever they stand: an alias or a `from` import still writes each of them
somewhere, and an `as` behind one that is then called by another name. Strings and numbers do
not, since a folded constant may be written in pieces.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence

from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    Inside,
    MetavariablePattern,
    MetavariableRegex,
    Not,
    NotInside,
    Pattern,
    Regex,
    Taint,
)
from stuck_rules.model.rule import Option
from stuck_rules.model.uses import Use
from stuck_rules.model.words import ALWAYS, AllWords, AnyWord, Word, WordFormula
from stuck_rules.patterns.required import all_of, any_of, words_of_regex
from stuck_rules.patterns.tokens import Bracket, Piece, meaningful, read_brackets, tokenize
from stuck_rules.values import replace

_HOLE = re.compile(r"\$(?:[A-Z_][A-Z_0-9]*|[0-9]+)")
# A keyword that every match of its statement or expression is written with. `return` is not
# among them, nor is `else`, which `elif` stands for, nor `from`, which `import m.x` does without.
_KEYWORDS = frozenset(
    {"def", "class", "import", "lambda", "raise", "assert", "del", "global", "nonlocal", "while"}
    | {"try", "except", "finally", "yield", "await", "async", "with"}
)


def _in_any_use(words: WordFormula) -> WordFormula:
    if isinstance(words, Word):
        return replace(words, use="")
    if isinstance(words, (AllWords, AnyWord)):
        return type(words)(tuple(map(_in_any_use, words.parts)))
    return words


def _words_of_any(formula: Formula | Taint) -> WordFormula:
    if isinstance(formula, Taint):
        sources = any_of([_words_of_any(source.part) for source in formula.sources])
        sinks = any_of([_words_of_any(sink.part) for sink in formula.sinks])
        return all_of([sources, sinks])
    return _words_of(formula, _written(formula))


def words_of(formula: Formula | Taint, options: Sequence[Option] = ()) -> WordFormula:
    """The words that any match must hold; negatives and most conditions ask for none.

    `options` are those of the rule: where variables stand for what they hold, a name may be
    called by another one.
    """
    words = _words_of_any(formula)
    if any(option.name == "symbolic_propagation" for option in options):
        return _in_any_use(words)
    return words


def _words_of(formula: Formula, written: frozenset[str]) -> WordFormula:
    if isinstance(formula, Pattern):
        return _of_pattern(formula.text)
    if isinstance(formula, Regex):
        return words_of_regex(formula.text)
    if isinstance(formula, All):
        return all_of([_words_of(part, written) for part in formula.parts])
    if isinstance(formula, Either):
        return any_of([_words_of(part, written) for part in formula.parts])
    if isinstance(formula, Inside):
        return _words_of(formula.part, written)
    if isinstance(formula, MetavariablePattern) and formula.language in {None, "python"}:
        return _words_of(formula.part, written)
    if isinstance(formula, MetavariableRegex) and formula.metavariable in written:
        return ALWAYS if formula.constant_propagation else words_of_regex(formula.regex)
    return ALWAYS


def _written(formula: Formula) -> frozenset[str]:
    """The metavariables that stand for code as it is written.

    A string's text may be put together, and what is imported may be named in pieces.
    """
    names: set[str] = set()
    others: set[str] = set()
    for text in _pattern_texts(formula):
        tokens = list(tokenize(text))
        imports = any(token.text == "import" for token in tokens)
        for token in tokens:
            if token.kind == "hole":
                (others if imports else names).add(token.text)
            elif token.kind == "string":
                others.update(_HOLE.findall(token.text))
    return frozenset(names - others)


def _pattern_texts(formula: Formula) -> Iterator[str]:
    if isinstance(formula, Pattern):
        yield formula.text
    elif isinstance(formula, (All, Either)):
        for part in formula.parts:
            yield from _pattern_texts(part)
    elif isinstance(formula, (Inside, Not, NotInside)) or (
        isinstance(formula, MetavariablePattern) and formula.language in {None, "python"}
    ):
        yield from _pattern_texts(formula.part)


def _of_pattern(text: str) -> WordFormula:
    pieces = read_brackets(text)
    names = list(_names(pieces))
    if _is_import(pieces):
        # What matches it is one statement, in which all of its names stand.
        plain = (name.text in _KEYWORDS for name in names)
        names = [
            n if keep else replace(n, use="import") for n, keep in zip(names, plain, strict=True)
        ]
    return all_of(names)


def _is_import(pieces: list[Piece]) -> bool:
    """Whether a pattern is an import and nothing else."""
    text = "".join(piece.text for piece in pieces if not isinstance(piece, Bracket)).strip()
    return text.startswith(("import ", "from ")) and "\n" not in text and ";" not in text


def _names(pieces: list[Piece], *, argument: bool = False) -> Iterator[Word]:
    plain = meaningful(pieces)
    for number, piece in enumerate(plain):
        if isinstance(piece, Bracket):
            is_call = piece.kind == "call"
            for part in piece.parts:
                if not (is_call and _is_typed(part)):
                    yield from _names(part, argument=is_call)
        elif piece.kind == "name" and (
            piece.text in _KEYWORDS or not keyword.iskeyword(piece.text)
        ):
            behind = plain[number + 1] if number + 1 < len(plain) else None
            use = _use(piece.text, behind, argument=argument and not number)
            yield Word(piece.text, whole=True, use=use, code=True)


def _use(name: str, behind: Piece | None, *, argument: bool) -> Use:
    """How each match uses a name; what is a keyword in some places may be one there."""
    if keyword.issoftkeyword(name) or behind is None:
        return ""
    if isinstance(behind, Bracket):
        return "call" if behind.kind == "call" else ""
    return "keyword" if argument and behind.text == "=" else ""


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
