"""X instead of Y in a root cause; X → Y in a remediation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import (
    Draft,
    Proposal,
    Source,
    check,
    code,
    lessons,
    propose,
)
from stuck_rules.generator.words import dashed, is_name
from stuck_rules.model.formula import Pattern
from stuck_rules.model.lesson import Entry, Log, Polarity, Role
from stuck_rules.model.rule import Condition, Severity

_BAD, _GOOD = r"(?P<bad>[A-Za-z_][\w.]*)", r"(?P<good>[A-Za-z_][\w.]*)"
_INSTEAD = re.compile(rf"`{_BAD}` instead of `{_GOOD}`")
_ARROW = re.compile(rf"`?{_BAD}`?\s*(?:→|->|=>)\s*`?{_GOOD}`?")
_REPLACING = re.compile(r"\b(?:replac|renam|migrat)\w*", re.IGNORECASE)
_UNDEFINED = (
    r"\b(?:undefined|non-existent|nonexistent|unknown)\s+`?{0}\b"
    r"|\b{0}`? (?:does not exist|is not defined|is undefined)"
)
_IMPORT = re.compile(r"from\s+(?P<module>[\w.]+)\s+import\s+(?P<names>[\w, ]+)")


def replaced_name(log: Log) -> Iterator[Proposal]:
    """A name that stands where another belongs; two lessons that agree make it sure."""
    for entry in log.entries:
        found: dict[tuple[str, str], list[Source]] = {}
        for source in lessons(entry, Role.ROOT_CAUSE, Role.WRONG, Role.REMEDIATION):
            pair = _pair(source)
            if pair is not None and pair[0] != pair[1]:
                found.setdefault(pair, []).append(source)
        for (bad, good), agreeing in found.items():
            yield propose(_draft(entry, bad, good, len(agreeing)), "replaced-name", *agreeing)


def _pair(source: Source) -> tuple[str, str] | None:
    """The wrong and the right name: a root cause tells first what was wrong."""
    text = source.lesson.text
    if source.lesson.polarity is Polarity.DONT:
        match = _INSTEAD.search(text)
    else:
        match = _ARROW.search(text) if _REPLACING.search(text) else None
    if match is None or not is_name(match["bad"]) or not is_name(match["good"]):
        return None
    return match["bad"], match["good"]


def _draft(entry: Entry, bad: str, good: str, agreeing: int) -> Draft:
    module = _module_of(entry, good)
    undefined = _is_undefined(entry, bad)
    value = f"{good}()" if good[:1].isupper() else good
    head = f"{_import_of(module, good)}\n" if module else ""
    what = f"{bad} is defined nowhere" if undefined else f"{bad} is the wrong name"
    where = f" from {module}" if module else ""
    return Draft(
        id=dashed(bad),
        message=f"{what}; {good}{where} is meant.",
        condition=_condition(bad, good, module or "", undefined),
        severity=Severity.ERROR,
        note=None if agreeing > 1 else "Only one lesson says so: enable it if your team agrees.",
        bad=code(f"service = {bad}\n", f"run(db={bad})\n"),
        fixed=code(f"{_import_of(module, good)}service = {value}\n") if undefined else (),
        good=code(
            f"{head}service = {value}\n",
            f"# {bad} was here\n",
            *((f"class {bad}:\n    pass\n\n\nservice = {bad}\n",) if undefined else ()),
        ),
    )


def _import_of(module: str | None, name: str) -> str:
    return f"from {module} import {name}\n" if module else ""


def _condition(bad: str, good: str, module: str, undefined: bool) -> Condition:
    if undefined:
        return check("undefined-name", names=(bad,), replacement=good, module=module)
    return Pattern(bad)


def _is_undefined(entry: Entry, name: str) -> bool:
    """Whether the entry says that the name does not exist at all."""
    regex = re.compile(_UNDEFINED.format(re.escape(name)))
    return any(regex.search(lesson.text) for lesson in entry.lessons)


def _module_of(entry: Entry, name: str) -> str | None:
    """The module that the entry imports the right name from."""
    for lesson in entry.lessons:
        for match in _IMPORT.finditer(lesson.text):
            if name in re.findall(r"\w+", match["names"]):
                return match["module"]
    return None
