"""A pattern's text read as Python, and what is wrong with it told at its place."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_left
from contextlib import suppress

from stuck_rules.errors import PatternError, StuckRulesError
from stuck_rules.model.formula import Pattern
from stuck_rules.patterns.holes import fill_holes, fill_line

# Syntax that an older Python refuses, and what it reads instead, of the same length.
_TYPE_ALIAS = re.compile(r"^([ \t]*type)[ \t](?=[ \t]*\w+[ \t]*(?:\[|=(?!=)))", re.MULTILINE)
# What LibCST parses without ending the process, with much to spare.
_DEEPEST = 200
_EXCEPT_STAR = re.compile(r"\bexcept([ \t]*)\*")


def error_at(message: str, pattern: Pattern, line: int, column: int) -> StuckRulesError:
    """An error at a place of the pattern's filled text, as a place of the rulebook.

    Where the pattern stands nowhere, the error has none; where its lines are not those of the
    rulebook, it has the place where the pattern begins.
    """
    if not pattern.line:
        return PatternError.at(message)
    if pattern.folded:
        return PatternError.at(message, line=pattern.line, column=pattern.column or None)
    lines = pattern.text.rstrip().split("\n")
    number = min(line, len(lines)) - 1
    place = _written_column(lines[number], column) if line <= len(lines) else len(lines[-1]) + 1
    return PatternError.at(
        message, line=pattern.line + number, column=max(pattern.column, 1) + place - 1
    )


def _written_column(line: str, column: int) -> int:
    """The column in a line as it is written that a column of its filled form stands for.

    A longer beginning of a line has a longer filled form; looking at each would take long.
    """
    ends = range(1, len(line) + 1)
    return 1 + bisect_left(ends, column, key=lambda end: len(fill_line(line[:end])))


def parse_python(pattern: Pattern) -> ast.Module:
    """The text with its holes filled, parsed; PatternError with its place where it is no Python.

    Syntax that this Python is too old for is read as what is nearest to it.
    """
    tree = _parse(fill_holes(pattern.text), pattern)
    # So much nesting needs more text than that.
    if len(pattern.text) > _DEEPEST and _depth(tree) > _DEEPEST:
        message = f"the pattern nests more than {_DEEPEST} deep; write it flatter"
        raise PatternError.at(message, line=pattern.line or None, column=pattern.column or None)
    return tree


def _depth(tree: ast.AST) -> int:
    deepest, pending = 0, [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        pending.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest


def _parse(text: str, pattern: Pattern) -> ast.Module:
    try:
        return _parse_quietly(text)
    except SyntaxError as error:
        older = _EXCEPT_STAR.sub(r"except\1 ", _TYPE_ALIAS.sub(r"\1_", text))
        if older != text:
            with suppress(SyntaxError):
                return _parse_quietly(older)
        raise _unreadable(error, pattern) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise _unreadable(error, pattern) from None


def _parse_quietly(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _unreadable(error: Exception, pattern: Pattern) -> StuckRulesError:
    line, column = getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1
    reason = getattr(error, "msg", None) or str(error)
    message = f"not a Python pattern: {reason}{_hint(pattern.text)}"
    return error_at(message, pattern, line, column)


def _hint(text: str) -> str:
    """What most likely went wrong, in words."""
    if re.search(r"\$[a-z]", text):
        return "; metavariables are written in capitals, such as $X"
    head = text.lstrip().partition(" ")[0].rstrip(":")
    if head in {"def", "class", "if", "for", "while", "with", "try", "except", "async"}:
        return f"; a pattern of {head!r} must be whole: give it a body of '...'"
    return ""
