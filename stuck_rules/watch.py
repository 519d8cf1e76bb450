"""A limit for the time that a file, and a rule on it, may take, held from another thread.

A thread that checks files says what it is at, which costs next to nothing; the thread that waits
for it looks now and then, and counts. A rule that has used up its time is stopped by an exception;
what that does not stop, and what takes its time outside of rules, is given up with its thread.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from stuck_rules.errors import Problem, ProblemKind, SourceError

# Seconds between two looks, and after which what could not be stopped is given up.
LOOK = 0.5
GRACE = 3.0

T = TypeVar("T")


class Overdue(BaseException):
    """Stops what takes too long; no Exception, so that a check does not catch it by mistake."""


class StuckError(Exception):
    """What takes too long and cannot be stopped; `rule` is None outside of rules."""

    def __init__(self, rule: str | None, limit: float) -> None:
        super().__init__(rule, limit)
        self.rule = rule
        self.limit = limit


class _Piece:
    """A piece of work: a file, or a rule on it."""

    __slots__ = ("rule", "seconds")

    def __init__(self, rule: str | None) -> None:
        self.rule = rule
        self.seconds = 0.0


class Watch:
    """What one thread is at, for another to look at; without a `limit` nothing is stopped."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._thread = 0
        self._seen = 0.0
        self._current: _Piece | None = None
        self._struck: _Piece | None = None
        self._is_given_up = False
        self._pieces: dict[str, _Piece] = {}
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Watch the thread that calls this."""
        self._thread = threading.get_ident()
        self._seen = time.monotonic()
        _here.watch = self

    def file(self, action: Callable[[], T]) -> T:
        """Check a file; raises SourceError where it took too long."""
        self._pieces = {}
        return self._run(_Piece(None), action)

    def rule(self, rule: str, action: Callable[[], T]) -> T:
        """A step of a rule on the file; raises SourceError where all took too long together."""
        piece = self._pieces.get(rule)
        if piece is None:
            piece = self._pieces[rule] = _Piece(rule)
        return action() if self._current is piece else self._run(piece, action)

    def look(self) -> None:
        """Count, and stop what has used up its time; raises StuckError where that fails.

        A pause of the whole program, as of a laptop that sleeps, does not count.
        """
        now = time.monotonic()
        passed, self._seen = min(now - self._seen, 2 * LOOK), now
        piece = self._current
        if piece is None or not self._limit:
            return
        piece.seconds += passed
        if piece.seconds > self._limit + GRACE:
            self._is_given_up = True
            raise StuckError(piece.rule, self._limit)
        if piece.seconds > self._limit and piece.rule is not None and not self._imports():
            self._strike(piece)

    def _run(self, piece: _Piece, action: Callable[[], T]) -> T:
        if self._is_given_up:
            # Nobody waits for this thread any more, and another one has its work.
            raise SystemExit
        if self._struck is piece:
            raise too_slow(piece.rule, self._limit)
        outer, self._current = self._current, piece
        done: list[T] = []
        try:
            try:
                done.append(action())
            finally:
                self._leave(outer, piece)
        except Overdue:
            self._leave(outer, piece)
            raise too_slow(piece.rule, self._limit) from None
        if self._struck is piece:
            raise too_slow(piece.rule, self._limit)
        return done[0]

    def _leave(self, outer: _Piece | None, piece: _Piece) -> None:
        """Be at another piece; what was to stop this one must not stop that.

        The watching thread says which piece it strikes before it looks whether that is still
        the current one. So either it sees here that it is not, or this sees that it was struck.
        """
        self._current = outer
        if self._struck is piece:
            with self._lock:
                _raise_in(self._thread, None)

    def _imports(self) -> bool:
        """Whether the thread imports something: an exception there would leave locks behind."""
        frame = sys._current_frames().get(self._thread)
        while frame is not None:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return True
            frame = frame.f_back
        return False

    def _strike(self, piece: _Piece) -> None:
        with self._lock:
            self._struck = piece
            if self._current is piece:
                _raise_in(self._thread, Overdue)


class _Here(threading.local):
    watch: Watch | None = None


_here = _Here()


def current_watch() -> Watch | None:
    """The watch over this thread; None in one that nobody watches."""
    return _here.watch


def too_slow(rule: str | None, limit: float) -> SourceError:
    """The error of what took too long, without its file."""
    what = "checking" if rule is None else f"rule {rule} on"
    message = (
        f"{what} this file took longer than {limit:g} s and was stopped; "
        "the setting rule-timeout gives it more"
    )
    return SourceError(Problem(ProblemKind.TIMEOUT, message, rule=rule))


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an exception in a thread, where it runs Python; None takes back what is on its way."""
    try:
        import ctypes
    except ImportError:
        return
    raised = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
