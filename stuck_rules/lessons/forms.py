"""The forms in which a label is set: bold or plain, with colon or alone, as a heading."""

from __future__ import annotations

import re

from stuck_rules.lessons.codeforms import mark_role
from stuck_rules.lessons.labels import exact_role, meant_label, normalise, role_of
from stuck_rules.lessons.prose import (
    Piece,
    Prose,
    cut,
    flatten,
    is_blank,
    line_span,
    plain_text,
    split_lines,
    without_dash,
)
from stuck_rules.model.lesson import Role
from stuck_rules.values import dataclass, replace

_REMARK = r"[^\S\n]*(?P<remark>[(\uff08][^)\uff09\n]*[)\uff09])?[^\S\n]*"
_COLON = re.compile(rf"{_REMARK}[:\uff1a]")
_ALONE = re.compile(rf"{_REMARK}(?:\n|$)")
_PLAIN = re.compile(
    r"[^\w\n\0]*(?:\d+[.)]\s+)?(?P<label>[^\W\d][^:\uff1a\n\0(\uff08]{0,60}?)"
    + _REMARK
    + r"(?::(?=\s|$)|\uff1a)"
)
_FIRST_WORDS = re.compile(r"\s+[-\u2013\u2014(]\s*")
_FRONT = re.compile(r"\W*(?:\d+[.)]\s+)?\W*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label and the text behind it; `role` is None for words that the table does not know."""

    text: str
    role: Role | None
    value: Prose
    line: int
    remark: str = ""
    meant: str | None = None

    @property
    def name(self) -> str:
        """What two labels share when they are the same."""
        return f"{normalise(self.text)} {self.remark}".rstrip()


@dataclass(frozen=True, slots=True)
class _Bold:
    """The bold words that a line starts with, and what follows them."""

    text: str
    rest: Prose


def _bold(prose: Prose) -> _Bold | None:
    pieces = list(prose)
    while pieces and not pieces[0].strong and not re.search(r"\w", plain_text((pieces[0],))):
        if pieces[0].code:
            return None
        del pieces[0]
    run: list[Piece] = []
    while pieces and pieces[0].strong and not pieces[0].is_break:
        run.append(pieces.pop(0))
    return _Bold(flatten(run), tuple(pieces)) if run else None


def _label(text: str, value: Prose, line: int, remark: str | None = None) -> Label:
    """A label with the role that the table gives it, or that of the one it was meant to be."""
    role = role_of(text)
    meant = meant_label(text) if role is None else None
    role = role_of(meant) if meant else role
    shown = _FRONT.sub("", text, count=1).rstrip(" :\uff1a")
    return Label(shown, role, value, line, remark or "", meant)


def _bold_with_colon(prose: Prose, line: int) -> Label | None:
    bold = _bold(prose)
    if bold is None or not re.search(r"\w", bold.text):
        return None
    if bold.text.endswith((":", "\uff1a")):
        return _label(bold.text, bold.rest, line)
    match = _COLON.match(plain_text(bold.rest))
    return _label(bold.text, cut(bold.rest, match.end()), line, match["remark"]) if match else None


def _plain_with_colon(prose: Prose, line: int) -> Label | None:
    text = plain_text(prose)
    match = _PLAIN.match(text)
    if match is None or match["label"][0].islower() or exact_role(match["label"]) is None:
        return None
    return _label(match["label"], cut(prose, match.end()), line, match["remark"])


def _bold_without_colon(prose: Prose, line: int, *, opens: bool) -> Label | None:
    bold = _bold(prose)
    if bold is None:
        return None
    alone = _ALONE.match(plain_text(bold.rest))
    if alone and (role_of(bold.text) or (opens and is_blank(cut(bold.rest, alone.end())))):
        return _label(bold.text, cut(bold.rest, alone.end()), line, alone["remark"])
    if exact_role(bold.text) is None:
        return None
    return _label(bold.text, without_dash(bold.rest), line)


def known_label(prose: Prose) -> Label | None:
    """The label that a list item starts with: one the table knows, with a colon."""
    line = (line_span(prose) or (0, 0))[0]
    bold = _bold_with_colon(prose, line)
    if bold is not None and bold.role is not None and bold.meant is None:
        return bold
    return _plain_with_colon(prose, line)


def paragraph_label(prose: Prose, *, opens: bool) -> Label | None:
    """The label that a paragraph or one of its lines starts with.

    Bold words alone are one only where the table knows them or where the paragraph `opens` a
    list or a code block; else they are an emphatic sentence.
    """
    line = (line_span(prose) or (0, 0))[0]
    label = (
        _bold_with_colon(prose, line)
        or _plain_with_colon(prose, line)
        or _bold_without_colon(prose, line, opens=opens)
    )
    if label is None or label.role is not None:
        return label
    return replace(label, role=_form_role(prose, label.text))


def _form_role(prose: Prose, text: str) -> Role | None:
    """What a sign or a first word says of the form below: "❌ Slow loop", "Good - with a set"."""
    sign = mark_role(plain_text(prose))
    if sign is not None:
        return sign
    first = _FIRST_WORDS.split(text, maxsplit=1)[0]
    role = exact_role(first) if first != text else None
    return role if role in (Role.WRONG, Role.CORRECT) else None


def heading_label(prose: Prose, line: int) -> Label:
    """A heading below an entry's own is always a label, known or not."""
    named = _bold_with_colon(prose, line) or _plain_with_colon(prose, line)
    return named or _label(flatten(prose), (), line)


def split_labelled(prose: Prose, *, opens: bool, loose: bool) -> list[tuple[Label | None, Prose]]:
    """Cut a paragraph before each line that starts with a label.

    Where it is not `loose`, as inside a list item, only known labels with a colon count.
    """
    gathered: list[list[Piece]] = []
    for line in split_lines(prose):
        if gathered and _read(line, opens=False, loose=loose) is None:
            gathered[-1].extend(line)
        else:
            gathered.append([*line])
    parts = [tuple(pieces) for pieces in gathered]
    labels = [_read(part, opens=opens, loose=loose) for part in parts]
    return [
        (label, label.value if label else part) for label, part in zip(labels, parts, strict=True)
    ]


def _read(prose: Prose, *, opens: bool, loose: bool) -> Label | None:
    return paragraph_label(prose, opens=opens) if loose else known_label(prose)
