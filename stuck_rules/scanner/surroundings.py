"""The files of the project that a run leaves out, found only when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property

from stuck_rules.scanner.arguments import below, is_inside, join, resolve
from stuck_rules.scanner.discovery import DiscoverySettings, discover
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.scanner.search import DiscoveredFile


class Surroundings:
    """What lies around the files of a run, which named `paths` and looks at `files`.

    `narrowed` says that it does not look at all that the paths hold.
    """

    def __init__(
        self,
        settings: DiscoverySettings,
        paths: Sequence[str],
        files: Sequence[DiscoveredFile],
        *,
        narrowed: bool = False,
    ) -> None:
        self._settings = settings
        self._paths = paths
        self._seen = files
        self._narrowed = narrowed

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The folders of the project that the run looks at as a whole.

        They are relative to the root, with `/` at their ends; the root itself is empty.
        """
        if self._narrowed:
            return ()
        root = resolve(self._settings.root)
        named = (resolve(self._settings.cwd / path) for path in self._paths)
        folders = [folder for folder in named if os.path.isdir(folder)]
        inside = (below(folder, root) for folder in folders if is_inside(folder, root))
        whole = [""] if any(is_inside(root, folder) for folder in folders) else []
        return tuple(whole or (join(path, "") if path else "" for path in inside))

    @cached_property
    def files(self) -> tuple[DiscoveredFile, ...]:
        """The files that a run over the whole project would look at too."""
        if "" in self.folders:
            return ()
        root = os.path.relpath(self._settings.root, self._settings.cwd)
        seen = {file.location for file in self._seen}
        found = discover([root.replace(os.sep, "/")], self._settings).files
        return tuple(file for file in found if file.location not in seen)

    def counted(self, rule_sets: Sequence[RuleSet]) -> tuple[DiscoveredFile, ...]:
        """Those that rules on files have to count beside the run's own."""
        if "" in self.folders:
            return ()
        if any(rules.counts(file.relative) for rules in rule_sets for file in self._seen):
            return self.files
        return ()
