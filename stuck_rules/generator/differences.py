"""What of wrong code is not in the right code, as the narrowest pattern that tells them apart.

Known kinds of differences go first: the same call with another keyword, the same receiver with
another method, the same module with another name. They are aligned: the right code shows what
stands in the wrong one's place. What is merely absent from the right code is not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from stuck_rules.generator.form import Form
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.syntax import dotted_name
from stuck_rules.model.formula import All, Formula, Not, Pattern
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Difference:
    """A condition on what is wrong, with its name and a sentence about it.

    `fix` is what the right code has in its place, still to be tried.
    """

    name: str
    message: str
    condition: Formula
    aligned: bool = True
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class _Code:
    """The parts of code that differences are about."""

    calls: tuple[ast.Call, ...]
    imports: frozenset[tuple[str, str]]
    handlers: frozenset[str]
    comparisons: frozenset[str]
    defaults: frozenset[str]
    text: str

    @classmethod
    def of(cls, text: str) -> _Code:
        nodes = list(ast.walk(ast.parse(text)))
        return cls(
            tuple(node for node in nodes if isinstance(node, ast.Call)),
            frozenset(pair for node in nodes for pair in _imported(node)),
            frozenset(_handled(n) for n in nodes if isinstance(n, ast.ExceptHandler)),
            frozenset(text for node in nodes for text in _compared(node)),
            frozenset(text for node in nodes for text in _mutable(node)),
            text,
        )


def find_difference(bad: str, good: str) -> Difference | None:
    """The first difference of a known kind; None where the two differ in nothing that is code."""
    if ast.dump(ast.parse(bad)) == ast.dump(ast.parse(good)):
        return None
    wrong, right = _Code.of(bad), _Code.of(good)
    for find in _KINDS:
        found = next(find(wrong, right), None)
        if found is not None:
            return found
    return None


def _handled(node: ast.ExceptHandler) -> str:
    kind = ast.unparse(node.type) if node.type is not None else ""
    silent = len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
    return f"except {kind}".strip() + (": pass" if silent else ":")


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from ((node.module, alias.name) for alias in node.names)
    elif isinstance(node, ast.Import):
        yield from ((alias.name, "") for alias in node.names)


def _compared(node: ast.AST) -> Iterator[str]:
    """`== None` and its like."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        right = node.comparators[0]
        if isinstance(right, ast.Constant) and right.value in (None, True, False):
            text = ast.unparse(node)
            yield text[len(ast.unparse(node.left)) :].strip()


def _mutable(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if (
                isinstance(default, (ast.List, ast.Dict, ast.Set))
                and not ast.unparse(default)[1:-1]
            ):
                yield ast.unparse(default)


def _keywords(call: ast.Call) -> dict[str, str]:
    return {k.arg: ast.unparse(k.value) for k in call.keywords if k.arg is not None}


def _callee(name: str) -> str | None:
    """The callee of a call's pattern, a variable in front as a metavariable."""
    form = form_of(f"{name}()")
    if form is None or not isinstance(form.condition, Pattern):
        return name if "." in name else None
    return form.condition.text.partition("(")[0]


def _other_keyword(wrong: _Code, right: _Code) -> Iterator[Difference]:
    """The same call with another keyword, another value of it, or without one that it needs."""
    for bad in wrong.calls:
        name = dotted_name(bad.func)
        twins = [
            call for call in right.calls if name is not None and dotted_name(call.func) == name
        ]
        callee = _callee(name) if name is not None else None
        if not twins or callee is None:
            continue
        mine, theirs = _keywords(bad), _keywords(twins[0])
        for key, value in mine.items():
            if key not in theirs:
                yield _keyword(callee, key, None, _renamed(callee, key, mine, theirs))
            elif theirs[key] != value and _is_fixed(value) and _is_fixed(theirs[key]):
                yield _keyword(callee, key, value, _keyworded(callee, f"{key}={theirs[key]}"))
        # A keyword is needed where the two forms call the same, else something else is the point.
        is_point = _names(wrong) == _names(right) and all(k.arg for k in bad.keywords)
        for key in theirs:
            if key not in mine and is_point:
                yield _missing(callee, key, theirs[key])


def _names(code: _Code) -> set[str | None]:
    return {dotted_name(call.func) for call in code.calls}


def _is_fixed(value: str) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return False
    return True


def _keyworded(callee: str, keyword: str) -> str:
    return f"{callee}($...BEFORE, {keyword}, $...AFTER)"


def _renamed(callee: str, key: str, mine: dict[str, str], theirs: dict[str, str]) -> str | None:
    """The call with the one keyword that has the value of the wrong one."""
    names = [name for name, value in theirs.items() if name not in mine and value == mine[key]]
    return _keyworded(callee, f"{names[0]}=$VALUE") if len(names) == 1 else None


def _keyword(callee: str, key: str, value: str | None, fix: str | None) -> Difference:
    last = callee.rpartition(".")[2]
    shown = value if value is not None else "$VALUE"
    name = f"{last}-{key}" if value is None else f"{last}-{key}-{value}"
    told = f"{key}={value}" if value is not None else f"{key}="
    pattern = Pattern(_keyworded(callee, f"{key}={shown}"))
    return Difference(name, f"{last}() must not be given {told}", pattern, fix=fix)


def _missing(callee: str, key: str, value: str) -> Difference:
    last = callee.rpartition(".")[2]
    condition = All(
        (
            Pattern(f"{callee}($...ARGUMENTS)"),
            Not(Pattern(f"{callee}(..., {key}=$VALUE, ...)")),
            Not(Pattern(f"{callee}(..., **$OPTIONS)")),
        )
    )
    fix = f"{callee}($...ARGUMENTS, {key}={value})" if _is_fixed(value) else None
    return Difference(f"{last}-without-{key}", f"{last}() needs {key}=", condition, fix=fix)


def _other_method(wrong: _Code, right: _Code) -> Iterator[Difference]:
    """The same receiver, another method; the same arguments, another function."""
    for bad in wrong.calls:
        name = dotted_name(bad.func)
        if name is None or any(dotted_name(call.func) == name for call in right.calls):
            continue
        for call in right.calls:
            other = dotted_name(call.func)
            if other is None or any(dotted_name(c.func) == other for c in wrong.calls):
                continue
            same_owner = "." in name and name.rpartition(".")[0] == other.rpartition(".")[0]
            same_arguments = bool(bad.args or bad.keywords) and _arguments(bad) == _arguments(call)
            callee = _callee(name) if form_of(f"{name}()") is not None else None
            if callee is not None and (same_owner or same_arguments):
                told = f"{name}() is wrong here; {other}() is right"
                owner = callee.rpartition(".")[0]
                instead = f"{owner}.{other.rpartition('.')[2]}" if same_owner else other
                condition = Pattern(f"{callee}($...ARGUMENTS)")
                yield Difference(name, told, condition, fix=f"{instead}($...ARGUMENTS)")


def _arguments(call: ast.Call) -> list[str]:
    return [ast.dump(node) for node in (*call.args, *call.keywords)]


def _other_import(wrong: _Code, right: _Code) -> Iterator[Difference]:
    """The same name of another module, or another name of the same module."""
    for module, name in sorted(wrong.imports - right.imports):
        for other_module, other_name in sorted(right.imports - wrong.imports):
            if (module == other_module) == (name == other_name):
                continue
            shown = f"from {module} import {name}" if name else f"import {module}"
            instead = f"from {other_module} import {other_name}" if other_name else other_module
            form = form_of(shown)
            if form is not None:
                told = f"{shown} is wrong; {instead}"
                fix = instead if other_name else f"import {other_module}"
                yield Difference(f"{module}-{name}", told, form.condition, fix=fix)


def _other_handler(wrong: _Code, right: _Code) -> Iterator[Difference]:
    yield from _listed(wrong.handlers, right.handlers, "catches too much")


def _other_comparison(wrong: _Code, right: _Code) -> Iterator[Difference]:
    new = sorted(right.comparisons - wrong.comparisons)
    for found in _listed(wrong.comparisons, right.comparisons, "compares wrongly"):
        fix = f"$VALUE {new[0]}" if len(new) == 1 else None
        yield replace(found, fix=fix)


def _listed(wrong: frozenset[str], right: frozenset[str], told: str) -> Iterator[Difference]:
    if not right:
        return
    for text in sorted(wrong - right):
        form = form_of(text)
        if form is not None:
            yield Difference(form.name, f"{text} {told}", form.condition)


def _mutable_default(wrong: _Code, right: _Code) -> Iterator[Difference]:
    for text in sorted(wrong.defaults - right.defaults):
        pattern = Pattern(f"def $FUNCTION(..., $NAME={text}, ...):\n    ...\n")
        yield Difference("mutable-default", f"the default {text} is shared by all calls", pattern)


def _only_wrong(wrong: _Code, right: _Code) -> Iterator[Difference]:
    """A call of the wrong code that the right one has not: a guess."""
    names = {dotted_name(call.func) for call in right.calls}
    for call in wrong.calls:
        name = dotted_name(call.func)
        form: Form | None = form_of(ast.unparse(call)) if name and name not in names else None
        if form is not None and name is not None:
            told = f"{name}() stands in the wrong code only"
            yield Difference(form.name, told, form.condition, aligned=False)


_KINDS: tuple[Callable[[_Code, _Code], Iterator[Difference]], ...] = (
    _mutable_default,
    _other_handler,
    _other_comparison,
    _other_keyword,
    _other_method,
    _other_import,
    _only_wrong,
)
