"""What runs of this very program remember, in one folder."""

from __future__ import annotations

from stuck_rules.cache.folder import CacheFolder
from stuck_rules.cache.identity import identify
from stuck_rules.cache.rulebooks import CompiledRulebooks


class Cache:
    """A cache folder as far as it was written by this program, on this Python."""

    def __init__(self, location: str) -> None:
        self.folder = CacheFolder(location)
        self.program = identify(self.folder)
        self.rulebooks = CompiledRulebooks(self.folder, self.program)
