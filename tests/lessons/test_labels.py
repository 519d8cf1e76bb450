"""Which words are labels, and of what role."""

from __future__ import annotations

from collections import Counter

import pytest

from stuck_rules.lessons.labels import exact_role, meant_label, normalise, role_of
from stuck_rules.lessons.reader import parse_log
from stuck_rules.lessons.synonyms import SYNONYMS
from stuck_rules.model.lesson import Role


def test_no_synonym_stands_under_two_roles() -> None:
    names = Counter(
        " ".join(name.split()) for text in SYNONYMS.values() for name in text.split(",")
    )

    assert [name for name, count in names.items() if count > 1] == []


def test_every_synonym_is_found_as_it_stands() -> None:
    for role, text in SYNONYMS.items():
        for name in text.split(","):
            assert exact_role(name) is role, name


@pytest.mark.parametrize(
    ("label", "role"),
    [
        pytest.param("Prevent Repetition", Role.PREVENTION, id="prevention"),
        pytest.param("ROOT CAUSE:", Role.ROOT_CAUSE, id="upper case, colon"),
        pytest.param("\N{CROSS MARK} WRONG", Role.WRONG, id="emoji"),
        pytest.param("2. Root Cause (final)", Role.ROOT_CAUSE, id="number and remark"),
        pytest.param("Files with Odd Things", Role.FILES, id="family of files"),
        pytest.param("Evidence of Anything", Role.EVIDENCE, id="family of evidence"),
        pytest.param("Critical Database Architecture Fix", Role.PROPOSAL, id="family of fixes"),
        pytest.param("Don\u2019t", Role.WRONG, id="curly apostrophe"),
        pytest.param("Garde-fou", Role.PREVENTION, id="French"),
        pytest.param("根因", Role.ROOT_CAUSE, id="Chinese"),
        pytest.param("横展開", Role.PREVENTION, id="Japanese"),
        pytest.param("ПЛОХО", Role.WRONG, id="Russian"),
        pytest.param("Migration Track Organization", None, id="unknown"),
        pytest.param("Wrong turns we took", None, id="starts like a label"),
        pytest.param("", None, id="empty"),
        pytest.param("\N{FIRE}" * 5000 + "a", None, id="long"),
    ],
)
def test_role_of_a_label(label: str, role: Role | None) -> None:
    assert role_of(label) is role


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        pytest.param("Prevnet Repetition", "prevent repetition", id="letters swapped"),
        pytest.param("Root Caus", "root cause", id="letter missing"),
        pytest.param("Symptons", "symptoms", id="letter changed"),
        pytest.param("Fiz", None, id="too short to guess"),
        pytest.param("Migration Tracks", None, id="unlike any"),
        pytest.param("Rooted Clauses", None, id="too far"),
    ],
)
def test_label_that_was_meant(label: str, meant: str | None) -> None:
    assert meant_label(label) == meant


def test_normalised_label() -> None:
    assert normalise("  \N{FIRE} 3. Root   Cause (x):") == "root cause"


FORMS = [
    pytest.param("**❌ Slow loop:**\n```python\nx\n```\n", Role.WRONG, id="a sign"),
    pytest.param("**✅ With a set:**\n```python\nx\n```\n", Role.CORRECT, id="a good sign"),
    pytest.param("**Bad - a new list each time:**\n```python\nx\n```\n", Role.WRONG, id="a word"),
    pytest.param("**Good (one pass)**\n```python\nx\n```\n", Role.CORRECT, id="a remark"),
    pytest.param("**Goods in stock:**\n```python\nx\n```\n", Role.NOTE, id="another word"),
    pytest.param("**Bad data - a story:** x\n", Role.NOTE, id="more than a word"),
]


@pytest.mark.parametrize(("body", "role"), FORMS)
def test_a_sign_or_a_first_word_says_what_form_follows(body: str, role: Role) -> None:
    log = parse_log(f"## Entry 1: A - 2025-01-08\n\n{body}", path="log.md")
    assert [lesson.role for lesson in log.entries[0].lessons] == [role]
