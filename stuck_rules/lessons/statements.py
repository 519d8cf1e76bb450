"""A labelled part -> its statements: list items, paragraphs, marked lines, keywords, rows, code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from stuck_rules.lessons.blocks import Block, Fence, Item, ItemList, Paragraph, Quote, Table
from stuck_rules.lessons.codeforms import CodeForm, code_forms, mark_role
from stuck_rules.lessons.forms import Label, heading_label, known_label
from stuck_rules.lessons.parts import Part, Scope, split_parts
from stuck_rules.lessons.prose import (
    Piece,
    Prose,
    cut,
    flatten,
    is_blank,
    line_span,
    plain_text,
    split_commas,
    split_lines,
)
from stuck_rules.model.lesson import Role
from stuck_rules.values import dataclass, replace

# A line of a paragraph that starts with one of these is a statement of its own.
_MARK = re.compile(r"\s*[✅✔☑❌✖✗✘⚠🔴🟡🟢⛔🚫💡📌➡→•▪◦][\ufe0e\ufe0f]?\s*")
# A row's number says nothing.
_NUMBER = re.compile(r"#?\d*\.?$")
# What such a section says is no rule, whatever label one of its items starts with.
_SETTLED = frozenset({Role.EVIDENCE, Role.KEYWORD, Role.FILES, Role.METADATA})


@dataclass(frozen=True, slots=True)
class Statement:
    """The texts and code blocks of one lesson to be."""

    scope: Scope
    texts: tuple[Prose, ...] = ()
    fences: tuple[Fence, ...] = ()
    sign: Role | None = None


def _is_preamble(prose: Prose) -> bool:
    return plain_text(prose).rstrip().endswith((":", "\uff1a"))


def _without_mark(line: Prose) -> Prose:
    match = _MARK.match(plain_text(line))
    return cut(line, match.end()) if match else line


def _sign(prose: Prose) -> Role | None:
    return mark_role(plain_text(prose))


def _marked_lines(prose: Prose) -> list[Prose]:
    """Cut before each line that starts with a mark."""
    gathered: list[list[Piece]] = []
    for line in split_lines(prose):
        if gathered and not _MARK.match(plain_text(line)):
            gathered[-1].extend(line)
        else:
            gathered.append([*line])
    found = [tuple(pieces) for pieces in gathered]
    return [line for line in found if not is_blank(_without_mark(line))]


def _paragraph(prose: Prose, scope: Scope) -> Iterator[Statement]:
    if scope.role is Role.KEYWORD:
        yield from (Statement(scope, (text,)) for text in split_commas(prose))
        return
    for line in _marked_lines(prose):
        yield Statement(scope, (_without_mark(line),), sign=_sign(line))


def _with_fence(found: list[Statement], fence: Fence, scope: Scope, *, attached: bool) -> None:
    """Add a code block to the statement before it, or as one of its own, and its marked forms."""
    for form in _forms(fence, scope):
        if form.role is not None:
            found.append(_of_form(form, scope))
        elif attached and found:
            found[-1] = replace(found[-1], fences=(*found[-1].fences, form.fence))
        else:
            found.append(Statement(scope, fences=(form.fence,)))


def _forms(fence: Fence, scope: Scope) -> list[CodeForm]:
    return [CodeForm(fence)] if scope.role in _SETTLED else code_forms(fence, scope.role)


def _of_form(form: CodeForm, scope: Scope) -> Statement:
    label = Label(form.word, form.role, (), form.line)
    place = (form.line, form.line)
    texts = ((Piece(form.reason, place),),) if form.reason.strip() else ()
    return Statement(
        replace(scope, role=form.role or scope.role, label=label), texts, (form.fence,)
    )


def _told_apart(found: list[Statement]) -> list[Statement]:
    """Where both signs stand side by side, they say which form is wrong and which is right."""
    if not {Role.WRONG, Role.CORRECT} <= {statement.sign for statement in found}:
        return found
    return [
        replace(s, scope=replace(s.scope, role=s.sign), sign=None)
        if s.sign is not None and s.scope.role not in _SETTLED
        else s
        for s in found
    ]


def read_statements(part: Part) -> list[Statement]:
    """The statements of a part in file order."""
    return _told_apart(_read(part))


def _read(part: Part) -> list[Statement]:
    found: list[Statement] = []
    before: Block | None = None
    for block, following in zip_longest(part.blocks, part.blocks[1:]):
        if isinstance(block, Paragraph):
            if not (_is_preamble(block.prose) and isinstance(following, (ItemList, Table))):
                found.extend(_paragraph(block.prose, part.scope))
        elif isinstance(block, Fence):
            attached = isinstance(before, (Paragraph, Fence))
            _with_fence(found, block, part.scope, attached=attached)
        elif isinstance(block, ItemList):
            found.extend(s for item in block.items for s in _item(item, part.scope))
        elif isinstance(block, Table):
            found.extend(_rows(block, part.scope))
        before = block
    return found


def _columns(table: Table, scope: Scope) -> list[Scope | None]:
    """What holds for each column: a scope of its own where its name is a known label."""
    labels = [heading_label(name, 0) for name in table.header]
    return [
        replace(scope, role=label.role, label=label) if label.role and not label.meant else None
        for label in labels
    ]


def _rows(table: Table, scope: Scope) -> Iterator[Statement]:
    """A cell under a known label is a statement of that role, the rest of the row another."""
    columns = _columns(table, scope)
    for row in table.rows:
        cells = [(c, own) for c, own in zip(row, columns, strict=False) if not is_blank(c)]
        yield from (Statement(own, (cell,)) for cell, own in cells if own is not None)
        others = [cell for cell, own in cells if own is None and not _NUMBER.match(flatten(cell))]
        if others:
            yield Statement(scope, (others[0], *((_dash(c), *c) for c in others[1:])))


def _item(item: Item, scope: Scope) -> Iterator[Statement]:
    if scope.role in _SETTLED:
        yield from _item_part(Part(scope, item.blocks))
        return
    for part in split_parts(item.blocks, scope, loose=False):
        yield from _item_part(part)


def _item_part(part: Part) -> Iterator[Statement]:
    """An item is one statement with all that is nested in it, unless it only leads up to that.

    Nested items that start with a known label are statements of their own all the same.
    """
    first, *rest = part.blocks or (None,)
    leads_up = isinstance(first, Paragraph) and _is_preamble(first.prose) and bool(rest)
    if not isinstance(first, Paragraph) or leads_up or part.scope.role is Role.KEYWORD:
        yield from _read(part)
        return
    nested = list(_own_blocks(rest, part.scope))
    found = (_without_mark(first.prose), *_texts(nested))
    texts = tuple(text for text in found if not is_blank(text))
    if texts:
        forms = [form for fence in _fences(nested) for form in _forms(fence, part.scope)]
        own = tuple(form.fence for form in forms if form.role is None)
        yield Statement(part.scope, texts, own, _sign(first.prose))
        yield from (_of_form(form, part.scope) for form in forms if form.role is not None)
    for item in _labelled_items(rest, part.scope):
        yield from _item(item, part.scope)


def _is_labelled(item: Item, scope: Scope) -> bool:
    if scope.role in _SETTLED or not item.blocks:
        return False
    first = item.blocks[0]
    return isinstance(first, Paragraph) and known_label(first.prose) is not None


def _labelled_items(blocks: Iterable[Block], scope: Scope) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, ItemList):
            yield from (item for item in block.items if _is_labelled(item, scope))


def _own_blocks(blocks: Iterable[Block], scope: Scope) -> Iterator[Block]:
    """The blocks without the nested items that stand for themselves."""
    for block in blocks:
        if isinstance(block, ItemList):
            kept = tuple(item for item in block.items if not _is_labelled(item, scope))
            yield ItemList(kept)
        else:
            yield block


def _dash(text: Prose) -> Piece:
    line = (line_span(text) or (0, 0))[0]
    return Piece("- ", (line, line))


def _dashed_first(texts: Sequence[Prose]) -> Sequence[Prose]:
    return [(_dash(texts[0]), *texts[0]), *texts[1:]] if texts else ()


def _texts(blocks: Iterable[Block]) -> Iterator[Prose]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.prose
        elif isinstance(block, Quote):
            yield from _texts(block.blocks)
        elif isinstance(block, Table):
            cells = (cell for row in block.rows for cell in row if not is_blank(cell))
            yield from ((_dash(cell), *cell) for cell in cells)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from _dashed_first(tuple(_texts(item.blocks)))


def _fences(blocks: Iterable[Block]) -> Iterator[Fence]:
    for block in blocks:
        if isinstance(block, Fence):
            yield block
        elif isinstance(block, Quote):
            yield from _fences(block.blocks)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from _fences(item.blocks)
