"""Which words a file must hold before a rule can match in it.

A formula that is never wrong by saying no: where it says no, no match is possible. It says
yes where it is not sure.
"""

from __future__ import annotations

import re

from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """The text must occur; `folded` compares without regard to case (and is in lower case)."""

    text: str
    folded: bool = False


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


WordFormula = Word | Shape | AllWords | AnyWord

ALWAYS = AllWords()


class Haystack:
    """A file's text with its lower-case form made at most once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded: str | None = None

    def admits(self, formula: WordFormula) -> bool:
        """Whether the words of the formula stand in the text."""
        if isinstance(formula, Word):
            return formula.text in (self._fold() if formula.folded else self._text)
        if isinstance(formula, Shape):
            return re.search(formula.regex, self._text) is not None
        if isinstance(formula, AllWords):
            return all(self.admits(part) for part in formula.parts)
        return any(self.admits(part) for part in formula.parts)

    def _fold(self) -> str:
        if self._folded is None:
            self._folded = self._text.lower()
        return self._folded


def all_words(*texts: str, folded: bool = False) -> AllWords:
    """All of these texts."""
    return AllWords(tuple(_word(text, folded) for text in texts))


def any_word(*texts: str, folded: bool = False) -> AnyWord:
    """One of these texts."""
    return AnyWord(tuple(_word(text, folded) for text in texts))


def _word(text: str, folded: bool) -> Word:
    return Word(text.lower() if folded else text, folded)
