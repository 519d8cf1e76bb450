"""Calls that differ: in the function, in an argument, in what is done with them."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from stuck_rules.generator.differences.difference import Code, Difference
from stuck_rules.generator.forms import form_of
from stuck_rules.generator.spans import BUILTINS, COMMON_METHODS, KNOWN_MODULES
from stuck_rules.generator.syntax import dotted_name
from stuck_rules.model.formula import All, Formula, Inside, NotInside, Pattern
from stuck_rules.values import replace

_SELECTOR = re.compile(r"[a-z]+(?:_[a-z]+)+")
# Functions that wrong code is wrong for, wherever the right code has none of them.
_NOTORIOUS = frozenset(
    (
        *("eval", "exec", "os.system", "os.popen", "tempfile.mktemp", "yaml.load"),
        *("hashlib.md5", "hashlib.sha1", "pickle.load", "pickle.loads"),
        *("datetime.utcnow", "datetime.datetime.utcnow", "datetime.utcfromtimestamp"),
    )
)
_ASYNC_DEF = Inside(Pattern("async def $FUNCTION(...):\n    ...\n"))


def other_method(wrong: Code, right: Code) -> Iterator[Difference]:
    """The same receiver, another method; the same arguments, another function."""
    for bad in wrong.calls:
        name = dotted_name(bad.func)
        if name is None or name in right.called:
            continue
        for call in right.calls:
            other = dotted_name(call.func)
            if other is None or other in wrong.called or not _is_twin(bad, call):
                continue
            if wrong.method_on(bad) == right.method_on(call) and _is_alone(bad, call, wrong, right):
                is_awaited = other in right.awaited and name not in wrong.awaited
                if is_awaited and wrong.is_synchronous:
                    continue
                found = _instead(name, wrong.callee(name), other, is_awaited)
                found = (_selected(each, bad) for each in found)
                is_common = name.rpartition(".")[2] in COMMON_METHODS
                is_sure = not _is_rewritten(wrong, right) and _is_kin(name, other)
                # What all objects of a kind are asked for shows two things, not one put right.
                is_sure = is_sure and (not is_common or _arguments(bad) == _arguments(call))
                # What is given in another form may be the point, rather than to whom.
                is_sure = is_sure and {*_arguments(bad)} <= {*_arguments(call)}
                yield from (replace(each, aligned=is_sure) for each in found)


def _is_kin(name: str, other: str) -> bool:
    """Whether two functions share a name or an owner, or are both a module's or nobody's.

    Else two objects are no more than samples, and only their arguments are alike.
    """
    owner, _, last = name.rpartition(".")
    other_owner, _, other_last = other.rpartition(".")
    if owner == other_owner or last == other_last:
        return True
    return all(not each or _is_module(each.partition(".")[0]) for each in (owner, other_owner))


def _is_alone(bad: ast.Call, good: ast.Call, wrong: Code, right: Code) -> bool:
    """Whether no third call could be meant, where only the arguments tell which one is."""
    if dotted_name(bad.func) is None:
        return True
    if _owner(bad) == _owner(good) != "":
        return not _is_module(_owner(bad)) or _is_only_other(bad, good, wrong, right)
    mine = {dotted_name(c.func) for c in wrong.calls if _arguments(c) == _arguments(bad)}
    theirs = {dotted_name(c.func) for c in right.calls if _arguments(c) == _arguments(good)}
    return len(mine - right.called) == 1 == len(theirs - wrong.called)


def _is_only_other(bad: ast.Call, good: ast.Call, wrong: Code, right: Code) -> bool:
    """Whether two functions of a module must be meant: the arguments say so, or nothing else can.

    A module has functions for many things; two that only stand in the same code may be for two.
    """
    if _arguments(bad) == _arguments(good):
        return True
    mine = {name for name in wrong.called - right.called if name and _is_of(name, bad)}
    theirs = {name for name in right.called - wrong.called if name and _is_of(name, good)}
    return len(mine) == 1 == len(theirs)


def _is_of(name: str, call: ast.Call) -> bool:
    return name.rpartition(".")[0] == _owner(call)


def _owner(call: ast.Call) -> str:
    return (dotted_name(call.func) or "").rpartition(".")[0]


def _is_twin(bad: ast.Call, good: ast.Call) -> bool:
    """Whether one call stands in the other's place: the owner, the arguments or the name tell."""
    owner, _, last = (dotted_name(bad.func) or "").rpartition(".")
    other_owner, _, other_last = (dotted_name(good.func) or "").rpartition(".")
    if owner and owner == other_owner:
        return True
    if (bad.args or bad.keywords) and _arguments(bad) == _arguments(good):
        # The same method of another object is no other function.
        return last != other_last or not owner or _is_module(owner)
    return last == other_last and _is_module(owner) and _is_module(other_owner)


def _is_module(name: str) -> bool:
    return name in sys.stdlib_module_names or name in KNOWN_MODULES


def _selected(difference: Difference, bad: ast.Call) -> Difference:
    """The difference kept to what an argument selects, as in `tool(action="find_all")`."""
    pattern = difference.condition
    told = [(key.arg, key.value) for key in bad.keywords if isinstance(key.value, ast.Constant)]
    chosen = [(name, value) for name, value in told if _SELECTOR.fullmatch(str(value.value))]
    if not chosen or not isinstance(pattern, Pattern):
        return difference
    name, value = chosen[0]
    callee = pattern.text.partition("(")[0]
    condition = Pattern(f"{callee}(..., {name}={ast.unparse(value)}, ...)")
    return replace(difference, condition=condition, fix=None)


def _is_rewritten(wrong: Code, right: Code) -> bool:
    """Whether so much differs that no one difference can be the point."""
    return min(len(wrong.called - right.called), len(right.called - wrong.called)) > 3


def _instead(name: str, callee: str | None, other: str, is_awaited: bool) -> Iterator[Difference]:
    if callee is None or form_of(f"{name}()") is None:
        return
    owner = name.rpartition(".")[0]
    same_owner = bool(owner) and owner == other.rpartition(".")[0]
    told = f"{name}() is wrong here; {other}() is right"
    instead = f"{callee.rpartition('.')[0]}.{other.rpartition('.')[2]}" if same_owner else other
    fix = f"await {instead}($...ARGUMENTS)" if is_awaited else f"{instead}($...ARGUMENTS)"
    condition: Formula = Pattern(f"{callee}($...ARGUMENTS)")
    if is_awaited:
        # What must be awaited shows that the place is a coroutine.
        condition = All((condition, _ASYNC_DEF))
    root = name.partition(".")[0]
    is_known = root in KNOWN_MODULES and not is_awaited
    is_common = not is_awaited and name not in _NOTORIOUS and (_is_module(root) or name in BUILTINS)
    yield Difference(name, told, condition, fix=fix, is_known=is_known, is_common=is_common)


def _arguments(call: ast.Call) -> list[str]:
    return [ast.dump(node) for node in (*call.args, *call.keywords)]


def other_argument(wrong: Code, right: Code) -> Iterator[Difference]:
    """The same call with text that is put together, or with a value that is made otherwise."""
    for bad in wrong.calls:
        name = dotted_name(bad.func)
        callee = wrong.callee(name)
        for good in right.twins(bad) if callee is not None else ():
            for place, (mine, theirs) in enumerate(zip(bad.args, good.args, strict=False)):
                before = "$_, " * place
                shown = _made_text(mine) if isinstance(theirs, ast.Constant) else None
                shown = shown or (None if _is_called(mine, right) else _made_value(mine, theirs))
                if shown is not None and callee is not None:
                    told = f"{name}() must not be given {ast.unparse(mine)}"
                    condition = Pattern(f"{callee}({before}{shown}, ...)")
                    yield Difference(f"{name}-given-{_kind(mine)}", told, condition)


def _is_called(node: ast.expr, code: Code) -> bool:
    """Whether code calls the function or the method of a call somewhere, so that it is right."""
    name = _kind(node)
    return any(name in (dotted_name(c.func) or "").split(".") for c in code.calls) or any(
        isinstance(c.func, ast.Attribute) and c.func.attr == name for c in code.calls
    )


def _made_text(node: ast.expr) -> str | None:
    """Text that is put together from values, as a pattern."""
    if isinstance(node, ast.JoinedStr):
        return 'f"..."'
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
        sign = {ast.Mod: "%", ast.Add: "+"}.get(type(node.op))
        return f'"..." {sign} $TEXT' if sign and isinstance(node.left.value, str) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_text = isinstance(node.func.value, ast.Constant)
        return '"...".format(...)' if is_text and node.func.attr == "format" else None
    return None


def _made_value(mine: ast.expr, theirs: ast.expr) -> str | None:
    """A call whose value is handed on, where the right code hands on another call's."""
    if not isinstance(mine, ast.Call) or not isinstance(theirs, ast.Call):
        return None
    if ast.dump(mine.func) == ast.dump(theirs.func):
        return None
    if isinstance(mine.func, ast.Attribute) and not mine.keywords:
        owner = dotted_name(mine.func.value)
        is_object = owner is not None and "." not in owner and owner not in KNOWN_MODULES
        return f"$OBJECT.{mine.func.attr}(...)" if is_object else None
    name = dotted_name(mine.func)
    return f"{name}(...)" if name is not None else None


def _kind(node: ast.expr) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)):
        return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    return "formatted-text"


def discarded(wrong: Code, right: Code) -> Iterator[Difference]:
    """A call alone in its line, whose value the right code keeps."""
    for statement in _alone(wrong):
        name = dotted_name(statement.func)
        callee = wrong.callee(name)
        kept = [c for c in right.twins(statement) if all(c is not a for a in _alone(right))]
        is_same = bool(kept) and ast.dump(kept[0]) == ast.dump(statement)
        # Where the wrong code calls something else too, that may be the point.
        if callee is None or not is_same or not wrong.called <= right.called:
            continue
        around = ("$KEPT = ...", "return ...", "await ...", f"$USE(..., {callee}(...), ...)")
        condition = All((Pattern(f"{callee}(...)"), *(NotInside(Pattern(each)) for each in around)))
        told = f"what {name}() gives must be kept"
        yield Difference(f"{name}-discarded", told, condition)


def _alone(code: Code) -> list[ast.Call]:
    statements = (node.value for node in code.nodes if isinstance(node, ast.Expr))
    return [value for value in statements if isinstance(value, ast.Call)]


def unwrapped(wrong: Code, right: Code) -> Iterator[Difference]:
    """A call that the right code has inside another one."""
    for bad in wrong.calls:
        name = dotted_name(bad.func)
        callee = wrong.callee(name)
        for good in right.calls:
            around = dotted_name(good.func)
            if callee is None or around is None or around in wrong.called:
                continue
            if around.partition(".")[0] in right.bound or _is_handed_on(bad, around, wrong):
                continue
            if [*map(ast.dump, good.args)] == [ast.dump(bad)] and callee not in BUILTINS:
                condition = All((Pattern(f"{callee}(...)"), NotInside(Pattern(f"{around}(...)"))))
                told = f"{name}() must stand in {around}()"
                yield Difference(f"{name}-outside-{around}", told, condition)


def _is_handed_on(call: ast.Call, around: str, code: Code) -> bool:
    """Whether a call stands in another one of the same name, so that only the owner differs."""
    last = around.rpartition(".")[2]
    outer = (c for c in code.calls if any(argument is call for argument in c.args))
    return any((dotted_name(each.func) or "").rpartition(".")[2] == last for each in outer)


def notorious(wrong: Code, right: Code) -> Iterator[Difference]:
    """A call that all know to be wrong, which the right code has not."""
    for call in wrong.calls:
        name = dotted_name(call.func) or ""
        form = form_of(f"{name}()") if name in _NOTORIOUS else None
        if form is not None and name not in right.called and wrong.callee(name) is not None:
            told = f"{name}() stands in the wrong code only"
            yield Difference(name, told, form.condition, is_known=True)


def only_wrong(wrong: Code, right: Code) -> Iterator[Difference]:
    """A call of the wrong code that the right one has not: a guess."""
    for call in wrong.calls:
        name = dotted_name(call.func)
        if name in right.called - {None} or (name or "").partition(".")[0] in wrong.bound:
            continue
        form = form_of(ast.unparse(call))
        if form is not None and isinstance(form.condition, Pattern):
            told = f"{form.condition.text} stands in the wrong code only"
            yield Difference(form.name, told, form.condition, aligned=False)
