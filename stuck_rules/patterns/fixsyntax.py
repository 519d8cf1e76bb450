"""Whether a rule's fix can ever make code, told by its text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.errors import StuckRulesError
from stuck_rules.model.formula import Focus, Formula, Pattern, Regex, Taint
from stuck_rules.model.rule import RegexFix
from stuck_rules.patterns.reading import parse_python
from stuck_rules.patterns.regexes import group_count
from stuck_rules.patterns.syntax import parts_of

# A metavariable inside a longer name, as in `new_$F`, and one inside a string.
_GLUED = re.compile(r"(?<=\w)\$[A-Z_][A-Z_0-9]*")
_GROUP = re.compile(r"\\(\d+)")
_NAMED_GROUP = re.compile(r"\\g<[^>]*>")


def fix_fault(template: str, condition: Formula | Taint) -> str | None:
    """Why a template is no Python, whatever its metavariables stand for.

    None too where that cannot be told: what is matched may be any piece of code where a
    metavariable is focused on or a regular expression takes part.
    """
    formulas: list[Formula] = []
    if isinstance(condition, Taint):
        formulas.extend(sink.part for sink in condition.sinks)
    else:
        formulas.append(condition)
    parts = [part for formula in formulas for part in _parts(formula)]
    if not template.strip() or any(isinstance(part, (Focus, Regex)) for part in parts):
        return None
    text = _GLUED.sub("_", template.strip("\n"))
    reason = _reason(text)
    return None if reason is None or _reason(f"(\n{text}\n)") is None else reason


def _parts(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in parts_of(formula):
        yield from _parts(part)


def _reason(text: str) -> str | None:
    try:
        parse_python(Pattern(text))
    except StuckRulesError as error:
        return error.problems[0].message.removeprefix("not a Python pattern: ").partition(";")[0]
    return None


def replacement_fault(fix: RegexFix) -> str | None:
    """What a replacement speaks of that its expression has not; the expression is a valid one."""
    named = _NAMED_GROUP.search(fix.replacement)
    if named is not None:
        return f"the replacement's {named[0]} is not understood; number the group, as in \\1"
    count = group_count(fix.regex)
    for found in _GROUP.finditer(fix.replacement):
        if int(found[1]) > count:
            groups = f"{count} group" + "s" * (count != 1)
            return f"the replacement's {found[0]} has no group: the expression has {groups}"
    return None
