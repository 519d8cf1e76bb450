"""What a comment says, word by word."""

from __future__ import annotations

import pytest

from stuck_rules.suppressions.directives import Form, Scope, read_directives


@pytest.mark.parametrize(
    ("comment", "ids", "reason"),
    [
        pytest.param("# stuck-rules: ignore[a]", ["a"], "", id="no reason"),
        pytest.param("# stuck-rules: ignore[a] -- ", ["a"], "", id="an empty reason"),
        pytest.param(
            "# stuck-rules: ignore[a] -- see #12: x -- y", ["a"], "see #12: x -- y", id="all"
        ),
        pytest.param("# stuck-rules: ignore[a]--short", ["a"], "short", id="no space"),
        pytest.param("# stuck-rules: ignore[a] no dashes", ["a"], "", id="no dashes"),
        pytest.param("# stuck-rules: ignore[a] \u2014 why", ["a"], "why", id="a long dash"),
        pytest.param(
            "# stuck-rules: ignore[ a ,b-c,, D.e_f ]", ["a", "b-c", "D.e_f"], "", id="ids"
        ),
        pytest.param("# stuck-rules: ignore[a] -- why  # noqa: E1", ["a"], "why", id="noqa behind"),
        pytest.param("# stuck-rules: ignore[a] -- why #noqa", ["a"], "why", id="noqa close behind"),
        pytest.param("# stuck-rules: ignore[a] --  # noqa", ["a"], "", id="no reason but noqa"),
        pytest.param("# noqa  # stuck-rules: ignore[a] -- r", ["a"], "r", id="noqa before"),
        pytest.param("#stuck-rules:ignore[a]", ["a"], "", id="no spaces"),
        pytest.param("#  STUCK-RULES :  Ignore [a]  -- R", ["a"], "R", id="many spaces, capitals"),
        pytest.param("# stuck-rules: ignore", [], "", id="any"),
        pytest.param("# stuck-rules: ignore -- why", [], "why", id="any, with a reason"),
        pytest.param("# stuck-rules: ignore  # noqa", [], "", id="any, noqa behind"),
    ],
)
def test_ids_and_reason(comment: str, ids: list[str], reason: str) -> None:
    (directive,) = read_directives(comment)
    assert (list(directive.ids), directive.reason, directive.fault) == (ids, reason, "")
    assert directive.scope is Scope.LINE
    assert [comment[first:end] for first, end in directive.spots] == ids


def test_the_place_of_a_directive() -> None:
    comment = "# a  # stuck-rules: ignore[b, c] -- why  # noqa"
    (directive,) = read_directives(comment)
    assert comment[directive.start : directive.end] == "# stuck-rules: ignore[b, c] -- why"
    assert comment[slice(*directive.names)] == "[b, c]"


def test_several_in_a_comment() -> None:
    comment = "# stuck-rules: ignore[a] -- x  # stuck-rules: ignore-file[b] # stuck-rules: ignore"
    found = read_directives(comment)
    assert [(d.scope, d.ids, d.reason) for d in found] == [
        (Scope.LINE, ("a",), "x"),
        (Scope.FILE, ("b",), ""),
        (Scope.LINE, (), ""),
    ]


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        pytest.param("# stuck-rules: ingore[a]", "did you mean 'ignore'?", id="misspelt"),
        pytest.param(
            "# stuck-rules: ignore_file[a]", "did you mean 'ignore-file'?", id="underscore"
        ),
        pytest.param("# stuck-rules: disable[a]", "write ignore[ID]", id="another verb"),
        pytest.param("# stuck-rules: disable=a", "write ignore[ID]", id="pylint's way"),
        pytest.param("# stuck-rules: ignore[a", "not closed", id="open bracket"),
        pytest.param("# stuck-rules: ignore[a -- why", "not closed", id="open bracket, reason"),
        pytest.param("# stuck-rules: ignore a", "in brackets", id="no bracket"),
        pytest.param("# stuck-rules: ignore: a -- why", "in brackets", id="noqa's way"),
        pytest.param("# stuck-rules: ignore(a)", "in brackets", id="round brackets"),
        pytest.param("# stuck-rules: ignore[]", "names no rule", id="no id"),
        pytest.param("# stuck-rules: ignore[ , ] -- why", "names no rule", id="commas"),
        pytest.param("# stuck-rules ignore[a]", "a colon", id="no colon"),
        pytest.param("# stuck-rules ignore", "a colon", id="no colon, no bracket"),
    ],
)
def test_what_is_meant_for_one_is_told(comment: str, told: str) -> None:
    (directive,) = read_directives(comment)
    assert told in directive.fault


@pytest.mark.parametrize(
    "comment",
    [
        "# ignore[a]",
        "# type: ignore[a]",
        "# my-stuck-rules: ignore[a]",
        "# stuck-rules-remind: ignore[a]",
        "# stuck-rules",
        "# stuck-rules: see the docs",
        "# stuck-rules holds the code to them",
        "# what stuck-rules ignores is told",
        "# stuck-rules: https://example.com",
        "# write `# stuck-rules: ignore[a]` there",
        "# write '# stuck-rules: ignore[a]' there",
        '# write "# stuck-rules: ignore" there',
    ],
)
def test_prose_is_none(comment: str) -> None:
    assert read_directives(comment) == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a: 1  # stuck-rules: ignore[x] -- why", "why"),
        ("// stuck-rules: ignore[x] -- why", "why"),
        ("/* stuck-rules: ignore[x] -- why */", "why"),
        ("<!-- stuck-rules: ignore[x] -- why -->", "why"),
        ("<!-- stuck-rules: ignore[x] \u2014 why -->", "why"),
        ("<!-- stuck-rules: ignore[x] -->", ""),
        ("-- stuck-rules: ignore[x] -- why", "why"),
        ("; stuck-rules: ignore[x] -- why", "why"),
        ("{# stuck-rules: ignore[x] -- why #}", "why"),
    ],
)
def test_comments_of_other_languages(line: str, reason: str) -> None:
    (directive,) = read_directives(line, Form.TEXT)
    assert (directive.ids, directive.reason) == (("x",), reason)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<!-- stuck-rules: ignore[x] -- why -->", 1),
        ("# stuck-rules: ignore[x] -- why", 0),
        ("x = 1  # stuck-rules: ignore[x] -- why", 0),
    ],
)
def test_markdown_has_one_form(line: str, found: int) -> None:
    assert len(read_directives(line, Form.MARKDOWN)) == found
