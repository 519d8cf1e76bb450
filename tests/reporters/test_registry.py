from __future__ import annotations

from pathlib import Path

import pytest

import stuck_rules.reporters
from stuck_rules.reporters import FORMATS
from stuck_rules.reporters.base import Style
from tests.reporters.reports import CLEAN, PLAIN, REPORT, hostile


def test_every_module_that_is_a_format_is_listed() -> None:
    folder = Path(stuck_rules.reporters.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")}
    assert modules - {"__init__", "base", "places", "statistics", "summary"} == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_same_report_gives_same_text(name: str) -> None:
    assert FORMATS[name].render(REPORT, PLAIN) == FORMATS[name].render(REPORT, PLAIN)


@pytest.mark.parametrize("name", FORMATS)
def test_text_ends_with_one_line_end(name: str) -> None:
    text = FORMATS[name].render(REPORT, PLAIN)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", ["full", "concise", "github"])
def test_clean_report_gives_no_text(name: str) -> None:
    assert FORMATS[name].render(CLEAN, PLAIN) == ""


@pytest.mark.parametrize("name", FORMATS)
def test_names_from_files_reach_no_terminal_and_begin_no_command(name: str) -> None:
    text = FORMATS[name].render(hostile(), PLAIN)
    assert "\x1b" not in text
    assert "\r" not in text
    commands = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    assert [command.partition(",")[0] for command in commands] == (
        ["::error file=%3A%3Aerror%3A%3Aa%0A%3A%3Aerror%3A%3Ab\\x1b[31m%2Cc%3A%25d"] * 2
        if name == "github"
        else []
    )


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"full"}))
def test_machine_formats_do_not_heed_the_style(name: str) -> None:
    colourful = Style(colour=True, links=True, width=10)
    assert FORMATS[name].render(REPORT, colourful) == FORMATS[name].render(REPORT, PLAIN)
