"""Where a new suppression goes, and that it holds there."""

from __future__ import annotations

import ast

import pytest

from stuck_rules.engine import check_source
from stuck_rules.errors import UsageError
from stuck_rules.model.edit import apply_edits
from stuck_rules.model.formula import Pattern, Regex
from stuck_rules.model.rule import CheckCall, Option, Rule, Severity
from stuck_rules.model.source import FilePath, Span, normalise_text
from stuck_rules.model.violation import Violation
from stuck_rules.suppressions.addition import add_directives, check_reason
from stuck_rules.suppressions.layout import says_the_same

BAD = Rule("bad", "m", CheckCall("undefined-name", (Option("names", ("Bad",), 0),), 0))
OLD = Rule("old", "m", Pattern("old(...)"))
TEXT = Rule("text", "m", Regex("FIXME"))
RULES = (BAD, OLD, TEXT)
REASON = "legacy"


def added(before: str) -> str:
    """The code with all its violations hidden, which is checked."""
    violations = [v for v in check_source(before, "a.py", RULES).violations if not v.suppressed]
    after = apply_edits(before, add_directives(normalise_text(before), violations, REASON))
    result = check_source(after, "a.py", RULES)
    assert [v for v in result.violations if v.suppressed is None] == []
    assert len(result.violations) >= len(violations)
    assert ast.dump(ast.parse(normalise_text(after))) == ast.dump(ast.parse(normalise_text(before)))
    return after


LONG = "a" * 60
HIDE = "# stuck-rules: ignore[bad] -- legacy"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("x = Bad\n", f"x = Bad  {HIDE}\n", id="end of the line"),
        pytest.param("x = Bad", f"x = Bad  {HIDE}", id="no last line end"),
        pytest.param("x = Bad   \n", f"x = Bad  {HIDE}\n", id="space at the end"),
        pytest.param("x = Bad  # noqa\n", f"x = Bad  # noqa  {HIDE}\n", id="behind another"),
        pytest.param("x = Bad\r\ny\r\n", f"x = Bad  {HIDE}\r\ny\r\n", id="CRLF"),
        pytest.param("x = Bad\ry\r", f"x = Bad  {HIDE}\ry\r", id="CR"),
        pytest.param("\ufeffx = Bad\n", f"\ufeffx = Bad  {HIDE}\n", id="byte order mark"),
        pytest.param("x = Bad; y = Bad\n", f"x = Bad; y = Bad  {HIDE}\n", id="two on a line"),
        pytest.param(
            "x = old(Bad)\n",
            "x = old(Bad)  # stuck-rules: ignore[bad, old] -- legacy\n",
            id="two rules",
        ),
        pytest.param(
            f"if a:\n\tx = Bad, '{LONG}'\n",
            f"if a:\n\t{HIDE}\n\tx = Bad, '{LONG}'\n",
            id="above a line that is too long, with its indentation",
        ),
        pytest.param(
            f"f(\n    1,\n    '{LONG}', Bad,\n)\n",
            f"f(\n    1,\n    {HIDE}\n    '{LONG}', Bad,\n)\n",
            id="above a line in brackets",
        ),
        pytest.param(
            "f(\n    1,\n    Bad,\n    2,\n)\n",
            f"f(\n    1,\n    Bad,  {HIDE}\n    2,\n)\n",
            id="a line in brackets",
        ),
        pytest.param("f(Bad,\n  Bad)\n", f"f(Bad,  {HIDE}\n  Bad)\n", id="one for a statement"),
        pytest.param("x = Bad + \\\n    1\n", f"{HIDE}\nx = Bad + \\\n    1\n", id="a backslash"),
        pytest.param(
            "x = 1 + \\\n    Bad + \\\n    1\n",
            f"{HIDE}\nx = 1 + \\\n    Bad + \\\n    1\n",
            id="between backslashes",
        ),
        pytest.param("x = '''\n''', Bad\n", f"x = '''\n''', Bad  {HIDE}\n", id="behind a string"),
        pytest.param(
            "x = Bad, '''\n'''\n", f"{HIDE}\nx = Bad, '''\n'''\n", id="before a long string"
        ),
        pytest.param(
            "x = '''\nFIXME\n'''\n",
            "# stuck-rules: ignore[text] -- legacy\nx = '''\nFIXME\n'''\n",
            id="in a long string",
        ),
        pytest.param(
            "x = f'''\n{Bad\n}'''\n", f"{HIDE}\nx = f'''\n{{Bad\n}}'''\n", id="in an f-string"
        ),
        pytest.param(
            "# FIXME\n", "# FIXME  # stuck-rules: ignore[text] -- legacy\n", id="in a comment"
        ),
        pytest.param(
            f"x\n# FIXME {LONG}\n# c\n",
            f"x\n# stuck-rules: ignore[text] -- legacy\n# FIXME {LONG}\n# c\n",
            id="above a long comment with no code below",
        ),
        pytest.param("if Bad: pass\n", f"if Bad: pass  {HIDE}\n", id="a block on a line"),
        pytest.param(
            "x = Bad  # stuck-rules: ignore[old] -- legacy\n",
            "x = Bad  # stuck-rules: ignore[old, bad] -- legacy\n",
            id="into one of the same reason",
        ),
        pytest.param(
            "# stuck-rules: ignore[old] -- legacy\nx = Bad\n",
            "# stuck-rules: ignore[old, bad] -- legacy\nx = Bad\n",
            id="into one of the same reason above",
        ),
        pytest.param(
            "x = Bad  # stuck-rules: ignore[old] -- why\n",
            f"x = Bad  # stuck-rules: ignore[old] -- why  {HIDE}\n",
            id="beside one of another reason",
        ),
        pytest.param(
            f"x = Bad, '{LONG[:50]}'  # stuck-rules: ignore[old] -- legacy\n",
            f"{HIDE}\nx = Bad, '{LONG[:50]}'  # stuck-rules: ignore[old] -- legacy\n",
            id="not into one whose line is full",
        ),
        pytest.param(
            "x = Bad  # stuck-rules: ignore[bad\n",
            f"x = Bad  # stuck-rules: ignore[bad  {HIDE}\n",
            id="behind a malformed one",
        ),
        pytest.param("y\nx = Bad\n# c\n", f"y\nx = Bad  {HIDE}\n# c\n", id="only its line"),
    ],
)
def test_places(before: str, after: str) -> None:
    assert added(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "# F\n", id="empty"),
        pytest.param("x\n", "# F\nx\n", id="first"),
        pytest.param('"""Doc."""\n', '# F\n"""Doc."""\n', id="above the docstring"),
        pytest.param("#!/bin/x\nx\n", "#!/bin/x\n# F\nx\n", id="below an interpreter"),
        pytest.param("#!/bin/x", "#!/bin/x\n# F", id="an interpreter alone"),
        pytest.param("# coding: latin-1\nx\n", "# coding: latin-1\n# F\nx\n", id="an encoding"),
        pytest.param("#!/x\n# vim: encoding=utf-8\nx\n", "#!/x\n# vim: encoding=utf-8\n# F\nx\n",
                     id="both"),
        pytest.param("    # indented\nx\n", "# F\n    # indented\nx\n", id="not indented"),
        pytest.param(
            "x\n# stuck-rules: ignore-file[old] -- legacy\n",
            "x\n# stuck-rules: ignore-file[old, bad] -- legacy\n",
            id="into one that is there",
        ),
    ],
)  # fmt: skip
def test_a_violation_of_the_whole_file(before: str, after: str) -> None:
    path = FilePath("a.py", "a.py")
    violation = Violation("bad", Severity.ERROR, "m", path, Span.of(1, 1, 1, 1))
    edits = add_directives(before, [violation], REASON)
    comment = "# stuck-rules: ignore-file[bad] -- legacy"
    assert apply_edits(before, edits) == after.replace("# F", comment)


@pytest.mark.parametrize(
    "reason", ["why", "see #12: it's so", "a -- b", "größer", "[x]", "`c`", "x --> y", "a */"]
)
def test_a_reason_is_kept(reason: str) -> None:
    assert check_reason(f" {reason} ") == reason


@pytest.mark.parametrize(
    "reason",
    ["", "  ", "a\nb", "a\rb", "a\x0cb", "a\x00", "a # noqa", "a  # stuck-rules: ignore",
     "a \u202e b", "a\ud800"],
)  # fmt: skip
def test_a_reason_that_no_comment_can_hold_is_refused(reason: str) -> None:
    with pytest.raises(UsageError):
        check_reason(reason)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x = 1\n", "x = 1  # c\n", True),
        ("x = 1\n", "# c\n\nx = 1\n", True),
        ("if x:\n    y\n", "if x:\n    # c\n    y\n", True),
        ("x = 1\n", "x = 2\n", False),
        ("if x:\n    y\n", "if x:\n  y\n", False),
        ("x = '''\n'''\n", "x = '''  # c\n'''\n", False),
        ("x = \\\n  1\n", "x = # c\n  1\n", False),
    ],
)
def test_what_says_the_same(one: str, other: str, same: bool) -> None:
    assert says_the_same(one, other) is same
