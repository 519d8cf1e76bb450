from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.cache import codec
from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Suppression, SuppressionKind, Violation
from stuck_rules.rulebook.loader import load_rulebook

ROOT = Path(__file__).parents[2]
VIOLATION = Violation(
    "a-rule",
    Severity.ERROR,
    "wrong: \ud800 \N{SNOWMAN}",
    FilePath("a.py", "../a.py"),
    Span.of(1, 2, 3, 4),
    "1234",
    Fix((Edit(Span.of(1, 2, 1, 3), "x"),), safe=False),
    Suppression(SuppressionKind.INLINE, "because"),
)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param((True, 1, "1", ()), id="plain values keep their types"),
        pytest.param(VIOLATION, id="a violation with all it may have"),
        pytest.param(
            FileResult((VIOLATION,), (Problem(ProblemKind.TIMEOUT, "slow", "a.py"),)),
            id="a file's result",
        ),
        pytest.param(load_rulebook(ROOT / "rules.yaml", shown="rules.yaml"), id="our own rulebook"),
    ],
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    again = codec.load(codec.dump(value))
    assert again == value
    assert repr(again) == repr(value)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([1], id="a list could be changed"),
        pytest.param({"a": 1}, id="a mapping"),
        pytest.param((1.5,), id="a fraction in a tuple"),
        pytest.param(Path("a"), id="a class that is none of the model"),
    ],
)
def test_what_is_no_value_of_the_model_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        codec.dump(value)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[", id="half a list"),
        pytest.param(b"[]", id="a list without a class"),
        pytest.param(b'["Path","a"]', id="a class that is none of the model"),
        pytest.param(b'["os.system","a"]', id="no class"),
        pytest.param(b'[["",1],2]', id="a list for a name"),
        pytest.param(b'["Span",1]', id="a field is missing"),
        pytest.param(b'["Span",1,2,3]', id="a field too many"),
        pytest.param(b'["Severity","awful"]', id="no member of an enum"),
        pytest.param(b"[" * 100_000, id="deeper than anything is"),
    ],
)
def test_what_stands_for_no_value_is_told(data: bytes) -> None:
    with pytest.raises(codec.BrokenError):
        codec.load(data)
