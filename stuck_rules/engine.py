"""Check one file's text against rules: pure, one parse, one walk.

What leaves here is plain data: no syntax node, no compiled pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

import libcst as cst

from stuck_rules.checks.base import CheckedFile, CheckVisitor, Hit, Place
from stuck_rules.containment import run_step
from stuck_rules.cst.analysis import Analysis
from stuck_rules.cst.edits import NodeEdit, import_edit
from stuck_rules.cst.normal import Statements
from stuck_rules.cst.source import SyntaxTree, parse, parse_excerpt
from stuck_rules.cst.standing import Standing, standing
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.fingerprints import add_fingerprints
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.excerpt import Excerpt
from stuck_rules.model.formula import Formula, Taint
from stuck_rules.model.import_line import read_import_lines
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import CheckCall, FilesCondition, OptionValue, Rule, TextCondition
from stuck_rules.model.source import WHOLE_FILE, FilePath, Position, Span, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.narrowing.needs import needs_whole_edits
from stuck_rules.patterns.candidates import candidates_of
from stuck_rules.patterns.compile import CompiledFormula, compile_formula
from stuck_rules.patterns.evaluate import Match, find_matches, interpolate
from stuck_rules.patterns.metavariables import metavariables_in
from stuck_rules.patterns.regexes import renew_time
from stuck_rules.patterns.rewriting.replacement import formatted_strings, replace_match
from stuck_rules.patterns.rewriting.substitution import replace_by_regex
from stuck_rules.patterns.scene import scene_of
from stuck_rules.patterns.taint.find import find_taints
from stuck_rules.patterns.taint.sites import CompiledTaint, compile_taint
from stuck_rules.suppressions.reading import directives_of_code
from stuck_rules.values import dataclass, replace
from stuck_rules.walk import make_visitor, walk
from stuck_rules.watch import current_watch


@dataclass(frozen=True, slots=True)
class _RawHit:
    """A rule's hit before positions: a span already, or a node whose span is still to come."""

    rule: Rule
    where: Span | cst.CSTNode
    message: str
    edits: tuple[NodeEdit | Edit, ...] = ()
    safe: bool = True


def check_source(
    source: str,
    path: str | FilePath,
    rules: Sequence[Rule],
    *,
    package: str | None = None,
    fixes: bool = True,
    excerpt: Excerpt | None = None,
) -> FileResult:
    """All violations of the rules in a file's text, suppressed ones marked as such.

    Rules are taken as they are: whether one is enabled or wants this path is the caller's
    question. `package` is the dotted name of the package that holds the module; without `fixes`
    violations come without theirs, which takes less time. A file that cannot be parsed, and a
    rule that fails on it, are problems of the result. With an `excerpt` that is enough for the
    rules, no more is parsed where that makes no difference.
    """
    path = path if isinstance(path, FilePath) else FilePath(path, path)
    if excerpt is not None:
        found = _check_excerpt(source, path, rules, package, excerpt, fixes=fixes)
        if found is not None:
            return found
    try:
        file = CheckedFile(Analysis(parse(source)), path.relative, package, fixes)
        return _check(_Run(file, path), rules)
    except SourceError as error:
        return FileResult(problems=error.in_file(path.shown).problems)
    except RecursionError:
        # Python 3.12 bounds recursion through C well below what this program asks for.
        message = "the code nests too deeply to be checked with this Python"
        return FileResult(problems=(Problem(ProblemKind.TOO_DEEP, message, path.shown),))
    finally:
        # The tree of this file must not stay in memory beside that of the next one.
        for kept in (scene_of, candidates_of, formatted_strings):
            kept.cache_clear()


def _check_excerpt(
    source: str,
    path: FilePath,
    rules: Sequence[Rule],
    package: str | None,
    excerpt: Excerpt,
    *,
    fixes: bool,
) -> FileResult | None:
    """What an excerpt tells, None where only the whole file can: of problems, and of some fixes."""
    try:
        tree = parse_excerpt(normalise_text(source), excerpt)
        if tree is None:
            return None
        run = _Run(CheckedFile(Analysis(tree), path.relative, package, fixes), path)
        result = _check(run, rules, excerpt.hidden)
    except RecursionError:
        return None
    whole = {rule.id for rule in rules if fixes and needs_whole_edits(rule, excerpt)}
    is_enough = not result.problems and not any(v.rule in whole for v in result.violations)
    return result if is_enough else None


def is_code(source: str) -> bool:
    """Whether a text can be checked at all, however new its syntax."""
    try:
        parse(source)
    except (SourceError, RecursionError):
        return False
    return True


def _check(run: _Run, rules: Sequence[Rule], hidden: frozenset[int] = frozenset()) -> FileResult:
    run.run_checks(rules)
    for rule in rules:
        if not isinstance(rule.condition, (CheckCall, TextCondition, FilesCondition)):
            run.run_formula(rule, rule.condition)
    found = [v for v in run.violations() if v.span.start.line not in hidden]
    violations = _finish(found, run.file.tree)
    return FileResult(violations, tuple(run.problems))


def _finish(violations: list[Violation], tree: SyntaxTree) -> tuple[Violation, ...]:
    """Sort, keep one violation per span and rule, add fingerprints and suppressions."""
    unique = {(v.rule, v.span): v for v in sorted(violations, key=lambda v: v.order)}
    if not unique:
        return ()
    named = add_fingerprints(unique.values(), Statements(tree).at)
    return tuple(directives_of_code(tree.source).mark(named))


class _Run:
    """One file being checked."""

    def __init__(self, file: CheckedFile, path: FilePath) -> None:
        self.file = file
        self.path = path
        self.hits: list[_RawHit] = []
        self.problems: list[Problem] = []
        self._watch = current_watch()

    def run_checks(self, rules: Sequence[Rule]) -> None:
        """Run the visitors of all rules; one that fails ends, the others go on."""
        owners: dict[CheckVisitor, Rule] = {}
        for rule in rules:
            if isinstance(rule.condition, CheckCall):
                self._contain(rule, partial(self._add_visitor, owners, rule, rule.condition))
        if owners:
            walk(self.file.tree, owners, lambda each, step: self._contain(owners[each], step))
        for visitor, rule in owners.items():
            self.hits.extend(_raw(rule, hit, fixes=self.file.fixes) for hit in visitor.hits)

    def _add_visitor(self, owners: dict[CheckVisitor, Rule], rule: Rule, call: CheckCall) -> None:
        owners[make_visitor(call, self.file)] = rule

    def run_formula(self, rule: Rule, formula: Formula | Taint) -> None:
        """Match a rule's patterns."""
        renew_time()
        self._contain(rule, lambda: self.hits.extend(self._matches(rule, formula)))

    def _matches(self, rule: Rule, formula: Formula | Taint) -> Iterator[_RawHit]:
        begun: set[Position] = set()
        for match in self._found(rule, formula):
            hit = _RawHit(rule, match.span, interpolate(rule.message, match))
            # Of runs from one start the nearest is fixed; each other one overlaps that.
            if self.file.fixes and not (match.is_run and match.span.start in begun):
                hit = self._with_fix(hit, formula, match)
                begun.update([match.span.start] if hit.edits else ())
            yield hit

    def _with_fix(self, hit: _RawHit, formula: Formula | Taint, match: Match) -> _RawHit:
        """The hit with the edits of its rule's fix; a fix that fails does not cost the hit."""
        fixed: list[_RawHit] = []

        def fix() -> None:
            edits, safe = self._edits(hit.rule, formula, match)
            fixed.append(replace(hit, edits=edits, safe=safe))

        self._contain(hit.rule, fix)
        return fixed[0] if fixed else hit

    def _found(self, rule: Rule, formula: Formula | Taint) -> list[Match]:
        options = tuple((o.name, o.value) for o in rule.options)
        if isinstance(formula, Taint):
            return find_taints(_compiled_taint(formula, options), self.file.tree)
        compiled = _compiled(formula, options)
        told = metavariables_in(rule.message) | metavariables_in(rule.fix or "")
        return find_matches(compiled, self.file.tree, path=self.path.relative, told=told)

    def _edits(
        self, rule: Rule, formula: Formula | Taint, match: Match
    ) -> tuple[tuple[NodeEdit | Edit, ...], bool]:
        """What a rule's fix makes of a match with the imports that it needs, and if it is safe."""
        found = None
        if rule.fix is not None:
            shape = None if isinstance(formula, Taint) else formula
            found = replace_match(rule.fix, match, shape, self.file.tree)
        elif rule.fix_regex is not None:
            found = replace_by_regex(rule.fix_regex, match, self.file.tree)
        imports = self._imports(rule.fix_imports) if found is not None else None
        if found is None or imports is None:
            return (), True
        return (*found.edits, *imports), found.safe

    def _imports(self, texts: Sequence[str]) -> list[NodeEdit] | None:
        """The edits that make a fix's imports true; None where a name means another thing."""
        edits: list[NodeEdit] = []
        for line in (line for text in texts for line in read_import_lines(text)):
            stands = standing(self.file.analysis, line)
            if stands is Standing.TAKEN:
                return None
            if stands is Standing.MISSING:
                edit = import_edit(self.file.tree, line, package=self.file.package)
                if edit is None:
                    return None
                edits.append(edit)
        return edits

    def _contain(self, rule: Rule, step: Callable[[], object]) -> bool:
        """Run a step of a rule; one that fails costs the rule's result on this file, no more."""
        problems = run_step(rule.id, self.path.shown, step, self._watch)
        self.problems.extend(problems)
        return not problems

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
        if isinstance(hit.where, Span) and not self._imports_above(hit.where, hit.edits, edits):
            edits = ()
        return Violation(
            rule=hit.rule.id,
            severity=hit.rule.severity,
            message=hit.message,
            path=self.path,
            span=hit.where if isinstance(hit.where, Span) else spans[hit.where],
            fix=Fix(edits, hit.safe) if edits else None,
        )

    def _imports_above(
        self, where: Span, written: tuple[NodeEdit | Edit, ...], edits: tuple[Edit, ...]
    ) -> bool:
        """Whether what a fix imports stands above its use; an import may stand below another."""
        if self.file.tree.text(where).startswith(("import ", "from ")):
            return True
        return all(
            isinstance(edit, Edit) or made.span.start <= where.start
            for edit, made in zip(written, edits, strict=True)
        )


def _raw(rule: Rule, hit: Hit, *, fixes: bool) -> _RawHit:
    where = WHOLE_FILE if isinstance(hit.node, Place) else hit.node
    edits = hit.edits if fixes else ()
    return _RawHit(rule, where, hit.message or rule.message, edits, hit.safe)


@lru_cache(maxsize=1_000)
def _compiled(formula: Formula, options: tuple[tuple[str, OptionValue], ...]) -> CompiledFormula:
    return compile_formula(formula, {k: v for k, v in options if isinstance(v, (str, bool))})


@lru_cache(maxsize=1_000)
def _compiled_taint(taint: Taint, options: tuple[tuple[str, OptionValue], ...]) -> CompiledTaint:
    return compile_taint(taint, {k: v for k, v in options if isinstance(v, (str, bool))})
