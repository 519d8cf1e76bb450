"""A rule: a condition on code with message, severity, examples and the entries that taught it."""

from __future__ import annotations

from enum import Enum

from stuck_rules.model.formula import Formula, Taint
from stuck_rules.values import dataclass, field


class Severity(str, Enum):
    """How bad a violation is; ordered by `rank`."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return list(Severity).index(self)


class Confidence(str, Enum):
    """How sure one may be that a violation is one."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


OptionValue = str | bool | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A setting under `with:`; `line` is its line in the rulebook."""

    name: str
    value: OptionValue
    line: int
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CheckCall:
    """`check: NAME` with `with: {...}`: a hand-written visitor with its options."""

    name: str
    options: tuple[Option, ...]
    line: int
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TextCondition:
    """`text:`: a regular expression over files that `paths.include` chooses.

    `{name}` in it stands for the option `name` of `with:`, taken literally.
    """

    regex: str
    options: tuple[Option, ...]
    line: int
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FilesCondition:
    """`files:`: at most `max` files may match `glob`, counted for each folder that `per` names."""

    glob: str
    max: int
    per: str | None
    line: int
    column: int = field(default=0, compare=False)


Condition = Formula | Taint | CheckCall | TextCondition | FilesCondition


@dataclass(frozen=True, slots=True)
class Example:
    """Code that a rule must flag, must leave alone, or must produce."""

    code: str
    path: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Examples:
    """A rule's own proof."""

    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    fixed: tuple[Example, ...] = ()

    def __len__(self) -> int:
        return len(self.bad) + len(self.good)


@dataclass(frozen=True, slots=True)
class Origin:
    """The lesson that `generate` made a rule from: recipe, lines of the log, digest of its text.

    `written` is the digest of the rule as it was generated, so that a hand edit can be seen.
    """

    recipe: str
    lines: tuple[int, int]
    digest: str
    written: str = ""


# What tests are where nobody says otherwise: the globs that a rule which is off in tests excludes.
TESTS = ("test/", "tests/", "test_*.py", "*_test.py", "tests.py", "conftest.py")


@dataclass(frozen=True, slots=True)
class PathFilter:
    """Gitignore-style globs relative to the rulebook's folder; no `include` means all files."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class RegexFix:
    r"""`fix-regex`: a substitution on the matched text, `\1` for groups, all places if no count."""

    regex: str
    replacement: str
    count: int | None = None
    line: int = 0
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a rulebook; `line` and `rulebook` say where it stands.

    `fix_place` is the line and the column of its fix.
    """

    id: str
    message: str
    condition: Condition
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.HIGH
    enabled: bool = True
    note: str | None = None
    entries: tuple[str, ...] = ()
    origin: Origin | None = None
    fix: str | None = None
    fix_place: tuple[int, int] = field(default=(0, 0), compare=False)
    fix_imports: tuple[str, ...] = ()
    fix_regex: RegexFix | None = None
    examples: Examples = field(default_factory=Examples)
    paths: PathFilter = field(default_factory=PathFilter)
    languages: tuple[str, ...] = ("python",)
    metadata: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    rulebook: str = ""
    line: int = 0
    column: int = field(default=0, compare=False)

    def __hash__(self) -> int:
        # Rules are looked up for every file; their place says as much as all their fields.
        return hash((self.id, self.rulebook, self.line))
