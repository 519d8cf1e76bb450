"""Regular expressions as rulebooks write them, which no text can make run for ever.

RE2 takes time in proportion to the text, so it does what it does as Python would; the rest
(look-around, back references, text beyond ASCII) is done by a backtracking engine with a time
limit. Both are loaded when a text is first looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Protocol, cast

from stuck_rules.errors import PatternError, Problem, ProblemKind, SourceError

# Seconds that one look at one text may take.
TIME_LIMIT = 2.0

_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z_])")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL = re.compile(r"[.^$*+?{}\[\]|()]")
_FLAGS_INSIDE = re.compile(r"(?<!^)\(\?([aiLmsux]+)\)")
_LEADING_FLAGS = re.compile(r"\(\?([a-zA-Z]+)\)")
# What RE2 reads otherwise than Python, or not at all.
_NOT_LINEAR = re.compile(r"\(\?(?![:P])(?![ims]+\))|\(\?P[=>]|\\[0-9]|\{,|\[\^?\[[:.=]")
# White space for every other engine.
_UNUSUAL_SPACE = "\x0b"


class Match(Protocol):
    """What both engines tell of a match; places are offsets of characters."""

    def start(self, group: int = 0, /) -> int:
        """Where it begins."""
        ...

    def end(self, group: int = 0, /) -> int:
        """Where it ends."""
        ...

    def group(self, *groups: int | str) -> str | None:
        """The text of a group."""
        ...

    def groups(self) -> tuple[str | None, ...]:
        """The texts of all groups."""
        ...

    def groupdict(self) -> Mapping[str, str | None]:
        """The texts of the named groups."""
        ...


class _Linear(Protocol):
    def search(self, text: str, /) -> Match | None: ...
    def match(self, text: str, /) -> Match | None: ...
    def finditer(self, text: str, /) -> Iterator[Match]: ...


class _Bounded(Protocol):
    def search(self, text: str, /, *, timeout: float) -> Match | None: ...
    def match(self, text: str, /, *, timeout: float) -> Match | None: ...
    def finditer(self, text: str, /, *, timeout: float) -> Iterator[Match]: ...


class Regex:
    """A compiled expression. Each method raises SourceError where it would take too long."""

    __slots__ = ("_flags", "_text", "_written")

    def __init__(self, written: str, text: str, flags: int) -> None:
        self._written = written
        self._text = text
        self._flags = flags

    def search(self, text: str) -> Match | None:
        """The first match anywhere."""
        linear = self._linear(text)
        if linear is not None:
            return linear.search(text)
        try:
            return _bounded(self._text, self._flags).search(text, timeout=TIME_LIMIT)
        except TimeoutError:
            raise self._too_slow() from None

    def match(self, text: str) -> Match | None:
        """The match at the text's start."""
        linear = self._linear(text)
        if linear is not None:
            return linear.match(text)
        try:
            return _bounded(self._text, self._flags).match(text, timeout=TIME_LIMIT)
        except TimeoutError:
            raise self._too_slow() from None

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches that do not overlap, in order."""
        linear = self._linear(text)
        if linear is not None:
            yield from linear.finditer(text)
            return
        try:
            yield from _bounded(self._text, self._flags).finditer(text, timeout=TIME_LIMIT)
        except TimeoutError:
            raise self._too_slow() from None

    def _linear(self, text: str) -> _Linear | None:
        """RE2, where it finds in this text what Python would."""
        if not text.isascii() or _UNUSUAL_SPACE in text:
            return None
        return _linear(self._text, self._flags, ends_line=text.endswith("\n"))

    def _too_slow(self) -> SourceError:
        message = (
            f"the regular expression {self._written!r} took longer than {TIME_LIMIT:g} s; "
            "write it without nested repetition"
        )
        return SourceError(Problem(ProblemKind.TIMEOUT, message))


@lru_cache(maxsize=1_000)
def compile_regex(text: str, flags: int = 0, *, line: int = 0, column: int = 0) -> Regex:
    r"""Compile a rulebook's expression; raises PatternError with its place where it is none.

    `(?<NAME>...)` and `\z` are understood as in PCRE, and flags inside count from the start.
    """
    translated = _NAMED_GROUP.sub("(?P<", text).replace(r"\z", r"\Z")
    moved = "".join(found[1] for found in _FLAGS_INSIDE.finditer(translated))
    if moved:
        translated = f"(?{moved})" + _FLAGS_INSIDE.sub("", translated)
    try:
        _check(translated, flags)
    except re.error as error:
        message = f"not a regular expression: {error}; the text is {text!r}"
        raise PatternError.at(message, line=line or None, column=column or None) from None
    return Regex(text, translated, flags)


def _check(text: str, flags: int) -> None:
    """Raise re.error where an expression is none; Python's own engine tells it soonest."""
    try:
        if "[:" not in text:
            re.compile(text, flags)
            return
    except re.error as refusal:
        try:
            _bounded(text, flags)
        except re.error:
            raise refusal from None
        return
    _bounded(text, flags)


@lru_cache(maxsize=1_000)
def _bounded(text: str, flags: int) -> _Bounded:
    """The backtracking engine; raises re.error where it cannot read the expression."""
    import regex

    try:
        return cast("_Bounded", regex.compile(text, flags | regex.VERSION0))
    except regex.error as error:
        raise re.error(str(error)) from None


@lru_cache(maxsize=2_000)
def _linear(text: str, flags: int, *, ends_line: bool) -> _Linear | None:
    """RE2's form of an expression, or None where the two engines may disagree."""
    if not text.isascii() or _NOT_LINEAR.search(text) or _may_be_empty(text, flags):
        return None
    leading = _LEADING_FLAGS.match(text)
    inside = leading[1] if leading else ""
    if set(inside) - set("ims"):
        return None
    if ends_line and "$" in text and not (flags & re.MULTILINE or "m" in inside):
        # Python's `$` also matches in front of a last line break.
        return None
    import re2

    options = re2.Options()
    options.log_errors = False
    told = "".join(
        letter
        for letter, flag in (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL))
        if flags & flag
    )
    prefix = f"(?{told})" if told else ""
    try:
        return cast("_Linear", re2.compile(prefix + text.replace(r"\Z", r"\z"), options))
    except re2.error:
        return None


def _may_be_empty(text: str, flags: int) -> bool:
    """Whether an expression may match nothing at all, where engines go on in different ways."""
    try:
        return re.fullmatch(re.sub(r"\\[bB]", "", text), "", flags) is not None
    except re.error:
        return True


def plain_text(text: str) -> str | None:
    """The text that an expression without special characters matches, else None."""
    unescaped = _ESCAPED.sub("", text)
    if _SPECIAL.search(unescaped) or re.search(r"\\[A-Za-z0-9]", text):
        return None
    return _ESCAPED.sub(r"\1", text)
