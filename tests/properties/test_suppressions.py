"""Whatever the code, suppressions hide what they name and nothing else, and leave no trace."""

from __future__ import annotations

import ast
import re
import tokenize
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stuck_rules
from stuck_rules.cst.source import parse
from stuck_rules.engine import check_source
from stuck_rules.model.edit import apply_edits
from stuck_rules.model.formula import Pattern, Regex
from stuck_rules.model.rule import Rule
from stuck_rules.model.violation import Violation
from stuck_rules.project import load_rules
from stuck_rules.suppressions.addition import add_directives
from stuck_rules.suppressions.layout import tokens_of
from stuck_rules.suppressions.reading import directives_of_code
from stuck_rules.suppressions.removal import remove_directive

# The first parse raises the recursion limit, which no single example may do.
parse("")

ROOT = Path(stuck_rules.__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples" / "patterns").glob("*.py"))
FILES = [
    path
    for folder in ("stuck_rules", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    # Those that speak of suppressions hold some.
    if path.stat().st_size < 8_000 and "suppress" not in path.read_text(encoding="utf-8")
]
RULES = (
    Rule("calls", "m", Pattern("$F(...)")),
    Rule("returns", "m", Pattern("return $X")),
    Rule("texts", "m", Regex(r"\bthe\b")),
)
REASON = "so it was"


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def hidden(source: str, rules: tuple[Rule, ...]) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {rule.id: [] for rule in rules}
    for violation in check_source(source, "a.py", rules, fixes=False).violations:
        found[violation.rule].append(violation.suppressed is not None)
    return found


def violations(source: str, rules: tuple[Rule, ...]) -> tuple[Violation, ...]:
    return check_source(source, "a.py", rules, fixes=False).violations


def hide(source: str, rules: tuple[Rule, ...], names: set[str]) -> str:
    wanted = [v for v in violations(source, rules) if v.rule in names and v.suppressed is None]
    return apply_edits(source, add_directives(source, wanted, REASON))


def assert_only_named_ones_are_hidden(source: str, rules: tuple[Rule, ...], names: set[str]) -> str:
    after = hide(source, rules, names)
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(source))
    before = hidden(source, rules)
    for rule, marks in hidden(after, rules).items():
        assert marks == [rule in names] * len(before[rule])
    return after


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(FILES), st.sets(st.sampled_from([rule.id for rule in RULES])))
def test_what_is_named_is_hidden_and_nothing_else(path: Path, names: set[str]) -> None:
    source = read(path)
    after = assert_only_named_ones_are_hidden(source, RULES, names)
    assert hide(after, RULES, names) == after


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in EXAMPLES])
def test_the_rules_of_the_examples(path: Path) -> None:
    rules = load_rules(path.with_suffix(".yaml"), shown=path.stem).rules
    for names in ({rule.id for rule in rules[::2]}, {rule.id for rule in rules}):
        assert_only_named_ones_are_hidden(read(path), rules, names)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(FILES), st.sets(st.sampled_from([rule.id for rule in RULES]), min_size=1))
def test_what_was_added_can_be_taken_away(path: Path, names: set[str]) -> None:
    source = read(path)
    after = hide(source, RULES, names)
    lines = after.split("\n")
    edits = [remove_directive(placed, lines) for placed in directives_of_code(after).placed]
    assert apply_edits(after, edits) == re.sub(r"[ \t]+$", "", source, flags=re.MULTILINE)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 1_000_000))
def test_nothing_in_a_string_is_a_suppression(path: Path, seed: int) -> None:
    source, random = read(path), Random(seed)
    strings = [token for token in tokens_of(source) if token.type == tokenize.STRING]
    if not strings:
        return
    token = random.choice(strings)
    quote = re.search(r"'''|\"\"\"|'|\"", token.string)
    assert quote is not None
    line, column = token.start
    lines = source.split("\n")
    place = column + quote.end()
    text = random.choice(["# stuck-rules: ignore -- x", "# stuck-rules: ignore-file[a] -- x"])
    if len(quote[0]) == 3 and random.random() < 0.5:
        text = f"\n{text}\n"
    lines[line - 1] = f"{lines[line - 1][:place]} {text} {lines[line - 1][place:]}"
    assert directives_of_code("\n".join(lines)).placed == ()
