"""What a lesson asks for."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.polarity import polarity_of
from stuck_rules.model.lesson import Polarity, Role


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        pytest.param(Role.WRONG, Polarity.DONT, id="wrong"),
        pytest.param(Role.ROOT_CAUSE, Polarity.DONT, id="root cause"),
        pytest.param(Role.SYMPTOM, Polarity.DONT, id="symptom"),
        pytest.param(Role.CORRECT, Polarity.DO, id="correct"),
        pytest.param(Role.IMPLEMENTATION, Polarity.DO, id="implementation"),
        pytest.param(Role.PREVENTION, Polarity.DO, id="prevention"),
        pytest.param(Role.REMEDIATION, Polarity.DO, id="remediation"),
        pytest.param(Role.PROPOSAL, Polarity.DO, id="proposal"),
        pytest.param(Role.FILES, Polarity.NEUTRAL, id="files"),
        pytest.param(Role.KEYWORD, Polarity.NEUTRAL, id="keyword"),
        pytest.param(Role.EVIDENCE, Polarity.NEUTRAL, id="evidence"),
        pytest.param(Role.METADATA, Polarity.NEUTRAL, id="metadata"),
        pytest.param(Role.NOTE, Polarity.NEUTRAL, id="note"),
    ],
)
def test_role_decides(role: Role, expected: Polarity) -> None:
    assert polarity_of(role, "take care", "") is expected


@pytest.mark.parametrize(
    ("text", "lead", "expected"),
    [
        pytest.param("Never use `a`", "", Polarity.DONT, id="never"),
        pytest.param("Do not use `a`", "", Polarity.DONT, id="do not"),
        pytest.param("don\u2019t use `a`", "", Polarity.DONT, id="don't"),
        pytest.param("Avoid `a`", "", Polarity.DONT, id="avoid"),
        pytest.param("No insecure fallbacks", "", Polarity.DONT, id="no"),
        pytest.param("禁止使用 `a`", "", Polarity.DONT, id="Chinese"),
        pytest.param("Никогда не делай", "", Polarity.DONT, id="Russian"),
        pytest.param("Mocks: never import", "Mocks", Polarity.DONT, id="after a lead"),
        pytest.param("Always a - never b", "Always a", Polarity.DO, id="demand in the lead"),
        pytest.param("Use `a`, never `b`", "", Polarity.DO, id="never later on"),
        pytest.param("Use a and avoid b", "Use a", Polarity.DO, id="avoid later on"),
        pytest.param("Nobody calls `a`", "", Polarity.DO, id="word that starts alike"),
        pytest.param("Note the order", "", Polarity.DO, id="note"),
    ],
)
def test_leading_verb_turns_prevention_round(text: str, lead: str, expected: Polarity) -> None:
    assert polarity_of(Role.PREVENTION, text, lead) is expected


def test_leading_verb_changes_no_neutral_role() -> None:
    assert polarity_of(Role.EVIDENCE, "No random scripts", "") is Polarity.NEUTRAL
