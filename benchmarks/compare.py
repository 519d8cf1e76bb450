"""Whether what saves time changes what is found: `python -m benchmarks.compare FOLDER...`.

Checks real files, and random changes of them, with every optimisation and with none, and tells
each difference in violations and problems. A file that no rule's words admit may keep a syntax
error for itself, which is the one difference that is meant.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stuck_rules.model.rule import Rule
from stuck_rules.narrowing.settling import unsettled
from stuck_rules.rulebook.loader import load_rulebook
from stuck_rules.scanner.checking import CheckSettings
from stuck_rules.scanner.prefilter import Prefilter
from stuck_rules.scanner.rulesets import RuleSet
from stuck_rules.scanner.scan import Scan, Scanner
from stuck_rules.scanner.search import DiscoveredFile

ROOT = Path(__file__).parent.parent
RULEBOOKS = (ROOT / "rules.yaml", *sorted((ROOT / "tests/patterns/typical").glob("*.yaml")))
_LARGEST = 60_000
_NAME = re.compile(r"\b[a-z_]{4,}\b")


@dataclass(frozen=True, slots=True)
class Source:
    """A file's content, real or changed."""

    path: Path
    data: bytes


def rules_of(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """All rules, those that are off too."""
    return tuple(
        rule for path in paths for rule in load_rulebook(path, shown=path.name).rules if rule.id
    )


def triggers_of(rules: Sequence[Rule]) -> list[list[str]]:
    """The lines of all bad examples, which rules match in."""
    codes = [example.code for rule in rules for example in rule.examples.bad]
    return [re.sub("[«»]", "", code).rstrip("\n").split("\n") for code in codes]


def sources_in(folders: Sequence[Path], seed: int) -> Iterator[Source]:
    """The Python files of folders in an order of chance; the largest are left out."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    random.Random(seed).shuffle(paths)
    for path in paths:
        data = path.read_bytes()
        if 0 < len(data) <= _LARGEST:
            yield Source(path, data)


def changed(source: Source, triggers: Sequence[list[str]], chance: random.Random) -> Source:
    """The file with some lines dropped, doubled, moved or renamed, and some that rules match."""
    lines = source.data.decode("utf-8", "surrogateescape").split("\n")
    for _ in range(chance.randint(1, 3)):
        change = chance.choice((_drop, _double, _swap, _rename))
        change(lines, chance)
    for _ in range(chance.randint(0, 3)):
        _insert(lines, chance.choice(triggers), chance)
    return Source(source.path, "\n".join(lines).encode("utf-8", "surrogateescape"))


def _drop(lines: list[str], chance: random.Random) -> None:
    if len(lines) > 1:
        del lines[chance.randrange(len(lines))]


def _double(lines: list[str], chance: random.Random) -> None:
    place = chance.randrange(len(lines))
    lines.insert(place, lines[place])


def _swap(lines: list[str], chance: random.Random) -> None:
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]


def _rename(lines: list[str], chance: random.Random) -> None:
    names = sorted({name for line in lines for name in _NAME.findall(line)})
    if len(names) > 1:
        old, new = chance.sample(names, 2)
        lines[:] = [re.sub(rf"\b{old}\b", new, line) for line in lines]


def _insert(lines: list[str], code: list[str], chance: random.Random) -> None:
    """Put code where a statement stands, at its indentation."""
    place = chance.randrange(len(lines))
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    lines[place:place] = [f"{indent}{line}" if line else "" for line in code]


class Comparison:
    """Checks each source in both ways and counts what differs.

    With every optimisation, the rules run together and by themselves, since one that must see
    the whole file keeps the others from being spared it; every second source without fixes.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._prefilter = Prefilter(RuleSet(self._rules).code_rules)
        self.sources = self.size = self.runs = self.violations = self.problems = 0
        self.differences = 0

    def compare(self, source: Source) -> None:
        """Check a source in both ways and print how they differ."""
        # What fixes need hides what violations alone would show.
        fixes = self.sources % 2 == 0
        thorough = _scan(source, self._rules, thorough=True, fixes=fixes)
        self.sources += 1
        self.size += len(source.data)
        self.violations += len(thorough.violations)
        self.problems += len(thorough.problems)
        admitted = self._admitted(source)
        for rules in (self._rules, *((rule,) for rule in admitted)):
            self.runs += 1
            quick = _scan(source, rules, thorough=False, fixes=fixes)
            if not self._is_same(source, rules, quick, thorough):
                self.differences += 1
                Path("difference.py").write_bytes(source.data)

    def _admitted(self, source: Source) -> tuple[Rule, ...]:
        """The rules that want the file and whose words stand in it."""
        text = source.data.decode("utf-8", "replace")
        found = unsettled(text, self._prefilter.admitted(text))
        wanted = RuleSet(found).for_path(source.path.as_posix())
        return tuple(rule for rule in found if rule in wanted)

    def _is_same(
        self, source: Source, rules: tuple[Rule, ...], quick: Scan, thorough: Scan
    ) -> bool:
        names = {rule.id for rule in rules}
        violations = tuple(v for v in thorough.violations if v.rule in names)
        problems = tuple(p for p in thorough.problems if p.rule is None or p.rule in names)
        if not names & {rule.id for rule in self._admitted(source)}:
            problems = quick.problems
        if quick.violations == violations and quick.problems == problems:
            return True
        print(f"{source.path} differs for {', '.join(sorted(names)[:3])}")
        for one in {*quick.violations, *quick.problems} - {*violations, *problems}:
            print(f"  only with optimisations: {one}")
        for one in {*violations, *problems} - {*quick.violations, *quick.problems}:
            print(f"  only without: {one}")
        return False


def _scan(source: Source, rules: tuple[Rule, ...], *, thorough: bool, fixes: bool) -> Scan:
    shown = source.path.as_posix()
    file = DiscoveredFile(shown, shown, str(source.path), unsaved=source.data)
    settings = CheckSettings((RuleSet(rules),), 1_000_000, fixes=fixes, thorough=thorough)
    return Scanner(settings).scan([file])


def main() -> int:
    """Compare until the asked size is reached; 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rulebook", action="append", type=Path)
    parser.add_argument("--megabytes", type=float, default=5.0)
    parser.add_argument("--changes", type=int, default=1, help="changed copies of each file")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rules = rules_of(options.rulebook or RULEBOOKS)
    triggers = triggers_of(rules)
    if not triggers:
        parser.error(
            "no rule has a bad example, which random changes need: name a --rulebook with some"
        )
    chance = random.Random(options.seed)
    comparison = Comparison(rules)
    for source in sources_in(options.folders, options.seed):
        if comparison.size >= options.megabytes * 1_000_000:
            break
        comparison.compare(source)
        for _ in range(options.changes):
            comparison.compare(changed(source, triggers, chance))
    print(
        f"{comparison.sources} sources, {comparison.size / 1e6:.1f} MB, {len(rules)} rules, "
        f"{comparison.runs} runs, {comparison.violations} violations, "
        f"{comparison.problems} problems: {comparison.differences} runs differ"
    )
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
