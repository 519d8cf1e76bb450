"""Rules that fire often in code that nobody called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.cli.main import main
from stuck_rules.generator.backtest import MOST, Fired
from stuck_rules.rulebook.loader import parse_rulebook

LOG = """\
## Entry 1: A title - 2025-01-08

**Prevention**:
- Never use `run_job()`.
- Never use `stop_job()`.
"""


def note_of(folder: Path, rule_id: str) -> str | None:
    rulebook = parse_rulebook((folder / "rules.yaml").read_text(), shown="rules.yaml")
    (rule,) = (rule for rule in rulebook.rules if rule.id == rule_id)
    assert rule.enabled == (rule.note is None)
    return rule.note


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.md").write_text(LOG)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "often.py").write_text("run_job()\n" * (MOST + 1))
    (tmp_path / "app" / "rare.py").write_text("stop_job()\n")
    return tmp_path


def test_a_rule_that_fires_often_waits_for_a_person(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "log.md", "--backtest", "app"]) == 0
    shown = capsys.readouterr().err
    assert f"backtest: run-job: {MOST + 1} times in 1 file(s), first at app/often.py:1" in shown
    assert "backtest: stop-job: once, first at app/rare.py:1" in shown
    assert (note_of(project, "run-job") or "").startswith(f"Fires {MOST + 1} times")
    assert note_of(project, "stop-job") is None


def test_a_run_without_backtest_does_not_undo_it(project: Path) -> None:
    main(["generate", "log.md", "--backtest", "app"])
    before = (project / "rules.yaml").read_text()
    assert main(["generate", "--check"]) == 0
    assert main(["generate"]) == 0
    assert (project / "rules.yaml").read_text() == before


def test_a_rule_that_a_person_enabled_stays_enabled(project: Path) -> None:
    main(["generate", "log.md", "--backtest", "app"])
    path = project / "rules.yaml"
    text = path.read_text()
    lines = [line for line in text.splitlines() if "note: " not in line]
    path.write_text("\n".join(lines).replace("    enabled: false\n", "") + "\n")
    assert main(["generate", "--backtest", "app"]) == 0
    assert note_of(project, "run-job") is None


def test_a_rule_that_never_fires_says_so() -> None:
    assert str(Fired()) == "never"
