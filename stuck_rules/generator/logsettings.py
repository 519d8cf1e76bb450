"""Which settings a log is read by: those of its rulebook, else those of the configuration."""

from __future__ import annotations

from stuck_rules.model.logsettings import LogSettings
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.values import replace


def settings_for(rulebook: Rulebook | None, configured: LogSettings | None) -> LogSettings:
    """The settings of a rulebook's `log:`; where that is only a path, the configured ones for it.

    Without a rulebook, or where it names no log, the configured ones hold as they are.
    """
    told = rulebook.log_settings if rulebook is not None else None
    if told is None:
        return configured or LogSettings()
    if configured is not None and told == LogSettings(paths=told.paths):
        return replace(configured, paths=told.paths)
    return told
