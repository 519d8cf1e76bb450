"""Statements that differ: handlers, causes, defaults, annotations, imports, literal values."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence

from stuck_rules.generator.differences.difference import Code, Difference
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.spans import OLD_TYPES
from stuck_rules.model.formula import (
    All,
    Either,
    Focus,
    Inside,
    MetavariableRegex,
    NotInside,
    Pattern,
)

_SQL = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_FORMATTED = r"""(?is)^r?fr?["']+\s*(?:SELECT|INSERT|UPDATE|DELETE)\b.*\{"""
_HANDLER = "try:\n    ...\nexcept ...:\n    ...\n    raise $ERROR(...)\n"


def mutable_default(wrong: Code, right: Code) -> Iterator[Difference]:
    """An empty list, dict or set as a default."""
    for text in sorted(set(_mutable(wrong)) - set(_mutable(right))):
        pattern = Pattern(f"def $FUNCTION(..., $NAME={text}, ...):\n    ...\n")
        yield Difference("mutable-default", f"the default {text} is shared by all calls", pattern)


def _mutable(code: Code) -> Iterator[str]:
    for function in code.functions():
        for default in (*function.args.defaults, *function.args.kw_defaults):
            is_display = isinstance(default, (ast.List, ast.Dict, ast.Set))
            if default is not None and is_display and not ast.unparse(default)[1:-1]:
                yield ast.unparse(default)


def other_handler(wrong: Code, right: Code) -> Iterator[Difference]:
    """A handler that catches more than that of the right code."""
    theirs = set(_handlers(right))
    for text in sorted(set(_handlers(wrong)) - theirs) if theirs else ():
        form = form_of(text)
        if form is not None:
            yield Difference(form.name, f"{text} catches too much", form.condition)


def _handlers(code: Code) -> Iterator[str]:
    for node in code.nodes:
        if isinstance(node, ast.ExceptHandler):
            kind = ast.unparse(node.type) if node.type is not None else ""
            silent = len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
            yield f"except {kind}".strip() + (": pass" if silent else ":")


def other_raised(wrong: Code, right: Code) -> Iterator[Difference]:
    """`Exception` itself, raised where the right code raises an error of a kind."""
    mine, theirs = set(_errors(wrong)), set(_errors(right))
    for name in sorted({"Exception", "BaseException"} & (mine - theirs)) if theirs else ():
        condition = Either((Pattern(f"raise {name}"), Pattern(f"raise {name}(...)")))
        yield Difference(f"raise-{name}", f"{name} says nothing of what went wrong", condition)


def _errors(code: Code) -> Iterator[str]:
    for node in code.nodes:
        raised = node.exc if isinstance(node, ast.Raise) else None
        kind = raised.func if isinstance(raised, ast.Call) else raised
        if kind is not None:
            yield ast.unparse(kind)


def lost_cause(wrong: Code, right: Code) -> Iterator[Difference]:
    """An error raised in a handler without the cause that the right code names."""
    theirs = [each for each in _raised(right) if each.cause is not None]
    mine = [each for each in _raised(wrong) if each.cause is None]
    if not mine or not theirs:
        return
    condition = All(
        (
            Pattern("raise $ERROR(...)"),
            NotInside(Pattern("raise $ERROR(...) from $CAUSE")),
            Inside(Pattern(_HANDLER)),
        )
    )
    told = "an error raised in a handler must name its cause with `from`"
    yield Difference("raise-without-from", told, condition)


def _raised(code: Code) -> Iterator[ast.Raise]:
    handlers = (node for node in code.nodes if isinstance(node, ast.ExceptHandler))
    for node in (inner for handler in handlers for inner in ast.walk(handler)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield node


def implicit_optional(wrong: Code, right: Code) -> Iterator[Difference]:
    """A parameter that is None by default, though its annotation does not say so."""
    mine = {name: text for name, text in _none_defaults(wrong) if "None" not in text}
    for name, text in _none_defaults(right):
        if name in mine and text in (f"{mine[name]} | None", f"Optional[{mine[name]}]"):
            condition = All(
                (
                    Pattern("def $FUNCTION(..., $NAME: $TYPE = None, ...):\n    ...\n"),
                    MetavariableRegex(
                        "$TYPE", r"(?![^\n]*\b(?:Optional|None|Any|object)\b)[A-Za-z_]"
                    ),
                    Focus(("$NAME",)),
                )
            )
            told = "a parameter that is None by default must say so in its annotation"
            yield Difference("implicit-optional", told, condition)
            return


def _none_defaults(code: Code) -> Iterator[tuple[str, str]]:
    """The names of the parameters that are None by default, with their annotations."""
    for function in code.functions():
        given = function.args
        places = [*given.posonlyargs, *given.args]
        pairs = [*zip(reversed(places), reversed(given.defaults), strict=False)]
        for parameter, default in (*pairs, *zip(given.kwonlyargs, given.kw_defaults, strict=True)):
            is_none = isinstance(default, ast.Constant) and default.value is None
            if is_none and parameter.annotation is not None:
                yield parameter.arg, ast.unparse(parameter.annotation)


def other_annotation(wrong: Code, right: Code) -> Iterator[Difference]:
    """A generic type that the right code spells otherwise, with the same parameters."""
    theirs = {ast.dump(node.slice): ast.unparse(node.value) for node in _generics(right)}
    for node in _generics(wrong):
        name, other = ast.unparse(node.value), theirs.get(ast.dump(node.slice))
        form = form_of(ast.unparse(node))
        is_respelt = other is not None and other != name and other.lower() == name.lower()
        if form is not None and is_respelt:
            told = f"{name}[...] is the old spelling of {other}[...]"
            yield Difference(form.name, told, form.condition, fix=None)


def _generics(code: Code) -> Iterator[ast.Subscript]:
    yield from (node for node in code.nodes if isinstance(node, ast.Subscript))


def other_import(wrong: Code, right: Code) -> Iterator[Difference]:
    """The same name of another module, or another name of the same module."""
    mine, theirs = set(_imported(wrong)), set(_imported(right))
    lost, gained = sorted(mine - theirs), sorted(theirs - mine)
    for module, name in lost:
        for other_module, other_name in gained:
            if (module == other_module) == (name == other_name):
                continue
            shown = f"from {module} import {name}" if name else f"import {module}"
            instead = f"from {other_module} import {other_name}" if other_name else other_module
            form = form_of(shown)
            is_meant = _is_meant((module, name), (other_module, other_name), lost, gained)
            if form is not None and is_meant and name not in right.classes:
                told = f"{shown} is wrong; {instead}"
                fix = instead if other_name else f"import {other_module}"
                yield Difference(f"{module}-{name}", told, form.condition, fix=fix)


_Imports = Sequence[tuple[str, str]]


def _is_meant(
    mine: tuple[str, str], theirs: tuple[str, str], lost: _Imports, got: _Imports
) -> bool:
    """Whether one import stands in the other's place, where more than these two differ.

    A module of the standard library is right in much other code, whatever takes its place here.
    """
    (module, name), (other_module, other_name) = mine, theirs
    if not name:
        return module not in sys.stdlib_module_names and sum(not n for _, n in lost) == 1
    if module != other_module:
        return True
    names, others = ([n for m, n in each if m == module] for each in (lost, got))
    is_akin = name.lower() in other_name.lower() or other_name.lower() in name.lower()
    return len(names) == 1 == len(others) or is_akin or name in OLD_TYPES


def _imported(code: Code) -> Iterator[tuple[str, str]]:
    for node in code.nodes:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def formatted_sql(wrong: Code, right: Code) -> Iterator[Difference]:
    """SQL that values are formatted into, where the right code has none of that."""
    if any(map(_is_formatted_sql, wrong.nodes)) and not any(map(_is_formatted_sql, right.nodes)):
        condition = Either(
            tuple(
                All((Pattern(place), MetavariableRegex("$TEXT", _FORMATTED)))
                for place in ("$QUERY = $TEXT", "$CURSOR.execute($TEXT, ...)")
            )
        )
        told = "values are formatted into SQL; pass them as parameters"
        yield Difference("formatted-sql", told, condition)


def _is_formatted_sql(node: ast.AST) -> bool:
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
    return isinstance(first, ast.Constant) and _SQL.match(str(first.value)) is not None


def literal_value(wrong: Code, right: Code) -> Iterator[Difference]:
    """Text given to a name that the right code fills from elsewhere: a guess."""
    theirs = {name for name, value in _assigned(right) if not isinstance(value, ast.Constant)}
    for name, value in _assigned(wrong):
        is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
        if is_text and name in theirs:
            told = f"{name} must not be given as text"
            yield Difference(f"literal-{name}", told, Pattern(f'{name} = "..."'), aligned=False)


def _assigned(code: Code) -> Iterator[tuple[str, ast.expr]]:
    for node in code.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
