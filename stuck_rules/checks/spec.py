"""What a check tells about itself without its visitor.

Neither the rulebook nor the decision whether a file needs parsing may load LibCST, so a
check's options and words are plain data, and its visitor is named, not imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Protocol

from stuck_rules.model.rule import CheckCall, OptionValue
from stuck_rules.model.words import ALWAYS, AllWords, AnyWord, Shape, Word, WordFormula
from stuck_rules.values import dataclass


class Options:
    """A check's settings, defaults filled in."""

    def __init__(self, values: Mapping[str, OptionValue]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """The value of a text option."""
        return str(self._values[name])

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a list option; a single value is a list of one."""
        value = self._values[name]
        return value if isinstance(value, tuple) else (str(value),) if value != "" else ()

    def flag(self, name: str) -> bool:
        """The value of a yes-or-no option."""
        return self._values[name] is True


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """An option that a check takes; without a default it is required."""

    name: str
    help: str
    default: OptionValue | None = None
    choices: tuple[str, ...] = ()


class Meaning(Enum):
    """How far the names of a statement lead a check."""

    NONE = "none"
    NAMES = "names"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Part:
    """What of a file a check must see, where that is less than all.

    It sees whole statements of the module, or of a class that stands there, in which `words`
    hold. By its `meaning`, what gives their names a meaning in the module is looked at or not,
    and words count where they stand or wherever such a name leads. What is told of `unbound`
    names is told only where the module binds them nowhere. `branches` asks for the `if`
    statements above, which may leave. With `whole_edits`, edits depend on the rest of the file;
    those that only add imports depend on what it begins with and where these names stand, the
    `imports`. What looks at each simple statement `alone` need not see the function around it.
    """

    words: WordFormula
    meaning: Meaning = Meaning.WORDS
    unbound: tuple[str, ...] = ()
    branches: bool = False
    whole_edits: bool = False
    imports: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class FunctionName:
    """A function of a module, and the text of its decorators."""

    name: str
    decorators: str


class ClassNames(Protocol):
    """A class of a module, as far as its text tells without doubt."""

    @property
    def name(self) -> str:
        """Its own name."""

    @property
    def functions(self) -> Iterator[str]:
        """The functions of its body, by name."""

    @property
    def foreign(self) -> tuple[str, ...]:
        """Bases that no class of the file is named like, by their last names."""

    def may_hold(self, word: str) -> bool:
        """Whether a word stands in it; more that follows on it may count as well."""


class ModuleNames(Protocol):
    """What a module surely defines at its top and binds anywhere, and what it may read.

    Nothing follows from what it does not tell. A module is read no further than one asks, so
    the first answers are the cheapest.
    """

    @property
    def definitions(self) -> Iterator[FunctionName | ClassNames]:
        """Functions and classes, in order."""

    def binds(self, name: str) -> bool:
        """Whether the module surely gives a name a meaning, or a star import unknown ones."""

    def may_read(self, name: str) -> bool:
        """Whether a name may be read anywhere as a variable; text that looks so counts."""

    def reads(self, name: str) -> bool:
        """Whether a name may be read in code, that in strings with holes included."""


def fits(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a name begins with one of these, or fits it as a glob."""
    from fnmatch import fnmatchcase

    return any(name.startswith(p) or fnmatchcase(name, p) for p in patterns)


def _any_file(_options: Options) -> WordFormula:
    return ALWAYS


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A check: `visitor` is `package.module:Class`, loaded when a file is parsed for it.

    `words` tells from the options which words a file must hold for the check to find anything;
    without it every file is parsed. `part` tells what of the file it must see; without it, all.
    `settled` tells from a module's names that it finds nothing there, then its words do not
    admit the file either.
    """

    name: str
    summary: str
    visitor: str
    words: Callable[[Options], WordFormula] = _any_file
    options: tuple[OptionSpec, ...] = ()
    part: Callable[[Options], Part] | None = None
    settled: Callable[[Options, ModuleNames], bool] | None = None

    def option(self, name: str) -> OptionSpec | None:
        """The declared option of that name."""
        return next((option for option in self.options if option.name == name), None)

    def with_defaults(self, given: Mapping[str, OptionValue]) -> Options:
        """The given settings, completed by the defaults."""
        defaults = {o.name: o.default for o in self.options if o.default is not None}
        return Options({**defaults, **given})

    def for_call(self, call: CheckCall) -> Options:
        """The settings that a rule gives the check, completed by the defaults."""
        return self.with_defaults({option.name: option.value for option in call.options})


def spec_fault(spec: CheckSpec) -> str | None:
    """What is wrong with the types of a description that no type checker has seen, in words."""
    told: dict[str, object] = {name: getattr(spec, name) for name in CheckSpec.__slots__}
    for name in ("name", "summary", "visitor"):
        if not isinstance(told[name], str) or not told[name]:
            return f"its {name} must be text, not {told[name]!r}"
    if not all(spec.visitor.partition(":")):
        return f"its visitor must be 'package.module:Class', not {spec.visitor!r}"
    if not callable(told["words"]):
        return "its words must be a function of the options"
    if not all(told[name] is None or callable(told[name]) for name in ("part", "settled")):
        return "its part and settled must be functions of the options"
    options = told["options"]
    if not isinstance(options, tuple) or not all(isinstance(o, OptionSpec) for o in options):
        return "its options must be a tuple of OptionSpec"
    return None


def words_fault(spec: CheckSpec, options: Options) -> str | None:
    """Why a check cannot tell its words, or the part of a file that it must see, in words."""
    try:
        words: object = spec.words(options)
        part: object = spec.part(options) if spec.part is not None else None
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())}"
    if part is not None and not isinstance(part, Part):
        return f"{part!r} is no Part"
    for told in (words, *([] if part is None else [part.words])):
        if not _is_formula(told):
            return f"{told!r} is no formula of words"
    return None


def _is_formula(words: object) -> bool:
    if isinstance(words, (AllWords, AnyWord)):
        return all(_is_formula(part) for part in words.parts)
    return isinstance(words, (Word, Shape))
