"""`stuck-rules log`: what was understood, and where the log is named."""

from __future__ import annotations

from pathlib import Path

from tests.functional.program import assert_told_once, run, write

LOG = "Some words.\n\n## Entry 1: A\n\n**Vorsatz**: use `a`\n"


def test_what_the_entries_are_and_what_stands_outside_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"log.md": LOG})

    answer = run(tmp_path, "log", "log.md")

    assert answer.code == 0
    assert "log.md: entries by h2; outside any entry: lines 1\n" in answer.out


def test_several_logs_are_read_as_one_and_warnings_name_their_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": LOG, "b.md": "## Entry 1: A\n```\nx\n"})

    answer = run(tmp_path, "log", "a.md", "b.md")

    assert "b.md:1 a-2\n" in answer.out
    assert "b.md:2: warning: nothing closes this code block" in answer.err


def test_settings_name_the_log_and_its_labels(tmp_path: Path) -> None:
    settings = "[log]\npaths = ['docs/*.md']\nlabels = {prevention = ['Vorsatz']}\n"
    write(tmp_path, {"stuck-rules.toml": settings, "docs/log.md": LOG})

    (entry,) = run(tmp_path, "log", "--output-format", "json").objects("entries")

    assert entry["lessons"] == [
        {
            "role": "prevention",
            "polarity": "do",
            "text": "use `a`",
            "lines": [5, 5],
            "code": [{"text": "a", "lines": [5, 5]}],
        }
    ]


def test_the_rulebook_says_how_its_log_is_read(tmp_path: Path) -> None:
    rules = "log: {paths: [log.md], labels: {prevention: [Vorsatz]}}\nrules: []\n"
    write(tmp_path, {"rules.yaml": rules, "log.md": LOG})

    (named,) = run(tmp_path, "log", "log.md", "--output-format", "json").objects("entries")
    (found,) = run(tmp_path, "log", "--output-format", "json").objects("entries")

    assert named == found
    assert "'role': 'prevention'" in str(found["lessons"])


def test_generate_and_coverage_read_the_log_as_the_settings_say(tmp_path: Path) -> None:
    settings = "[log]\npaths = ['log.md']\nlabels = {prevention = ['Vorsatz']}\n"
    log = LOG.replace("use `a`", "never use `os.system()`")
    write(tmp_path, {"stuck-rules.toml": settings, "log.md": log})

    answer = run(tmp_path, "generate")

    assert "1 rules hold 1 of them" in answer.err
    assert run(tmp_path, "generate", "--check").code == 0
    assert "rule os-system" in run(tmp_path, "coverage").out


def test_coverage_knows_a_rule_by_the_id_that_it_kept(tmp_path: Path) -> None:
    entry = "## Entry 1: A\n\n**Prevention**:\n- Never use `os.system()`.\n"
    front = "## Entry 0: B\n\n**Prevention**:\n- Never use `os.system('x')`.\n\n"
    write(tmp_path, {"log.md": entry})
    assert run(tmp_path, "generate", "log.md").code == 0
    write(tmp_path, {"log.md": front + entry})
    assert run(tmp_path, "generate").code == 0

    assert "is not in the rulebook" not in run(tmp_path, "coverage").out


def test_no_log_at_all_is_a_question_put_wrong(tmp_path: Path) -> None:
    answer = run(tmp_path, "log")

    assert answer.code == 2
    assert_told_once(answer, "stuck-rules: no log is named")


def test_settings_that_are_wrong_are_told_with_their_line(tmp_path: Path) -> None:
    write(tmp_path, {"stuck-rules.toml": "[log]\nlables = {}\n", "log.md": LOG})

    answer = run(tmp_path, "log", "log.md")

    assert answer.code == 2
    assert "stuck-rules.toml:2: log.lables is no setting; did you mean 'labels'?" in answer.err
