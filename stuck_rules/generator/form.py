"""A code span of a lesson, understood as something that a pattern can look for."""

from __future__ import annotations

from enum import Enum

from stuck_rules.model.formula import All, Formula
from stuck_rules.values import dataclass


class FormKind(str, Enum):
    """What a form is, which decides what a verb in front of it means."""

    CALL = "call"
    NAME = "name"
    IMPORT = "import"
    KEYWORD = "keyword"
    STATEMENT = "statement"
    EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class Form:
    """A span understood as Python: what it is called, and the code that a pattern finds."""

    span: str
    kind: FormKind
    name: str
    condition: Formula
    example: str

    def asserted(self, condition: Formula) -> Formula:
        """The form together with one more condition."""
        return All((self.condition, condition))
