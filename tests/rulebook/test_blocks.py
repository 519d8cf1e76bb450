"""A rulebook's text cut at its rules keeps every line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.errors import RulebookError
from stuck_rules.rulebook.blocks import split_rulebook

TEXT = """\
# The head.
version: 1  # beside it
log: log.md

rules:
  # Above the first.
  # Two lines.
  - id: one
    message: a
    # Inside.
    pattern: x

  # Above the second.
  - message: b
    id: two
    pattern: |
      y

      z

reminders:
  - entry: e

# Above the entries.
entries:
  e: {title: t}
# The end.
"""


def test_head_rules_and_sections_are_told_apart() -> None:
    cut = split_rulebook(TEXT, "r")
    assert cut.head == ""
    assert [block.id for block in cut.blocks] == ["one", "two"]
    assert list(cut.sections) == ["version", "log", "rules", "reminders", "entries"]


def test_sections_give_the_text_back_byte_for_byte() -> None:
    cut = split_rulebook(TEXT, "r")
    assert cut.head + "".join(cut.sections.values()) == TEXT


def test_a_block_keeps_its_comments_and_lines() -> None:
    one, two = split_rulebook(TEXT, "r").blocks
    assert one.text == (
        "  # Above the first.\n  # Two lines.\n  - id: one\n    message: a\n"
        "    # Inside.\n    pattern: x\n"
    )
    assert two.text == (
        "  # Above the second.\n  - message: b\n    id: two\n    pattern: |\n      y\n\n      z\n"
    )


def test_a_head_apart_from_the_first_key_is_kept() -> None:
    cut = split_rulebook("# A head.\n\nrules:\n  - {id: a, pattern: x}\n", "r")
    assert cut.head == "# A head.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("rules: []\n", id="none"),
        pytest.param("rules: [{id: a, pattern: x}]\n", id="on one line"),
        pytest.param("version: 1\n", id="no rules"),
        pytest.param("- a\n", id="no mapping"),
        pytest.param("# only a comment\n", id="comment"),
    ],
)
def test_what_has_no_blocks(text: str) -> None:
    cut = split_rulebook(text, "r")
    assert cut.blocks == ()
    assert cut.head + "".join(cut.sections.values()) == text


def test_a_rule_without_an_id_is_a_block_too() -> None:
    (block,) = split_rulebook("rules:\n  - pattern: x\n", "r").blocks
    assert (block.id, block.text) == ("", "  - pattern: x\n")


def test_a_broken_file_is_told() -> None:
    with pytest.raises(RulebookError, match=r"^r:2:"):
        split_rulebook("rules: [\n", "r")


def test_the_bundled_rulebook_comes_back() -> None:
    text = (Path(__file__).parents[2] / "rules.yaml").read_text(encoding="utf-8")
    cut = split_rulebook(text, "r")
    assert cut.head + "".join(cut.sections.values()) == text
    joined = "rules:\n" + "\n".join(block.text for block in cut.blocks)
    assert joined.rstrip() == cut.sections["rules"].rstrip()
