"""Which files to check: what was named, what is excluded, and what git ignores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from operator import attrgetter
from pathlib import Path

from stuck_rules import git
from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.globs import Globs
from stuck_rules.scanner.arguments import Argument, read_arguments, resolve
from stuck_rules.scanner.folders import Folders
from stuck_rules.scanner.repositories import Repositories
from stuck_rules.scanner.search import OUTSIDE, DiscoveredFile, Excluded, Found, Search
from stuck_rules.values import dataclass, field

__all__ = ["DiscoveredFile", "Discovery", "DiscoverySettings", "Excluded", "discover"]

_NAMES = attrgetter("shown", "relative")
# So many names stand in a message before it counts the others.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class DiscoverySettings:
    """How to look for files.

    `exclude` holds gitignore-style globs relative to `root`. `wanted` gets a path relative to
    `root` and says whether some rule looks at that file though it is no Python. `unsaved` holds
    contents by path, of files that are taken as they are there and not from disk. Files called
    as one of `watched` are only met on the way.
    """

    root: Path
    cwd: Path
    exclude: tuple[str, ...] = ()
    default_excludes: bool = True
    wanted: Callable[[str], bool] = lambda _: False
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    watched: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files to check, sorted by shown path; `excluded` tells what was left out and why.

    `listed` holds, for each folder that was looked through, which of the watched names stand in
    it.
    """

    files: tuple[DiscoveredFile, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def git_begun(paths: Sequence[str], cwd: Path) -> AbstractContextManager[None]:
    """Have git list the files that a run over these paths will ask for, as long as it is open.

    That takes as long as to load the rest of the program, and nothing depends on it.
    """
    if len(paths) > git.MAX_PATHS:
        return nullcontext()
    arguments, _ = read_arguments(paths, resolve(cwd), cwd, {})
    return Repositories(arguments).begin()


def discover(paths: Sequence[str], settings: DiscoverySettings) -> Discovery:
    """Find the files that the paths name or hold.

    Excludes and the rules of git hold for named files as for found ones. Files outside the
    root are counted from the argument's folder. Links to folders are followed only when named.
    """
    root = resolve(settings.root)
    arguments, problems = read_arguments(paths, root, settings.cwd, settings.unsaved)
    repositories = Repositories(arguments)
    folders = Folders(
        root,
        repositories,
        exclude=Globs(settings.exclude),
        default_excludes=settings.default_excludes,
    )
    search = Search(folders, settings.wanted, settings.watched)
    named = [search.judge_named(argument) for argument in arguments if argument.name]
    found = [item for a in arguments if not a.name for item in _look_below(a, search)]
    met = (*named, *found)
    files = [item for item in met if isinstance(item, DiscoveredFile)]
    others = dict.fromkeys(item for item in met if not isinstance(item, DiscoveredFile))
    return Discovery(
        files=_unique(files, search.links),
        problems=(
            *problems,
            *folders.problems,
            *(item for item in others if isinstance(item, Problem)),
        ),
        notes=(*repositories.notes, *_note_excluded(named), *_note_links(found)),
        excluded=tuple(item for item in others if isinstance(item, Excluded)),
        listed=search.listed,
    )


def _look_below(argument: Argument, search: Search) -> list[Found]:
    found = list(search.look_below(argument))
    if all(isinstance(item, Excluded) for item in found):
        message = "no file to check in this folder"
        if found:
            message += f"; left out: {_enumerate(found)}"
        found.append(Problem(ProblemKind.EMPTY, message, argument.shown))
    return found


def _unique(
    files: Iterable[DiscoveredFile], links: Mapping[str, str]
) -> tuple[DiscoveredFile, ...]:
    """Sort the files and keep the first of those that are one file under several names."""
    ordered = sorted(files, key=_NAMES)
    if not links and len({file.location for file in ordered}) == len(ordered):
        return tuple(ordered)
    kept: dict[tuple[str, bool], DiscoveredFile] = {}
    for file in ordered:
        kept.setdefault((links.get(file.location, file.location), file.python), file)
    return tuple(kept.values())


def _note_excluded(named: Iterable[Found]) -> tuple[str, ...]:
    excluded = [item for item in named if isinstance(item, Excluded)]
    if not excluded:
        return ()
    names = _enumerate(excluded)
    if len(excluded) == 1:
        return (f"1 named file is excluded: {names}",)
    return (f"{len(excluded)} named files are excluded: {names}",)


def _note_links(found: Iterable[Found]) -> tuple[str, ...]:
    """Links that lead outside are told: a tree of links alone would look clean otherwise."""
    links = [item for item in found if isinstance(item, Excluded) and item.reason == OUTSIDE]
    return (f"left out: {_enumerate(links)}",) if links else ()


def _enumerate(items: Sequence[Found]) -> str:
    names = ", ".join(str(item) for item in items[:_NAMED])
    return f"{names} and {len(items) - _NAMED} more" if len(items) > _NAMED else names
