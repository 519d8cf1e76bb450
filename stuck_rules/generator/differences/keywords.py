"""Calls of the same function that differ in a keyword."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from stuck_rules.generator.differences.difference import Code, Difference
from stuck_rules.generator.syntax import dotted_name
from stuck_rules.model.formula import All, Not, Pattern
from stuck_rules.values import replace

# Text that names a choice: `utf-8`, `POST_ONLY`; no title, no address, no file, as no number is.
_CHOICE = re.compile(r"[a-z][a-z0-9_-]*|[A-Z][A-Z0-9_]*|")


def _keywords(call: ast.Call) -> dict[str, str]:
    return {k.arg: ast.unparse(k.value) for k in call.keywords if k.arg is not None}


def other_keyword(wrong: Code, right: Code) -> Iterator[Difference]:
    """The same call with another keyword, another value of it, or without one that it needs."""
    for bad in wrong.calls:
        name = dotted_name(bad.func)
        twin = next(right.twins(bad), None)
        callee = wrong.callee(name)
        if twin is None or callee is None:
            continue
        mine, theirs = _keywords(bad), _keywords(twin)
        is_whole = all(k.arg for k in twin.keywords)
        for key, value in mine.items():
            if key not in theirs and is_whole:
                yield _keyword(callee, key, None, _renamed(callee, key, mine, theirs))
            elif _are_other_values(value, theirs.get(key)):
                yield _keyword(callee, key, value, _keyworded(callee, f"{key}={theirs[key]}"))
        # A keyword is needed where the two forms call the same, else something else is the point.
        is_point = wrong.called == right.called and all(k.arg for k in bad.keywords)
        given = {ast.unparse(node) for node in bad.args}
        for key in theirs:
            # What is given by its place is not missing.
            if key not in mine and is_point and theirs[key] not in given:
                yield _missing(callee, key, theirs[key])


def _are_other_values(mine: str, theirs: str | None) -> bool:
    """Whether both are values that one chooses between, where other text is a sample's data."""
    if theirs is None or theirs == mine:
        return False
    values = [ast.literal_eval(text) for text in (mine, theirs) if _is_fixed(text)]
    return len(values) == 2 and all(map(_is_choice, values))


def _is_choice(value: object) -> bool:
    if isinstance(value, str):
        return _CHOICE.fullmatch(value) is not None
    return value is None or isinstance(value, bool)


def perhaps_missing(wrong: Code, right: Code) -> Iterator[Difference]:
    """The same call with one keyword more, where other things differ too: a guess."""
    for bad in wrong.calls:
        callee = wrong.callee(dotted_name(bad.func))
        if callee is None or not bad.args:
            continue
        for good in right.twins(bad):
            theirs = _keywords(good)
            if [*map(ast.dump, bad.args)] == [*map(ast.dump, good.args)]:
                for key in [key for key in theirs if key not in _keywords(bad)]:
                    yield replace(_missing(callee, key, theirs[key]), aligned=False)


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
