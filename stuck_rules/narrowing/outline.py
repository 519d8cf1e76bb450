"""The statements of a module, found from its text by strings, brackets and lines alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum

from stuck_rules.model.words import Word, stands_in
from stuck_rules.values import dataclass

# What may hold a line break or a bracket that counts for nothing.
_TOKEN = re.compile(
    r"""(
    \#[^\n]*
    |'''(?:[^'\\]|\\.|'(?!''))*'''
    |\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
    |'''|\"\"\"
    |'[^'\\\n]*(?:\\.[^'\\\n]*)*'
    |"[^"\\\n]*(?:\\.[^"\\\n]*)*"
    |\\\n
    )""",
    re.VERBOSE | re.DOTALL,
)
# A long string that does not end.
_OPEN = frozenset({"'''", '"""'})
# The prefix of a string with holes, in front of its quotes.
_HOLES = re.compile(r"[fFtT][rR]?\Z")
# A line break that ends no line of code.
INNER = "\1"
_TO_ROUND = bytes.maketrans(b"[]{}", b"()()")
_REST = bytes(set(range(256)) - set(b"()[]{}\n\1"))
_HEAD = re.compile(
    r"[ \t]*(?:@|(?:async[ \t]+)?(?P<kind>def|class)[ \t]+(?P<name>\w+)"
    r"|(?P<word>(?:async|import|from|if|try|with|for|while|match|else|elif|except|finally)\b))?"
)
_CONTINUES = frozenset({"else", "elif", "except", "finally"})
_COMPOUND = frozenset({"try", "with", "for", "while", "match", "async"})
_SPACE = " \t"
# LibCST and its readers recurse along a logical line; what is shorter cannot nest too deeply.
_LONG_LINE = 3_000
_DEEP = 200


class Kind(Enum):
    """What a statement is, as far as its bindings go."""

    IMPORT = "import"
    DEFINITION = "definition"
    CLASS = "class"
    BRANCH = "branch"
    COMPOUND = "compound"
    SIMPLE = "simple"

    @property
    def defines(self) -> bool:
        """Whether it is a definition, which gives a meaning to its own name alone."""
        return self is Kind.DEFINITION or self is Kind.CLASS


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement with the blank lines and comments behind it, by numbers of lines from 0.

    `end` is the line behind the last; `head` the first line of code, decorators apart; `name`
    is what the statement defines.
    """

    start: int
    end: int
    head: int
    kind: Kind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A module's statements in order; `starts` are the lines at which logical lines begin.

    `long` says that some line is so long that its code may nest too deeply; `code` is the text
    without comments and strings, `holes` the strings that hold code.
    """

    code: str
    holes: str
    lines: tuple[str, ...]
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    long: bool

    def speaks_of(self, word: Word) -> bool:
        """Whether a word stands in code, that in strings included."""
        return stands_in(word, self.code) or stands_in(word, self.holes)

    def begins(self, line: int) -> bool:
        """Whether a logical line begins at the line of this number."""
        place = bisect_left(self.starts, line)
        return place < len(self.starts) and self.starts[place] == line

    def text_of(self, piece: Piece) -> str:
        """The text of a statement."""
        return "\n".join(self.lines[piece.start : piece.end])

    def inside(self, piece: Piece) -> tuple[Piece, ...]:
        """The statements of a class's body; none where they are not plain to see."""
        first = bisect_left(self.starts, piece.head + 1)
        last = bisect_left(self.starts, piece.end)
        body = [(start, self.lines[start]) for start in self.starts[first:last]]
        code = [(start, indent_of(line)) for start, line in body if not is_blank(line)]
        if not code:
            return ()
        indent = code[0][1]
        if not indent or not all(own.startswith(indent) for _, own in code):
            return ()
        own = [start for start, found in code if len(found) == len(indent)]
        return tuple(_pieces(self.lines, own, self.starts[first], piece.end))


@dataclass(frozen=True, slots=True)
class Code:
    """A text without comments and strings; `holes` are the strings that hold code."""

    text: str
    holes: str


def code_of(text: str) -> Code | None:
    """The code in a normalised text, None where one cannot be sure of it."""
    if (text and not text.endswith("\n")) or "\f" in text or INNER in text:
        return None
    parts = _TOKEN.split(text)
    with_holes = _blank(parts)
    code = "".join(parts)
    if with_holes is None or "'" in code or '"' in code:
        return None
    return Code(code, "\n".join(with_holes))


def outline_of(text: str) -> Outline | None:
    """The outline of a normalised text, None where one cannot be sure of it.

    The text is taken for Python; whether it is must be asked elsewhere.
    """
    code = code_of(text)
    if code is None or text.count("elif") > _LONG_LINE:
        return None
    found = _logical_lines(code.text)
    if found is None:
        return None
    starts, longest = found
    lines = tuple(text.split("\n")[:-1])
    top = [n for n in starts if lines[n] and lines[n][0] not in " \t#"]
    pieces = tuple(_pieces(lines, top, 0, len(lines)))
    return Outline(code.text, code.holes, lines, pieces, tuple(starts), longest > _LONG_LINE)


def _blank(parts: list[str]) -> list[str] | None:
    """Take what every second part says away, but line breaks; the strings with holes, or None.

    A string may be cut short at its own quotes, which Python 3.12 allows in holes.
    """
    with_holes: list[str] = []
    for number in range(1, len(parts), 2):
        token = parts[number]
        if token in _OPEN:
            return None
        if "{" in token and _HOLES.search(parts[number - 1][-2:]):
            with_holes.append(token)
            if token.count("{") != token.count("}"):
                return None
        parts[number] = INNER * token.count("\n") if "\n" in token else ""
    return with_holes


def _logical_lines(code: str) -> tuple[list[int], int] | None:
    """The number of the line where each logical line begins, and how long the longest is.

    None where brackets do not fit.
    """
    data = code.encode("utf-8", "surrogatepass")
    brackets = data.translate(_TO_ROUND, _REST).split(b"\n")[:-1]
    known: dict[bytes, tuple[int, int, int]] = {}
    rows = code.split("\n")
    longest = max(map(len, rows))
    starts: list[int] = []
    line = depth = first = 0
    for number, text in enumerate(brackets):
        if not depth:
            starts.append(line)
            first = number
        line += 1
        if not text:
            continue
        change = known.get(text) or known.setdefault(text, _change(text))
        lowest, net, inner = change
        if depth + lowest < 0:
            return None
        if depth + len(text) - inner > _DEEP:
            longest = _LONG_LINE + 1
        depth += net
        line += inner
        if not depth and number > first:
            longest = max(longest, sum(map(len, rows[first : number + 1])))
    return None if depth else (starts, longest)


def _change(brackets: bytes) -> tuple[int, int, int]:
    """The lowest depth within a line's brackets, the depth behind them, the breaks within."""
    depth = lowest = breaks = 0
    for letter in brackets:
        if letter == 1:
            breaks += 1
        else:
            depth += 1 if letter == ord("(") else -1
            lowest = min(lowest, depth)
    return lowest, depth, breaks


def _pieces(lines: tuple[str, ...], starts: list[int], begin: int, end: int) -> list[Piece]:
    """The statements that begin at these lines, from one's start to the next one's."""
    found: list[Piece] = []
    first = begin
    for number, place in enumerate(starts):
        head = _HEAD.match(lines[place])
        assert head is not None
        until = starts[number + 1] if number + 1 < len(starts) else end
        if head[0].endswith("@"):
            continue
        if head["word"] in _CONTINUES and found:
            last = found.pop()
            found.append(Piece(last.start, until, last.head, last.kind))
        else:
            kind = _kind_of(head)
            found.append(Piece(first, until, place, kind, head["name"] or ""))
        first = until
    return found


def _kind_of(head: re.Match[str]) -> Kind:
    if head["kind"] is not None:
        return Kind.CLASS if head["kind"] == "class" else Kind.DEFINITION
    word = head["word"]
    if word in {"import", "from"}:
        return Kind.IMPORT
    if word == "if":
        return Kind.BRANCH
    return Kind.COMPOUND if word in _COMPOUND else Kind.SIMPLE


def is_blank(line: str) -> bool:
    """Whether a line is empty or a comment."""
    code = line.lstrip(_SPACE)
    return not code or code[0] == "#"


def indent_of(line: str) -> str:
    """What stands in front of the code of a line."""
    return line[: len(line) - len(line.lstrip(_SPACE))]
