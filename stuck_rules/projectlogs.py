"""The logs of a project, read as its rulebooks and settings say."""

from __future__ import annotations

import os
from pathlib import Path

from stuck_rules.errors import UsageError
from stuck_rules.links import shown_path
from stuck_rules.model.lesson import Log
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.project import Project, open_project


def read_log_of(rulebook: Rulebook, project: Project) -> Log:
    """The logs that a rulebook comes from. Raises UsageError where it names none, LogError else."""
    from stuck_rules.generator.logsettings import settings_for
    from stuck_rules.lessons.files import LogSource, named_logs
    from stuck_rules.lessons.reader import read_logs

    settings = settings_for(rulebook, project.config.log)
    if rulebook.log_settings is None or not settings.paths:
        raise UsageError.at("the rulebook names no log; add 'log: PATH' to it", rulebook.path)
    sources = []
    for source in named_logs(Path(rulebook.folder), settings.paths):
        path = Path(os.path.abspath(source.path))
        sources.append(LogSource(path, shown_path(path, project.cwd, project.root)))
    return read_logs(sources, settings=settings)


def log_settings(cwd: Path) -> tuple[LogSettings, Path]:
    """How the project's log is read, and the folder that its paths start from."""
    from stuck_rules.generator.logsettings import settings_for

    project = open_project(cwd)
    own = [rulebook for rulebook in project.rulebooks if not rulebook.bundled]
    named = [rulebook for rulebook in own if rulebook.log_settings is not None]
    if not named:
        return project.config.log or LogSettings(), project.config.folder_of("log")
    return settings_for(named[0], project.config.log), Path(named[0].folder)
