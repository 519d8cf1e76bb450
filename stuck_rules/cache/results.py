"""What was found in files, by their content and by all that decides it beside that.

The files of a project lie in a few pieces, so that a run over all of them opens few files and
a run over some reads and writes little.
"""

from __future__ import annotations

import zlib

from stuck_rules.cache import codec
from stuck_rules.cache.folder import CacheFolder
from stuck_rules.cache.piece import Piece
from stuck_rules.model.result import FileOutcome
from stuck_rules.values import dataclass, replace

_PIECES = 16
# How long the list of a file is that was not parsed.
_UNPARSED = 5

# Size, time of the last change of the content and of anything, and number of a file.
FileState = tuple[int, int, int, int]
# The state of no file: only the content says whether it is the known one.
UNSURE: FileState = (-1, -1, -1, -1)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was checked; as long as it has its `state`, its content is the same.

    `parsed` is false where no rule could match; only otherwise its `package` counts. Paths in
    the outcome are empty.
    """

    state: FileState
    digest: str
    parsed: bool = False
    package: str | None = None
    outcome: FileOutcome = FileOutcome()


class Results:
    """The known files of a project, by their paths from its root.

    `way` names all that decides an outcome beside the file. A project that was not checked in
    this way before begins with what is known of another copy of it.
    """

    def __init__(self, folder: CacheFolder, way: str, project: str) -> None:
        self._folder = folder
        copies = folder.names(f"results/{way}")
        self._own = f"results/{way}/{project}"
        self._is_new = project not in copies
        self._source = f"results/{way}/{copies[0]}" if self._is_new and copies else self._own
        self._pieces: dict[str, Piece] = {}
        # What was read of all pieces: in a run over many files, each is asked for once.
        self._told: dict[str, object] = {}
        self._changed: set[str] = set()

    def is_clean(self, path: str, state: FileState) -> bool:
        """Whether no rule could match in a file when it was as it is now; most files are so."""
        told = self._told.get(path) or self._ask(path)
        return isinstance(told, list) and len(told) == _UNPARSED and told[:4] == [*state]

    def find(self, path: str) -> KnownFile | None:
        """What is known of a file, whatever its state and content are now."""
        told = self._told.get(path) or self._ask(path)
        return _known(told) if isinstance(told, list) else None

    def keep(self, path: str, known: KnownFile) -> None:
        """Remember a file."""
        name = _piece_of(path)
        self._piece(name).whole[path] = self._told[path] = _list_of(known)
        self._changed.add(name)

    def renew(self, path: str, known: KnownFile, state: FileState) -> None:
        """Remember that a known file had a state when its content was still the same."""
        name = _piece_of(path)
        told = self._piece(name).whole.get(path)
        if isinstance(told, list) and told[4:5] == [known.digest]:
            told[:4] = state
            self._told[path] = told
            self._changed.add(name)
        else:
            self.keep(path, replace(known, state=state))

    def forget(self, path: str) -> None:
        """Know nothing of a file."""
        name = _piece_of(path)
        self._told.pop(path, None)
        if self._piece(name).whole.pop(path, None) is not None:
            self._changed.add(name)

    def save(self) -> None:
        """Write what is new; for a project's first results, the oldest of others make room."""
        for name in self._changed:
            self._folder.write(f"{self._own}/{name}", self._pieces[name].dump())
        if self._changed and self._is_new:
            self._folder.shrink()
        self._changed.clear()

    def _ask(self, path: str) -> object:
        piece = self._piece(_piece_of(path))
        was_read = piece.is_read
        told = piece.get(path)
        if piece.is_read and not was_read:
            self._told.update(piece.whole)
        elif told is not None:
            self._told[path] = told
        return told

    def _piece(self, name: str) -> Piece:
        known = self._pieces.get(name)
        if known is None:
            data = self._folder.read(f"{self._source}/{name}")
            known = self._pieces[name] = Piece(data)
            if data is not None:
                self._folder.touch(f"{self._source}/{name}")
        return known


def _piece_of(path: str) -> str:
    return str(zlib.crc32(path.encode("utf-8", "surrogatepass")) % _PIECES)


def _list_of(known: KnownFile) -> list[object]:
    told: list[object] = [*known.state, known.digest]
    if known.parsed:
        empty = known.outcome == FileOutcome()
        told += [known.package, None if empty else codec.encode(known.outcome)]
    return told


def _known(told: list[object]) -> KnownFile | None:
    """A known file from its list; None where that is none."""
    match told:
        case [int(size), int(modified), int(changed), int(number), str(digest), *rest]:
            state = (size, modified, changed, number)
        case _:
            return None
    match rest:
        case []:
            return KnownFile(state, digest)
        case [(str() | None) as package, None]:
            return KnownFile(state, digest, True, package)
        case [(str() | None) as package, list(outcome)]:
            try:
                decoded = codec.decode(outcome)
            except codec.BrokenError:
                return None
            if isinstance(decoded, FileOutcome):
                return KnownFile(state, digest, True, package, decoded)
        case _:
            pass
    return None
