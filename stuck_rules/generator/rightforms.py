"""The code that a log calls right, kept so that a rule meets only what it could flag."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from stuck_rules.generator.proposal import Proposal
from stuck_rules.generator.scopes import path_in
from stuck_rules.generator.syntax import parse_code
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.rule import CheckCall, Example, Rule
from stuck_rules.model.words import AllWords, AnyWord, Haystack, Word, WordFormula
from stuck_rules.rulewords import words_of_rule
from stuck_rules.testing import run_example
from stuck_rules.values import dataclass

_NAME = re.compile(r"[^\W\d]\w*")
_RIGHT = frozenset({Role.CORRECT, Role.IMPLEMENTATION})


@dataclass(frozen=True, slots=True)
class RightForm:
    """Code that a lesson calls right, with the id of its entry and its first line in the log.

    A span stands in a sentence that may name the wrong form too, a fence does not.
    """

    code: str
    entry: str
    line: int
    is_span: bool = False

    @property
    def shown(self) -> str:
        """The code's first line and where it stands."""
        return f"{self.code.splitlines()[0]} (line {self.line})"


class RightForms:
    """All right forms of a log by the names in them: a rule is tried on those with its names."""

    def __init__(self, forms: Iterable[RightForm]) -> None:
        self._forms: list[RightForm] = []
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for form in forms:
            number = len(self._forms)
            self._forms.append(form)
            for name in set(_NAME.findall(form.code)):
                self._by_name[name].append(number)

    def flagged_by(self, proposal: Proposal) -> RightForm | None:
        """The first right form that a proposed rule would flag.

        A span of a lesson that the rule was made from is none, since it may be what the lesson
        forbids; nor is one in the prose around the code that the rule was learnt from.
        """
        # A rule that looks at some files alone is tried as if its own entries' code stood there:
        # what the log calls right elsewhere may well be right there alone.
        path = path_in(proposal.rule.paths.include)
        words = words_of_rule(proposal.rule)
        own = {(s.entry.id, s.lesson.lines[0]) for s in proposal.sources}
        learnt = proposal.rule.origin is not None and proposal.rule.origin.recipe == "code-pair"
        entries = {s.entry.id for s in proposal.sources} if learnt else set()
        for number in self._candidates(proposal.rule, words):
            form = self._forms[number]
            if path is not None and form.entry not in proposal.rule.entries:
                continue
            if form.is_span and ((form.entry, form.line) in own or form.entry in entries):
                continue
            if not Haystack(form.code).admits(words):
                continue
            if run_example(proposal.rule, Example(form.code, path)).violations:
                return form
        return None

    def _candidates(self, rule: Rule, words: WordFormula) -> Iterable[int]:
        """Which forms to try; a check's words may be parts of names, which no index holds."""
        found = None if isinstance(rule.condition, CheckCall) else self._holding(words)
        return range(len(self._forms)) if found is None else found

    def _holding(self, words: WordFormula) -> list[int] | None:
        """The numbers of the forms that may hold the words; None where any may."""
        if isinstance(words, Word):
            is_name = not words.folded and _NAME.fullmatch(words.text) is not None
            return self._by_name.get(words.text, []) if is_name else None
        if isinstance(words, AllWords):
            found = [held for part in words.parts if (held := self._holding(part)) is not None]
            return min(found, key=len, default=None)
        if isinstance(words, AnyWord):
            parts = [self._holding(part) for part in words.parts]
            if any(part is None for part in parts):
                return None
            return sorted({number for part in parts for number in part or ()})
        return None


def right_forms(log: Log, proposals: Iterable[Proposal]) -> Iterator[RightForm]:
    """What the log calls right: its right code, and what it puts in a wrong form's place."""
    for entry in log.entries:
        for lesson in entry.lessons:
            for code in lesson.code if lesson.role in _RIGHT else ():
                if parse_code(code.text) is not None:
                    is_told = not code.fenced and lesson.text.strip("` ") != code.text
                    yield RightForm(code.text + "\n", entry.id, lesson.lines[0], is_told)
    for proposal in proposals:
        first = proposal.sources[0]
        for example in proposal.rule.examples.good:
            if not example.code.startswith("#"):
                yield RightForm(example.code, first.entry.id, first.lesson.lines[0])
