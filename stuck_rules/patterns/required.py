"""The texts that whatever a regular expression matches must hold, from the expression alone.

Only what is surely understood counts: everything else may match anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stuck_rules.model.words import ALWAYS, AllWords, AnyWord, Word, WordFormula

_FLAGS = re.compile(r"\(\?([a-zA-Z]+)\)")
_GROUP = re.compile(r"\((?!\?)|\(\?(?::|>|P?<[A-Za-z_]\w*>)")
_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_OPTIONAL = re.compile(r"[*?]|\{0*(?:,\d*)?\}")
_REPEATED = re.compile(r"\+|\{\d+(?:,\d*)?\}")
# Flags further inside, and escapes that take letters behind them along.
_UNSURE = re.compile(r"\(\?[a-zA-Z-]*[xi]|(?<!\\)(?:\\\\)*\\[^dDwWsSbBAZznrtfva\W]")
# A shorter text stands in nearly every file.
_SHORTEST = 2


def words_of_regex(text: str) -> WordFormula:
    """The words of an expression; ALWAYS where it may match without any."""
    flags = _FLAGS.match(text)
    letters = flags[1] if flags else ""
    rest = text[flags.end() :] if flags else text
    if "x" in letters or _UNSURE.search(rest):
        return ALWAYS
    reader = _Reader(rest, folded="i" in letters)
    found = reader.alternatives()
    return found if reader.place == len(rest) else ALWAYS


def all_of(parts: Sequence[WordFormula]) -> WordFormula:
    """All parts, without repetition and without those that always hold."""
    kept = tuple(dict.fromkeys(part for part in parts if part != ALWAYS))
    return kept[0] if len(kept) == 1 else AllWords(kept)


def any_of(parts: list[WordFormula]) -> WordFormula:
    """One of the parts; ALWAYS where one of them always holds."""
    if ALWAYS in parts:
        return ALWAYS
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else AnyWord(kept)


class _Reader:
    """Reads an expression from left to right; `place` is how far it got."""

    def __init__(self, text: str, *, folded: bool) -> None:
        self.text = text
        self.place = 0
        self._folded = folded

    def alternatives(self) -> WordFormula:
        """Read up to the end of the text or of the group."""
        branches = [self._branch()]
        while self._next("|"):
            branches.append(self._branch())
        return any_of(branches)

    def _next(self, letter: str) -> bool:
        if not self.text.startswith(letter, self.place):
            return False
        self.place += 1
        return True

    def _branch(self) -> WordFormula:
        parts: list[WordFormula] = []
        run = ""
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            atom = self._atom()
            optional, repeated = self._quantifier()
            if isinstance(atom, str) and not optional:
                run += atom
            if not isinstance(atom, str) or optional or repeated:
                parts.append(self._word(run))
                run = ""
            if not isinstance(atom, str) and not optional:
                parts.append(atom)
        return all_of([*parts, self._word(run)])

    def _word(self, run: str) -> WordFormula:
        if len(run) < _SHORTEST or (self._folded and not run.isascii()):
            return ALWAYS
        return Word(run.lower() if self._folded else run, self._folded)

    def _atom(self) -> WordFormula | str:
        """One character as text, or the words of anything else."""
        letter = self.text[self.place]
        group = _GROUP.match(self.text, self.place)
        if group is not None:
            self.place = group.end()
            found = self.alternatives()
            self._next(")")
            return found
        if letter == "(":
            return self._skipped_group()
        skipped = _CLASS.match(self.text, self.place)
        if skipped is not None:
            self.place = skipped.end()
            return ALWAYS
        if letter == "\\":
            letter = self.text[self.place + 1 : self.place + 2]
            self.place += 2
            return letter if letter and not letter.isalnum() and letter.isprintable() else ALWAYS
        self.place += 1
        return ALWAYS if letter in ".^${}[" or not letter.isprintable() else letter

    def _skipped_group(self) -> WordFormula:
        """Look-around, back references, flags and comments: what they say is not told."""
        self.place += 1
        self.alternatives()
        self._next(")")
        return ALWAYS

    def _quantifier(self) -> tuple[bool, bool]:
        """Whether the atom before may be missing, and whether it may come again."""
        for form, optional in ((_OPTIONAL, True), (_REPEATED, False)):
            found = form.match(self.text, self.place)
            if found is not None:
                self.place = found.end()
                if self.text[self.place : self.place + 1] in {"?", "+"}:
                    self.place += 1
                return optional, True
        return False, False
