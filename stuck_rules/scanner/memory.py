"""What earlier runs tell of the files of a scan, and what this one leaves to later ones."""

from __future__ import annotations

import os
import time
from functools import lru_cache

from stuck_rules.cache import codec
from stuck_rules.cache.identity import digest
from stuck_rules.cache.results import UNSURE, FileState, KnownFile, Results
from stuck_rules.cache.store import Cache
from stuck_rules.errors import ProblemKind
from stuck_rules.model.result import FileOutcome, FileResult
from stuck_rules.model.rule import Examples, Rule
from stuck_rules.model.source import FilePath
from stuck_rules.scanner.checking import Checked, CheckSettings, Task, package_of
from stuck_rules.scanner.rulesets import OwnRules, RuleSet
from stuck_rules.scanner.search import DiscoveredFile
from stuck_rules.values import replace

# A file changed so shortly before a run, in nanoseconds, may change again with the same times.
_JUST_NOW = 2_000_000_000
# In a run of fewer files, those that need no parsing are not worth remembering.
_MANY = 100
_CLEAN = FileOutcome()
_NOWHERE = FilePath("", "")
# Problems that the same content has at any time. An encoding is not among them: one that is
# unknown today may be installed tomorrow, and to see that again takes no parsing.
_LASTING = frozenset({ProblemKind.SYNTAX, ProblemKind.TOO_LARGE, ProblemKind.TOO_DEEP})


class Memory:
    """What is known of files that are checked with some settings, below some root."""

    def __init__(self, cache: Cache, settings: CheckSettings, root: str) -> None:
        way = digest(cache.program.encode(), codec.dump(decisive(settings)))
        project = digest(root.encode("utf-8", "surrogateescape"))
        self._results = Results(cache.folder, way, project)
        self._since = time.time_ns() - _JUST_NOW
        self._count = 0
        # The files that may be known, as they are as soon as their content turns out to be so.
        self._awaited: dict[str, KnownFile] = {}
        self._package_in = lru_cache(maxsize=None)(lambda folder: package_of(f"{folder}/x"))

    def recall(self, file: DiscoveredFile) -> FileOutcome | Task:
        """What is known of a file, or what remains to be done to know it."""
        self._count += 1
        state = None if file.unsaved is not None else _state_of(file.location)
        if state is None:
            return Task(file)
        path = file.relative
        if self._results.is_clean(path, state):
            return _CLEAN
        known = self._results.find(path)
        if known is None or (known.parsed and known.package != self._package(file)):
            return Task(file, state)
        if known.state == state:
            return _at(known.outcome, file.path)
        self._awaited[path] = known
        return Task(file, state, known.digest)

    def learn(self, task: Task, checked: Checked) -> FileOutcome:
        """Remember what came of a task, and tell it."""
        path = task.file.path
        if checked.outcome is None:
            known = self._awaited[path.relative]
            if task.state is not None:
                self._results.renew(path.relative, known, self._settled(task.state))
            return _at(known.outcome, path)
        if not _lasts(checked.outcome):
            self._results.forget(path.relative)
        elif checked.parsed or self._count >= _MANY:
            package = self._package(task.file) if checked.parsed else None
            outcome = _at(checked.outcome, _NOWHERE)
            if task.state is not None:
                state = self._settled(task.state)
                known = KnownFile(state, checked.digest, checked.parsed, package, outcome)
                self._results.keep(path.relative, known)
        return checked.outcome

    def save(self) -> None:
        """Leave to later runs what was learnt."""
        self._results.save()

    def _settled(self, state: FileState) -> FileState:
        """The state of a file before it was read, as far as it will tell of another content."""
        _, modified, changed, _ = state
        return state if max(modified, changed) < self._since else UNSURE

    def _package(self, file: DiscoveredFile) -> str | None:
        return self._package_in(file.folder)


def _state_of(location: str) -> FileState | None:
    try:
        status = os.stat(location)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _lasts(outcome: FileOutcome) -> bool:
    """Whether the same content has this outcome at any time; what a rule failed at may go by."""
    problems = outcome.result.problems
    return all(problem.kind in _LASTING and problem.rule is None for problem in problems)


def _at(outcome: FileOutcome, path: FilePath) -> FileOutcome:
    """The outcome of a file that stands elsewhere."""
    violations, problems = outcome.result.violations, outcome.result.problems
    if not violations and not problems:
        return outcome
    moved = FileResult(
        tuple(replace(v, path=path.in_cell(v.path.cell)) for v in violations),
        tuple(replace(p, path=path.shown, relative=path.relative) for p in problems),
    )
    return replace(outcome, result=moved)


def decisive(settings: CheckSettings) -> tuple[object, ...]:
    """The settings as values; where a rulebook lies decides nothing."""
    own = settings.own
    return (
        settings.max_file_size,
        settings.fixes,
        settings.thorough,
        settings.check_syntax,
        settings.rule_timeout,
        None if own is None else (_states(own), _decisive_of(own.rules)),
        *(_decisive_of(rule_set) for rule_set in settings.rule_sets),
    )


def _states(own: OwnRules) -> tuple[tuple[str, str], ...]:
    return tuple((rule, state.name) for rule, state in own.states.items())


def _decisive_of(rule_set: RuleSet) -> tuple[object, ...]:
    return (
        rule_set.prefix,
        tuple(_bare(rule) for rule in rule_set.rules),
        rule_set.policy.decisive if rule_set.policy is not None else None,
    )


def _bare(rule: Rule) -> Rule:
    """A rule without what it only tells: where it stands and comes from, and its proof."""
    return replace(
        rule, rulebook="", note=None, entries=(), origin=None, examples=Examples(), metadata=()
    )
