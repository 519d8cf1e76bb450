"""The project's own log, parsed: the counts, ids and anchors are facts of that file."""

from __future__ import annotations

import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from stuck_rules.lessons.reader import read_log
from stuck_rules.model.lesson import Code, Lesson, Log, Polarity, Role

ROOT = Path(__file__).parents[2]
# Another edition of the same log, to compare the two.
OTHER_EDITION = os.environ.get("STUCK_RULES_OTHER_EDITION", "")

ENTRIES = [
    (1, "context-creation-architecture-analysis", "2025-01-08", 5, 23),
    (2, "redis-configuration-ssot-violations", "2025-01-08", 43, 31),
    (2, "staging-jwt-websocket-authentication-fix", "2025-09-08", 97, 33),
    (2, "factory-ssot-validation-root-cause-analysis", "2025-01-08", 159, 44),
    (3, "jwt-token-websocket-staging-validation-five-whys-analysis", "2025-01-08", 225, 48),
    (4, "unit-test-failure-mass-analysis", "2025-09-08", 295, 35),
    (5, "migration-documentation-consolidation-success", "2025-01-08", 353, 45),
]

ROLES = {
    Role.PREVENTION: 34,
    Role.WRONG: 4,
    Role.CORRECT: 2,
    Role.REMEDIATION: 5,
    Role.ROOT_CAUSE: 7,
    Role.SYMPTOM: 26,
    Role.IMPLEMENTATION: 1,
    Role.PROPOSAL: 10,
    Role.FILES: 28,
    Role.KEYWORD: 17,
    Role.EVIDENCE: 121,
    Role.NOTE: 4,
}


@pytest.fixture(scope="module")
def log() -> Log:
    return read_log(ROOT / "docs" / "getting_stuck_log.md", shown="docs/getting_stuck_log.md")


def lesson_at(log: Log, line: int) -> Lesson:
    found = [
        lesson for e in log.entries for lesson in e.lessons if line in range(*lesson.lines)
    ] or [lesson for e in log.entries for lesson in e.lessons if lesson.lines[1] == line]
    (lesson,) = found
    return lesson


def test_entries_have_stable_ids(log: Log) -> None:
    found = [(e.number, e.id, e.date, e.line, len(e.lessons)) for e in log.entries]

    assert found == ENTRIES


def test_anchors_are_github_slugs_of_the_whole_heading(log: Log) -> None:
    assert [e.anchor for e in log.entries] == [
        f"entry-{number}-{entry_id}---{date}" for number, entry_id, date, _, _ in ENTRIES
    ]


def test_title_and_heading(log: Log) -> None:
    entry = log.entries[1]

    assert entry.title == "Redis Configuration SSOT Violations"
    assert entry.heading == "Entry 2: Redis Configuration SSOT Violations - 2025-01-08"
    assert entry.path == "docs/getting_stuck_log.md"


def test_every_statement_is_a_lesson_once(log: Log) -> None:
    assert Counter(lesson.role for e in log.entries for lesson in e.lessons) == ROLES


def test_lesson_lines_go_up_and_never_overlap_but_for_keywords(log: Log) -> None:
    lines = [
        lesson.lines for e in log.entries for lesson in e.lessons if lesson.role is not Role.KEYWORD
    ]

    assert all(before[1] < after[0] for before, after in pairwise(lines))


def test_purpose_and_footer_are_no_lessons(log: Log) -> None:
    texts = [lesson.text for e in log.entries for lesson in e.lessons]

    assert not [text for text in texts if "Next entry" in text or "REPETITION" in text]


def test_wrong_and_correct_forms(log: Log) -> None:
    wrong, correct = lesson_at(log, 12), lesson_at(log, 13)

    assert (wrong.role, wrong.polarity, wrong.label) == (Role.WRONG, Polarity.DONT, "WRONG")
    assert wrong.spans == ("create_user_execution_context()", "uuid.uuid4()")
    assert (correct.role, correct.polarity) == (Role.CORRECT, Polarity.DO)
    assert correct.spans == ("get_user_execution_context()",)


def test_fence_under_technical_implementation(log: Log) -> None:
    lesson = lesson_at(log, 130)

    assert (lesson.role, lesson.polarity) == (Role.IMPLEMENTATION, Polarity.DO)
    assert lesson.lines == (129, 133)
    (code,) = lesson.code
    assert code.fenced
    assert code.lines == (130, 132)
    assert code.text.count("\n") == 2


def test_remediation_item_has_its_lead(log: Log) -> None:
    lesson = lesson_at(log, 327)

    assert lesson.lead == "Mock Import Standardization"
    assert lesson.text.startswith("Mock Import Standardization - ")
    assert lesson.code == (Code("from unittest.mock import MagicMock, AsyncMock", (327, 327)),)


@pytest.mark.parametrize(
    ("line", "role", "label"),
    [
        pytest.param(7, Role.SYMPTOM, "Issue Pattern", id="label in a heading"),
        pytest.param(16, Role.EVIDENCE, "Process Success Factors", id="marked line"),
        pytest.param(25, Role.EVIDENCE, "Evidence of New Approach", id="label with a remark"),
        pytest.param(104, Role.ROOT_CAUSE, "Root Causes Discovered", id="list of causes"),
        pytest.param(165, Role.ROOT_CAUSE, "Root Cause", id="cause on the label's line"),
        pytest.param(215, Role.SYMPTOM, "What to Watch For Next Time", id="what to watch"),
        pytest.param(258, Role.PROPOSAL, "Proposed Solution", id="bold text after a label"),
        pytest.param(264, Role.PROPOSAL, "Critical System Architecture Fix", id="architecture"),
        pytest.param(385, Role.NOTE, "Migration Track Organization", id="unknown label"),
    ],
)
def test_roles_by_label(log: Log, line: int, role: Role, label: str) -> None:
    lesson = lesson_at(log, line)

    assert (lesson.role, lesson.label) == (role, label)


def test_preambles_are_no_lessons(log: Log) -> None:
    lines = {lesson.lines[0] for e in log.entries for lesson in e.lessons}

    assert not lines & {11, 37, 49, 190}


def test_keywords_one_by_one(log: Log) -> None:
    keywords = [le for entry in log.entries for le in entry.lessons if le.role is Role.KEYWORD]

    assert [lesson.lines[0] for lesson in keywords] == [221] * 6 + [291] * 6 + [418] * 5
    assert keywords[3].spans == ("uuid.uuid4()",)
    assert keywords[3].text == "`uuid.uuid4()`"


def test_warnings(log: Log) -> None:
    assert [(w.kind, w.line) for w in log.warnings] == [
        ("repeated-label", 89),
        ("repeated-number", 97),
        ("repeated-number", 159),
    ]


@pytest.mark.skipif(not OTHER_EDITION, reason="no other edition of the log is named")
def test_other_edition_has_the_same_shape(log: Log) -> None:
    other = read_log(Path(OTHER_EDITION), shown="other.md")

    def shape(of: Log) -> list[object]:
        return [
            (
                (e.id, e.title, e.date, e.number, e.line, e.anchor),
                [(lesson.role, lesson.label, lesson.lines) for lesson in e.lessons],
            )
            for e in of.entries
        ]

    assert shape(other) == shape(log)
    assert [(w.kind, w.line) for w in other.warnings] == [(w.kind, w.line) for w in log.warnings]
