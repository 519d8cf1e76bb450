"""Regular expressions as rulebooks write them, which no text can make run for ever.

RE2 takes time in proportion to the text, so it does what it does as Python would; the rest
(look-around, back references, text beyond ASCII) is done by a backtracking engine with a time
limit. Both are loaded when a text is first looked at.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Protocol, TypeVar, cast

from stuck_rules.errors import PatternError, Problem, ProblemKind, SourceError
from stuck_rules.patterns.dialects import (
    most_copies,
    to_bounded,
    to_linear,
    to_python,
    without_boundaries,
)

# Seconds that the expressions of one rule may take on one file.
TIME_LIMIT = 2.0
# Engines write counted repetition out: `((a{1000}){1000}){1000}` would fill the memory.
_COPIES = 100_000
# Groups may nest so deep: Python's own reader of expressions recurses.
_DEEPEST = 200
_NO_GROUP = re.compile(r"\\.|\[[^]]*\]", re.DOTALL)
# RE2 cannot be stopped; these take it about as long at the worst.
_STEPS = 400_000_000

_LEADING_FLAGS = re.compile(r"\(\?([a-zA-Z]+)\)")
# What RE2 reads otherwise than Python, or not at all.
_NOT_LINEAR = re.compile(r"\(\?(?![:P])(?![ims]+\))|\(\?P[=>]|\\[0-9]|\{,|\[\^?\[[:.=]")
# White space for every other engine.
_UNUSUAL_SPACE = "\x0b"
_Found = TypeVar("_Found")


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
    @property
    def programsize(self) -> int: ...
    def search(self, text: str, /) -> Match | None: ...
    def match(self, text: str, /) -> Match | None: ...
    def fullmatch(self, text: str, /) -> Match | None: ...
    def finditer(self, text: str, /) -> Iterator[Match]: ...


class _Bounded(Protocol):
    @property
    def groups(self) -> int: ...
    def search(self, text: str, /, *, timeout: float) -> Match | None: ...
    def match(self, text: str, /, *, timeout: float) -> Match | None: ...
    def finditer(self, text: str, /, *, timeout: float) -> Iterator[Match]: ...


class _Budget:
    """The time that is left for a rule's expressions on a file."""

    left = TIME_LIMIT


def renew_time() -> None:
    """Give the expressions of the next rule on a file their whole time."""
    _Budget.left = TIME_LIMIT


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
            return self._timed(lambda: linear.search(text))
        bounded = _bounded(self._text, self._flags)
        return self._timed(lambda: bounded.search(text, timeout=self._left()))

    def match(self, text: str) -> Match | None:
        """The match at the text's start."""
        linear = self._linear(text)
        if linear is not None:
            return self._timed(lambda: linear.match(text))
        bounded = _bounded(self._text, self._flags)
        return self._timed(lambda: bounded.match(text, timeout=self._left()))

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches that do not overlap, in order."""
        linear = self._linear(text)
        if linear is not None:
            # Each step takes time in proportion to the text, and there may be as many.
            found = linear.finditer(text)
        else:
            found = _bounded(self._text, self._flags).finditer(text, timeout=self._left())
        while (match := self._timed(lambda: next(found, None))) is not None:
            yield match

    def _linear(self, text: str) -> _Linear | None:
        """RE2, where it finds in this text what Python would."""
        if not text.isascii() or _UNUSUAL_SPACE in text:
            return None
        linear = _linear(self._text, self._flags, ends_line=text.endswith("\n"))
        if linear is None or linear.programsize * len(text) > _STEPS:
            return None
        return linear

    def _left(self) -> float:
        if _Budget.left <= 0:
            raise self._too_slow()
        return _Budget.left

    def _timed(self, look: Callable[[], _Found]) -> _Found:
        """Take what a look costs from the time that is left."""
        self._left()
        start = time.perf_counter()
        try:
            return look()
        except TimeoutError:
            raise self._too_slow() from None
        except MemoryError:
            raise self._too_slow("took more memory than there is") from None
        finally:
            _Budget.left -= time.perf_counter() - start

    def _too_slow(self, how: str = f"took longer than {TIME_LIMIT:g} s") -> SourceError:
        message = (
            f"the regular expression {self._written!r} {how}; write it without nested repetition"
        )
        return SourceError(Problem(ProblemKind.TIMEOUT, message))


@lru_cache(maxsize=1_000)
def compile_regex(text: str, flags: int = 0, *, line: int = 0, column: int = 0) -> Regex:
    r"""Compile a rulebook's expression; raises PatternError with its place where it is none.

    `(?<NAME>...)` and `\z` are understood as in PCRE, and flags inside count from the start.
    """
    translated = to_python(text)
    try:
        _check(translated, flags)
    except re.error as error:
        message = f"not a regular expression: {error}; the text is {text!r}"
        raise PatternError.at(message, line=line or None, column=column or None) from None
    return Regex(text, translated, flags)


def _depth(text: str) -> int:
    """How deep groups nest."""
    signs = ((char == "(") - (char == ")") for char in _NO_GROUP.sub("", text))
    return max(accumulate(signs))


def _check(text: str, flags: int) -> None:
    """Raise re.error where an expression is none; Python's own engine tells it soonest."""
    if most_copies(text) > _COPIES:
        raise re.error("nested counts repeat a part too often")
    if text.count("(") > _DEEPEST and _depth(text) > _DEEPEST:
        raise re.error(f"groups nest more than {_DEEPEST} deep; write it flatter")
    if "[:" in text:
        _bounded(text, flags)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text, flags)
    except re.error as refusal:
        if refusal.msg.startswith("redefinition of group name"):
            raise
        try:
            _bounded(text, flags)
        except re.error:
            raise refusal from None


def group_count(text: str) -> int:
    """How many groups an expression has; the expression is a valid one."""
    translated = to_python(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(translated).groups
    except re.error:
        return _bounded(translated, 0).groups


@lru_cache(maxsize=1_000)
def _bounded(text: str, flags: int) -> _Bounded:
    """The backtracking engine; raises re.error where it cannot read the expression."""
    import regex

    leading = _LEADING_FLAGS.match(text)
    ascii_only = bool(flags & re.ASCII) or (leading is not None and "a" in leading[1])
    text = to_bounded(text, ascii_only=ascii_only)
    try:
        return cast("_Bounded", regex.compile(text, flags | regex.VERSION0))
    except regex.error as error:
        raise re.error(str(error)) from None


@lru_cache(maxsize=2_000)
def _linear(text: str, flags: int, *, ends_line: bool) -> _Linear | None:
    """RE2's form of an expression, or None where the two engines may disagree."""
    if not text.isascii() or _NOT_LINEAR.search(text):
        return None
    leading = _LEADING_FLAGS.match(text)
    inside = leading[1] if leading else ""
    if set(inside) - set("ims"):
        return None
    if ends_line and "$" in text and not (flags & re.MULTILINE or "m" in inside):
        # Python's `$` also matches in front of a last line break.
        return None
    told = "".join(
        letter
        for letter, flag in (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL))
        if flags & flag
    )
    prefix = f"(?{told})" if told else ""
    # Where nothing at all may match, engines go on in different ways.
    bare = _re2(prefix + without_boundaries(text))
    if bare is None or bare.fullmatch("") is not None:
        return None
    return _re2(prefix + text)


def _re2(text: str) -> _Linear | None:
    try:
        import re2
    except ImportError:
        # Not every system has a build of it; the time limit holds there too.
        return None
    options = re2.Options()
    options.log_errors = False
    try:
        return cast("_Linear", re2.compile(to_linear(text), options))
    except re2.error:
        return None
