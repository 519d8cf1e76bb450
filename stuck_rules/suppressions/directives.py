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
_SEPARATOR = re.compile(r"\s*(?:--(?!>)|[\u2013\u2014])")
# A reason ends where another comment begins, or the comment closes.
_FURTHER = r"(?<!\s)\s+#\s*[^\W\d]"
_CLOSING = r"-->|\*/|#\}|%\}"
_END = re.compile(_FURTHER)
_END_OF_TEXT = re.compile(rf"{_FURTHER}|{_CLOSING}")
# What closes a comment in other languages.
CLOSING = re.compile(rf"\s*(?:{_CLOSING})?\s*")
_NOTHING = re.compile(rf"\s*(?:{_CLOSING}|$)|\s+#\s*[^\W\d]")
_OPEN = re.compile(r"\s*\[")
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
        end_of_reason = _END if form is Form.CODE else _END_OF_TEXT
        found = _read(_Part(text, start, stop, end_of_reason))
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class _Part:
    """A comment from the mark of a directive to the next one's."""

    text: str
    start: re.Match[str]
    stop: int
    end_of_reason: re.Pattern[str]

    def match(self, pattern: re.Pattern[str], place: int) -> re.Match[str] | None:
        """What a pattern finds at a place; the part's end is the text's to it."""
        return pattern.match(self.text, place, self.stop)

    def reason(self, place: int) -> tuple[int, int]:
        """Where the reason stands of which the two dashes end at a place."""
        end = self.end_of_reason.search(self.text, place, self.stop)
        told = self.text[place : end.start() if end else self.stop]
        return place + len(told) - len(told.lstrip()), place + len(told.rstrip())

    def faulty(self, fault: str) -> Directive:
        """A directive that is none, from the mark to the end."""
        start = self.start.start()
        end = start + len(self.text[start : self.stop].rstrip())
        return Directive(Scope.LINE, fault=fault, start=start, end=end)


def _read(part: _Part) -> Directive | None:
    verb = part.match(_VERB, part.start.end())
    if verb is None or part.start["colon"] is None:
        fault = _attempt(part)
        return part.faulty(fault) if fault else None
    names = part.match(_NAMES, verb.end())
    place = names.end() if names else verb.end()
    dashes = part.match(_SEPARATOR, place)
    fault = _fault(part, verb, names, dashes)
    if fault:
        return part.faulty(fault)
    spots = _spots(part.text, names) if names else ()
    reason = part.reason(dashes.end()) if dashes else (place, place)
    return Directive(
        scope=Scope.FILE if verb[0].lower().endswith("file") else Scope.LINE,
        ids=tuple(part.text[first:end] for first, end in spots),
        reason=part.text[slice(*reason)],
        start=part.start.start(),
        end=max(dashes.end() if dashes else place, reason[1]),
        names=(verb.end(), place),
        spots=spots,
    )


def _fault(
    part: _Part,
    verb: re.Match[str],
    names: re.Match[str] | None,
    dashes: re.Match[str] | None,
) -> str:
    """What keeps a directive from hiding anything; nothing where it does."""
    if names is not None:
        return "" if _NAME.search(names["names"]) else "it names no rule"
    if dashes is not None or part.match(_NOTHING, verb.end()):
        return ""
    if part.match(_OPEN, verb.end()):
        return "the bracket is not closed"
    return "put the ids in brackets: ignore[ID]"


def _spots(text: str, names: re.Match[str]) -> tuple[tuple[int, int], ...]:
    return tuple(name.span() for name in _NAME.finditer(text, *names.span("names")))


def _attempt(part: _Part) -> str:
    """What is wrong with what was meant for a directive; nothing where it is mere prose."""
    attempt = part.match(_ATTEMPT, part.start.end())
    if attempt is None:
        return ""
    word, rest = attempt["word"].lower(), attempt["rest"]
    hint = did_you_mean(word, ("ignore", "ignore-file"), cutoff=0.75)
    if part.start["colon"] is None:
        is_meant = bool(hint) and rest in {"[", ""}
        return f"write a colon: {MARK}: {word}" if is_meant else ""
    if hint or rest in {"[", "="}:
        return f"{word!r} is no directive{hint or '; write ignore[ID]'}"
    return ""
