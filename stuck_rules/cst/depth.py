"""Whether code nests deeper than a parser that recurses can carry.

LibCST ends the whole process on deep code, so depth is bounded from the text before it sees
it. What nests is counted from above: brackets exactly, and for chains of operators, calls,
attributes, strings or `elif` the tokens of one item, since each level takes at least one.
"""

from __future__ import annotations

import re

from stuck_rules.values import dataclass

# CPython's own tokenizer refuses more.
MAX_BRACKETS = 200
# LibCST was seen to carry 3,000 in an 8 MB stack, and to die of 10,000.
MAX_CHAIN = 3_000

_TOKEN = re.compile(
    r"""
    (?P<skip>\#[^\n]*|\\\n)
    |(?P<string>(?:\b[bBrRuUfFtT]{1,2})?(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"
        |'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<comma>,)
    |(?P<line>[\n;])
    |(?P<elif>^[ \t]*elif\b)
    |(?P<part>\w+|[^\w\s'"]|['"])
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TooDeep:
    """Where the code nests too deeply, and how."""

    line: int
    message: str


def find_too_deep(source: str) -> TooDeep | None:
    """The first place that nests too deeply, or None."""
    return _Scanner(source).run() if _may_be_deep(source, MAX_CHAIN * 2) else None


def is_too_deep(line: str) -> bool:
    """Whether a logical line nests too deeply."""
    return _may_be_deep(line, MAX_CHAIN) and _Scanner(line).run() is not None


def _may_be_deep(code: str, length: int) -> bool:
    """A cheap test that most code fails: no deep nesting without many of these characters."""
    brackets = code.count("(") + code.count("[") + code.count("{")
    return brackets > MAX_BRACKETS or len(code) > length


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.counts = [0]
        self.total = 0
        self.elifs = 0

    def run(self) -> TooDeep | None:
        for match in _TOKEN.finditer(self.source):
            kind = match.lastgroup
            if kind == "skip":
                continue
            self._count(kind)
            if len(self.counts) > MAX_BRACKETS + 1:
                return self._at(match.start(), f"more than {MAX_BRACKETS} nested brackets")
            if self.total > MAX_CHAIN or self.elifs > MAX_CHAIN:
                return self._at(match.start(), f"more than {MAX_CHAIN} chained operators or parts")
        return None

    def _count(self, kind: str | None) -> None:
        if kind == "open":
            self.counts.append(0)
        elif kind == "close":
            if len(self.counts) > 1:
                self.total -= self.counts.pop()
            self._add()
        elif kind == "comma" or (kind == "line" and len(self.counts) == 1):
            self.total -= self.counts[-1]
            self.counts[-1] = 0
        elif kind == "line":
            return
        else:
            self.elifs += kind == "elif"
            self._add()

    def _add(self) -> None:
        self.counts[-1] += 1
        self.total += 1

    def _at(self, offset: int, what: str) -> TooDeep:
        return TooDeep(
            self.source.count("\n", 0, offset) + 1,
            f"{what}: too deep to be parsed safely",
        )
