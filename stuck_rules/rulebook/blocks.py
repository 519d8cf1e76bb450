"""A rulebook's text cut at its rules, so that one can be replaced and the rest stays as it is."""

from __future__ import annotations

import yaml

from stuck_rules.rulebook.nodes import compose
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A rule's lines, with the comments in front of it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class RulebookText:
    """What stands before the first rule, the rules, and the other sections by key."""

    head: str
    blocks: tuple[Block, ...]
    sections: dict[str, str]


def split_rulebook(text: str, path: str) -> RulebookText:
    """Cut a rulebook's text by the places of its nodes; `path` is for messages."""
    root = compose(text, path)
    lines = text.splitlines(keepends=True)
    if not isinstance(root, yaml.MappingNode):
        return RulebookText(text, (), {})
    starts = [(key.value, _with_comments(lines, key.start_mark.line)) for key, _ in root.value]
    ends = [start for _, start in starts[1:]] + [len(lines)]
    sections = {
        key: "".join(lines[start:end]) for (key, start), end in zip(starts, ends, strict=True)
    }
    head = "".join(lines[: starts[0][1]]) if starts else text
    rules = next((value for key, value in root.value if key.value == "rules"), None)
    if not isinstance(rules, yaml.SequenceNode) or rules.flow_style:
        return RulebookText(head, (), sections)
    stop = next(end for (key, _), end in zip(starts, ends, strict=True) if key == "rules")
    return RulebookText(head, _blocks(lines, rules, stop), sections)


def _blocks(lines: list[str], rules: yaml.SequenceNode, stop: int) -> tuple[Block, ...]:
    firsts = [_with_comments(lines, node.start_mark.line) for node in rules.value]
    ends = [*firsts[1:], stop]
    return tuple(
        Block(_id(node), "".join(lines[first:end]).rstrip() + "\n")
        for node, first, end in zip(rules.value, firsts, ends, strict=True)
    )


def _id(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")


def _with_comments(lines: list[str], line: int) -> int:
    """The first of the comment lines right above a line, else the line."""
    while line > 0 and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line
