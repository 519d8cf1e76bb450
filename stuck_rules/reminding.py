"""The reminders of a project that speak of the files that change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from stuck_rules.git import changed_files
from stuck_rules.model.rulebook import EntryRef
from stuck_rules.project import Project
from stuck_rules.reminders import MOST, Reminded, choose_reminders


def reminders_for(
    project: Project, paths: Sequence[str] = ()
) -> list[tuple[Reminded, EntryRef | None]]:
    """The lessons that no rule holds and that speak of the files, with their entries.

    Without paths, of the files that git says changed. Files that are no text are passed over.
    """
    if not paths:
        changed = changed_files(project.root) or ()
        files = {name: project.root / name for name in changed}
    else:
        named = [Path(os.path.abspath(project.cwd / path)) for path in paths]
        files = {_relative(path, project.root): path for path in named}
    texts = {name: _text_of(path) for name, path in files.items()}
    found: list[tuple[Reminded, EntryRef | None]] = []
    for book in project.rulebooks:
        assert book.reminders is not None, "a project that remembers comes without reminders"
        chosen = choose_reminders(book.reminders, texts)
        found.extend((one, book.entry(one.reminder.entry)) for one in chosen)
    return sorted(found, key=lambda pair: -pair[0].score)[:MOST]


def _relative(path: Path, root: Path) -> str:
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return inside.as_posix()


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""
