"""What a check tells about itself without its visitor.

Neither the rulebook nor the decision whether a file needs parsing may load LibCST, so a
check's options and words are plain data, and its visitor is named, not imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stuck_rules.model.rule import OptionValue
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


def _any_file(_options: Options) -> WordFormula:
    return ALWAYS


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A check: `visitor` is `package.module:Class`, loaded when a file is parsed for it.

    `words` tells from the options which words a file must hold for the check to find anything;
    without it every file is parsed.
    """

    name: str
    summary: str
    visitor: str
    words: Callable[[Options], WordFormula] = _any_file
    options: tuple[OptionSpec, ...] = ()

    def option(self, name: str) -> OptionSpec | None:
        """The declared option of that name."""
        return next((option for option in self.options if option.name == name), None)

    def with_defaults(self, given: Mapping[str, OptionValue]) -> Options:
        """The given settings, completed by the defaults."""
        defaults = {o.name: o.default for o in self.options if o.default is not None}
        return Options({**defaults, **given})


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
    options = told["options"]
    if not isinstance(options, tuple) or not all(isinstance(o, OptionSpec) for o in options):
        return "its options must be a tuple of OptionSpec"
    return None


def words_fault(spec: CheckSpec, options: Options) -> str | None:
    """Why a check cannot tell its words, in words."""
    try:
        words: object = spec.words(options)
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())}"
    return None if _is_formula(words) else f"{words!r} is no formula of words"


def _is_formula(words: object) -> bool:
    if isinstance(words, (AllWords, AnyWord)):
        return all(_is_formula(part) for part in words.parts)
    return isinstance(words, (Word, Shape))
