"""Strings of a fix: metavariables in them, and quotes that do not clash."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping

import libcst as cst

from stuck_rules.patterns.rewriting.bound import BoundCode
from stuck_rules.patterns.rewriting.unfit import UnfitError

HOLE_IN_TEXT = re.compile(r"\$(?:\.\.\.)?(?:[A-Z_][A-Z_0-9]*|[0-9]+)\b")
_QUOTES = ('"', "'", '"""', "'''")


def fill_text(text: str, bound: Mapping[str, BoundCode]) -> str:
    """A text with the metavariables that are bound replaced; others stay."""
    return HOLE_IN_TEXT.sub(lambda m: bound[m[0]].text if m[0] in bound else m[0], text)


def fill_string(node: cst.SimpleString, bound: Mapping[str, BoundCode]) -> cst.SimpleString:
    """A string of a template filled in; `"$S"` alone gives the string as the code has it."""
    inside = node.raw_value
    names = [name for name in HOLE_IN_TEXT.findall(inside) if name in bound]
    if not names:
        return node
    literal = bound[inside].literal if inside in bound else None
    if literal is not None:
        return node.with_changes(value=literal)
    wanted = HOLE_IN_TEXT.sub(lambda m: _value_of(m[0], bound), _evaluate(node.value) or inside)
    prefixes = dict.fromkeys((node.prefix, node.prefix.lower().replace("r", "")))
    for quote in dict.fromkeys((node.quote, *_QUOTES)):
        for prefix in prefixes:
            for text in (fill_text(inside, bound), _escape(wanted, quote)):
                value = f"{prefix}{quote}{text}{quote}"
                if _evaluate(value, strict=True) == wanted:
                    return node.with_changes(value=value)
    raise UnfitError


def _value_of(name: str, bound: Mapping[str, BoundCode]) -> str:
    if name not in bound:
        return name
    code = bound[name]
    value = _evaluate(code.literal) if code.literal is not None else None
    return code.text if value is None else value


def _evaluate(literal: str, *, strict: bool = False) -> str | None:
    """A string literal's value, of bytes character by character; strict, no odd escapes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error" if strict else "ignore")
            value = ast.literal_eval(literal)
    except (SyntaxError, ValueError, Warning):
        return None
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else None


def _escape(value: str, quote: str) -> str:
    text = value.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0])
    return text if len(quote) == 3 else text.replace("\n", "\\n")


def clashes(code: str, quote: str) -> bool:
    """Whether code cannot stand in a hole of an f-string before Python 3.12."""
    if "\\" in code or "#" in code or quote in code:
        return True
    return "\n" in code and len(quote) == 1


def settle_formatted(node: cst.FormattedString) -> cst.FormattedString:
    """An f-string whose holes do not hold its own quotes."""
    quote = node.end
    parts = [_settle_part(part, quote) for part in node.parts]
    if all(part is not None for part in parts):
        return node.with_changes(parts=parts)
    prefix = node.start[: -len(quote)]
    for other in _QUOTES:
        settled = [_settle_part(part, other) for part in node.parts]
        if all(part is not None for part in settled):
            return node.with_changes(parts=settled, start=prefix + other, end=other)
    raise UnfitError


def _settle_part(
    part: cst.BaseFormattedStringContent, quote: str
) -> cst.BaseFormattedStringContent | None:
    if isinstance(part, cst.FormattedStringText):
        return None if quote in part.value else part
    if not isinstance(part, cst.FormattedStringExpression):
        return part
    if not clashes(_code(part), quote):
        return part
    changed = part.visit(_Requote(quote[0]))
    assert isinstance(changed, cst.FormattedStringExpression)
    return None if clashes(_code(changed), quote) else changed


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


class _Requote(cst.CSTTransformer):
    """Writes strings with other quotes where that needs no escape."""

    def __init__(self, unwanted: str) -> None:
        super().__init__()
        self._unwanted = unwanted

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        other = "'" if self._unwanted == '"' else '"'
        inside = updated_node.raw_value
        if updated_node.quote != self._unwanted or other in inside or "\\" in inside:
            return updated_node
        text = f"{updated_node.prefix}{other}{inside}{other}"
        return updated_node.with_changes(value=text)


def requote(code: str, unwanted: str) -> str:
    """An expression's code without one kind of quotes, as far as that needs no escape."""
    changed = cst.parse_expression(code).visit(_Requote(unwanted))
    assert isinstance(changed, cst.BaseExpression)
    return _code(changed)
