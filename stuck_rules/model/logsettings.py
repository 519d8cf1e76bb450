"""How a team's log is to be read where the defaults do not fit."""

from __future__ import annotations

from stuck_rules.model.lesson import Role
from stuck_rules.values import dataclass

LEVELS = ("auto", "h1", "h2", "h3", "h4", "h5", "h6", "bullet", "row", "paragraph", "file")
ID_SOURCES = ("auto", "title")


@dataclass(frozen=True, slots=True)
class LabelWords:
    """Words that are labels of a role, beside those that are known anyway."""

    role: Role
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The names of the columns that hold the wrong form, the right form and the entry's id."""

    wrong: str | None = None
    correct: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ScopeWord:
    """A word of a sentence and the files that it speaks of."""

    word: str
    globs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecipeSwitch:
    """Whether a recipe may make rules of this log."""

    recipe: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class LogSettings:
    """The `log:` mapping; `paths` are as written, relative to the file that names them.

    `title_pattern` keeps only the entries whose title it finds; `id_pattern` finds an entry's id
    in its heading, by its group where it has one.
    """

    paths: tuple[str, ...] = ()
    level: str = "auto"
    title_pattern: str | None = None
    id_from: str = "auto"
    id_pattern: str | None = None
    labels: tuple[LabelWords, ...] = ()
    table: TableColumns = TableColumns()
    skip_headings: tuple[str, ...] = ()
    scopes: tuple[ScopeWord, ...] = ()
    recipes: tuple[RecipeSwitch, ...] = ()
    languages: tuple[str, ...] = ("python",)

    @property
    def own_labels(self) -> tuple[LabelWords, ...]:
        """The labels with the names of the columns, which are labels too."""
        named = ((Role.WRONG, self.table.wrong), (Role.CORRECT, self.table.correct))
        return (*self.labels, *(LabelWords(role, (name,)) for role, name in named if name))

    def is_on(self, recipe: str) -> bool:
        """Whether a recipe may be used; those that are not named may."""
        return all(switch.is_on for switch in self.recipes if switch.recipe == recipe)
