"""An expression that a text keeps busy costs its own answer, whatever way it came in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import run, write

LINE = "x" * 30 + "a" * 5_000 + "!"
SLOW = r"(?=a)(a+)+\\1$"
CODE = f's = "{LINE}"\n'

WAYS = [
    pytest.param(f'pattern-regex: "{SLOW}"', id="pattern-regex"),
    pytest.param(
        f'patterns: [{{pattern: $X = $Y}}, {{pattern-not-regex: "{SLOW}"}}]', id="pattern-not-regex"
    ),
    pytest.param(
        "patterns: [{pattern: $X = $Y}, "
        f'{{metavariable-regex: {{metavariable: $Y, regex: ".*{SLOW}"}}}}]',
        id="metavariable-regex",
    ),
    pytest.param(f"pattern: '$X = \"=~/{SLOW[:-1]}$/\"'".replace("\\\\", "\\"), id="string"),
    pytest.param(
        'patterns: [{pattern: $X = "$Y"}, {metavariable-pattern: {metavariable: $Y, '
        f'language: regex, pattern-regex: "{SLOW}"}}}}]',
        id="metavariable-pattern",
    ),
    pytest.param(
        "patterns: [{pattern: $X = $Y}, {metavariable-comparison: "
        f"""{{comparison: 're.match(".*{SLOW}", str($Y))'}}}}]""",
        id="comparison",
    ),
    pytest.param(
        f'pattern: $X = $Y\n    fix-regex: {{regex: "{SLOW}", replacement: b}}', id="fix-regex"
    ),
]


@pytest.mark.parametrize("condition", WAYS)
def test_python(condition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuck_rules.patterns.regexes.TIME_LIMIT", 0.1)
    rule = f"rules:\n  - id: slow\n    message: m\n    {condition}\n"
    write(tmp_path, {"rules.yaml": rule, "a.py": CODE})
    done = run(tmp_path, "scan", "--output-format", "json")
    assert done.code == 2, done
    (error,) = done.objects("errors")
    assert (error["kind"], error["path"], error["rule"]) == ("timeout", "a.py", "slow")


def test_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuck_rules.patterns.regexes.TIME_LIMIT", 0.1)
    rule = (
        "rules:\n  - id: slow\n    message: m\n"
        f'    text: "{SLOW}"\n    paths: {{include: ["*.txt"]}}\n'
    )
    write(tmp_path, {"rules.yaml": rule, "a.txt": LINE + "\n"})
    done = run(tmp_path, "scan")
    assert done.code == 2, done
    assert "took longer than" in done.err
