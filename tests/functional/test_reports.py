"""What a report says: its contract, the way to the entry, and which stream it is on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stuck_rules import __version__
from stuck_rules.errors import ProblemKind
from stuck_rules.reporters import FORMATS
from tests.functional.program import RULES, run, write
from tests.scanner.projects import run_git

ERROR = "x = MagicNone\n"
WARNING = "old()\n"
INFO = "new(1)\n"
RIGHT = "x = MagicMock()\nold\nnew(2)\n"
BROKEN = "MagicNone\nx = (\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"rules.yaml": RULES})
    return tmp_path


def test_the_keys_of_json_and_their_order_are_a_contract(project: Path) -> None:
    write(project, {"a.py": ERROR, "b.py": BROKEN})
    answer = run(project, "scan", "--output-format", "json")
    assert answer.code == 2
    report = answer.report
    assert list(report) == ["version", "tool", "rulebooks", "summary", "violations", "errors"]
    assert report["version"] == 1
    assert report["tool"] == {"name": "stuck-rules", "version": __version__}
    assert report["rulebooks"] == [{"path": "rules.yaml", "bundled": False}]
    assert report["summary"] == {"files": 2, "violations": 1, "errors": 1}
    (violation,) = answer.objects("violations")
    fingerprint = violation["fingerprint"]
    assert isinstance(fingerprint, str)
    assert fingerprint
    assert list(violation.items()) == [
        ("rule", "magic-none"),
        ("severity", "error"),
        ("message", "MagicNone is defined nowhere."),
        ("path", "a.py"),
        ("cell", None),
        ("line", 1),
        ("column", 5),
        ("end_line", 1),
        ("end_column", 14),
        (
            "entries",
            [
                {
                    "id": "mocks-of-nothing",
                    "title": "Mocks of Nothing",
                    "path": "docs/log.md",
                    "line": 5,
                    "url": "docs/log.md#mocks",
                }
            ],
        ),
        ("fingerprint", fingerprint),
        ("fix", None),
        ("suppressed", None),
    ]
    (error,) = answer.objects("errors")
    assert list(error) == ["kind", "path", "cell", "rule", "line", "column", "message"]
    assert (error["kind"], error["path"], error["rule"], error["line"]) == (
        "syntax",
        "b.py",
        None,
        2,
    )


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param("full", ["Mocks of Nothing", "docs/log.md:5", "docs/log.md#mocks"], id="full"),
        pytest.param("json", ["Mocks of Nothing", '"line": 5', "docs/log.md#mocks"], id="json"),
        pytest.param(
            "github", ["Mocks of Nothing", "docs/log.md:5", "docs/log.md#mocks"], id="github"
        ),
        pytest.param(
            "sarif", ["Mocks of Nothing", "docs/log.md:5", "docs/log.md#mocks"], id="sarif"
        ),
        pytest.param(
            "concise", ["Mocks of Nothing", "docs/log.md:5", "docs/log.md#mocks"], id="concise"
        ),
        pytest.param(
            "gitlab", ["Mocks of Nothing", "docs/log.md:5", "docs/log.md#mocks"], id="gitlab"
        ),
        pytest.param(
            "junit", ["Mocks of Nothing", "docs/log.md:5", "docs/log.md#mocks"], id="junit"
        ),
        pytest.param("markdown", ["Mocks of Nothing", "docs/log.md:5"], id="markdown"),
    ],
)
def test_every_format_leads_to_the_entry(project: Path, chosen: str, expected: list[str]) -> None:
    write(project, {"a.py": ERROR})
    answer = run(project, "scan", "--output-format", chosen)
    assert answer.code == 1
    assert "a.py" in answer.out
    assert [part for part in expected if part not in answer.out] == []


@pytest.mark.parametrize(
    "chosen", ["full", "json", "github", "sarif", "gitlab", "junit", "markdown"]
)
def test_a_configured_address_is_the_link(project: Path, chosen: str) -> None:
    write(
        project,
        {"a.py": ERROR, "stuck-rules.toml": "log-url = 'https://example.org/log.md'\n"},
    )
    answer = run(project, "scan", "--output-format", chosen)
    assert "https://example.org/log.md#mocks" in answer.out


ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "o/r",
    "GITHUB_SHA": "abc",
}


@pytest.mark.parametrize(
    ("chosen", "linked"),
    [
        ("github", True),
        ("sarif", True),
        ("junit", True),
        ("markdown", True),
        ("full", False),
        ("json", False),
    ],
)
def test_in_an_action_the_link_leads_to_the_commit(
    project: Path, chosen: str, linked: bool
) -> None:
    write(project, {"a.py": ERROR})
    answer = run(project, "scan", "--output-format", chosen, environment=ACTIONS)
    assert ("https://github.com/o/r/blob/abc/docs/log.md#mocks" in answer.out) is linked


@pytest.mark.parametrize("chosen", ["full", "concise"])
def test_only_violations_are_on_stdout(project: Path, chosen: str) -> None:
    write(project, {"a.py": ERROR, "b.py": BROKEN})
    answer = run(project, "scan", "--output-format", chosen)
    assert "a.py" in answer.out
    assert "b.py" not in answer.out
    assert "checked" not in answer.out
    assert "b.py:2:" in answer.err
    assert "1 violation (1 error, 0 warnings, 0 infos) in 2 files checked" in answer.err
    assert "magic-none" not in answer.err


@pytest.mark.parametrize("chosen", ["full", "concise", "github"])
def test_nothing_wrong_is_nothing_on_stdout(project: Path, chosen: str) -> None:
    write(project, {"a.py": RIGHT})
    answer = run(project, "scan", "--output-format", chosen)
    assert answer.out == ""
    assert answer.err == "no violations in 1 file checked (rulebook rules.yaml)\n"


def test_quiet_leaves_out_the_summary_but_no_problem(project: Path) -> None:
    write(project, {"a.py": ERROR, "b.py": BROKEN})
    answer = run(project, "scan", "--quiet")
    assert len(answer.err.splitlines()) == 1
    assert answer.err.startswith("b.py:2:")


@pytest.mark.parametrize("chosen", FORMATS)
def test_what_could_not_be_checked_is_told_once(project: Path, chosen: str) -> None:
    write(project, {"b.py": BROKEN})
    answer = run(project, "scan", "--quiet", "--output-format", chosen)
    assert answer.code == 2
    complete = FORMATS[chosen].complete
    assert ("b.py" in answer.out, "b.py" in answer.err) == (complete, not complete)


@pytest.mark.parametrize("chosen", FORMATS)
def test_two_runs_give_the_same_bytes_whatever_the_order_of_paths(
    project: Path, chosen: str
) -> None:
    write(project, {"a.py": ERROR + WARNING, "b.py": INFO + ERROR, "c/d.py": BROKEN})
    first = run(project, "scan", "a.py", "b.py", "c", "--output-format", chosen)
    second = run(project, "scan", "c", "b.py", "a.py", "--output-format", chosen)
    assert first == second
    assert first.code == 2


@pytest.mark.parametrize(
    ("argv", "environment", "coloured"),
    [
        pytest.param([], {}, False, id="no terminal"),
        pytest.param(["--color", "always"], {}, True, id="always"),
        pytest.param(["--color", "always"], {"NO_COLOR": "1"}, True, id="the option wins"),
        pytest.param([], {"FORCE_COLOR": "1"}, True, id="forced"),
        pytest.param([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR wins"),
        pytest.param(["--color", "never"], {"FORCE_COLOR": "1"}, False, id="never"),
    ],
)
def test_colours(
    project: Path, argv: list[str], environment: dict[str, str], coloured: bool
) -> None:
    write(project, {"a.py": ERROR})
    answer = run(project, "scan", *argv, environment=environment)
    assert ("\x1b[" in answer.out) is coloured


def test_annotations_name_problems_from_the_root(project: Path) -> None:
    run_git(project, "init", "-q")
    write(project, {"sub/broken.py": "x = MagicNone(\n"})
    answer = run(project / "sub", "scan", "--output-format", "github")
    assert answer.code == 2
    assert answer.out.startswith("::error file=sub/broken.py,line=1,")


def keys(value: object, path: str = "") -> list[str]:
    """Where each key of a document stands, in order."""
    if isinstance(value, list):
        return [key for item in value[:1] for key in keys(item, f"{path}[]")]
    if not isinstance(value, dict):
        return []
    return [
        each
        for key, inner in value.items()
        for each in (f"{path}.{key}", *keys(inner, f"{path}.{key}"))
    ]


def test_the_documentation_of_json_has_its_keys(project: Path) -> None:
    rules = RULES.replace(
        "    pattern: MagicNone\n", "    pattern: MagicNone\n    fix: MagicMock()\n"
    )
    write(project, {"rules.yaml": rules, "app.py": ERROR, "broken.py": BROKEN})
    document = run(project, "scan", "--output-format", "json").report
    docs = (Path(__file__).parents[2] / "docs" / "reports.md").read_text("utf-8")
    block = re.search(r"```json\n(.*?)```", docs, re.DOTALL)
    assert block is not None
    assert keys(json.loads(block[1])) == keys(document)
    assert [kind.value for kind in ProblemKind if f"`{kind.value}`" not in docs] == []
