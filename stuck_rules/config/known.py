"""The settings by their keys."""

from __future__ import annotations

from stuck_rules.config.rulesettings import KINDS
from stuck_rules.config.settings import Config
from stuck_rules.config.tables import settings_of

SETTINGS = settings_of(Config, KINDS)
