"""Sample expressions of a log: what stands for any value, and what makes the sample wrong."""

from __future__ import annotations

import ast
import re
import sys

from stuck_rules.generator.form import Form, FormKind
from stuck_rules.generator.spans import BUILTINS, COMMON_METHODS, KNOWN_MODULES, OLD_TYPES, TYPES
from stuck_rules.generator.syntax import dotted_name
from stuck_rules.generator.values import (
    compared_call,
    comparison_form,
    generic_form,
    is_fixed,
    literal_form,
)
from stuck_rules.model.formula import Either, Pattern

# What is called in a text without its object, though it is a method.
_METHODS = frozenset(
    re.findall(
        r"\w+",
        """
        read_text read_bytes write_text write_bytes with_suffix with_name is_file is_dir
        relative_to is_relative_to is_absolute as_posix to_csv to_dict to_sql to_json to_numpy
        """,
    )
)
_CALLED_MODULES = frozenset(("subprocess", "logging", "random", "socket", "threading"))
# Functions whose bare names mean something else as often: a field, a type of another language.
_PLAIN_WORDS = frozenset(
    ("all", "any", "format", "hash", "help", "id", "iter", "max", "min", "next")
)
_HUMPS = re.compile(r"[A-Z][a-z0-9]+[A-Z]\w*")
_CAMEL = re.compile(r"[a-z][a-z0-9]*[A-Z]\w*")


def expression_form(span: str, node: ast.expr, before: str) -> Form | None:
    """A sample expression as a form; None where it says too little."""
    if isinstance(node, ast.Constant):
        return literal_form(span, node)
    acted = _acted_on(span, node, before)
    if acted is not None:
        return acted
    if isinstance(node, ast.Name):
        return _name(span, node.id, before)
    if isinstance(node, ast.Await):
        node = node.value
    if isinstance(node, ast.Attribute):
        return _attribute(span, node, before)
    if isinstance(node, ast.Call):
        return _call(span, node)
    if isinstance(node, ast.Subscript):
        return generic_form(span, node) or _sample(span, node)
    return _sample(span, node) if isinstance(node, ast.Compare) else None


_RAISING = re.compile(
    r"\brais(?:e|ing)\s+(?:an?\s+)?(?:(?:bare|plain|generic|broad)\s+)?$", re.IGNORECASE
)
_CATCHING = re.compile(
    r"\bcatch(?:ing)?\s+(?:an?\s+)?(?:(?:bare|plain|generic|broad)\s+)?$", re.IGNORECASE
)


_INHERITING = re.compile(r"\b(?:inherit|deriv|subclass|extend)\w*\b[^.;:]*$", re.IGNORECASE)


def _acted_on(span: str, node: ast.expr, before: str) -> Form | None:
    """What is raised, caught or inherited from: the verb in front says so."""
    name = node.func if isinstance(node, ast.Call) else node
    dotted = dotted_name(name)
    if dotted is None or not dotted.rpartition(".")[2][:1].isupper():
        return None
    if _INHERITING.search(before):
        based = Pattern(f"class $NAME(..., {dotted}, ...):\n    ...\n")
        example = f"class Own({dotted}):\n    pass\n"
        return Form(span, FormKind.STATEMENT, f"class-of-{dotted}", based, example)
    if _RAISING.search(before):
        raised = Either((Pattern(f"raise {dotted}"), Pattern(f"raise {dotted}(...)")))
        label = f"raise-{dotted}"
        return Form(span, FormKind.STATEMENT, label, raised, f'raise {dotted}("lost")\n')
    if _CATCHING.search(before):
        caught = tuple(
            Pattern(f"try:\n    ...\nexcept {dotted}{bound}:\n    ...\n")
            for bound in ("", " as $E")
        )
        example = f"try:\n    run()\nexcept {dotted}:\n    handle()\n"
        return Form(span, FormKind.STATEMENT, f"except-{dotted}", Either(caught), example)
    return None


_MODULE_BEFORE = re.compile(
    r"\b(?:import(?:s|ing)?|librar(?:y|ies)|packages?|modules?|dependenc(?:y|ies)|from)\s*(?:the\s+)?$",
    re.IGNORECASE,
)


def _name(span: str, name: str, before: str) -> Form | None:
    if _MODULE_BEFORE.search(before):
        return module_form(span, name)
    if name in TYPES:
        return None
    if name in OLD_TYPES:
        spelt = Either((Pattern(f"{name}[...]"), Pattern(f"from typing import {name}")))
        return Form(span, FormKind.NAME, f"typing-{name}", spelt, f"from typing import {name}\n")
    if name in BUILTINS and name not in _PLAIN_WORDS:
        return Form(span, FormKind.CALL, name, Pattern(f"{name}(...)"), f"result = {name}(value)\n")
    is_telling = _HUMPS.fullmatch(name) or ("_" in name.strip("_") and not name.startswith("__"))
    if not is_telling:
        return None
    return Form(span, FormKind.NAME, name, Pattern(name), f"result = {name}\n")


def is_old_type(form: Form) -> bool:
    """Whether a form is a type of `typing` that has a newer spelling, which is never both."""
    name = form.span.removeprefix("typing.").partition("[")[0]
    return name in OLD_TYPES


def camel_form(span: str) -> Form | None:
    """A name such as `addNode`, which is Python's only where a Python name takes its place."""
    if not _CAMEL.fullmatch(span):
        return None
    return Form(span, FormKind.NAME, span, Pattern(span), f"result = {span}\n")


def module_form(span: str, name: str) -> Form:
    """An import of a module in any form."""
    condition = Either((Pattern(f"import {name}"), Pattern(f"from {name} import $NAME")))
    return Form(span, FormKind.IMPORT, name, condition, f"import {name}\n")


def _receiver(dotted: str) -> str | None:
    """The dotted name with a variable in front as a metavariable; None where too little is left.

    A module or a class stands for itself, a variable for any object; then the method's name
    alone must tell what is meant.
    """
    root, _, rest = dotted.partition(".")
    if not rest or root in sys.stdlib_module_names or root[:1].isupper() or root in BUILTINS:
        return dotted
    last = rest.rpartition(".")[2]
    if root in {"self", "cls"}:
        return dotted
    is_module = "." in rest or root in KNOWN_MODULES
    if is_module:
        return dotted
    if last in COMMON_METHODS or (
        "_" not in last.strip("_") and not re.search(r"[a-z][A-Z]", last)
    ):
        return dotted if root not in {"obj", "x", "foo"} else None
    return f"$OBJECT.{last}"


def _attribute(span: str, node: ast.Attribute, before: str) -> Form | None:
    dotted = dotted_name(node)
    if dotted is None or dotted.startswith("__"):
        return None
    if _MODULE_BEFORE.search(before):
        return module_form(span, dotted)
    pattern = _receiver(dotted)
    if pattern is None:
        return None
    example = f"result = {_shown(pattern)}\n"
    return Form(span, FormKind.NAME, dotted.removeprefix("obj."), Pattern(pattern), example)


def _call(span: str, node: ast.Call) -> Form | None:
    dotted = dotted_name(node.func)
    if dotted is None:
        return _chained(span, node)
    if dotted in _METHODS:
        dotted = f"obj.{dotted}"
    pattern = f"$OBJECT.{dotted[4:]}" if dotted[4:] in _METHODS else _receiver(dotted)
    if dotted in KNOWN_MODULES or dotted in _CALLED_MODULES:
        # `subprocess(shell=True)` stands for any function of the module.
        pattern = f"{dotted}.$FUNCTION"
    name = dotted.removeprefix("obj.")
    arguments = _arguments(node)
    if pattern is None or arguments is None or _says_too_little(name, arguments[0]):
        return None
    asked = ", ".join(("...", *(f"{a}, ..." for a in arguments[0]))) if arguments[0] else "..."
    given = ", ".join(arguments[1] or ("value",))
    label = "-".join((name, *arguments[2]))
    example = f"result = {_shown(pattern)}({given})\n"
    return Form(span, FormKind.CALL, label, Pattern(f"{pattern}({asked})"), example)


def _chained(span: str, node: ast.Call) -> Form | None:
    """A method of what another call gives."""
    if not isinstance(node.func, ast.Attribute) or not isinstance(node.func.value, ast.Call):
        return None
    inner = _call(ast.unparse(node.func.value), node.func.value)
    arguments = _arguments(node)
    if inner is None or not isinstance(inner.condition, Pattern) or arguments is None:
        return None
    asked = ", ".join(("...", *(f"{a}, ..." for a in arguments[0]))) if arguments[0] else "..."
    example = f"{inner.example.strip()}.{node.func.attr}({', '.join(arguments[1] or ('value',))})\n"
    pattern = Pattern(f"{inner.condition.text}.{node.func.attr}({asked})")
    return Form(span, FormKind.CALL, f"{inner.name}-{node.func.attr}", pattern, example)


def _shown(pattern: str) -> str:
    """Code that a callee's pattern matches."""
    return pattern.replace("$OBJECT", "thing").replace("$FUNCTION", "run")


def _says_too_little(name: str, arguments: list[str]) -> bool:
    """Whether a bare name is one that many functions have."""
    return name in COMMON_METHODS and name not in BUILTINS and not arguments


def _arguments(node: ast.Call) -> tuple[list[str], list[str], list[str]] | None:
    """The arguments that make a sample what it is: for the pattern, the example and the name."""
    asked: list[str] = []
    given: list[str] = []
    named: list[str] = []
    for argument in node.args:
        if isinstance(argument, ast.Constant) and argument.value is not ...:
            text = ast.unparse(argument)
            asked.append(text)
            given.append(text)
            named.append(str(argument.value))
        elif isinstance(argument, ast.Call) and len(node.args) == 1:
            inner = _call(ast.unparse(argument), argument)
            if inner is None or not isinstance(inner.condition, Pattern):
                return None
            asked.append(inner.condition.text)
            given.append(inner.example.removeprefix("result = ").strip())
            named.append(inner.name)
        elif isinstance(argument, ast.Attribute) and len(node.args) == 1 and _is_library(node):
            # The function is fine, what it is given makes the sample wrong.
            asked.append(f"$OWNER.{argument.attr}")
            given.append(f"thing.{argument.attr}")
        elif isinstance(argument, ast.JoinedStr):
            asked.append('f"..."')
            given.append('f"{value}"')
            named.append("f-string")
    for keyword in node.keywords:
        if keyword.arg is None:
            continue
        kept = is_fixed(ast.Expr(keyword.value))
        value = ast.unparse(keyword.value)
        asked.append(f"{keyword.arg}={value if kept else '$' + keyword.arg.upper()}")
        given.append(f"{keyword.arg}={value if kept else 'value'}")
        named.append(f"{keyword.arg}-{value}" if kept else keyword.arg)
    return asked, given, named


def _is_library(node: ast.Call) -> bool:
    """Whether a call is of a function of the standard library, or of one that all know."""
    root = (dotted_name(node.func) or "").partition(".")[0]
    return root in sys.stdlib_module_names or root in KNOWN_MODULES or root in BUILTINS


def _sample(span: str, node: ast.Compare | ast.Subscript) -> Form | None:
    """A comparison or a subscript with its variables as metavariables."""
    if isinstance(node, ast.Subscript):
        owner = dotted_name(node.value)
        if owner is None or "." not in owner or not isinstance(node.slice, ast.Constant):
            return None
        text = ast.unparse(node)
        return Form(
            span,
            FormKind.EXPRESSION,
            f"{owner}-{node.slice.value!r}",
            Pattern(text),
            f"result = {text}\n",
        )
    right = node.comparators[0]
    if len(node.ops) == 1 and isinstance(node.left, ast.Call):
        return compared_call(span, node)
    if (
        len(node.ops) != 1
        or not isinstance(right, ast.Constant)
        or not isinstance(node.left, ast.Name)
    ):
        return None
    text = ast.unparse(node)
    operator = text[len(node.left.id) :].strip()
    return comparison_form(operator)
