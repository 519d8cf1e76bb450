"""Logs with labels that a person wrote, and how the generator stands to them.

Beside each `labelled/NAME.md` lies a `NAME.yaml`: how many entries and lessons the log has, the
rules that a person would make of it, and the lessons that no enabled rule may hold. A rule is
told by what it does: it flags each `bad` and no `good`, whatever it is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from stuck_rules.generator.draft import Drafted, Outcome, draft
from stuck_rules.lessons.reader import parse_log
from stuck_rules.model.rule import Example, Rule
from stuck_rules.testing import run_example

LABELLED = Path(__file__).parent / "labelled"
# These were written last. When first measured, 13 of their 16 rules were found, all enabled ones
# were right, and the entries of three were exact; two faults that they showed were mended since.
ASIDE = tuple(sorted(path.stem for path in (LABELLED / "aside").glob("*.md")))
NAMES = tuple(sorted(path.stem for path in LABELLED.glob("*.md")))


@dataclass(frozen=True)
class Wanted:
    """A rule that a person would make of the lesson at a line; one that waits is not enabled."""

    line: int
    recipe: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    waits: bool


@dataclass(frozen=True)
class Labels:
    """What a person says of a log."""

    entries: int
    lessons: int
    rules: tuple[Wanted, ...]
    reminders: tuple[int, ...]


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, dict), value
    return value


def _items(value: object) -> list[object]:
    assert isinstance(value, list), value
    return value


def _number(value: object) -> int:
    assert isinstance(value, int), value
    return value


def _example(value: object) -> Example:
    if isinstance(value, str):
        return Example(f"{value}\n")
    told = _mapping(value)
    return Example(f"{told['code']}\n", str(told["path"]))


def _line(lines: list[str], told: object) -> int:
    """The number of the one line that holds the words."""
    found = [number for number, line in enumerate(lines, start=1) if str(told) in line]
    assert found, f"no line holds {told!r}"
    return found[0]


def _wanted(item: Mapping[str, object], lines: list[str]) -> Wanted:
    return Wanted(
        _line(lines, item["at"]),
        str(item["recipe"]),
        tuple(map(_example, _items(item["bad"]))),
        tuple(map(_example, _items(item["good"]))),
        item.get("waits") is True,
    )


def read_labels(name: str, folder: Path = LABELLED) -> Labels:
    """The labels of a log."""
    lines = (folder / f"{name}.md").read_text(encoding="utf-8").splitlines()
    told = _mapping(yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")))
    rules = tuple(_wanted(_mapping(item), lines) for item in _items(told["rules"]))
    reminders = tuple(_line(lines, words) for words in _items(told["reminders"]))
    return Labels(_number(told["entries"]), _number(told["lessons"]), rules, reminders)


def draft_of(name: str, folder: Path = LABELLED) -> Drafted:
    """What the generator makes of a labelled log."""
    text = (folder / f"{name}.md").read_text(encoding="utf-8")
    return draft(parse_log(text, path=f"{name}.md"))


def does(rule: Rule, wanted: Wanted) -> bool:
    """Whether a rule flags all that is wrong and nothing that is right."""
    if not all(run_example(rule, example).violations for example in wanted.bad):
        return False
    return not any(run_example(rule, example).violations for example in wanted.good)


@dataclass
class Score:
    """Rules as `log: id`, lessons as `log:line`; the found and missed ones with their recipe."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """How many of the enabled rules a person wants."""
        return len(self.right) / (len(self.right) + len(self.wrong))

    @property
    def recipes(self) -> list[str]:
        """The recipes by which a person would make the rules; "waiting" for those not enabled."""
        return sorted({recipe for recipe, _ in (*self.found, *self.missed)})

    def recall(self, recipe: str) -> float:
        """How many of the wanted rules of a recipe are there."""
        found = sum(each == recipe for each, _ in self.found)
        return found / (found + sum(each == recipe for each, _ in self.missed))

    def add(self, name: str, folder: Path = LABELLED) -> None:
        """Score one more log."""
        labels, drafted = read_labels(name, folder), draft_of(name, folder)
        for rule in (rule for rule in drafted.rules if rule.enabled):
            is_wanted = any(does(rule, wanted) for wanted in labels.rules if not wanted.waits)
            is_right = is_wanted and not _flags_right_code(rule, labels)
            (self.right if is_right else self.wrong).append(f"{name}: {rule.id}")
        for wanted in labels.rules:
            pool = [rule for rule in drafted.rules if rule.enabled is not wanted.waits]
            told = ("waiting" if wanted.waits else wanted.recipe, f"{name}:{wanted.line}")
            is_found = any(does(rule, wanted) for rule in pool)
            (self.found if is_found else self.missed).append(told)
        for line in labels.reminders:
            held = list(_holders(drafted, line))
            (self.broken if held else self.kept).append(f"{name}:{line} {' '.join(held)}")


def score(names: Iterable[str], folder: Path = LABELLED) -> Score:
    """The score over some logs."""
    made = Score()
    for name in names:
        made.add(name, folder)
    return made


def table(made: Score) -> str:
    """How many of the wanted rules are there by recipe, as a Markdown table."""
    found = Counter(recipe for recipe, _ in made.found)
    missed = Counter(recipe for recipe, _ in made.missed)
    rows = [
        f"| {recipe} | {found[recipe] + missed[recipe]} | {found[recipe]} "
        f"| {100 * made.recall(recipe):.0f} % |"
        for recipe in made.recipes
    ]
    right = len(made.right)
    told = f"{right} of {right + len(made.wrong)} enabled rules are wanted."
    return "\n".join(
        ["| recipe | wanted | found | share |", "|---|---:|---:|---:|", *rows, "", told]
    )


def _flags_right_code(rule: Rule, labels: Labels) -> bool:
    good = (example for wanted in labels.rules for example in wanted.good)
    return any(run_example(rule, example).violations for example in good)


def _holders(drafted: Drafted, line: int) -> Iterator[str]:
    """The enabled rules that hold a lesson whose lines include one."""
    for decision in drafted.decisions:
        first, last = decision.lesson.lines
        if first <= line <= last and decision.outcome is Outcome.RULE and decision.rule:
            yield decision.rule
