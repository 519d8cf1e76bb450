"""Lines of IPython that are no Python: `%magic`, `!command`, `name?`."""

from __future__ import annotations

import re

from stuck_rules.values import dataclass

# Cell magics whose cells hold Python that runs with the notebook's.
_PYTHON_CELLS = frozenset({"capture", "debug", "prun", "python", "python3", "time", "timeit"})

_CELL = re.compile(r"\s*%%(?P<name>\S*)")
_ESCAPED = re.compile(r"\s*[%!?,;/]")
_HELP = re.compile(r"\s*%{0,2}[\w.*\[\]]+\?{1,2}\s*\Z")
_ASSIGNED = re.compile(r"(?P<target>\s*[^\s=!<>#'\"%()\d][^=!<>#'\"%()]*)=\s*[%!]")
_NEXT = re.compile(r"\"\"\"|'''|[\"'#()\[\]{}]")
_ENDS = {
    '"""': re.compile(r'(?:\\.|[^\\])*?"""', re.DOTALL),
    "'''": re.compile(r"(?:\\.|[^\\])*?'''", re.DOTALL),
    '"': re.compile(r'(?:\\.|[^\\"])*"'),
    "'": re.compile(r"(?:\\.|[^\\'])*'"),
}


@dataclass(frozen=True, slots=True)
class _State:
    """Where a line begins: within a string, within brackets, or behind a backslash."""

    quote: str = ""
    depth: int = 0
    continued: bool = False

    @property
    def is_start(self) -> bool:
        """Whether a statement may begin here."""
        return not self.quote and not self.depth and not self.continued


def has_cell_magic(source: str) -> bool:
    """Whether a cell begins with a magic that says what the rest of it is."""
    return _CELL.match(source) is not None


def is_python_cell(source: str) -> bool:
    """Whether a cell is Python, which most cell magics say that it is not."""
    magic = _CELL.match(source)
    return magic is None or magic["name"] in _PYTHON_CELLS


def stand_ins(source: str) -> dict[int, str]:
    """What to put in the place of each line that is no Python, by its number from 0.

    It keeps blocks from being empty and names from being unbound; for a line at the margin
    that is nothing.
    """
    found: dict[int, str] = {}
    state = _State()
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if number in found:
            continue
        stand_in = _stand_in(line) if state.is_start else None
        if stand_in is None:
            state = _after(line, state)
            continue
        found[number] = stand_in
        last = _last_of_magic(lines, number)
        found.update(dict.fromkeys(range(number + 1, last + 1), ""))
    return found


def _last_of_magic(lines: list[str], first: int) -> int:
    """Where a magic ends: it goes on behind a backslash, and one with `%` within brackets."""
    last = first
    while lines[last].endswith("\\") and last + 1 < len(lines):
        last += 1
    if not lines[first].lstrip().startswith("%"):
        return last
    state = _State()
    for number in range(first, len(lines)):
        state = _after(lines[number], state)
        if state.is_start:
            return max(last, number)
    # Brackets that are never closed are none of Python's.
    return last


def _stand_in(line: str) -> str | None:
    """What to put in the place of a line where a statement may begin; None for Python."""
    assigned = _ASSIGNED.match(line)
    if assigned is not None:
        return f"{assigned['target']}= None"
    if not _ESCAPED.match(line) and not _HELP.match(line):
        return None
    indentation = line[: len(line) - len(line.lstrip())]
    return f"{indentation}pass" if indentation else ""


def _after(line: str, state: _State) -> _State:
    """Where the next line begins."""
    quote, depth, place = state.quote, state.depth, 0
    while True:
        if quote:
            end = _ENDS[quote].match(line, place)
            if end is None:
                # A string in single quotes goes on only behind a backslash.
                goes_on = len(quote) == 3 or line.endswith("\\")
                return _State(quote if goes_on else "", depth)
            quote, place = "", end.end()
        found = _NEXT.search(line, place)
        if found is None:
            return _State("", depth, line.endswith("\\"))
        place = found.end()
        sign = found[0]
        if sign == "#":
            return _State("", depth)
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth = max(0, depth - 1)
        else:
            quote = sign
