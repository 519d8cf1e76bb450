"""Rules on which files there are."""

from __future__ import annotations

from stuck_rules.globs import Globs, applies
from stuck_rules.model.rule import FilesCondition, Rule
from stuck_rules.model.source import WHOLE_FILE, FilePath
from stuck_rules.model.violation import Violation
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class FileCount:
    """All files of the project, and those of them that a run looks at."""

    paths: tuple[FilePath, ...]
    looked_at: frozenset[FilePath]


def check_files(
    files: FileCount, rule: Rule, condition: FilesCondition, prefix: str = ""
) -> list[Violation]:
    """A violation at line 1 of each file above the allowed number, in order of their paths.

    With `per` the files are counted for each outermost folder that it matches, and files
    outside all of them not at all. Where the run looks at none of the files that are counted
    together, it has nothing to tell. `prefix` leads from the root to the rulebook's folder.
    """
    glob, per = Globs([condition.glob]), Globs([condition.per] if condition.per else [])
    groups: dict[str, list[FilePath]] = {}
    for path in sorted(files.paths):
        inner = path.relative.removeprefix(prefix)
        if not glob.matches(inner) or not applies(rule.paths, inner):
            continue
        group = _group(inner, per) if condition.per else ""
        if group is not None:
            groups.setdefault(group, []).append(path)
    return [
        Violation(
            rule=rule.id,
            severity=rule.severity,
            message=rule.message,
            path=path,
            span=WHOLE_FILE,
            fingerprint=f"{rule.id}:{path.relative}",
        )
        for group in groups.values()
        if not files.looked_at.isdisjoint(group)
        for path in group[condition.max :]
    ]


def _group(relative: str, per: Globs) -> str | None:
    """The outermost folder of a path that `per` names."""
    parts = relative.split("/")[:-1]
    folders = ("/".join(parts[: end + 1]) for end in range(len(parts)))
    return next((folder for folder in folders if per.matches(folder + "/")), None)
