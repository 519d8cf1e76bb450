"""Check one file's text against rules: pure, one parse, one walk.

What leaves here is plain data: no syntax node, no compiled pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import libcst as cst

from stuck_rules.checks.base import CheckedFile, CheckVisitor, Hit, Place
from stuck_rules.cst.analysis import Analysis
from stuck_rules.cst.edits import NodeEdit, import_edit
from stuck_rules.cst.source import parse
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.fingerprints import add_fingerprints
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.formula import Formula
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import CheckCall, FilesCondition, OptionValue, Rule, TextCondition
from stuck_rules.model.source import FilePath, Span, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.patterns.compile import CompiledFormula, compile_formula
from stuck_rules.patterns.evaluate import find_matches, interpolate
from stuck_rules.suppressions import apply_suppressions
from stuck_rules.tokens import read_lines
from stuck_rules.walk import make_visitor, walk


@dataclass(frozen=True, slots=True)
class _RawHit:
    """A rule's hit before positions: a span already, or a node whose span is still to come."""

    rule: Rule
    where: Span | cst.CSTNode
    message: str
    edits: tuple[NodeEdit | Edit, ...] = ()
    safe: bool = True


def check_source(
    source: str, path: str | FilePath, rules: Sequence[Rule], *, package: str | None = None
) -> FileResult:
    """All violations of the rules in a file's text, suppressed ones marked as such.

    Rules are taken as they are: whether one is enabled or wants this path is the caller's
    question. `package` is the dotted name of the package that holds the module. A file that
    cannot be parsed, and a rule that fails on it, are problems of the result.
    """
    path = path if isinstance(path, FilePath) else FilePath(path, path)
    try:
        return _check(source, path, rules, package)
    except SourceError as error:
        return FileResult(problems=error.in_file(path.shown).problems)
    except RecursionError:
        # Python 3.12 bounds recursion through C well below what this program asks for.
        message = "the code nests too deeply to be checked with this Python"
        return FileResult(problems=(Problem(ProblemKind.TOO_DEEP, message, path.shown),))


def _check(source: str, path: FilePath, rules: Sequence[Rule], package: str | None) -> FileResult:
    run = _Run(CheckedFile(Analysis(parse(source)), path.relative, package), path)
    run.run_checks(rules)
    for rule in rules:
        if not isinstance(rule.condition, (CheckCall, TextCondition, FilesCondition)):
            run.run_formula(rule, rule.condition)
    return FileResult(_finish(run.violations(), source), tuple(run.problems))


def _finish(violations: list[Violation], source: str) -> tuple[Violation, ...]:
    """Sort, keep one violation per span and rule, add fingerprints and suppressions."""
    unique = {(v.rule, v.span): v for v in sorted(violations, key=lambda v: v.order)}
    if not unique:
        return ()
    text = normalise_text(source)
    lines = read_lines(text)
    return tuple(apply_suppressions(add_fingerprints(unique.values(), lines, text), lines))


class _Run:
    """One file being checked."""

    def __init__(self, file: CheckedFile, path: FilePath) -> None:
        self.file = file
        self.path = path
        self.hits: list[_RawHit] = []
        self.problems: list[Problem] = []

    def run_checks(self, rules: Sequence[Rule]) -> None:
        """Run the visitors of all rules in one walk; one that fails ends, the others go on."""
        owners: dict[CheckVisitor, Rule] = {}
        for rule in rules:
            if isinstance(rule.condition, CheckCall):
                self._contain(rule, partial(self._add_visitor, owners, rule, rule.condition))
        if owners:
            walk(
                self.file.tree,
                list(owners),
                lambda visitor, step: self._contain(owners[visitor], step),
            )
        for visitor, rule in owners.items():
            self.hits.extend(_raw(rule, hit) for hit in visitor.hits)

    def _add_visitor(self, owners: dict[CheckVisitor, Rule], rule: Rule, call: CheckCall) -> None:
        owners[make_visitor(call, self.file)] = rule

    def run_formula(self, rule: Rule, formula: Formula) -> None:
        """Match a rule's patterns."""
        self._contain(rule, lambda: self.hits.extend(self._matches(rule, formula)))

    def _matches(self, rule: Rule, formula: Formula) -> Iterator[_RawHit]:
        compiled = _compiled(formula, tuple((o.name, o.value) for o in rule.options))
        for match in find_matches(compiled, self.file.tree, path=self.path.relative):
            edits: list[NodeEdit | Edit] = []
            if rule.fix is not None:
                edits.append(Edit(match.span, interpolate(rule.fix, match)))
                edits.extend(_imports(self.file.analysis, rule.fix_imports))
            yield _RawHit(rule, match.span, interpolate(rule.message, match), tuple(edits))

    def _contain(self, rule: Rule, step: Callable[[], object]) -> bool:
        """Run a step of a rule; one that fails costs the rule's result on this file, no more."""
        try:
            step()
        except RecursionError:
            raise
        except SourceError as error:
            told = (replace(p, path=self.path.shown, rule=rule.id) for p in error.problems)
            self.problems.extend(told)
            return False
        except Exception as error:
            detail = " ".join(str(error).split())
            message = f"rule {rule.id} failed on this file: {type(error).__name__}: {detail}"
            self.problems.append(Problem(ProblemKind.RULE, message, self.path.shown, rule=rule.id))
            return False
        return True

    def violations(self) -> list[Violation]:
        """The hits with their positions, computed once for all of them."""
        wanted = {hit.where for hit in self.hits if isinstance(hit.where, cst.CSTNode)}
        for hit in self.hits:
            edits = (edit for edit in hit.edits if isinstance(edit, NodeEdit))
            wanted.update(edit.node for edit in edits if edit.node is not None)
        spans = self.file.tree.spans(wanted)
        return [self._violation(hit, spans) for hit in self.hits]

    def _violation(self, hit: _RawHit, spans: dict[cst.CSTNode, Span]) -> Violation:
        edits = tuple(edit.at(spans) if isinstance(edit, NodeEdit) else edit for edit in hit.edits)
        return Violation(
            rule=hit.rule.id,
            severity=hit.rule.severity,
            message=hit.message,
            path=self.path,
            span=hit.where if isinstance(hit.where, Span) else spans[hit.where],
            fix=Fix(edits, hit.safe) if edits else None,
        )


def _raw(rule: Rule, hit: Hit) -> _RawHit:
    where = Span.of(1, 1, 1, 1) if isinstance(hit.node, Place) else hit.node
    return _RawHit(rule, where, hit.message or rule.message, hit.edits, hit.safe)


@lru_cache(maxsize=1_000)
def _compiled(formula: Formula, options: tuple[tuple[str, OptionValue], ...]) -> CompiledFormula:
    return compile_formula(formula, {k: v for k, v in options if isinstance(v, (str, bool))})


def _imports(analysis: Analysis, lines: Sequence[str]) -> Iterator[NodeEdit]:
    """The edits that make a fix's imports true, where they are not yet."""
    for line in lines:
        words = line.split()
        if len(words) == 4 and words[0] == "from" and words[3] not in analysis.bindings:
            tree = analysis.tree
            edit = import_edit(tree, words[1], words[3], len(tree.nodes) - 1)
            if edit is not None:
                yield edit
