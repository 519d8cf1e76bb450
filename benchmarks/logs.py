"""How reading a log and making rules of it grow: `python -m benchmarks.logs [WORD...]`.

Each case runs a command at three sizes of its log, each twice the one before, in a process of its
own; the seconds are those of the processor. A ratio of about 2 is in proportion to the log.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.timing import Run, run_once

_FACTORS = (1, 2, 4)
_THINGS = ("cache", "queue", "parser", "session", "ledger", "worker", "client", "report")


@dataclass(frozen=True, slots=True)
class LogCase:
    """A log of a size and the command that reads it."""

    name: str
    command: str
    size: int
    make: Callable[[int], str]


def _entry(number: int) -> str:
    """An entry with text, labels, lists and code, as logs have them; no two are alike."""
    word, other = _THINGS[number % 8], _THINGS[number // 8 % 8]
    name = f"{word}_{other}_{number}"
    return f"""\
## Entry {number}: The {word} and the {other}, case {number} - 2025-01-{number % 28 + 1:02}

**Problem**: The {word} stopped when `{name}` was asked twice by the {other} in {number} cases.

**Root Cause**: Nobody knew who owns the {other}. It was made anew for each {word}, which took
all its time; the second one then waited for the first.

**WRONG**:
```python
{word} = {other}.open_{word}_{number}(path)
```

**CORRECT**:
```python
{word} = {other}.lend_{word}_{number}(path)
```

**Prevention**:
- Never call `{name}()` from a handler.
- Use `lend_{name}()` instead of `open_{name}()`.
- Ask who owns the {other} before a second {word} is made,
  and write it into the module's docstring.

**Files Fixed**: `src/{word}/{other}.py`, `tests/test_{word}.py`

"""


def _entries(count: int) -> str:
    return "# Log\n\n" + "".join(map(_entry, range(count)))


def _megabytes(count: int) -> str:
    """So many entries that they are about so many tenths of a megabyte."""
    return _entries(count * 100_000 // len(_entry(500)))


def _short(count: int) -> str:
    """Entries of a sentence each, of which every twentieth gives a rule of its own."""
    told = "## Entry {0}: Case {0} of the {1}\n\n**Prevention**: {2}\n\n"
    advice = "Ask the owner of the {0} before you change how case {1} is handled."
    rule = "Never call `handle_{0}_{1}()`."
    entries = (
        told.format(number, word, (advice if number % 20 else rule).format(word, number))
        for number in range(count)
        for word in (_THINGS[number % 8],)
    )
    return "# Log\n\n" + "".join(entries)


def _block(lines: int) -> str:
    """One entry whose wrong and right code have so many lines."""
    wrong = "".join(f"item_{n} = store.open_item({n}, cached={n % 7})\n" for n in range(lines))
    right = wrong.replace("open_item", "lend_item")
    fences = f"**WRONG**:\n```python\n{wrong}```\n\n**CORRECT**:\n```python\n{right}```\n"
    return f"# Log\n\n## Entry 1: Long code - 2025-01-08\n\n{fences}"


def _line(kilobytes: int) -> str:
    """One entry with one line of many sentences."""
    told = "Never call `handle_case()` from a *handler*, since the queue waits for it. "
    line = told * (kilobytes * 1000 // len(told))
    return f"# Log\n\n## Entry 1: A line - 2025-01-08\n\n**Prevention**: {line}\n"


def _items(count: int) -> str:
    """One entry with a list of many items."""
    items = "".join(f"- Never call `handle_case_{number}()`.\n" for number in range(count))
    return f"# Log\n\n## Entry 1: A list - 2025-01-08\n\n**Prevention**:\n\n{items}"


def _rows(count: int) -> str:
    """A table of pitfalls with many rows."""
    rows = "".join(f"| `old_{n}()` | `new_{n}()` |\n" for n in range(count))
    return f"# Log\n\n| Pitfall | Correct Pattern |\n|---|---|\n{rows}"


CASES = (
    LogCase("log of megabytes (N = 1 MB)", "log", 10, _megabytes),
    LogCase("generate of entries", "generate", 200, _entries),
    LogCase("generate of short entries", "generate", 5000, _short),
    LogCase("generate of a long list", "generate", 1000, _items),
    LogCase("generate of a long table", "generate", 1000, _rows),
    LogCase("generate of long code (lines)", "generate", 750, _block),
    LogCase("generate of one line (kB)", "generate", 500, _line),
)


def measure(case: LogCase, size: int) -> Run:
    """One run of the case's command on a log of this size."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "log.md").write_text(case.make(size), encoding="utf-8")
        return run_once([sys.executable, "-m", "stuck_rules", case.command, "log.md"], Path(folder))


def _row(case: LogCase, runs: Sequence[Run]) -> str:
    times = [run.processor for run in runs]
    ratios = [f"{later / sooner:.1f}" for sooner, later in pairwise(times)]
    memory = f"{runs[-1].memory / 1_000_000:.0f}"
    codes = "/".join(str(run.code) for run in runs)
    cells = [case.name, str(case.size), *(f"{each:.1f}" for each in times), *ratios, memory, codes]
    return "| " + " | ".join(cells) + " |"


def main(words: Sequence[str]) -> None:
    """Print a row for each case whose name holds one of the words; all without words."""
    heads = ["case", "N", "s at N", "2N", "4N", "2N/N", "4N/2N", "MB at 4N", "exit"]
    print("| " + " | ".join(heads) + " |")
    print("|---" + "|---:" * (len(heads) - 1) + "|")
    for case in CASES:
        if not words or any(word in case.name for word in words):
            runs = [measure(case, case.size * factor) for factor in _FACTORS]
            print(_row(case, runs), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
