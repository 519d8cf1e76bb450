"""This project's own log, edited as its team edits it: entries in the middle and inside others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import run

ROOT = Path(__file__).parents[2]
FOURTH = """\
## Entry 2: Shells in Jobs - 2025-10-01

**Root Cause**: quoting went wrong.

**Prevent Repetition**:
- Never use `os.popen()`.

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    for name in ("rules.yaml", "docs/getting_stuck_log.md"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert run(tmp_path, "generate", "--check").code == 0
    return tmp_path


def ids_in(folder: Path) -> list[str]:
    text = (folder / "rules.yaml").read_text(encoding="utf-8")
    return [line.split()[-1] for line in text.splitlines() if line.startswith("  - id: ")]


def insert(folder: Path, before: str, text: str) -> None:
    path = folder / "docs" / "getting_stuck_log.md"
    log = path.read_text(encoding="utf-8")
    at = log.index(before)
    path.write_text(log[:at] + text + log[at:], encoding="utf-8")


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("## Entry 2: ", id="between two entries"),
        pytest.param("**Prevent Repetition", id="inside the first entry"),
        pytest.param("## Entry 1: ", id="before all"),
    ],
)
def test_an_inserted_entry_moves_the_others_and_renames_nothing(folder: Path, before: str) -> None:
    ids = ids_in(folder)
    hand = (folder / "rules.yaml").read_text(encoding="utf-8")
    start = hand.index("    severity: ", hand.index("- id: magic-none"))
    edited = hand[:start] + "    severity: info\n" + hand[hand.index("\n", start) + 1 :]
    (folder / "rules.yaml").write_text(edited, encoding="utf-8")
    code = "service = MagicNone  # stuck-rules: ignore[magic-none] -- a stand-in\n"
    (folder / "app.py").write_text(code, encoding="utf-8")
    insert(folder, before, FOURTH)

    answer = run(folder, "generate", "--check")

    assert answer.code == 1
    assert "new: os-popen" in answer.out
    assert "moved: magic-none" in answer.out
    assert "orphaned" not in answer.out
    assert "changed" not in answer.out
    assert run(folder, "generate").code == 0
    assert ids_in(folder) == [*ids, "os-popen"]
    text = (folder / "rules.yaml").read_text(encoding="utf-8")
    rule = text[text.index("- id: magic-none") :]
    assert rule.index("severity: info") < rule.index("origin:")
    assert run(folder, "generate", "--check").code == 0
    assert run(folder, "scan", "app.py").code == 0
