"""Lists of a template in which `$...X` stands for any number of items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import libcst as cst

from stuck_rules.patterns.holes import ABSENT, POSITIONAL, hole_name, many_name
from stuck_rules.patterns.matchers.definitions import params_of
from stuck_rules.patterns.rewriting.bound import BoundCode
from stuck_rules.patterns.rewriting.unfit import UnfitError

Bound = Mapping[str, BoundCode]
_Item = TypeVar("_Item", cst.Arg, cst.BaseElement, cst.BaseDictElement)


def parse_expression(text: str) -> cst.BaseExpression:
    """Parse code that a rule's author or a file wrote; UnfitError where it is no expression."""
    try:
        return cst.parse_expression(text)
    except cst.ParserSyntaxError:
        raise UnfitError from None


def splice_arguments(
    template: Sequence[cst.Arg], filled: Sequence[cst.Arg], bound: Bound
) -> list[cst.Arg]:
    """Arguments with what `$...X` stands for, positional ones first and commas as they must be."""
    ordered = _order(_splice(template, filled, bound, _parse_arguments))
    return _settle(template, [_unmarked(arg) for arg in ordered])


def _unmarked(arg: cst.Arg) -> cst.Arg:
    """An argument without the keyword that let it stand behind others in a template."""
    if arg.keyword is None or arg.keyword.value != POSITIONAL:
        return arg
    return arg.with_changes(keyword=None, equal=cst.MaybeSentinel.DEFAULT)


def _parse_arguments(text: str) -> Sequence[cst.Arg]:
    call = parse_expression(f"f({text})")
    assert isinstance(call, cst.Call)
    return call.args


def splice_elements(
    template: Sequence[cst.BaseElement], filled: Sequence[cst.BaseElement], bound: Bound
) -> list[cst.BaseElement]:
    """The elements of a list, tuple or set with what `$...X` stands for."""
    return _settle(template, _splice(template, filled, bound, _parse_elements))


def _parse_elements(text: str) -> Sequence[cst.BaseElement]:
    display = parse_expression(f"[{text}]")
    if not isinstance(display, cst.List):
        raise UnfitError
    return display.elements


def splice_entries(
    template: Sequence[cst.BaseDictElement], filled: Sequence[cst.BaseDictElement], bound: Bound
) -> list[cst.BaseDictElement]:
    """The entries of a dict with what `$...X` stands for."""
    return _settle(template, _splice(template, filled, bound, _parse_entries))


def _parse_entries(text: str) -> Sequence[cst.BaseDictElement]:
    display = parse_expression(f"{{{text}}}")
    if not isinstance(display, cst.Dict):
        raise UnfitError
    return display.elements


def _splice(
    template: Sequence[_Item],
    filled: Sequence[_Item],
    bound: Bound,
    parse: Callable[[str], Sequence[_Item]],
) -> list[_Item]:
    items: list[_Item] = []
    for written, item in zip(template, filled, strict=True):
        text = _many_text(written, bound)
        if text is None:
            items.append(item)
        elif text:
            items.extend(parse(text))
    return items


def _many_text(item: cst.CSTNode, bound: Bound) -> str | None:
    """The text that an item of a template stands for, where it is no item by itself."""
    value = getattr(item, "value", None)
    if not isinstance(value, cst.Name):
        return None
    many = many_name(value.value)
    if many is not None:
        if many not in bound:
            raise UnfitError
        return bound[many].text
    hole = hole_name(value.value)
    text = bound[hole].text if hole is not None and hole in bound else ""
    return text if text.startswith("*") else None


def _order(args: list[cst.Arg]) -> list[cst.Arg]:
    """Positional arguments before those with keywords, where Python wants it so."""
    first = next((i for i, a in enumerate(args) if _is_keyword(a)), len(args))
    unpacked = next((i for i, a in enumerate(args) if a.star == "**"), len(args))
    if not any(
        not _is_keyword(arg) and (place > unpacked or (place > first and not arg.star))
        for place, arg in enumerate(args)
    ):
        return args
    return sorted(args, key=_is_keyword)


def _is_keyword(arg: cst.Arg) -> bool:
    marked = arg.keyword is not None and arg.keyword.value == POSITIONAL
    return arg.star == "**" or (arg.keyword is not None and not marked)


def _settle(template: Sequence[_Item], items: list[_Item]) -> list[_Item]:
    """Commas between the items; behind the last one only where the template has one."""
    trailing = template[-1].comma if template else cst.MaybeSentinel.DEFAULT
    settled = [_with_comma(item, item.comma) for item in items]
    if settled:
        settled[-1] = _with_comma(settled[-1], trailing)
    return settled


def _with_comma(item: _Item, comma: cst.Comma | cst.MaybeSentinel) -> _Item:
    changed = item.with_changes(comma=comma)
    assert isinstance(changed, type(item))
    return changed


def splice_parameters(
    template: cst.Parameters, filled: cst.Parameters, bound: Bound, *, of_lambda: bool
) -> cst.Parameters:
    """Parameters with what `$...X` stands for, and without defaults that fill a hole."""
    written = params_of(template)
    if not any(_is_hole_or_absent(node) for node in written):
        return filled
    pieces = []
    for node, item in zip(written, params_of(filled), strict=True):
        many = many_name(node.name.value) if isinstance(node, cst.Param) else None
        if many is not None and many not in bound:
            raise UnfitError
        pieces.append(bound[many].text if many is not None else _parameter_code(item))
    text = ", ".join(piece for piece in pieces if piece)
    return _parse_parameters(text, of_lambda=of_lambda)


def _is_hole_or_absent(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.Param):
        return False
    return many_name(node.name.value) is not None or _is_absent(node)


def _is_absent(node: cst.Param) -> bool:
    return isinstance(node.default, cst.Name) and node.default.value == ABSENT


def _parameter_code(node: cst.CSTNode) -> str:
    if isinstance(node, (cst.ParamStar, cst.ParamSlash)):
        return "*" if isinstance(node, cst.ParamStar) else "/"
    if isinstance(node, cst.Param) and _is_absent(node):
        node = node.with_changes(default=None, equal=cst.MaybeSentinel.DEFAULT)
    if isinstance(node, cst.Param) and node.star is cst.MaybeSentinel.DEFAULT:
        node = node.with_changes(star="")
    return cst.Module([]).code_for_node(node.with_changes(comma=cst.MaybeSentinel.DEFAULT))


def _parse_parameters(text: str, *, of_lambda: bool) -> cst.Parameters:
    if of_lambda:
        function = parse_expression(f"(lambda {text}: 0)")
        assert isinstance(function, cst.Lambda)
        return function.params
    try:
        statement = cst.parse_statement(f"def f({text}): pass")
    except cst.ParserSyntaxError:
        raise UnfitError from None
    assert isinstance(statement, cst.FunctionDef)
    return statement.params
