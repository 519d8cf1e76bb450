"""A rulebook of the organisation beside the project's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.program import RULES, assert_told_once, run, write

SHARED = """\
rules:
  - id: shared-eval
    message: No eval.
    severity: error
    entries: [eval-day]
    pattern: eval(...)
    paths: {include: [src/]}
entries:
  eval-day: {title: The Day of Eval, path: log.md, line: 3, anchor: eval}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(
        tmp_path,
        {
            "site/acme_rules/__init__.py": "raise SystemExit('this must not run')\n",
            "site/acme_rules/rules.yaml": SHARED,
            "work/rules.yaml": RULES,
            "work/src/a.py": "eval(x)\nold(1)\n",
            "work/b.py": "eval(x)\n",
        },
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return tmp_path / "work"


BOTH = 'rulebook = ["package:acme_rules", "rules.yaml"]\n'


def test_both_hold_and_the_packages_globs_count_from_the_root(project: Path) -> None:
    write(project, {"stuck-rules.toml": BOTH + 'log-url = "https://example.org/log"\n'})
    answer = run(project, "scan", "--output-format", "json")
    assert answer.code == 1
    assert [(v["path"], v["rule"]) for v in answer.objects("violations")] == [
        ("src/a.py", "shared-eval"),
        ("src/a.py", "old-call"),
    ]
    assert [book["path"] for book in answer.objects("rulebooks")] == [
        "package:acme_rules/rules.yaml",
        "rules.yaml",
    ]
    links = [entry for v in answer.objects("violations") for entry in listed(v["entries"])]
    assert links[0]["path"].endswith("site/acme_rules/log.md")
    assert links[0]["url"].endswith("site/acme_rules/log.md#eval")
    assert links[1]["url"] == "https://example.org/log#slow"


def listed(entries: object) -> list[dict[str, str]]:
    assert isinstance(entries, list)
    return entries


def test_the_project_changes_a_shared_rule_by_its_settings(project: Path) -> None:
    write(project, {"stuck-rules.toml": BOTH + '[severity]\nshared-eval = "info"\n'})
    assert "src/a.py:1:1: info shared-eval" in run(project, "scan").out


def test_a_flag_names_a_package_too(project: Path) -> None:
    answer = run(project, "scan", "--rulebook", "package:acme_rules")
    assert answer.code == 1
    assert "rulebook package:acme_rules/rules.yaml" in answer.err


def test_a_rulebook_named_twice_is_one(project: Path) -> None:
    write(project, {"stuck-rules.toml": 'rulebook = ["rules.yaml", "rules.yaml"]\n'})
    assert run(project, "scan").out.count("old-call") == 1


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        pytest.param(
            'rulebook = ["rules.yaml",\n"package:acme"]\n',
            "stuck-rules.toml:1: rulebook package:acme: no package 'acme' is installed",
            id="no such package",
        ),
        pytest.param(
            'rulebook = ["rules.yaml", "same.yaml"]\n',
            "same.yaml:2: rule 'old-call' stands in rules.yaml too",
            id="an id in both",
        ),
    ],
)
def test_what_does_not_go_is_told(project: Path, settings: str, told: str) -> None:
    same = "rules:\n  - {id: old-call, message: m, pattern: x}\n"
    write(project, {"stuck-rules.toml": settings, "same.yaml": same})
    answer = run(project, "scan")
    assert (answer.code, answer.out) == (2, "")
    assert_told_once(answer, f"stuck-rules: {told}")


LOG = """\
# Log

## Entry 1: Mocks of Nothing - 2025-01-08

### Prevention
- Never use `MagicNone`, use `MagicMock` instead
"""


@pytest.mark.parametrize(
    ("settings", "cwd", "written"),
    [
        pytest.param("", ".", "rules.yaml", id="the usual one"),
        pytest.param(
            "rulebook = 'quality/own.yaml'\n", ".", "quality/own.yaml", id="the settings'"
        ),
        pytest.param(
            "rulebook = ['package:acme_rules', 'own.yaml']\n",
            ".",
            "own.yaml",
            id="beside a package's",
        ),
        pytest.param("rulebook = ['a.yaml', 'b.yaml']\n", ".", "rules.yaml", id="none of several"),
    ],
)
def test_a_log_becomes_the_projects_own_rulebook(
    project: Path, settings: str, cwd: str, written: str
) -> None:
    (project / "rules.yaml").unlink()
    write(project, {"stuck-rules.toml": settings, f"{cwd}/log.md": LOG})
    assert run(project / cwd, "generate", "log.md").code == 0
    assert (project / written).is_file()
    assert [str(path.relative_to(project)) for path in project.rglob("*.yaml")] == [written]
    assert run(project / cwd, "generate", "--check", "log.md").code == 0
