"""What is to be said of the suppressions of a file: violations of the built-in rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stuck_rules.errors import did_you_mean
from stuck_rules.fingerprints import add_fingerprints
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Rule
from stuck_rules.model.source import FilePath, Span, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.suppressions.builtin import (
    BLANKET,
    BUILT_IN_IDS,
    MALFORMED,
    UNKNOWN,
    UNUSED,
    WITHOUT_REASON,
)
from stuck_rules.suppressions.directives import CLOSING
from stuck_rules.suppressions.known import KnownRules, State
from stuck_rules.suppressions.mark import MARK
from stuck_rules.suppressions.places import Directives, PlacedDirective
from stuck_rules.suppressions.reading import directives_of_code, directives_of_text
from stuck_rules.suppressions.removal import name_ids, remove_directive, remove_ids
from stuck_rules.tokens import lines_of
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Standards:
    """By what a file's suppressions are judged: the built-in rules that count there, by id."""

    rules: Mapping[str, Rule]
    known: KnownRules


def judge_code(text: str, result: FileResult, standards: Standards, path: FilePath) -> FileResult:
    """The result of Python code with what its suppressions add to it.

    A file that could not be read to its end, or not be checked at all, makes no claim.
    """
    text = normalise_text(text)
    directives = directives_of_code(text)
    if any(problem.rule is None for problem in result.problems) or not directives.whole:
        return result
    tokens, lines = lines_of(text), text.split("\n")
    found = _Case(standards, path, lines, directives, result).violations()

    def statement_at(span: Span) -> str:
        statement = tokens.statement_at(span.start.line)
        return statement.code if statement is not None else _words(lines, span)

    return _with(result, add_fingerprints(found, statement_at))


def judge_text(text: str, result: FileResult, standards: Standards, path: FilePath) -> FileResult:
    """The same for a text that is no Python; nothing said of it has a fix."""
    text = normalise_text(text)
    directives, lines = directives_of_text(text, path.relative), text.split("\n")
    found = _Case(standards, path, lines, directives, result).violations()
    found = [replace(violation, fix=None) for violation in found]
    return _with(result, add_fingerprints(found, lambda span: _words(lines, span)))


def _words(lines: Sequence[str], span: Span) -> str:
    return " ".join(lines[span.start.line - 1].split())


def _with(result: FileResult, violations: list[Violation]) -> FileResult:
    return FileResult((*result.violations, *violations), result.problems)


@dataclass(frozen=True, slots=True)
class _Case:
    """One file whose suppressions are judged."""

    standards: Standards
    path: FilePath
    lines: Sequence[str]
    directives: Directives
    result: FileResult

    def violations(self) -> list[Violation]:
        hidden = self.directives.hidden(self.result.violations)
        found = [
            violation
            for placed, rules in zip(self.directives.placed, hidden, strict=True)
            for violation in self._of(placed, rules)
            if violation.rule in self.standards.rules
        ]
        return sorted(found, key=lambda violation: violation.order)

    def _of(self, placed: PlacedDirective, hidden: set[str]) -> Iterator[Violation]:
        directive = placed.directive
        if directive.fault:
            yield self._violation(MALFORMED, placed.span, f"this hides nothing: {directive.fault}")
            return
        if not directive.reason:
            yield self._violation(WITHOUT_REASON, placed.span, _ask_for_reason(placed))
        if not directive.ids:
            yield from self._blanket(placed, hidden)
            return
        yield from self._unknown(placed)
        yield from self._unused(placed, hidden)

    def _blanket(self, placed: PlacedDirective, hidden: set[str]) -> Iterator[Violation]:
        message = "this hides whatever stands here, now and later; name the rules: ignore[ID]"
        edit = None
        if self._all_answered(placed):
            names = sorted(hidden)
            edit = name_ids(placed, names) if names else remove_directive(placed, self.lines)
        yield self._violation(BLANKET, placed.span, message, edit)
        if edit is not None and not hidden:
            yield self._violation(UNUSED, placed.span, "this hides nothing", edit)

    def _all_answered(self, placed: PlacedDirective) -> bool:
        """Whether it is known of every rule what it has to say where the directive stands."""
        states = self.standards.known.states
        counted = placed.lines is None or placed.lines[0] == 1
        if counted and State.COUNTS in states.values():
            return False
        return all(
            self._answered(name)
            for name, state in states.items()
            if state in {State.RUNS, State.LEFT_OUT}
        )

    def _unknown(self, placed: PlacedDirective) -> Iterator[Violation]:
        states = self.standards.known.states
        unknown = {name for name in placed.directive.ids if name not in states}
        edit = remove_ids(placed, unknown, self.lines) if unknown else None
        for name, spot in zip(placed.directive.ids, placed.directive.spots, strict=True):
            if name in BUILT_IN_IDS:
                message = f"no comment hides {name!r}: switch it off with 'ignore' in the settings"
            elif name not in states:
                close = did_you_mean(name, states) or did_you_mean(name.lower(), states)
                message = f"no rule is called {name!r}{close}"
            else:
                continue
            yield self._violation(UNKNOWN, placed.part(spot), message, edit, safe=False)

    def _unused(self, placed: PlacedDirective, hidden: set[str]) -> Iterator[Violation]:
        ids = [name for name in placed.directive.ids if name not in hidden]
        unused = [name for name in ids if self._is_unused(name)]
        if unused:
            message = "; ".join(self._say_unused(name) for name in unused)
            yield self._violation(
                UNUSED, placed.span, message, remove_ids(placed, unused, self.lines)
            )
        disabled = [name for name in ids if self.standards.known.states.get(name) is State.DISABLED]
        if disabled:
            message = "; ".join(
                f"rule {name!r} is disabled, so there is nothing to hide" for name in disabled
            )
            edit = remove_ids(placed, disabled, self.lines)
            yield self._violation(UNUSED, placed.span, message, edit, safe=False)

    def _is_unused(self, name: str) -> bool:
        return self.standards.known.states.get(name) is State.RUNS and self._answered(name)

    def _answered(self, name: str) -> bool:
        """Whether it is known what a rule has to say of the file."""
        known = self.standards.known
        return name in known.away or (name in known.looking and not self._failed(name))

    def _failed(self, rule: str) -> bool:
        return any(problem.rule == rule for problem in self.result.problems)

    def _say_unused(self, name: str) -> str:
        if name in self.standards.known.away:
            return f"rule {name!r} does not look at this file, so there is nothing to hide"
        return f"nothing here breaks {name!r} (any more)"

    def _violation(
        self, rule: Rule, span: Span, message: str, edit: Edit | None = None, *, safe: bool = True
    ) -> Violation:
        return Violation(
            rule=rule.id,
            severity=self.standards.rules.get(rule.id, rule).severity,
            message=message,
            path=self.path,
            span=span,
            fix=Fix((edit,), safe) if edit is not None else None,
        )


def _ask_for_reason(placed: PlacedDirective) -> str:
    behind = placed.comment.text[placed.directive.end :].strip()
    if behind and not behind.startswith("#") and not CLOSING.fullmatch(behind):
        return "the reason stands behind two dashes: ignore[ID] -- REASON"
    return f"say why the code may stay as it is: {MARK}: ignore[ID] -- REASON"
