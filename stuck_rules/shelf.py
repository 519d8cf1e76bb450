"""Rulebooks by their files: valid ones, each read and understood once."""

from __future__ import annotations

from pathlib import Path

from stuck_rules.cache.rulebooks import CompiledRulebook, CompiledRulebooks, place
from stuck_rules.model.rulebook import Rulebook
from stuck_rules.rulebook.text import read_rulebook_text
from stuck_rules.rulewords import remember_words, words_of_rule
from stuck_rules.values import replace


class Shelf:
    """Where rulebooks are taken from; one that was compiled before need not be parsed.

    Where compiled ones are kept, all come without their reminders.
    """

    def __init__(self, compiled: CompiledRulebooks | None = None) -> None:
        self._compiled = compiled
        self._found: dict[str, CompiledRulebook | None] = {}

    def holds(self, file: Path) -> bool:
        """Whether a YAML file is a rulebook. Raises RulebookError where it cannot be read."""
        text = read_rulebook_text(file, str(file))
        if self._find(text) is not None:
            return True
        from stuck_rules.rulebook.loader import is_rulebook

        return is_rulebook(text)

    def take(self, file: Path, *, shown: str, bundled: bool = False) -> Rulebook:
        """The rulebook of a file; `shown` names it in messages.

        Raises RulebookError with everything that is wrong with it.
        """
        text = read_rulebook_text(file, shown)
        compiled = self._find(text) or self._compile(text, shown)
        for rule, words in zip(compiled.rulebook.rules, compiled.words, strict=True):
            remember_words(rule, words)
        folder = str(file.absolute().parent)
        return place(compiled.rulebook, path=shown, folder=folder, bundled=bundled)

    def _find(self, text: str) -> CompiledRulebook | None:
        if self._compiled is None:
            return None
        if text not in self._found:
            self._found[text] = self._compiled.find(text)
        return self._found[text]

    def _compile(self, text: str, shown: str) -> CompiledRulebook:
        from stuck_rules.rulebook.loader import parse_rulebook
        from stuck_rules.validation import validate

        rulebook = parse_rulebook(text, shown=shown)
        validate(rulebook.rules)
        words = tuple(words_of_rule(rule) for rule in rulebook.rules)
        if self._compiled is None:
            return CompiledRulebook(rulebook, words)
        compiled = CompiledRulebook(replace(rulebook, reminders=None), words)
        self._compiled.keep(text, compiled)
        return compiled
