"""Which rules can match in a file, decided from its bytes without parsing it.

One pass over a file answers the formulas of all rules, however many there are: RE2 looks for
all their words at once. It is loaded when there is enough to look at, and where there is no
build of it, each word is looked for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Protocol, cast

from stuck_rules.model.rule import Rule
from stuck_rules.model.uses import behind_use
from stuck_rules.model.words import (
    AnyWord,
    Haystack,
    Leaf,
    Shape,
    Word,
    WordFormula,
    holds,
    leaves_of,
)
from stuck_rules.rulewords import words_of_rule
from stuck_rules.suppressions.mark import MARK
from stuck_rules.values import dataclass

# Characters times words that take about as long as loading RE2 does.
_WORTH_LOADING = 20_000_000
# Bytes for the automaton of all words; without limit a hostile rulebook could fill the memory.
_MEMORY = 256 << 20
# What stands for letters, white space or one character, which are others beyond ASCII.
_CLASSES = re.compile(r"\\[wWsSdDbB]|\(\?[a-zA-Z]|(?<!\\)\.")
# The word of all suppressions, the first that is looked for.
_MARK = Word(MARK, folded=True)
# What matches every file: at its end alone, since each match takes time.
_END = r"\z"
_FREE = r"(?:^|[^0-9A-Za-z_.])"
_BEFORE, _BEHIND = r"(?:^|[^0-9A-Za-z_])", r"(?:$|[^0-9A-Za-z_])"


class _Set(Protocol):
    def Match(self, text: bytes, /) -> list[int] | None: ...  # noqa: N802 - its own name


@dataclass(frozen=True, slots=True)
class Look:
    """What the words of a file tell: the rules that may match, and if it may hold suppressions.

    `stands` tells of any word whether it stands in the file, without looking twice.
    """

    rules: tuple[Rule, ...]
    marked: bool
    stands: Callable[[Leaf], bool] | None = None


class Prefilter:
    """The rules of a run by their words; the order of the rules stays.

    `before_loading` is how much is looked at word by word before RE2 is loaded, in characters
    times words.
    """

    def __init__(self, rules: Sequence[Rule], *, before_loading: int = _WORTH_LOADING) -> None:
        self._rules = tuple(rules)
        self._formulas = [words_of_rule(rule) for rule in self._rules]
        self._leaves: list[Leaf] = list(
            dict.fromkeys(
                [_MARK, *(leaf for formula in self._formulas for leaf in leaves_of(formula))]
            )
        )
        self._unread = before_loading // (len(self._leaves) + 1)
        self._index: _Index | None = None

    def look(self, text: str) -> Look:
        """What a file's text admits; without a rule's words, no match of it is possible."""
        if self._index is None:
            self._unread -= len(text)
            if self._unread >= 0:
                haystack = Haystack(text)
                formulas = zip(self._rules, self._formulas, strict=True)
                rules = tuple(rule for rule, formula in formulas if haystack.admits(formula))
                return Look(rules, haystack.admits(_MARK), haystack.admits)
            self._index = _Index(self._leaves, self._formulas)
        admitted, marked, standing = self._index.look(text)
        return Look(tuple(self._rules[number] for number in admitted), marked, standing.stands)

    def admitted(self, text: str) -> tuple[Rule, ...]:
        """The rules whose words stand in a file's text."""
        return self.look(text).rules


class _Index:
    """All words in one automaton, and for each the formulas that cannot hold without it."""

    def __init__(self, leaves: Sequence[Leaf], formulas: Sequence[WordFormula]) -> None:
        self._leaves = leaves
        self._asked = frozenset(leaves)
        self._formulas = formulas
        self._set, self._slow = _compile(leaves)
        self._ascii_alone = [
            number
            for number, leaf in enumerate(leaves)
            if isinstance(leaf, Shape) and _CLASSES.search(leaf.regex)
        ]
        used = (n for n, leaf in enumerate(leaves) if isinstance(leaf, Word) and leaf.use)
        self._unsure = frozenset(used).union(self._slow)
        numbers = {leaf: number for number, leaf in enumerate(leaves)}
        self._always: list[int] = []
        # No formula waits for the expression that is added to the words.
        self._waiting: list[list[int]] = [[] for _ in (*leaves, _END)]
        for number, formula in enumerate(formulas):
            triggers = _triggers(formula)
            if triggers is None:
                self._always.append(number)
            for leaf in triggers or ():
                self._waiting[numbers[leaf]].append(number)

    def look(self, text: str) -> tuple[list[int], bool, _Standing]:
        """The numbers of the formulas that hold in a text, if its first word stands, and all."""
        found, unsure = self._find(text)
        likely = {self._leaves[n]: n in unsure for n in found if n < len(self._leaves)}
        standing = _Standing(likely, self._asked, text)
        asked = {number for leaf in found for number in self._waiting[leaf]}
        kept = [number for number in asked if holds(self._formulas[number], standing)]
        admitted = sorted([*self._always, *kept]) if kept else self._always
        return admitted, 0 in found, standing

    def _find(self, text: str) -> tuple[list[int], Container[int]]:
        """The numbers of the words that stand in a file, some of which are unsure, and of those."""
        matched = None
        if self._set is not None:
            matched = self._set.Match(text.encode("utf-8", "surrogatepass"))
        # The last expression matches every file: without it, the automaton gave up.
        if not matched or len(self._leaves) not in matched:
            haystack = Haystack(text)
            return [n for n, leaf in enumerate(self._leaves) if haystack.admits(leaf)], ()
        if text.isascii():
            return [*matched, *self._slow], self._unsure
        asked = [*self._slow, *self._ascii_alone]
        return [*matched, *asked], self._unsure.union(self._ascii_alone)


class _Standing:
    """The words that stand in a text; it is asked for an unsure one where one must know."""

    def __init__(self, likely: Mapping[Leaf, bool], asked: Container[Leaf], text: str) -> None:
        self._likely = likely
        self._asked = asked
        self._haystack = Haystack(text)

    def __contains__(self, leaf: object) -> bool:
        assert isinstance(leaf, (Word, Shape))
        unsure = self._likely.get(leaf)
        return unsure is not None and (not unsure or self._haystack.admits(leaf))

    def stands(self, leaf: Leaf) -> bool:
        """Whether a word stands in the text, one that the automaton does not know included."""
        return leaf in self if leaf in self._asked else self._haystack.admits(leaf)


def _compile(leaves: Sequence[Leaf]) -> tuple[_Set | None, list[int]]:
    """The automaton, None where RE2 is absent; and the numbers of what it cannot look for."""
    try:
        import re2
    except ImportError:
        # Not every system has a build of it.
        return None, []
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    made = re2.Set.SearchSet(options)
    slow: list[int] = []
    for number, leaf in enumerate(leaves):
        expression = _expression(leaf)
        try:
            made.Add(expression or _END)
        except re2.error:
            expression = None
            made.Add(_END)
        if expression is None:
            slow.append(number)
    made.Add(_END)
    try:
        made.Compile()
    except re2.error:
        # All together they take more memory than they may.
        return None, []
    return cast("_Set", made), slow


def _expression(leaf: Leaf) -> str | None:
    """A word in RE2's syntax; None for one that two engines may fold in two ways."""
    if isinstance(leaf, Shape):
        return leaf.regex
    text = re.escape(leaf.text)
    if leaf.folded:
        return f"(?i){text}" if leaf.text.isascii() else None
    if not leaf.whole:
        return text
    # Of all ways to say it the one for which the automaton needs fewest states.
    is_plain = leaf.text.isascii() and not leaf.free
    before = r"\b" if is_plain else _FREE if leaf.free else _BEFORE
    behind = behind_use(leaf.use) if leaf.use else r"\b" if is_plain else _BEHIND
    return f"{before}{text}{behind}"


def _triggers(formula: WordFormula) -> tuple[Leaf, ...] | None:
    """Words of which one must stand in the text before a formula holds; None without any.

    Of what must all hold the longest is asked for: it is the rarest, as far as one can say.
    """
    if isinstance(formula, (Word, Shape)):
        return (formula,)
    told = [_triggers(part) for part in formula.parts]
    if isinstance(formula, AnyWord):
        if None in told:
            return None
        return tuple(leaf for triggers in told for leaf in triggers or ())
    known = [triggers for triggers in told if triggers is not None]
    return max(known, key=_rarity, default=None)


def _rarity(leaves: tuple[Leaf, ...]) -> tuple[int, int]:
    lengths = [len(leaf.text) if isinstance(leaf, Word) else 1 for leaf in leaves]
    return min(lengths, default=1_000), -len(lengths)
