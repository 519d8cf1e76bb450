"""Which words a file must hold before a rule can match in it.

A formula that is never wrong by saying no: where it says no, no match is possible. It says
yes where it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cached_property

from stuck_rules.model.uses import Use, is_used
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """The text must occur; `folded` compares without regard to case (and is in lower case).

    With `whole`, no letter, digit or underscore of ASCII stands right before or behind it; with
    `free`, no dot right before it either, as before an attribute. A whole word may have a `use`,
    to which what stands around it must fit. With `code` it does not count in strings and
    comments, where one knows those.
    """

    text: str
    folded: bool = False
    whole: bool = False
    free: bool = False
    use: Use = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a regular expression finds must occur; it must take time in proportion to the text."""

    regex: str


@dataclass(frozen=True, slots=True)
class AllWords:
    """Every part must hold; with no parts, it always does."""

    parts: tuple[WordFormula, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyWord:
    """One part must hold; with no parts, none ever does."""

    parts: tuple[WordFormula, ...] = ()


Leaf = Word | Shape
WordFormula = Leaf | AllWords | AnyWord

ALWAYS = AllWords()


# An empty text, at an end of the file, is none of these.
_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Haystack:
    """A file's text, asked word by word; nothing is looked for twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[Leaf, bool] = {}

    def admits(self, formula: WordFormula) -> bool:
        """Whether the words of the formula stand in the text."""
        if isinstance(formula, AllWords):
            return all(self.admits(part) for part in formula.parts)
        if isinstance(formula, AnyWord):
            return any(self.admits(part) for part in formula.parts)
        known = self._known.get(formula)
        if known is None:
            known = self._known[formula] = self._holds(formula)
        return known

    def _holds(self, leaf: Leaf) -> bool:
        if isinstance(leaf, Shape):
            return re.search(leaf.regex, self._text) is not None
        if leaf.folded:
            return leaf.text in self._lower or leaf.text.casefold() in self._folded
        return stands_in(leaf, self._text)

    @cached_property
    def _lower(self) -> str:
        return self._text.lower()

    @cached_property
    def _folded(self) -> str:
        return self._lower if self._text.isascii() else self._text.casefold()


def leaves_of(formula: WordFormula) -> Iterator[Leaf]:
    """The words and shapes that a formula speaks of."""
    if isinstance(formula, (Word, Shape)):
        yield formula
        return
    for part in formula.parts:
        yield from leaves_of(part)


def holds(formula: WordFormula, present: Container[Leaf]) -> bool:
    """Whether a formula holds where these words and shapes stand, and no others."""
    if isinstance(formula, (Word, Shape)):
        return formula in present
    if isinstance(formula, AllWords):
        return all(holds(part, present) for part in formula.parts)
    return any(holds(part, present) for part in formula.parts)


def places_of(word: Word, text: str) -> Iterator[int]:
    """The offsets at which a word that is not folded stands in a text."""
    place = -1
    while (place := text.find(word.text, place + 1)) >= 0:
        if not word.whole:
            yield place
            continue
        end = place + len(word.text)
        before = text[place - 1 : place]
        if before not in _NAME and text[end : end + 1] not in _NAME:
            is_free = not word.free or before != "."
            if is_free and is_used(word.use, text, place, end):
                yield place


def stands_in(word: Word, text: str) -> bool:
    """Whether a word that is not folded stands in a text."""
    return next(places_of(word, text), None) is not None


def all_words(*texts: str, folded: bool = False) -> AllWords:
    """All of these texts."""
    return AllWords(tuple(_word(text, folded) for text in texts))


def any_word(*texts: str, folded: bool = False) -> AnyWord:
    """One of these texts."""
    return AnyWord(tuple(_word(text, folded) for text in texts))


def _word(text: str, folded: bool) -> Word:
    return Word(text.lower() if folded else text, folded)


def read_name(name: str) -> Word:
    """A name where its value may be read as a variable's."""
    return Word(name, whole=True, free=True, use="read")


def names(*texts: str) -> AllWords:
    """All of these names, each by itself and not as a part of a longer one."""
    return AllWords(tuple(Word(text, whole=True) for text in texts))
