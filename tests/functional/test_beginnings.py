"""`init`, `new` and `remind`: from no log to reminders at a commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.functional.program import run, write

ENTRY = ("new", "LESSONS.md", "Old client hangs", "--date", "2026-01-02")


def test_a_new_log_gets_its_first_entry(tmp_path: Path) -> None:
    done = run(tmp_path, *ENTRY, "--prevent", "Never call `old_client()`.")
    assert done.code == 0
    assert (tmp_path / "LESSONS.md").read_text("utf-8") == (
        "# Getting stuck log\n\n## Old client hangs - 2026-01-02\n\n"
        "**Prevention**:\n- Never call `old_client()`.\n"
    )
    assert "-> rule old-client" in done.err


def test_an_entry_follows_the_form_of_the_log(tmp_path: Path) -> None:
    old = (
        "# Log\r\n\r\n### Entry 7: A title - 2025-01-08\r\n\r\n**Prevention**:\r\n- Look twice.\r\n"
    )
    (tmp_path / "LESSONS.md").write_bytes(b"\xef\xbb\xbf" + old.encode())
    assert run(tmp_path, *ENTRY, "--prevent", "Read the docs.").code == 0
    data = (tmp_path / "LESSONS.md").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf" + old.encode())
    assert b"\r\n### Entry 8: Old client hangs - 2026-01-02\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_why_no_rule_comes_of_it_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, *ENTRY, "--prevent", "Think first.")
    assert "prevention: Think first.\n    -> no recipe makes a rule of it" in done.err


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, *ENTRY, "--wrong", "f(1)", "--correct", "g(1)", "--dry-run")
    assert done.code == 0
    assert "```python\nf(1)\n```" in done.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("new", "a.md", " "), "an entry needs a title", id="no title"),
        pytest.param(("new", "a.md", "x", "--date", "today"), "--date must be", id="date"),
        pytest.param(("new", "gone/a.md", "x"), "cannot be written", id="no folder"),
        pytest.param(("init",), "no log was found here; name it", id="no log"),
        pytest.param(("init", "gone.md"), "does not exist", id="missing log"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    done = run(tmp_path, *arguments)
    assert done.code == 2
    assert words in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_is_no_text_stays(tmp_path: Path) -> None:
    (tmp_path / "LESSONS.md").write_bytes(b"\xff")
    done = run(tmp_path, *ENTRY, "--prevent", "x")
    assert done.code == 2
    assert "LESSONS.md: not UTF-8" in done.err
    assert (tmp_path / "LESSONS.md").read_bytes() == b"\xff"


def test_a_project_is_set_up(tmp_path: Path) -> None:
    write(tmp_path, {"docs/LESSONS.md": "## One\n\n- Never call `old_client()`.\n"})
    done = run(tmp_path, "init")
    assert done.code == 0
    hooks = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]] == [
        "stuck-rules",
        "stuck-rules-check-log",
    ]
    workflow = yaml.safe_load((tmp_path / ".github/workflows/stuck-rules.yml").read_text("utf-8"))
    assert workflow["jobs"]["scan"]["steps"][-1]["run"].startswith("stuck-rules scan")
    write(tmp_path, {"a.py": "x = old_client()\n"})
    assert run(tmp_path, "scan", "a.py").code == 1
    assert run(tmp_path, "generate", "--check").code == 0


def test_what_is_there_stays(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "LESSONS.md": "## One\n\n**Prevention**:\n- Look.\n",
            ".pre-commit-config.yaml": "repos: []\n",
        },
    )
    done = run(tmp_path, "init")
    assert done.code == 0
    assert ".pre-commit-config.yaml is there already; this would go into it" in done.out
    assert (tmp_path / ".pre-commit-config.yaml").read_text("utf-8") == "repos: []\n"
    assert "is up to date" in run(tmp_path, "init").out


LOG = """\
## Payments twice

**Files Fixed**:
- `app/pay.py`

**Prevention**:
- Look at the ledger before a retry.
"""


def commit(folder: Path) -> None:
    for command in (
        ["git", "init", "-q", "."],
        ["git", "add", "-A"],
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ):
        subprocess.run(command, cwd=folder, check=True)


def test_a_change_brings_the_reminder(tmp_path: Path) -> None:
    write(tmp_path, {"LESSONS.md": LOG, "app/pay.py": "x = 1\n", "app/other.py": "x = 1\n"})
    run(tmp_path, "generate", "LESSONS.md")
    commit(tmp_path)
    assert run(tmp_path, "remind").out == ""
    write(tmp_path, {"app/pay.py": "x = 2\n"})
    done = run(tmp_path, "remind")
    assert done.code == 0
    assert done.out == (
        "reminder: Look at the ledger before a retry.\n"
        "    Payments twice (LESSONS.md:7), since app/pay.py changes\n"
    )
    assert run(tmp_path, "remind", "app/other.py").out == ""
    assert run(tmp_path, "remind", "app/pay.py").out == done.out


def test_a_reminder_stops_nobody(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": "rules: [\n"})
    done = run(tmp_path, "remind", "a.py")
    assert (done.code, done.out) == (0, "")
    assert "rules.yaml" in done.err


def test_coverage_may_be_asked_for(tmp_path: Path) -> None:
    log = LOG + "- Never call `old_client()`.\n"
    write(tmp_path, {"LESSONS.md": log})
    run(tmp_path, "generate", "LESSONS.md")
    assert run(tmp_path, "coverage", "--fail-under", "50").code == 0
    low = run(tmp_path, "coverage", "--fail-under", "51", "--output-format", "markdown")
    assert low.code == 1
    assert "rules hold 50.0 % of the lessons that ask for something, less than 51 %" in low.err
    assert "| prevention | 1 | 0 | 1 | 2 |" in low.out
    assert "- `LESSONS.md:7` Look at the ledger before a retry.: *no recipe" in low.out
