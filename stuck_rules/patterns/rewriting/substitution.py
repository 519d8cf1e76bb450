"""`fix-regex`: a substitution on the text of a match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.rule import RegexFix
from stuck_rules.model.source import Position, Span
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.regexes import compile_regex
from stuck_rules.patterns.rewriting.trial import Trial

_GROUP = re.compile(r"\\(\d+)")
_EMPTY_ARGUMENT = re.compile(r"\(\s*,\s*")


def replace_by_regex(fix: RegexFix, match: Match, tree: SyntaxTree) -> Fix | None:
    """What a substitution makes of the matched text; None where it changes nothing or breaks it.

    Where `f()` would become `f(, x)`, the comma goes.
    """
    old = tree.text(match.span)
    new = "".join(_pieces(fix, old))
    if new == old:
        return None
    trial = Trial.of_statements(match.span, tree)
    for text in (new, _EMPTY_ARGUMENT.sub("(", new)):
        edits = (_trimmed(match.span, old, text),)
        if trial.read(edits) is not None:
            return Fix(edits, safe=not trial.loses_comments(edits))
    return None


def _pieces(fix: RegexFix, text: str) -> Iterator[str]:
    """The text between the places that the expression finds, and what is put there."""
    regex = compile_regex(fix.regex, re.MULTILINE, line=fix.line)
    end = 0
    for found in islice(regex.finditer(text), fix.count):
        groups = (found.group() or "", *(group or "" for group in found.groups()))
        yield text[end : found.start()]
        yield _expand(fix.replacement, groups)
        end = found.end()
    yield text[end:]


def _expand(replacement: str, groups: tuple[str, ...]) -> str:
    def group(number: re.Match[str]) -> str:
        place = int(number[1])
        return groups[place] if place < len(groups) else ""

    return _GROUP.sub(group, replacement)


def _trimmed(span: Span, old: str, new: str) -> Edit:
    """One edit without what both texts begin and end with."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    back = 0
    while back < min(len(old), len(new)) - first and old[-1 - back] == new[-1 - back]:
        back += 1
    start = _advance(span.start, old[:first])
    end = _advance(span.start, old[: len(old) - back])
    return Edit(Span(start, end), new[first : len(new) - back])


def _advance(place: Position, text: str) -> Position:
    lines = text.count("\n")
    if not lines:
        return Position(place.line, place.column + len(text))
    return Position(place.line + lines, len(text) - text.rindex("\n"))
