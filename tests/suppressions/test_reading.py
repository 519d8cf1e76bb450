"""Which comments hide a violation, and which only look as if they did."""

from __future__ import annotations

import pytest

from stuck_rules.engine import check_source
from stuck_rules.model.rule import CheckCall, Option, Rule
from stuck_rules.model.violation import SuppressionKind

RULE = Rule("bad-name", "m", CheckCall("undefined-name", (Option("names", ("Bad",), 0),), 0))


def suppressed(source: str) -> list[bool]:
    result = check_source(source, "a.py", [RULE])
    assert result.problems == ()
    return [violation.suppressed is not None for violation in result.violations]


HIDDEN = [
    pytest.param("x = Bad  # stuck-rules: ignore[bad-name]\n", id="same line"),
    pytest.param("x = Bad # stuck-rules:ignore[bad-name]\n", id="no space"),
    pytest.param("x = Bad  # stuck-rules: ignore [ bad-name ]\n", id="more space"),
    pytest.param("x = Bad  # Stuck-Rules: Ignore[bad-name]\n", id="capitals"),
    pytest.param("x = Bad  # noqa  # stuck-rules: ignore[bad-name]\n", id="behind another"),
    pytest.param("x = Bad  # stuck-rules: ignore[other, bad-name]\n", id="several ids"),
    pytest.param("# stuck-rules: ignore[bad-name]\nx = Bad\n", id="alone above"),
    pytest.param("if a:\n    # stuck-rules: ignore[bad-name]\n    x = Bad\n", id="indented above"),
    pytest.param("# stuck-rules: ignore[bad-name]\n# More.\nx = Bad\n", id="above a comment"),
    pytest.param("# stuck-rules: ignore[bad-name]\n\nx = Bad\n", id="above a blank line"),
    pytest.param("# stuck-rules: ignore[bad-name]\nf(\n    Bad,\n)\n", id="above a long statement"),
    pytest.param("f(  # stuck-rules: ignore[bad-name]\n    Bad,\n)\n", id="first line"),
    pytest.param("f(\n    Bad,\n)  # stuck-rules: ignore[bad-name]\n", id="last line"),
    pytest.param("f(\n    Bad,  # stuck-rules: ignore[bad-name]\n    1,\n)\n", id="its own line"),
    pytest.param("if Bad:  # stuck-rules: ignore[bad-name]\n    pass\n", id="head of a block"),
    pytest.param("x = Bad  # stuck-rules: ignore[bad-name]\r\n", id="CRLF"),
    pytest.param("y = 1\r# stuck-rules: ignore[bad-name]\rx = Bad\r", id="CR"),
    pytest.param("\ufeff# stuck-rules: ignore[bad-name]\nx = Bad\n", id="byte order mark"),
    pytest.param("x = Bad  # stuck-rules: ignore\n", id="any rule"),
    pytest.param("x = Bad  # stuck-rules: ignore -- why  # noqa\n", id="any rule with a reason"),
    pytest.param(
        "x = Bad  # stuck-rules: ignore[a] -- r  # stuck-rules: ignore[bad-name] -- q\n",
        id="two on a line",
    ),
    pytest.param("x = Bad  # stuck-rules: ignore[bad-name] -- why  # noqa\n", id="before another"),
    pytest.param("f(\n    # stuck-rules: ignore[bad-name]\n    Bad,\n)\n", id="above in brackets"),
    pytest.param(
        "f(\n    # stuck-rules: ignore[bad-name]\n    # More.\n    Bad,\n)\n",
        id="above a comment in brackets",
    ),
    pytest.param("# stuck-rules: ignore-file[bad-name]\ny = 1\nx = Bad\n", id="for the file"),
    pytest.param(
        "x = Bad\nif a:\n    # stuck-rules: ignore-file[bad-name]\n    pass\n",
        id="for the file, below and indented",
    ),
    pytest.param("x = Bad\n# stuck-rules: ignore-file\n", id="any rule in the file"),
    pytest.param(
        "# stuck-rules: ignore[bad-name]\n@d\n@e\ndef f(x=Bad): ...\n", id="above the decorators"
    ),
    pytest.param(
        "@d(Bad)\ndef f():  # stuck-rules: ignore[bad-name]\n    pass\n",
        id="the head of a decorated function",
    ),
]


@pytest.mark.parametrize("source", HIDDEN)
def test_a_comment_hides_the_violation(source: str) -> None:
    assert suppressed(source) == [True]


SHOWN = [
    pytest.param("x = Bad  # stuck-rules: ignore[other]\n", id="another id"),
    pytest.param("x = Bad  # stuck-rules: ignore[bad]\n", id="part of the id"),
    pytest.param("x = Bad  # stuck-rules: ignore[BAD-NAME]\n", id="an id in capitals"),
    pytest.param("x = Bad  # stuck-rules: ignore[]\n", id="no id"),
    pytest.param("x = Bad  # stuck-rules: ignore bad-name\n", id="no brackets"),
    pytest.param("x = Bad  # stuck-rules: ignore[bad-name\n", id="an open bracket"),
    pytest.param("x = Bad  # stuck-rules ignore[bad-name]\n", id="no colon"),
    pytest.param("x = Bad  # say `# stuck-rules: ignore[bad-name]`\n", id="in back ticks"),
    pytest.param("x = Bad  # say '# stuck-rules: ignore[bad-name]'\n", id="in quotes"),
    pytest.param("x = Bad  # stuck-rules: ignore-file[bad-name]\n", id="for the file, behind code"),
    pytest.param("# stuck-rules: ignore-file[other]\nx = Bad\n", id="another id for the file"),
    pytest.param(
        "f(\n    # stuck-rules: ignore[bad-name]\n    1,\n    Bad,\n)\n", id="two lines above"
    ),
    pytest.param(
        "@d\n@e  # stuck-rules: ignore[bad-name]\ndef f(x=Bad): ...\n", id="a middle decorator"
    ),
    pytest.param(
        "@d\ndef f():  # stuck-rules: ignore[bad-name]\n    return Bad\n", id="head of a function"
    ),
    pytest.param("x = Bad  # stuck-rules: ignore[*]\n", id="a star"),
    pytest.param("x = Bad  # ignore[bad-name]\n", id="no marker"),
    pytest.param("x = Bad  # type: ignore[bad-name]\n", id="another tool"),
    pytest.param("x = Bad  # my-stuck-rules: ignore[bad-name]\n", id="another marker"),
    pytest.param("x = Bad, '# stuck-rules: ignore[bad-name]'\n", id="in a string"),
    pytest.param("x = Bad, '''\n# stuck-rules: ignore[bad-name]\n'''\n", id="in a long string"),
    pytest.param("y = 1  # stuck-rules: ignore[bad-name]\nx = Bad\n", id="behind the line above"),
    pytest.param("x = Bad\n# stuck-rules: ignore[bad-name]\n", id="below"),
    pytest.param("# stuck-rules: ignore[bad-name]\ny = 1\nx = Bad\n", id="two statements above"),
    pytest.param(
        "f(\n    1,  # stuck-rules: ignore[bad-name]\n    Bad,\n    2,\n)\n",
        id="another line of it",
    ),
    pytest.param("if a:  # stuck-rules: ignore[bad-name]\n    x = Bad\n", id="head of its block"),
    pytest.param("# stuck-rules: ignore[bad-name]\nif a:\n    x = Bad\n", id="above its block"),
]


@pytest.mark.parametrize("source", SHOWN)
def test_what_only_looks_like_one_hides_nothing(source: str) -> None:
    assert suppressed(source) == [False]


def test_only_the_statement_is_covered() -> None:
    source = "x = Bad  # stuck-rules: ignore[bad-name]\nx = Bad\n"
    assert suppressed(source) == [True, False]


def test_all_violations_of_the_statement_are_covered() -> None:
    assert suppressed("# stuck-rules: ignore[bad-name]\nf(\n    Bad,\n    Bad,\n)\n") == [True] * 2


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# stuck-rules: ignore[bad-name]", ""),
        ("# stuck-rules: ignore[bad-name] -- ", ""),
        ("# stuck-rules: ignore[bad-name] -- see #12: why -- so", "see #12: why -- so"),
        ("# stuck-rules: ignore[bad-name]--short", "short"),
        ("# stuck-rules: ignore[bad-name] no dashes", ""),
    ],
)
def test_the_reason_is_kept(comment: str, reason: str) -> None:
    (violation,) = check_source(f"x = Bad  {comment}\n", "a.py", [RULE]).violations
    assert violation.suppressed is not None
    assert (violation.suppressed.kind, violation.suppressed.reason) == (
        SuppressionKind.INLINE,
        reason,
    )
