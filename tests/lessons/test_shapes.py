"""Logs of every shape: what their entries are, and which lessons are read of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import LogError
from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.lesson import Log, Polarity, Role
from stuck_rules.model.logsettings import LabelWords, LogSettings, TableColumns

SHAPES = Path(__file__).parent / "shapes"

# Shape -> level, entries (id, line, roles of its lessons).
OUTLINES = [
    pytest.param(
        "bullets",
        "bullet",
        [
            ("db-pool-ran-dry", 8, "note symptom root-cause prevention"),
            ("ui-blank-page", 13, "note root-cause"),
            ("the-cron-job-ran-twice-never-start-it-by-hand", 15, "note"),
        ],
        id="dated items with labelled items below; the quoted form is none",
    ),
    pytest.param(
        "rows",
        "row",
        [
            ("openp", 5, "metadata symptom correct"),
            ("ossystemc", 6, "metadata symptom correct"),
            ("utcnow", 7, "metadata symptom correct"),
        ],
        id="rows of pitfalls",
    ),
    pytest.param(
        "paragraphs",
        "paragraph",
        [("L-1", 5, "note"), ("L-2", 7, "note wrong correct"), ("L-3", 16, "note")],
        id="paragraphs that start in bold",
    ),
    pytest.param(
        "records",
        "paragraph",
        [
            ("style-never-shout", 1, "note root-cause metadata"),
            ("code-use-tabs-in-makefiles", 5, "note root-cause"),
            ("code-avoid-eval", 8, "note root-cause"),
        ],
        id="records whose score may change without changing the id",
    ),
    pytest.param(
        "prefixed",
        "h3",
        [
            ("problem-no-settings-file", 8, "symptom remediation"),
            ("problem-wrong-port", 17, "root-cause remediation"),
            ("problem-slow-start", 26, "remediation"),
        ],
        id="one word before all titles; areas and contents are none",
    ),
    pytest.param(
        "setext",
        "h2",
        [
            ("lock-held-too-long", 4, "symptom root-cause prevention"),
            ("wrong-sort", 11, "prevention files"),
        ],
        id="setext headings, labels of other languages",
    ),
    pytest.param(
        "topics",
        "bullet",
        [
            ("keep-functions-short", 5, "note"),
            ("wrap-names-in-backticks", 6, "note"),
            ("assert-on-values", 10, "note"),
            ("never-sleep-in-a-test", 11, "note"),
        ],
        id="lists below topics",
    ),
    pytest.param(
        "report",
        "h1",
        [("orders-were-charged-twice", 1, "metadata note note note note root-cause prevention")],
        id="a file that is one entry; its dated timeline holds none",
    ),
    pytest.param(
        "template",
        "h2",
        [("real-one", 20, "symptom remediation"), ("second-one", 25, "symptom")],
        id="templates in a heading, comment and fence, and statistics, are none",
    ),
    pytest.param(
        "signs",
        "h2",
        [("clients", 1, "wrong correct note"), ("times", 12, "note wrong correct")],
        id="signs that stand side by side, and comments behind code",
    ),
]


def read(shape: str, settings: LogSettings | None = None) -> Log:
    text = (SHAPES / f"{shape}.md").read_text(encoding="utf-8")
    return parse_log(text, path=f"{shape}.md", settings=settings or LogSettings())


@pytest.mark.parametrize(("shape", "level", "expected"), OUTLINES)
def test_outline_of_a_shape(shape: str, level: str, expected: list[tuple[str, int, str]]) -> None:
    log = read(shape)

    assert log.files[0].level == level
    assert [
        (e.id, e.line, " ".join(lesson.role.value for lesson in e.lessons)) for e in log.entries
    ] == expected


def test_every_shape_is_tested() -> None:
    assert {param.values[0] for param in OUTLINES} == {path.stem for path in SHAPES.iterdir()}


def test_wrapped_item_keeps_its_lines_and_code() -> None:
    lesson = read("bullets").entries[0].lessons[1]

    assert (lesson.lines, lesson.spans) == ((9, 10), ("pool.get()",))


def test_forms_of_one_fence_have_their_own_lines() -> None:
    _, wrong, correct = read("paragraphs").entries[1].lessons

    assert [(c.text, c.lines) for c in wrong.code] == [("when = utcnow()", (11, 11))]
    assert [(c.text, c.lines) for c in correct.code] == [("when = now(tz)", (13, 13))]
    assert (wrong.polarity, correct.polarity, correct.text) == (
        Polarity.DONT,
        Polarity.DO,
        "aware",
    )


def test_text_outside_any_entry_is_told() -> None:
    assert read("paragraphs").files[0].outside == ((1, 3),)
    assert read("rows").files[0].outside == ((1, 1),)


def test_dated_items_are_entries_even_below_dated_headings() -> None:
    text = "## Round A (2026-01-02)\n- 2026-01-01: a\n- 2026-01-02: b\n- 2026-01-02: c\n"

    assert parse_log(text, path="p").files[0].level == "bullet"


def test_level_can_be_set() -> None:
    log = read("topics", LogSettings(level="h2"))

    assert [(e.title, len(e.lessons)) for e in log.entries] == [("Style", 2), ("Tests", 2)]


def test_titles_can_be_asked_for() -> None:
    log = read("bullets", LogSettings(title_pattern=r"\[db\]"))

    assert [e.id for e in log.entries] == ["db-pool-ran-dry"]


def test_own_labels_columns_and_headings_to_skip() -> None:
    text = (
        "## 1. A\n**Vorsatz**: x\n\n| Nix | Doch |\n|---|---|\n| `a` | `b` |\n\n## Quick Notes\ny\n"
    )
    settings = LogSettings(
        labels=(LabelWords(Role.PREVENTION, ("Vorsatz",)),),
        table=TableColumns(wrong="Nix", correct="Doch"),
        skip_headings=("Quick *",),
    )

    (entry,) = parse_log(text, path="p", settings=settings).entries

    assert [lesson.role.value for lesson in entry.lessons] == ["prevention", "wrong", "correct"]
    assert len(parse_log(text, path="p").entries) == 2


def test_ids_by_pattern() -> None:
    settings = LogSettings(id_pattern=r"\((K\d+)\)")

    log = parse_log("## 1. A (K7)\nx\n## 2. B\ny\n", path="p", settings=settings)

    assert [e.id for e in log.entries] == ["K7", "b"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# Readme\n\n## Usage\n\nRun it.\n\n## License\n\nMIT\n", id="readme"),
        pytest.param("# Log\n\n## Changelog\n\n- 2026-01-01: begun\n", id="changelog"),
        pytest.param("# Log\n\n## [DATE] - Title\n\n**Fix**: x\n", id="template alone"),
        pytest.param("# Log\n\n> - **2026-01-01 A**\n> - **2026-01-02 B**\n", id="quoted form"),
    ],
)
def test_what_looks_like_entries_and_is_none(text: str) -> None:
    with pytest.raises(LogError, match="has no entries"):
        parse_log(text, path="log.md")
