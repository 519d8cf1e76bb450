"""A baseline follows the statements that fixes change."""

from __future__ import annotations

from collections import Counter

import pytest

from stuck_rules.baseline.known import Place
from stuck_rules.baseline.renewal import follow
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Violation

# Rule and statement of each violation of the file, in order.
File = list[tuple[str, str]]


def violations(file: File) -> list[Violation]:
    return [
        Violation(
            rule=rule,
            severity=Severity.ERROR,
            message="",
            path=FilePath("a.py", "a.py"),
            span=Span.of(line, 1, line, 2),
            statement=statement,
        )
        for line, (rule, statement) in enumerate(file, start=1)
    ]


def known(file: File, path: str = "a.py") -> dict[Place, int]:
    return dict(Counter(Place(path, rule, statement) for rule, statement in file))


MIXED = [("fixed", "s"), ("other", "s"), ("other", "t")]


@pytest.mark.parametrize(
    ("before", "had", "left", "fixed", "after"),
    [
        pytest.param(MIXED, MIXED, [("other", "s2"), ("other", "t")], MIXED[:1],
                     [("fixed", "s"), ("other", "s2"), ("other", "t")], id="another in it"),
        pytest.param(MIXED[:1], MIXED, [("other", "s2"), ("other", "t")], MIXED[:1],
                     MIXED[:1], id="another in it that is not known"),
        pytest.param(MIXED, MIXED, MIXED[1:], MIXED[:1], MIXED, id="alone in it"),
        pytest.param([("r", "s")], [("r", "s"), ("r", "t")], [("r", "t2")], [("r", "s")],
                     [("r", "s")], id="one that is known was fixed, one that is not was changed"),
        pytest.param([("r", "t")], [("r", "s"), ("r", "t")], [("r", "t2")], [("r", "s")],
                     [("r", "t2")], id="one that is not known was fixed, one that is was changed"),
        pytest.param([("r", "s")], [("f", "s"), ("r", "s"), ("r", "s")], [("r", "u"), ("r", "u")],
                     [("f", "s")], [("r", "u")], id="one of two equals is known"),
        pytest.param([("r", "s")], [("f", "s"), ("r", "s")], [("r", "s2"), ("r", "new")],
                     [("f", "s")], [("r", "s2")], id="a fix that breaks a rule is not swallowed"),
    ],
)  # fmt: skip
def test_what_was_known_of_a_statement_is_known_of_what_became_of_it(
    before: File, had: File, left: File, fixed: File, after: File
) -> None:
    followed = follow(
        known(before),
        violations(had),
        violations(left),
        violations(fixed),
        is_gone=lambda _: False,
    )
    assert followed == known(after)


def test_what_moved_and_was_changed_is_followed_too() -> None:
    arguments = violations([("f", "s"), ("r", "s")]), violations([("r", "s2")])
    old = known([("r", "s")], "old.py")
    fixed = violations([("f", "s")])
    assert follow(old, *arguments, fixed, is_gone=lambda _: True) == known([("r", "s2")])
    assert follow(old, *arguments, fixed, is_gone=lambda _: False) == old
