"""One file's fixes applied in rounds, until nothing changes any more: pure."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from stuck_rules.engine import check_source, is_code
from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.fixes import choose_fixes, put_together
from stuck_rules.model.edit import Fix
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import FilePath
from stuck_rules.model.violation import Violation
from stuck_rules.model.words import Haystack
from stuck_rules.narrowing.narrow import NOTHING, excerpt_of
from stuck_rules.narrowing.settling import unsettled
from stuck_rules.rulewords import words_of_rule
from stuck_rules.suppressions.known import Judging
from stuck_rules.tokens import read_lines

# Rounds in a row that leave as much to fix as there was.
_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class FixedSource:
    """A file's text with its fixes applied; `result` is what is left to say of it."""

    source: str
    applied: tuple[Violation, ...]
    rounds: int
    problems: tuple[Problem, ...]
    result: FileResult


def fix_source(
    source: str,
    path: FilePath | str,
    rules: Sequence[Rule],
    *,
    package: str | None = None,
    unsafe: bool = False,
    judge: Judging | None = None,
) -> FixedSource:
    """Apply fixes that do not overlap, check again, and so on until no fix is left.

    Suppressed violations are not fixed, nor, without `unsafe`, those whose fix is not safe. A
    fix that would leave code that does not parse is left out, and fixes that undo one another
    leave the text as it was before; both are problems. `judge` adds to a result what else there
    is to fix; without rules the text need be no code.
    """
    path = path if isinstance(path, FilePath) else FilePath(path, path)
    check = _Check(path, tuple(rules), package, judge)
    run = _Run(check, source, unsafe=unsafe)
    while run.step():
        pass
    return FixedSource(run.source, tuple(run.applied), run.rounds, tuple(run.problems), run.result)


@dataclass(frozen=True, slots=True)
class _Check:
    """How a text of the file is checked."""

    path: FilePath
    rules: tuple[Rule, ...]
    package: str | None
    judge: Judging | None

    def run(self, source: str) -> FileResult:
        result = self._hold(source)
        return self.judge(source, result) if self.judge is not None else result

    def _hold(self, source: str) -> FileResult:
        """Hold a text to the rules that its words admit, by no more of it than they need."""
        haystack = Haystack(source)
        admitted = [rule for rule in self.rules if haystack.admits(words_of_rule(rule))]
        rules = unsettled(source, admitted)
        excerpt = excerpt_of(source, rules, edits=True) if rules else NOTHING
        if excerpt is not None and not excerpt.lines:
            return FileResult()
        return check_source(source, self.path, rules, package=self.package, excerpt=excerpt)


@dataclass(frozen=True, slots=True)
class _State:
    """Where a round began."""

    source: str
    applied: int
    result: FileResult


@dataclass(slots=True)
class _Run:
    """The rounds of one file."""

    check: _Check
    source: str
    unsafe: bool = field(kw_only=True)
    rounds: int = 0
    applied: list[Violation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    result: FileResult = field(default_factory=FileResult)
    _parses: Callable[[str], bool] = field(init=False)
    _states: list[_State] = field(default_factory=list)
    _blocked: set[tuple[str, str]] = field(default_factory=set)
    _fewest: int | None = None
    _patience: int = _PATIENCE

    def __post_init__(self) -> None:
        self._parses = parser_for(self.source)
        self.result = self.check.run(self.source)

    def step(self) -> bool:
        """One round; False where it changed nothing more."""
        wanted = [v for v in self.result.violations if self._is_wanted(v)]
        if not wanted:
            return False
        taken, text = self._apply(wanted)
        if not taken:
            return False
        self._states.append(_State(self.source, len(self.applied), self.result))
        self.rounds += 1
        self.applied.extend(taken)
        self.source = text
        again = next((i for i, s in enumerate(self._states) if s.source == text), None)
        if again is not None:
            return self._give_up(again, "undo one another")
        self.result = self.check.run(text)
        if self._fewest is None or len(wanted) < self._fewest:
            self._fewest, self._patience = len(wanted), _PATIENCE
            return True
        self._patience -= 1
        if self._patience:
            return True
        return self._give_up(len(self._states) - _PATIENCE - 1, "never come to an end")

    def _is_wanted(self, violation: Violation) -> bool:
        if violation.fix is None or violation.suppressed is not None:
            return False
        return (self.unsafe or violation.fix.safe) and _key(violation) not in self._blocked

    def _apply(self, wanted: list[Violation]) -> tuple[list[Violation], str]:
        """The violations whose fixes go together and leave code, and the text with them."""
        chosen = _chosen(wanted)
        text = put_together(self.source, _fixes(chosen))
        if self._parses(text):
            return chosen, text
        good: list[Violation] = []
        for violation in wanted:
            tried = _chosen([*good, violation])
            if len(tried) == len(good):
                continue
            if self._parses(put_together(self.source, _fixes(tried))):
                good = tried
            elif not self._parses(put_together(self.source, _fixes([violation]))):
                self._block(violation)
        return good, put_together(self.source, _fixes(good))

    def _block(self, violation: Violation) -> None:
        self._blocked.add(_key(violation))
        message = "its fix would leave code that does not parse, so it was left out"
        self._tell(violation.rule, message, violation.span.start.line)

    def _give_up(self, place: int, what: str) -> bool:
        """Go back to where the trouble began."""
        state = self._states[max(place, 0)]
        rules = sorted({v.rule for v in self.applied[state.applied :]})
        message = f"the fixes of {', '.join(rules)} {what}; the code is left as it was before them"
        self._tell(rules[0], message, None)
        self.source, self.result = state.source, state.result
        del self.applied[state.applied :]
        return False

    def _tell(self, rule: str, message: str, line: int | None) -> None:
        shown = self.check.path.shown
        self.problems.append(Problem(ProblemKind.RULE, message, shown, rule=rule, line=line))


def _key(violation: Violation) -> tuple[str, str]:
    return violation.rule, violation.fingerprint


def _chosen(violations: Sequence[Violation]) -> list[Violation]:
    kept = {id(fix) for fix in choose_fixes(_fixes(violations))}
    return [violation for violation in violations if id(violation.fix) in kept]


def _fixes(violations: Iterable[Violation]) -> list[Fix]:
    return [violation.fix for violation in violations if violation.fix is not None]


def parser_for(source: str) -> Callable[[str], bool]:
    """The strictest way to tell code from other text that the code as it is passes.

    Of a text that is no code, only comments are ever changed.
    """
    ways = (_compiles, _is_syntax, is_code)
    return next((way for way in ways if way(source)), _has_tokens)


def _has_tokens(source: str) -> bool:
    return read_lines(source).whole


def _compiles(source: str) -> bool:
    return _reads(source, flags=0)


def _is_syntax(source: str) -> bool:
    from ast import PyCF_ONLY_AST

    return _reads(source, flags=PyCF_ONLY_AST)


def _reads(source: str, *, flags: int) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source.removeprefix("\ufeff"), "", "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
