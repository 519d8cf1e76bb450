"""Runs a rule's fix on code, for the tables of this folder."""

from __future__ import annotations

import ast
import textwrap

from stuck_rules.engine import check_source
from stuck_rules.fixes import apply_fixes
from stuck_rules.model.edit import Fix
from stuck_rules.model.formula import Formula, Pattern
from stuck_rules.model.rule import RegexFix, Rule


def rule(
    condition: str | Formula, fix: str | None, *, regex: RegexFix | None = None, name: str = "p"
) -> Rule:
    formula = Pattern(condition) if isinstance(condition, str) else condition
    return Rule(name, "m", formula, fix=fix, fix_regex=regex)


def fixes_of(code: str, *rules: Rule) -> list[Fix]:
    result = check_source(code, "a.py", rules)
    assert result.problems == ()
    return [violation.fix for violation in result.violations if violation.fix is not None]


def fixed(code: str, *rules: Rule) -> str:
    """The code after one round of fixes; it must be code."""
    text = apply_fixes(code, fixes_of(code, *rules))
    ast.parse(text.removeprefix("\ufeff"))
    return text


def block(text: str) -> str:
    """Code that a table writes indented."""
    return textwrap.dedent(text).lstrip("\n")
