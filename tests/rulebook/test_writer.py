"""Rules written as YAML read as the same rules again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuck_rules.model import formula as f
from stuck_rules.model.rule import (
    CheckCall,
    Condition,
    Confidence,
    Example,
    Examples,
    FilesCondition,
    Option,
    Origin,
    PathFilter,
    RegexFix,
    Rule,
    Severity,
    TextCondition,
)
from stuck_rules.model.rulebook import AppliesTo, EntryRef, Reminder
from stuck_rules.rulebook.loader import parse_rulebook
from stuck_rules.rulebook.scalars import flow, scalar
from stuck_rules.rulebook.writer import (
    digest_of,
    render_entries,
    render_reminders,
    render_rule,
)

RULE = Rule(
    "magic-none",
    "MagicNone is wrong: use MagicMock.",
    CheckCall("undefined-name", (Option("names", ("MagicNone",), 0),), 0),
    entries=("an-entry",),
    origin=Origin("replaced-name", (3, 4), "0123456789ab"),
    examples=Examples((Example("x = MagicNone\n"),), (Example("x = 1\n"),)),
)
# What YAML allows in a file; a surrogate cannot be written at all.
TEXTS = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t")
)
# The characters that mean something to YAML.
TRICKY = st.text(st.sampled_from("ab1 :#-'\"\\|>{}[],&*!?%@`~\n\t=.é\u2028\ufeff\x85"), min_size=1)


def read(text: str) -> Rule:
    (rule,) = parse_rulebook("rules:\n" + text, shown="r").rules
    return rule


def lineless(rule: Rule) -> Rule:
    """A rule without the lines at which its parts stand, and without the digest of its text."""
    condition = rule.condition
    if isinstance(condition, (CheckCall, TextCondition)):
        options = tuple(replace(option, line=0) for option in condition.options)
        condition = replace(condition, options=options, line=0)
    elif isinstance(condition, FilesCondition):
        condition = replace(condition, line=0)
    else:
        condition = formula(condition)
    examples = Examples(
        tuple(replace(example, line=0) for example in rule.examples.bad),
        tuple(replace(example, line=0) for example in rule.examples.good),
    )
    origin = replace(rule.origin, written="") if rule.origin is not None else None
    substitution = replace(rule.fix_regex, line=0) if rule.fix_regex is not None else None
    return replace(
        rule,
        condition=condition,
        examples=examples,
        origin=origin,
        options=tuple(replace(option, line=0) for option in rule.options),
        fix_regex=substitution,
        rulebook="",
        line=0,
    )


def formula(node: f.Formula | f.Taint) -> f.Formula | f.Taint:
    if isinstance(node, f.Taint):
        return replace(
            node,
            sources=tuple(replace(s, part=part(s.part)) for s in node.sources),
            sinks=tuple(replace(s, part=part(s.part)) for s in node.sinks),
            sanitizers=tuple(replace(s, part=part(s.part)) for s in node.sanitizers),
            propagators=tuple(replace(s, part=part(s.part)) for s in node.propagators),
            line=0,
        )
    return part(node)


def part(node: f.Formula) -> f.Formula:
    if isinstance(node, (f.All, f.Either)):
        return replace(node, parts=tuple(part(each) for each in node.parts), line=0)
    if isinstance(node, (f.Not, f.Inside, f.NotInside, f.MetavariablePattern)):
        return replace(node, part=part(node.part), line=0)
    return replace(node, line=0)


def assert_comes_back(rule: Rule) -> None:
    text = render_rule(rule)
    assert lineless(read(text)) == rule, text


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(f.Pattern("f(...)"), id="pattern"),
        pytest.param(f.Pattern("def $F(...):\n    ...\n"), id="pattern of several lines"),
        pytest.param(
            f.All((f.Pattern("a"), f.Not(f.Pattern("b\nc\n")), f.NotInside(f.Pattern("d")))),
            id="all",
        ),
        pytest.param(
            f.All((f.Pattern("a"), f.Inside(f.Pattern("b")), f.MetavariableRegex("$X", "(?i).*"))),
            id="inside and regex",
        ),
        pytest.param(
            f.Either((f.Pattern('"x": y'), f.All((f.Pattern("z"), f.Pattern("a\nb\n"))))),
            id="either",
        ),
        pytest.param(f.Regex("a\\.b|'c'"), id="regex"),
        pytest.param(
            f.All((f.Pattern("$X"), f.Not(f.Regex("a")), f.Not(f.Either((f.Pattern("a"),))))),
            id="not of a regex and of a choice",
        ),
        pytest.param(
            f.All(
                (
                    f.Inside(
                        f.All((f.Pattern("a"), f.Not(f.Pattern("b\n")))),
                    ),
                    f.Pattern("c"),
                )
            ),
            id="inside of several",
        ),
        pytest.param(
            f.All(
                (
                    f.Pattern("$X"),
                    f.MetavariableRegex("$X", "a", constant_propagation=True),
                    f.MetavariablePattern("$X", f.Either((f.Pattern("a"), f.Pattern("b")))),
                    f.MetavariablePattern("$X", f.Regex("a"), "regex"),
                    f.MetavariableComparison("$X > 1", "$X", base=8, strip=True),
                    f.MetavariableType("$X", ("int", "str")),
                    f.Focus(("$X",)),
                )
            ),
            id="conditions",
        ),
        pytest.param(
            f.Taint(
                (f.TaintSource(f.Pattern("s()"), exact=True, by_side_effect=True, label="A"),),
                (
                    f.TaintSink(f.All((f.Pattern("k($X)"), f.Focus(("$X",)))), requires="A"),
                    f.TaintSink(f.Pattern("l()"), exact=False),
                ),
                (f.TaintSanitizer(f.Pattern("c()"), exact=True, by_side_effect=True),),
                (
                    f.TaintPropagator(f.Pattern("$A.b($C)"), "$C", "$A"),
                    f.TaintPropagator(f.Pattern("$A.b"), "$C", "$A", by_side_effect=False),
                ),
            ),
            id="taint",
        ),
        pytest.param(CheckCall("test-module", (), 0), id="check without options"),
        pytest.param(
            CheckCall(
                "c",
                (
                    Option("a", ("x", "y, z", "true"), 0),
                    Option("b", "0", 0),
                    Option("c", False, 0),
                    Option("d", "", 0),
                    Option("e", "true", 0),
                    Option("f", (), 0),
                ),
                0,
            ),
            id="check",
        ),
        pytest.param(FilesCondition("**/conftest.py", 1, "**/tests", 0), id="files"),
        pytest.param(FilesCondition("*.orig", 0, None, 0), id="files without per"),
    ],
)
def test_conditions_come_back(condition: Condition) -> None:
    assert_comes_back(replace(RULE, condition=condition))


def test_a_text_condition_comes_back() -> None:
    condition = TextCondition(r"(?m)^a\s{flag}", (Option("flag", "--x", 0),), 0)
    rule = replace(RULE, condition=condition, languages=("generic",))
    assert_comes_back(replace(rule, paths=PathFilter(include=("*.sh", "a, b"))))


def test_every_field_comes_back() -> None:
    assert_comes_back(
        replace(
            RULE,
            severity=Severity.ERROR,
            confidence=Confidence.LOW,
            enabled=False,
            note="Ask: first.",
            entries=("a", "b"),
            paths=PathFilter(exclude=("tests/", "test_*.py")),
            examples=Examples(
                (Example("import a\n\n\nb\n", "tests/x.py"),), (Example("c"), Example("d\ne"))
            ),
        )
    )


@given(message=TEXTS.filter(bool), note=TEXTS.filter(bool))
def test_any_message_and_note_come_back(message: str, note: str) -> None:
    assert_comes_back(replace(RULE, message=message, note=note))


@given(code=TEXTS, path=TEXTS.filter(bool))
def test_any_example_comes_back(code: str, path: str) -> None:
    assert_comes_back(replace(RULE, examples=Examples((Example(code, path),), (Example(code),))))


@given(text=TRICKY)
def test_text_that_yaml_reads_otherwise_comes_back(text: str) -> None:
    rule = replace(RULE, message=text, examples=Examples((Example(text),), (Example(text, text),)))
    condition = CheckCall("c", (Option("a", (text, text), 0), Option("b", text, 0)), 0)
    assert_comes_back(replace(rule, condition=condition, paths=PathFilter((text,))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        ("a.b/c-d", "a.b/c-d"),
        ("no", '"no"'),
        ("True", '"True"'),
        ("12", '"12"'),
        ("2024-01-02", '"2024-01-02"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("", '""'),
        (" a", '" a"'),
        ("ends.", '"ends."'),
        ("é", '"é"'),
    ],
)
def test_a_scalar_is_quoted_where_it_must_be(text: str, expected: str) -> None:
    assert scalar(text) == expected


def test_a_flow_list_quotes_what_holds_a_comma() -> None:
    assert flow(("a", "b, c", "*.py", "no")) == '[a, "b, c", "*.py", "no"]'


def test_the_same_rule_is_the_same_bytes() -> None:
    assert render_rule(RULE) == render_rule(replace(RULE, line=9, rulebook="x"))


def test_a_rule_remembers_the_digest_of_its_own_text() -> None:
    text = render_rule(RULE)
    rule = read(text)
    assert rule.origin is not None
    assert rule.origin.written == digest_of(text)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        pytest.param("lines: [3, 4]", "lines: [7, 8]", True, id="origin"),
        pytest.param("  - id", "  # a comment\n\n  - id", True, id="comment in front"),
        pytest.param("severity: warning", "severity: error", False, id="severity"),
        pytest.param("    check", "    # why\n    check", False, id="comment inside"),
        pytest.param("x = 1", "x = 2", False, id="example"),
    ],
)
def test_the_digest_is_of_what_a_person_would_edit(old: str, new: str, same: bool) -> None:
    text = render_rule(RULE)
    edited = text.replace(old, new, 1)
    assert edited != text
    assert (digest_of(edited) == digest_of(text)) is same


def test_reminders_come_back() -> None:
    reminders = (
        Reminder("e", "prevention", "Look: first, then `leap`", (3, 4), "judgement: yours"),
        Reminder("e", "wrong", "no", (5, 5), "", AppliesTo(("a.py",), ("b, c", "d"))),
    )
    text = "rules: []\n" + render_reminders(reminders)
    assert parse_rulebook(text, shown="r").reminders == reminders


def test_no_reminders_are_no_text() -> None:
    assert render_reminders(()) == ""


def test_entries_come_back() -> None:
    entries = (
        EntryRef("a", "Title: with colon", "2024-01-02", "docs/log.md", 3, "title"),
        EntryRef("b", "no", None, "docs/log.md", 9, "b-1"),
    )
    text = "rules: []\n" + render_entries(entries)
    assert parse_rulebook(text, shown="r").entries == entries


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(replace(RULE, fix="MagicMock()", fix_imports=("import a",)), id="fix"),
        pytest.param(replace(RULE, fix="if $X:\n    $Y\n"), id="fix of several lines"),
        pytest.param(replace(RULE, fix_regex=RegexFix("a(b)", r"\1", 2)), id="fix-regex"),
        pytest.param(
            replace(RULE, condition=f.Pattern("x"), options=(Option("symmetric_eq", True, 0),)),
            id="options",
        ),
    ],
)
def test_fixes_and_options_come_back(rule: Rule) -> None:
    assert_comes_back(rule)
