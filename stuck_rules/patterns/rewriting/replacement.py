"""What a rule's fix makes of a match: edits that leave code, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.formula import Formula
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.rewriting.bound import BoundCode, indent_of, read_bound
from stuck_rules.patterns.rewriting.carry import DotsRestorer, carry, roots_of
from stuck_rules.patterns.rewriting.changes import find_changes
from stuck_rules.patterns.rewriting.deletion import delete
from stuck_rules.patterns.rewriting.filler import ATOMS
from stuck_rules.patterns.rewriting.imported import left_over
from stuck_rules.patterns.rewriting.quotes import HOLE_IN_TEXT, clashes, requote
from stuck_rules.patterns.rewriting.snippets import Snippet, read_expression, read_statements
from stuck_rules.patterns.rewriting.template import Filled, fill_template
from stuck_rules.patterns.rewriting.trial import Trial
from stuck_rules.patterns.rewriting.unfit import UnfitError
from stuck_rules.patterns.rewriting.unspoken import keep_unspoken, refuse_gaps
from stuck_rules.tokens import read_lines
from stuck_rules.values import dataclass, replace

_Roots = Sequence[cst.CSTNode]


def replace_match(
    template: str, match: Match, formula: Formula | None, tree: SyntaxTree
) -> Fix | None:
    """What a template makes of a match, as few edits as may be; None where that is no code.

    The fix is not safe where a comment would be lost.
    """
    roots = roots_of(formula) if formula is not None else ()
    match = _without_el(match, tree)
    try:
        refuse_gaps(template, roots)
        rest = left_over(tree.text(match.span), roots, read_bound(match, tree))
        if not template.strip() and not rest:
            _refuse_loss(match.span, roots, tree)
            block = Trial.of_block(match.span, tree)
            return _told(delete(match.span, tree, block), block)
        code = _beside(rest, template, match, tree) if rest else None
        code = code or _Code.of(template, match, roots, tree)
        trial = Trial.of_statements(match.span, tree)
        ways = list(_ways(code, match.span, tree))
    except UnfitError:
        return None
    return _told(_choose(code, match.span, ways, trial), trial)


def _without_el(match: Match, tree: SyntaxTree) -> Match:
    """The `if` in an `elif`, which is the same statement wherever it stands."""
    if not tree.text(match.span).startswith("elif"):
        return match
    start = match.span.start
    return replace(match, span=Span(Position(start.line, start.column + 2), match.span.end))


def _refuse_loss(span: Span, roots: _Roots, tree: SyntaxTree) -> None:
    """Raise UnfitError where taking a match out would take more than its pattern speaks of."""
    old = read_statements(tree.text(span), _indent(span, tree))
    if old is not None:
        keep_unspoken([], old.nodes, roots)


def _told(edits: Sequence[Edit] | None, trial: Trial) -> Fix | None:
    if not edits:
        return None
    return Fix(tuple(edits), safe=not trial.loses_comments(edits))


@dataclass(frozen=True, slots=True)
class _Code:
    """The new code of a match, and both parsed where they can be compared."""

    text: str
    old: Snippet | None
    new: Snippet | None

    @property
    def is_atom(self) -> bool:
        """Whether no context can tear the code apart."""
        root = self.new.nodes[0] if self.new is not None else None
        return isinstance(root, ATOMS) and "\n" not in self.text

    @classmethod
    def of(cls, template: str, match: Match, roots: _Roots, tree: SyntaxTree) -> _Code:
        """Fill the template; UnfitError where that cannot be done."""
        bound = read_bound(match, tree)
        filled = fill_template(template, bound, tree.module.default_indent)
        indent = _indent(match.span, tree)
        if filled is None:
            return cls(_plain(template, bound, indent), None, None)
        if filled.decorators:
            return cls(filled.code(indent), None, None)
        if filled.expression is not None:
            old = read_expression(tree.text(match.span))
            if old is None:
                _refuse_loss(match.span, roots, tree)
            return _carried_expression(filled, old, roots)
        line = _fit_into_line(filled, match.span, tree)
        if line is not None:
            return cls(line, None, None)
        old = read_statements(_with_comment(match.span, tree), indent)
        return _carried_statements(filled, old, roots, indent)


def _beside(rest: str, template: str, match: Match, tree: SyntaxTree) -> _Code:
    """What is left of an import, and what the template makes of the names that it is about."""
    if not template.strip():
        return _Code(rest, None, None)
    indent = _indent(match.span, tree)
    filled = fill_template(template, read_bound(match, tree), tree.module.default_indent)
    if filled is None:
        raise UnfitError
    line = _fit_into_line(filled, match.span, tree)
    text = f"{rest}\n{indent}{filled.code(indent)}" if line is None else f"{rest}; {line}"
    return _Code(text, None, None)


def _fit_into_line(filled: Filled, span: Span, tree: SyntaxTree) -> str | None:
    """Statements on one line, where others share it; None where the match has its lines alone.

    Raises UnfitError where the match is only a part of a statement.
    """
    before = tree.lines[span.start.line - 1][: span.start.column - 1].strip()
    behind = tree.lines[span.end.line - 1][span.end.column - 1 :].strip()
    lines = filled.module.body
    if before == "el" and len(lines) == 1 and isinstance(lines[0], cst.If):
        return None
    if not before.endswith((":", ";")) and before:
        raise UnfitError
    if not behind.startswith((";", "#")) and behind and not _goes_on(filled, behind):
        raise UnfitError
    if not before:
        return None
    if not all(isinstance(line, cst.SimpleStatementLine) for line in lines):
        raise UnfitError
    return "; ".join(
        filled.module.code_for_node(line.with_changes(leading_lines=())).strip() for line in lines
    )


def _goes_on(filled: Filled, behind: str) -> bool:
    """Whether the statement goes on behind the match and the new one can too: `from` of a raise."""
    body = filled.module.body
    last = body[-1].body[-1] if isinstance(body[-1], cst.SimpleStatementLine) else None
    return len(body) == 1 and isinstance(last, cst.Raise) and behind.startswith("from ")


def _carried_expression(filled: Filled, old: Snippet | None, roots: _Roots) -> _Code:
    """The expression with what the old one keeps, parsed anew."""
    expression = filled.expression
    assert expression is not None
    new = carry(expression, old.nodes[0], roots) if old is not None else expression
    text = filled.module.code_for_node(_restored(new))
    return _Code(text, old, read_expression(text))


def _carried_statements(filled: Filled, old: Snippet | None, roots: _Roots, indent: str) -> _Code:
    """The statements with what the old ones keep, parsed anew."""
    body = list(filled.module.body)
    if old is not None:
        body = keep_unspoken(body, old.nodes, roots)
    if old is not None and len(body) == len(old.nodes) == 1:
        carried = carry(body[0], old.nodes[0], roots)
        assert isinstance(carried, (cst.SimpleStatementLine, cst.BaseCompoundStatement))
        body = [carried]
    module = _restored(filled.module.with_changes(body=body))
    assert isinstance(module, cst.Module)
    text = Filled(module).code(indent)
    return _Code(text, old, read_statements(text, indent))


def _restored(node: cst.CSTNode) -> cst.CSTNode:
    restored = node.visit(DotsRestorer())
    assert isinstance(restored, cst.CSTNode)
    return restored


def _indent(span: Span, tree: SyntaxTree) -> str:
    return indent_of(tree.lines[span.start.line - 1])


def _with_comment(span: Span, tree: SyntaxTree) -> str:
    """The matched text with a comment behind it."""
    rest = tree.lines[span.end.line - 1][span.end.column - 1 :]
    return tree.text(span) + (rest if rest.lstrip().startswith("#") else "")


def _plain(template: str, bound: Mapping[str, BoundCode], indent: str) -> str:
    """A template that is only a piece of code, filled as text."""
    missing = [name for name in HOLE_IN_TEXT.findall(template) if name not in bound]
    if missing:
        raise UnfitError
    lines = template.strip().split("\n")
    text = "\n".join([lines[0], *(f"{indent}{line}" if line else "" for line in lines[1:])])
    return HOLE_IN_TEXT.sub(lambda m: bound[m[0]].text, text)


def _ways(code: _Code, span: Span, tree: SyntaxTree) -> Iterator[tuple[Edit, ...]]:
    """The edits that may do, the smallest first."""
    text = _in_formatted(code.text, span, tree)
    changes = None
    if text == code.text and code.old is not None and code.new is not None:
        changes = find_changes(code.old, code.new) if "\f" not in tree.text(span) else None
    if changes == []:
        raise UnfitError
    if changes:
        edits = tuple(Edit(_moved(edit.span, span.start), edit.text) for edit in changes)
        yield edits
        yield _wrapped(edits, span)
    yield (Edit(span, text),)
    yield (Edit(span, f"({text})"),)


def _moved(span: Span, start: Position) -> Span:
    """A place in the matched text as one of the file."""
    first, last = (
        Position(p.line + start.line - 1, p.column + start.column - 1 if p.line == 1 else p.column)
        for p in (span.start, span.end)
    )
    return Span(first, last)


def _wrapped(edits: tuple[Edit, ...], span: Span) -> tuple[Edit, ...]:
    """The edits with parentheses around the whole match."""
    opening, closing = (Span(place, place) for place in (span.start, span.end))
    return (Edit(opening, "("), *edits, Edit(closing, ")"))


def _in_formatted(text: str, span: Span, tree: SyntaxTree) -> str:
    """The code with quotes that can stand in the f-string around the match, if there is one."""
    for place, quote in formatted_strings(tree):
        if not place.contains(span) or place == span or clashes(tree.text(span), quote):
            continue
        if clashes(text, quote) and read_expression(text):
            text = requote(text, quote[0])
        if clashes(text, quote):
            raise UnfitError
    return text


@lru_cache(maxsize=1)
def formatted_strings(tree: SyntaxTree) -> tuple[tuple[Span, str], ...]:
    """Where a file's f-strings stand, with their quotes."""
    strings = tree.by_type.get(cst.FormattedString, ())
    spans = tree.spans(strings)
    return tuple((spans[s], s.end) for s in strings if isinstance(s, cst.FormattedString))


def _choose(
    code: _Code, span: Span, ways: list[tuple[Edit, ...]], trial: Trial
) -> tuple[Edit, ...] | None:
    """The first way that means what the code in parentheses means, or else by itself."""
    whole, wrapped = ways[-2:]
    alone = code.is_atom and not trial.is_glued(span)
    wanted = None if alone else trial.read(wrapped)
    if wanted is None:
        wanted = trial.read(whole)
    if wanted is None:
        return None
    comments = _comments(code.text)
    for way in ways:
        if trial.read(way) == wanted and comments <= _comments(trial.result(way)):
            return way if trial.result(way) != trial.result(()) else None
    return None


def _comments(text: str) -> set[str]:
    if "#" not in text:
        return set()
    return {comment.text for comment in read_lines(text).comments}
