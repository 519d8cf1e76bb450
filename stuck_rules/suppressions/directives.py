"""What a comment says to stuck-rules: `ignore[ID] -- reason`, `ignore-file[ID] -- reason`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from stuck_rules.errors import did_you_mean
from stuck_rules.suppressions.mark import MARK
from stuck_rules.values import dataclass

SEPARATOR = "--"

_MARK = r"\s*stuck-rules(?![\w-])(?P<colon>\s*:)?\s*"
# In quotes or behind a back tick it is an example of a directive.
_IN_CODE = re.compile(rf"(?<![`'\"])#{_MARK}", re.IGNORECASE)
_IN_TEXT = re.compile(rf"(?<![`'\"])(?:#|//|/\*|<!--|--|;|%){_MARK}", re.IGNORECASE)
_IN_MARKDOWN = re.compile(rf"(?<![`'\"])<!--{_MARK}", re.IGNORECASE)

_VERB = re.compile(r"ignore(?:-file)?(?![\w-])", re.IGNORECASE)
_NAMES = re.compile(r"\s*\[(?P<names>[^\[\]]*)\]")
_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
# A reason ends where the comment closes, or where another comment begins.
_END = r"(?=\s*(?:-->|\*/|#\}|%\})|\s+#\s*[^\W\d]|\s*$)"
_REASON = re.compile(rf"\s*(?:--(?!>)|[\u2013\u2014])(?P<reason>.*?){_END}")
# What closes a comment in other languages.
CLOSING = re.compile(r"\s*(?:-->|\*/|#\}|%\})?\s*")
_NOTHING = re.compile(_END)
# What somebody may have meant for one.
_ATTEMPT = re.compile(r"(?P<word>[\w-]+)\s*(?P<rest>.?)")


class Scope(str, Enum):
    """What a directive is for."""

    LINE = "line"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive of a comment; without ids it is for all rules.

    One with a `fault` was meant for one, and hides nothing. `start` and `end` are its place in
    the comment, `names` that of the brackets with what is in them, `spots` those of the ids.
    """

    scope: Scope
    ids: tuple[str, ...] = ()
    reason: str = ""
    fault: str = ""
    start: int = 0
    end: int = 0
    names: tuple[int, int] = (0, 0)
    spots: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        verb = "ignore" if self.scope is Scope.LINE else "ignore-file"
        named = f"[{', '.join(self.ids)}]" if self.ids else ""
        told = f" {SEPARATOR} {self.reason}" if self.reason else ""
        return f"{MARK}: {verb}{named}{told}"


class Form(Enum):
    """How the comments of a file begin."""

    CODE = _IN_CODE
    TEXT = _IN_TEXT
    MARKDOWN = _IN_MARKDOWN


def read_directives(text: str, form: Form = Form.CODE) -> tuple[Directive, ...]:
    """The directives of a comment, or of a line of a file that is no Python, in order."""
    return tuple(_directives(text, form))


def _directives(text: str, form: Form) -> Iterator[Directive]:
    starts = list(form.value.finditer(text))
    for number, start in enumerate(starts):
        stop = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        found = _read(text[:stop], start)
        if found is not None:
            yield found


def _read(text: str, start: re.Match[str]) -> Directive | None:
    place = start.end()
    verb = _VERB.match(text, place)
    if verb is None or start["colon"] is None:
        fault = _attempt(text, place, has_colon=start["colon"] is not None)
        return _faulty(text, start, fault) if fault else None
    names = _NAMES.match(text, verb.end())
    reason = _REASON.match(text, names.end() if names else verb.end())
    if names is None and reason is None and not _NOTHING.match(text, verb.end()):
        is_open = text[verb.end() :].lstrip().startswith("[")
        fault = "the bracket is not closed" if is_open else "put the ids in brackets: ignore[ID]"
        return _faulty(text, start, fault)
    spots = (
        tuple(name.span() for name in _NAME.finditer(text, *names.span("names"))) if names else ()
    )
    if names and not spots:
        return _faulty(text, start, "it names no rule")
    last = reason or names or verb
    return Directive(
        scope=Scope.FILE if verb[0].lower().endswith("file") else Scope.LINE,
        ids=tuple(text[first:end] for first, end in spots),
        reason=reason["reason"].strip() if reason else "",
        start=start.start(),
        end=last.end(),
        names=(names.start(), names.end()) if names else (verb.end(), verb.end()),
        spots=spots,
    )


def _faulty(text: str, start: re.Match[str], fault: str) -> Directive:
    end = len(text.rstrip())
    return Directive(Scope.LINE, fault=fault, start=start.start(), end=end)


def _attempt(text: str, place: int, *, has_colon: bool) -> str:
    """What is wrong with what was meant for a directive; nothing where it is mere prose."""
    attempt = _ATTEMPT.match(text, place)
    if attempt is None:
        return ""
    word, rest = attempt["word"].lower(), attempt["rest"]
    hint = did_you_mean(word, ("ignore", "ignore-file"), cutoff=0.75)
    if not has_colon:
        is_meant = bool(hint) and rest in {"[", ""}
        return f"write a colon: {MARK}: {word}" if is_meant else ""
    if hint or rest in {"[", "="}:
        return f"{word!r} is no directive{hint or '; write ignore[ID]'}"
    return ""
