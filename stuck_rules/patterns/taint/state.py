"""Which variables are tainted at a point of a function.

A variable is known by its dotted path, such as `self.url`. What is not known to a state of its
own is as tainted as what it belongs to; an object is tainted where a part of it is.
"""

from __future__ import annotations

from collections.abc import Iterable

# Numbers of the sources that a value comes from.
Marks = frozenset[int]
NOTHING: Marks = frozenset()
_NO_PARTS: frozenset[str] = frozenset()


class State:
    """The marks of all paths that are tainted, and of clean parts of what is tainted."""

    __slots__ = ("_dotted", "known")

    def __init__(self, known: dict[str, Marks] | None = None) -> None:
        self.known: dict[str, Marks] = {}
        # The dotted paths by their first name.
        self._dotted: dict[str, frozenset[str]] = {}
        for path in sorted(known or ()):
            self._set(path, known[path] if known else NOTHING)

    def copy(self) -> State:
        """A state that changes by itself."""
        made = State()
        made.known = self.known.copy()
        made._dotted = self._dotted.copy()
        return made

    def own(self, path: str) -> Marks:
        """The marks of a path, else those of what it belongs to; its parts left out."""
        while path:
            marks = self.known.get(path)
            if marks is not None:
                return marks
            path = path.rpartition(".")[0]
        return NOTHING

    def read(self, path: str) -> Marks:
        """The marks of a path and of its parts."""
        return self.own(path).union(*(self.known[part] for part in self._parts(path)))

    def write(self, path: str, marks: Marks) -> None:
        """Assign a path; what was known of its parts is past."""
        for part in self._parts(path):
            self._drop(part)
        self._set(path, marks)

    def add(self, path: str, marks: Marks) -> None:
        """Taint a path further."""
        if marks:
            self._set(path, self.own(path) | marks)

    def _set(self, path: str, marks: Marks) -> None:
        owner = path.rpartition(".")[0]
        if not marks and not self.own(owner):
            self._drop(path)
            return
        self.known[path] = marks
        if owner:
            base = path.partition(".")[0]
            self._dotted[base] = self._dotted.get(base, _NO_PARTS) | {path}

    def _drop(self, path: str) -> None:
        if self.known.pop(path, None) is not None and "." in path:
            base = path.partition(".")[0]
            self._dotted[base] -= {path}

    def _parts(self, path: str) -> list[str]:
        prefix = path + "."
        dotted = self._dotted.get(path.partition(".")[0], _NO_PARTS)
        return [part for part in dotted if part.startswith(prefix)]


def join(states: Iterable[State | None]) -> State | None:
    """What may hold where several ways meet; a way that ends does not count."""
    kept = [state for state in states if state is not None]
    if len(kept) < 2:
        return kept[0] if kept else None
    first = kept[0]
    differing = {
        path for other in kept[1:] for path, _ in first.known.items() ^ other.known.items()
    }
    joined = first.copy()
    # An owner comes before its parts, which need no mark of their own where it has none.
    for path in sorted(differing):
        joined._set(path, NOTHING.union(*(state.own(path) for state in kept)))
    return joined
