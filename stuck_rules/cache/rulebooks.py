"""Rulebooks as they were understood: read, validated, and with the words of their rules."""

from __future__ import annotations

from stuck_rules.cache import codec
from stuck_rules.cache.folder import CacheFolder
from stuck_rules.cache.identity import digest
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.model.words import WordFormula
from stuck_rules.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class CompiledRulebook:
    """A rulebook that is valid, and for each of its rules the words that a match must hold."""

    rulebook: Rulebook
    words: tuple[WordFormula, ...]


class CompiledRulebooks:
    """The rulebooks that were compiled before, by their text; `program` names who compiled them."""

    def __init__(self, folder: CacheFolder, program: str) -> None:
        self._folder = folder
        self._program = program

    def find(self, text: str) -> CompiledRulebook | None:
        """What was kept for this text; it knows no longer where the text stood."""
        kept = self._folder.read(self._name(text))
        if kept is None:
            return None
        try:
            told = codec.load(kept)
        except codec.BrokenError:
            return None
        match told:
            case (Rulebook() as rulebook, tuple() as words) if len(words) == len(rulebook.rules):
                self._folder.touch(self._name(text))
                return CompiledRulebook(rulebook, words)
        return None

    def keep(self, text: str, compiled: CompiledRulebook) -> None:
        """Remember a rulebook by its text."""
        rulebook = place(compiled.rulebook, path="", folder="", bundled=False)
        self._folder.write(self._name(text), codec.dump((rulebook, compiled.words)))
        self._folder.shrink()

    def _name(self, text: str) -> str:
        return f"rulebooks/{digest(self._program.encode(), text.encode())}"


def place(rulebook: Rulebook, *, path: str, folder: str, bundled: bool) -> Rulebook:
    """The same rulebook as if it stood elsewhere."""
    rules = tuple(replace(rule, rulebook=path) for rule in rulebook.rules)
    return replace(rulebook, path=path, folder=folder, bundled=bundled, rules=rules)
