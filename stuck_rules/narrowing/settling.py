"""Which rules find nothing in a file by the names that it defines, imports and uses.

Most tests and imports stand at a file's beginning, so that is looked at first. Nothing is
parsed: a rule that is settled so is one that the file's words do not admit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, lru_cache, partial

from stuck_rules.checks.registry import find_check
from stuck_rules.checks.spec import ClassNames, FunctionName, ModuleNames
from stuck_rules.model.rule import CheckCall, Rule
from stuck_rules.model.source import normalise_text
from stuck_rules.model.words import read_name, stands_in
from stuck_rules.narrowing.binding import assigns, binds, imported_by
from stuck_rules.narrowing.outline import Code, Kind, Outline, Piece, code_of, outline_of

# Characters from the start that are looked at before the whole.
_BEGINNINGS = (2_000, 10_000)
# How many times longer a file is where that saves more than it costs.
_WORTH = 4
# Where a statement may begin, most likely in no string.
_BEGIN = re.compile(r"\n(?=[ \t]*(?:@|(?:async|class|def|from|import|return)\b))")
_BASES = re.compile(r"class[ \t]+\w+[ \t]*\(([\w.,\s]*)\)[ \t]*:")
# Lines of the head of a class that has many bases.
_HEAD = 20
_CLASS = re.compile(r"class[\s\\]+(\w+)")


def unsettled(text: str, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that may find something in a file's text; the order stays."""
    calls = {n: call for n, rule in enumerate(rules) if (call := _call_of(rule)) is not None}
    settled: set[int] = set()
    for names in _names_of(normalise_text(text)) if calls else ():
        settled.update(n for n, call in calls.items() if n not in settled and call(names))
        if len(settled) == len(calls):
            break
    return tuple(rule for n, rule in enumerate(rules) if n not in settled)


@lru_cache(maxsize=10_000)
def _call_of(rule: Rule) -> Callable[[ModuleNames], bool] | None:
    condition = rule.condition
    if not isinstance(condition, CheckCall):
        return None
    spec = find_check(condition.name)
    if spec is None or spec.settled is None:
        return None
    return partial(spec.settled, spec.for_call(condition))


def _names_of(text: str) -> Iterator[ModuleNames]:
    """What is known of a module from more and more of its text."""
    reads = cache(partial(_is_read, text=text))
    for size in _BEGINNINGS:
        begun = _BEGIN.search(text, size) if size * _WORTH < len(text) else None
        if begun is not None:
            yield _Names(text[: begun.end()], text, reads)
    yield _Names(text, text, reads)


def _is_read(name: str, text: str) -> bool:
    return stands_in(read_name(name), text)


class _Names:
    """The names of a module by an outline of its beginning; without one, nothing is known."""

    def __init__(self, beginning: str, text: str, reads: Callable[[str], bool]) -> None:
        self._beginning = beginning
        self._text = text
        self._reads = reads

    @cached_property
    def functions(self) -> tuple[FunctionName, ...]:
        return tuple(
            FunctionName(piece.name, outline.decorators_of(piece))
            for outline, piece in self._pieces(Kind.DEFINITION)
        )

    @cached_property
    def classes(self) -> tuple[ClassNames, ...]:
        rest = self._text[len(self._beginning) :]
        return tuple(
            _Class(outline, piece, self._text, rest if piece is outline.pieces[-1] else "")
            for outline, piece in self._pieces(Kind.CLASS)
        )

    def binds(self, name: str) -> bool:
        if self._code is not None and binds(self._code.text, name):
            return True
        outline = self._outline
        return self._imports(name) or (outline is not None and assigns(outline, name))

    def _imports(self, name: str) -> bool:
        texts = (outline.text_of(piece) for outline, piece in self._pieces(Kind.IMPORT))
        return any(
            not {name, "*"}.isdisjoint(imported_by(text))
            for text in texts
            if name in text or "*" in text
        )

    def reads(self, name: str) -> bool:
        if not self._reads(name):
            return False
        code = self._code
        return code is None or _is_read(name, code.text) or _is_read(name, code.holes)

    @cached_property
    def _code(self) -> Code | None:
        """All code of the module; None also where only its beginning is looked at."""
        return code_of(self._text) if len(self._beginning) == len(self._text) else None

    @cached_property
    def _outline(self) -> Outline | None:
        return outline_of(self._beginning)

    def _pieces(self, kind: Kind) -> Iterator[tuple[Outline, Piece]]:
        outline = self._outline
        if outline is not None:
            yield from ((outline, piece) for piece in outline.pieces if piece.kind is kind)


class _Class:
    """A class in a module; `rest` may belong to it, where a beginning cuts it short."""

    def __init__(self, outline: Outline, piece: Piece, module: str, rest: str) -> None:
        self.name = piece.name
        self._outline = outline
        self._piece = piece
        self._module = module
        self._rest = rest

    @property
    def functions(self) -> tuple[str, ...]:
        inner = self._outline.inside(self._piece)
        return tuple(piece.name for piece in inner if piece.kind is Kind.DEFINITION)

    @property
    def text(self) -> str:
        return self._outline.text_of(self._piece) + self._rest

    @property
    def foreign(self) -> tuple[str, ...]:
        piece = self._piece
        lines = self._outline.lines[piece.head : min(piece.end, piece.head + _HEAD)]
        bases = _BASES.match("\n".join(lines))
        if bases is None:
            return ()
        # Words of the text that follow on `class` count as well.
        own = set(_CLASS.findall(self._module))
        names = (base.strip().rpartition(".")[2] for base in bases[1].split(","))
        return tuple(name for name in names if name and name not in own)
