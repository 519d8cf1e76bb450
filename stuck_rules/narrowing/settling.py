"""Which rules find nothing in a file by the names that it defines, imports and uses.

Most tests and imports stand at a file's beginning, so it is read from there on, and no further
than needed. Nothing is parsed: a rule that is settled so is one that the file's words do not
admit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache, partial

from stuck_rules.checks.registry import find_check
from stuck_rules.checks.spec import ClassNames, FunctionName, ModuleNames
from stuck_rules.model.rule import CheckCall, Rule
from stuck_rules.model.source import normalise_text
from stuck_rules.model.words import Leaf, read_name, stands_in
from stuck_rules.narrowing.binding import assigns, binds, binds_unknown
from stuck_rules.narrowing.cuts import INSIDE, TOP, Cut, Cuts

_BASES = re.compile(r"class[ \t]+\w+[ \t]*\(([\w.,\s]*)\)[ \t]*:")
_CLASS = re.compile(r"class[\s\\]+(\w+)")
# What stands before the first statement of a class below its head, which is one line.
_BODY = re.compile(
    r"""class[ \t]+\w+[ \t]*(?:\([^\n():#'"\\]*\)[ \t]*)?:[ \t]*(?:\#[^\n]*)?\n
    (?:[ \t]*(?:\#[^\n]*)?\n)*([ \t]+)[^\s\#\\]""",
    re.VERBOSE,
)
# A line of code that is indented no longer; a continued one may be hidden by its beginning.
_OUTER = re.compile(r"\n\S")


def unsettled(
    text: str, rules: Sequence[Rule], stands: Callable[[Leaf], bool] | None = None
) -> tuple[Rule, ...]:
    """The rules that may find something in a file's text; the order stays.

    Where it is known, `stands` tells of a word whether it stands there.
    """
    asked = [(rule, _settled_by(rule)) for rule in rules]
    if not any(settled for _, settled in asked):
        return tuple(rules)
    names = _Names(normalise_text(text), stands)
    return tuple(rule for rule, settled in asked if settled is None or not settled(names))


@lru_cache(maxsize=10_000)
def _settled_by(rule: Rule) -> Callable[[ModuleNames], bool] | None:
    condition = rule.condition
    if not isinstance(condition, CheckCall):
        return None
    spec = find_check(condition.name)
    if spec is None or spec.settled is None:
        return None
    return partial(spec.settled, spec.for_call(condition))


class _Names:
    """The names of a module, read from its beginning on."""

    def __init__(self, text: str, stands: Callable[[Leaf], bool] | None) -> None:
        # Each line stands behind a break.
        self.text = "\n" + text
        self._cuts = Cuts(self.text, TOP)
        self._stands = stands
        self._last_places: dict[str, int] = {}

    @cached_property
    def class_names(self) -> frozenset[str]:
        """The names of all classes, and words of the text that follow on `class`."""
        return frozenset(_CLASS.findall(self.text))

    def last_place(self, word: str) -> int:
        """Where a text stands for the last time in the module; -1 where it does not."""
        if word not in self._last_places:
            self._last_places[word] = self.text.rfind(word)
        return self._last_places[word]

    @property
    def definitions(self) -> Iterator[FunctionName | ClassNames]:
        decorators, kind, name = "", "", ""
        for number, cut in enumerate(self._cuts):
            if kind == "def":
                yield FunctionName(name, decorators)
            decorators = decorators + cut.before.text if kind == "@" else ""
            kind, name = cut.kind, cut.name
            if kind == "class":
                yield _Class(name, cut.place, self, self._cuts.behind(number + 1))

    def binds(self, name: str) -> bool:
        codes = (cut.before.text for cut in self._cuts)
        return any(
            binds_unknown(code) or (name in code and (binds(code, name) or assigns(code, name)))
            for code in codes
        )

    def may_read(self, name: str) -> bool:
        if self._stands is not None:
            return self._stands(read_name(name))
        return _is_read(name, self.text)

    def reads(self, name: str) -> bool:
        cuts = self._cuts.all()
        return cuts is None or any(
            _is_read(name, cut.before.text) or _is_read(name, cut.before.holes) for cut in cuts
        )


def _is_read(name: str, text: str) -> bool:
    return name in text and stands_in(read_name(name), text)


class _Class:
    """A class at the top of a module, by its offset; `behind` are the cuts that follow on it."""

    def __init__(self, name: str, place: int, module: _Names, behind: Iterator[Cut]) -> None:
        self.name = name
        self._place = place
        self._module = module
        self._text = module.text
        self._behind = behind

    @property
    def functions(self) -> Iterator[str]:
        # In a string it may be too short, and then tells of fewer.
        behind = TOP.search(self._text, self._place)
        text = self._text[self._place : None if behind is None else behind.start() + 1]
        body = _BODY.match(text)
        if body is None:
            return
        for cut in Cuts(text, INSIDE):
            if _OUTER.search(cut.before.text):
                return
            if cut.kind == "def" and cut.indent == body[1]:
                yield cut.name

    def may_hold(self, word: str) -> bool:
        if self._module.last_place(word) < self._place:
            return False
        end = next((cut.place for cut in self._behind), None)
        return self._text.find(word, self._place, end) >= 0

    @property
    def foreign(self) -> tuple[str, ...]:
        bases = _BASES.match(self._text, self._place)
        if bases is None:
            return ()
        own = self._module.class_names
        names = (base.rpartition(".")[2].strip() for base in bases[1].split(","))
        return tuple(name for name in names if name and name not in own)
