"""Which variables are tainted at a point of a function.

A variable is known by its dotted path, such as `self.url`. What is not known to a state of its
own is as tainted as what it belongs to; an object is tainted where a part of it is.
"""

from __future__ import annotations

from collections.abc import Iterable

# Numbers of the sources that a value comes from.
Marks = frozenset[int]
NOTHING: Marks = frozenset()


class State:
    """The marks of all paths that were assigned so far."""

    __slots__ = ("_dotted", "known")

    def __init__(self, known: dict[str, Marks] | None = None) -> None:
        self.known: dict[str, Marks] = known if known is not None else {}
        self._dotted = {path for path in self.known if "." in path}

    def copy(self) -> State:
        """A state that changes by itself."""
        return State(dict(self.known))

    def read(self, path: str) -> Marks:
        """The marks of a path: its own, else those of what it belongs to, and of its parts."""
        marks = NOTHING
        owner = path
        while owner:
            if owner in self.known:
                marks = self.known[owner]
                break
            owner = owner.rpartition(".")[0]
        return marks.union(*(self.known[part] for part in self._parts(path)))

    def write(self, path: str, marks: Marks) -> None:
        """Assign a path; what was known of its parts is past."""
        for part in self._parts(path):
            del self.known[part]
            self._dotted.discard(part)
        self._set(path, marks)

    def add(self, path: str, marks: Marks) -> None:
        """Taint a path further."""
        if marks:
            self._set(path, self.read(path) | marks)

    def _set(self, path: str, marks: Marks) -> None:
        self.known[path] = marks
        if "." in path:
            self._dotted.add(path)

    def _parts(self, path: str) -> list[str]:
        prefix = path + "."
        return [part for part in self._dotted if part.startswith(prefix)]


def join(states: Iterable[State | None]) -> State | None:
    """What may hold where several ways meet; a way that ends does not count."""
    open_states = [state for state in states if state is not None]
    if len(open_states) < 2:
        return open_states[0] if open_states else None
    paths = {path for state in open_states for path in state.known}
    return State({p: NOTHING.union(*(s.read(p) for s in open_states)) for p in paths})
