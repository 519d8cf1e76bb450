"""What a run chooses from a project: which rules, which files, and what that leaves unsaid."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from stuck_rules.errors import UsageError
from stuck_rules.model.rule import Rule
from stuck_rules.project import Project
from stuck_rules.scanner.discovery import DiscoveredFile, DiscoverySettings
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.selection import select_rules
from stuck_rules.suppressions.builtin import UNUSED
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class ChosenRules:
    """The rules of a run by rulebook, the built-in ones apart; `told` are those to report."""

    rule_sets: tuple[RuleSet, ...]
    builtin: RuleSet
    told: frozenset[Rule]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all rulebooks that run."""
        return tuple(rule for rules in self.rule_sets for rule in rules.rules)


def choose_rules_of(
    project: Project, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> ChosenRules:
    """The rules that run; where no names are given, those of the settings.

    Where only built-in rules were asked for, the others run to know what suppressions hide, and
    are not reported. Raises UsageError or ConfigError for names that fit no rule.
    """
    config = project.config
    ignored = (*(ignore or config.ignore), *config.extend_ignore)
    every = [rule for rulebook in project.all_rulebooks for rule in rulebook.rules]
    try:
        selected = select_rules(every, select or config.select, ignored, also=config.extend_select)
    except UsageError as error:
        from stuck_rules.rulechanges import unknown_names

        raise unknown_names(config, every) or error from None
    own = {rule.id for rule in project.builtin.rules}
    alone = own.issuperset(rule.id for rule in selected) and _has(selected, UNUSED.id)
    if alone:
        usual = [rule for rule in select_rules(every, (), ignored) if rule.id not in own]
        selected = (*usual, *selected)
    sets = _by_path if config.per_path else _everywhere
    *books, builtin = sets(project, selected, every, ignored)
    told = builtin.rules if alone else [rule for rules in (*books, builtin) for rule in rules.rules]
    return ChosenRules(tuple(books), builtin, frozenset(told))


def _has(rules: Sequence[Rule], rule_id: str) -> bool:
    return any(rule.id == rule_id for rule in rules)


def _everywhere(
    project: Project, selected: Sequence[Rule], every: Sequence[Rule], ignored: Sequence[str]
) -> list[RuleSet]:
    """The rules by rulebook where all paths are alike."""
    del every, ignored
    running = set(selected)
    return [
        RuleSet(tuple(r for r in rulebook.rules if r in running), project.prefix(rulebook))
        for rulebook in project.all_rulebooks
    ]


def _by_path(
    project: Project, selected: Sequence[Rule], every: Sequence[Rule], ignored: Sequence[str]
) -> list[RuleSet]:
    """The rules that run anywhere, by rulebook, with the policy that says where."""
    from stuck_rules.perpath import read_path_rules
    from stuck_rules.scanner.pathpolicy import PathPolicy

    tables = read_path_rules(project.config.per_path, every, ignored, to_root=project.globs)
    usual = frozenset(rule.id for rule in selected)
    anywhere = usual.union(*(table.also | (table.only or frozenset()) for table in tables))
    sets = []
    for rulebook in project.all_rulebooks:
        rules = tuple(rule for rule in rulebook.rules if rule.id in anywhere)
        policy = PathPolicy(rules, usual, tables)
        sets.append(RuleSet(rules, project.prefix(rulebook), policy))
    return sets


def discovery_of(
    project: Project,
    rule_sets: Sequence[RuleSet],
    *,
    exclude: Sequence[str] = (),
    unsaved: Mapping[str, bytes],
) -> DiscoverySettings:
    """How to look for the files; `exclude`, relative to the root, replaces the settings'."""
    config = project.config
    return DiscoverySettings(
        root=project.root,
        cwd=project.cwd,
        exclude=(
            *(exclude or project.globs(config.exclude)),
            *project.globs(config.extend_exclude),
        ),
        wanted=lambda relative: any(rules.wants(relative) for rules in rule_sets),
        unsaved=unsaved,
    )


def notes_on_settings(
    project: Project, paths: Sequence[str], files: Sequence[DiscoveredFile]
) -> list[str]:
    """What of the settings is about no file, and which other settings are not used."""
    notes = _passed_over(project, files)
    if project.config.per_path and _is_whole(project, paths):
        from stuck_rules.perpath import unmatched

        relative = [file.path.relative for file in files]
        notes += unmatched(project.config.per_path, relative, to_root=project.globs)
    return notes


def _is_whole(project: Project, paths: Iterable[str]) -> bool:
    """Whether the paths hold all that the tables of paths may speak of."""
    folder = project.config.folder_of("per-path").resolve()
    named = (Path(os.path.abspath(project.cwd / path)).resolve() for path in paths)
    return any(folder.is_relative_to(each) for each in named)


def _passed_over(project: Project, files: Iterable[DiscoveredFile]) -> list[str]:
    """A note where another file of settings, or rulebook, is nearer to a checked file."""
    from stuck_rules.config.finding import settings_in
    from stuck_rules.rulebook.locate import rulebook_in

    folders = {os.path.dirname(file.location) for file in files}
    top, config = project.root.as_posix(), project.config
    notes = []
    if config.searched:
        unused = nearest_files(folders, top, settings_in) - {_real(project, config.path)}
        used = f"{config.path} holds" if config.path else "no settings hold"
        where = "run from there, name it with --config, or use per-path"
        notes += _note(project, unused, f"{used} for this run", where)
    if not config.rulebook:
        (book,) = project.rulebooks
        unused = nearest_files(folders, top, rulebook_in) - {_real(project, book.path)}
        used = "the bundled rulebook" if book.bundled else book.path
        notes += _note(project, unused, f"{used} holds for this run", "see the setting rulebook")
    return notes


def _real(project: Project, shown: str | None) -> str:
    return os.path.realpath(project.cwd / shown) if shown else ""


def _note(project: Project, files: Iterable[str], what: str, remedy: str) -> list[str]:
    names = [os.path.relpath(file, project.cwd).replace(os.sep, "/") for file in sorted(files)]
    if not names:
        return []
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return [f"{what}, and not {', '.join(names[:3])}{more}: {remedy}"]


def nearest_files(folders: Iterable[str], top: str, find: Callable[[str], str | None]) -> set[str]:
    """What `find` knows nearest to each of the folders, from itself up to `top`.

    Folders are absolute paths; those that are not in `top` are passed over.
    """
    known: dict[str, str | None] = {top: find(top)}

    def nearest(folder: str) -> str | None:
        if folder not in known:
            inside = folder.startswith(f"{top.rstrip('/')}/")
            known[folder] = (find(folder) or nearest(os.path.dirname(folder))) if inside else None
        return known[folder]

    return {file for folder in folders if (file := nearest(folder)) is not None}
