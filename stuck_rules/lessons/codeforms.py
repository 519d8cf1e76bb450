"""Wrong and right forms inside one code block, told apart by the comments in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.lessons.blocks import Fence
from stuck_rules.lessons.labels import exact_role
from stuck_rules.model.lesson import Role
from stuck_rules.values import dataclass, replace

_FORMS = (Role.WRONG, Role.CORRECT)
_BAD_MARKS = "❌✖✗✘🚫⛔"
_GOOD_MARKS = "✅✔☑"
_COMMENT = r"(?:\#+|//+|--|/\*|<!--|;)\s*"
_HEAD = re.compile(rf"^\s*{_COMMENT}(?P<said>.*?)\s*(?:\*/|-->)?\s*$")
_WORD = re.compile(
    r"^[^\w\s]*\s*(?P<word>[^\W\d_][\w' ]{1,30}?)\s*"
    r"(?:[:\uff1a(!\u2013\u2014-]+\s*(?P<rest>.*?)\W?)?$"
)
_TRAILING = re.compile(
    rf"\S.*?\s(?:\#|//)\s*(?:(?P<bad>[{_BAD_MARKS}]|(?:WRONG|BAD|INCORRECT|NOT?|BROKEN)\b)"
    rf"|(?P<good>[{_GOOD_MARKS}]|(?:RIGHT|CORRECT|GOOD)\b))\W*(?P<rest>.*)$"
)


@dataclass(frozen=True, slots=True)
class CodeForm:
    """A piece of a code block; `role` is None where no comment says what it is."""

    fence: Fence
    role: Role | None = None
    word: str = ""
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    role: Role
    word: str
    reason: str


def mark_role(text: str) -> Role | None:
    """What a sign at the start of a text says of it."""
    first = text.lstrip()[:1]
    if not first:
        return None
    return Role.WRONG if first in _BAD_MARKS else Role.CORRECT if first in _GOOD_MARKS else None


def _head(line: str) -> _Mark | None:
    """A comment alone in its line that says what follows."""
    match = _HEAD.match(line)
    if match is None:
        return None
    said = match["said"]
    sign = mark_role(said)
    word = _WORD.match(said)
    role = exact_role(word["word"]) if word else None
    if word is not None and role in _FORMS:
        return _Mark(role, word["word"], word["rest"] or "")
    if sign is None:
        return None
    words = said.lstrip(_BAD_MARKS + _GOOD_MARKS + "\ufe0f ")
    return _Mark(sign, "WRONG" if sign is Role.WRONG else "CORRECT", words)


def _trailing(line: str) -> _Mark | None:
    match = _TRAILING.match(line.strip())
    if match is None:
        return None
    if match["bad"]:
        return _Mark(Role.WRONG, "WRONG", match["rest"])
    return _Mark(Role.CORRECT, "CORRECT", match["rest"])


def _piece(fence: Fence, start: int, lines: list[str]) -> Fence | None:
    """Some lines of a code block, without blank ones around; None where nothing is left."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    while lines and not lines[0].strip():
        start, lines = start + 1, lines[1:]
    if not lines:
        return None
    first = fence.lines[0] + start
    span = (first, first + len(lines) - 1)
    return replace(fence, text="\n".join(lines), lines=span, block_lines=span)


def _by_heads(fence: Fence, lines: list[str]) -> Iterator[CodeForm]:
    starts = [(i, mark) for i, line in enumerate(lines) if (mark := _head(line))]
    before = _piece(fence, 0, lines[: starts[0][0]])
    if before is not None:
        yield CodeForm(before)
    ends = [*(i for i, _ in starts[1:]), len(lines)]
    for (start, mark), end in zip(starts, ends, strict=True):
        piece = _piece(fence, start + 1, lines[start + 1 : end])
        whole = piece or _piece(fence, start, lines[start:end]) or fence
        at = fence.lines[0] + start
        yield CodeForm(whole, mark.role, mark.word, mark.reason, at)


def _by_trails(fence: Fence, lines: list[str]) -> Iterator[CodeForm]:
    """The whole block as it is, and each marked line once more as a form of its own."""
    yield CodeForm(fence)
    for index, line in enumerate(lines):
        mark = _trailing(line)
        piece = _piece(fence, index, [line]) if mark else None
        if mark is not None and piece is not None:
            yield CodeForm(piece, mark.role, mark.word, mark.reason, piece.lines[0])


def code_forms(fence: Fence, role: Role) -> list[CodeForm]:
    """The forms in a code block that stands under a label of `role`.

    A comment alone in its line speaks for all lines up to the next one, one behind code for its
    line: the latter is not asked where the label has said already what the block is.
    """
    lines = fence.text.split("\n")
    if any(map(_head, lines)):
        return list(_by_heads(fence, lines))
    if role not in _FORMS and any(map(_trailing, lines)):
        return list(_by_trails(fence, lines))
    return [CodeForm(fence)]
