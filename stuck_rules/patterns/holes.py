"""A pattern's text with its holes filled by names, so that a Python parser reads it.

`$X`, `$...X` and `...` become names that no code uses, and where Python wants more than a
name (a default after a default, a keyword after a keyword, `**` in a dict), it is added.
Line numbers stay.
"""

from __future__ import annotations

import re
import textwrap

from stuck_rules.patterns.tokens import Bracket, Piece, Token, meaningful, read_brackets

HOLE = "__hole_"
MANY = "__holes_"
TYPED = "__typed_"
DOTS = "__dots"
DEEP = "__deep"
ABSENT = "__absent"
POSITIONAL = "__positional"
ALONE = "__alone"

_FORMATTED = re.compile(r"[rR]?[fF][rR]?['\"]")
_DEFINITION = re.compile(r"^(?:async\s+)?(?:def|class)\b", re.MULTILINE)


def hole_name(name: str) -> str | None:
    """`$X` for the name that fills the hole `$X`, None for any other name."""
    return f"${name.removeprefix(HOLE)}" if name.startswith(HOLE) else None


def many_name(name: str) -> str | None:
    """`$...X` for the name that fills it, None for any other name."""
    return f"$...{name.removeprefix(MANY)}" if name.startswith(MANY) else None


def typed_name(name: str) -> str | None:
    """`$X` for the name that fills `$X: T`, None for any other name."""
    return f"${name.removeprefix(TYPED)}" if name.startswith(TYPED) else None


def fill_holes(text: str) -> str:
    """A pattern as Python source; a decorator that stands alone gets a function to decorate."""
    text = textwrap.dedent(text).strip(" \t").rstrip()
    pieces = read_brackets(text)
    filled = _fill(pieces)
    if _starts_with(pieces, "@") and not _DEFINITION.search(text):
        filled += f"\ndef {ALONE}(): pass"
    return filled


def fill_line(text: str) -> str:
    """A piece of a line with its holes filled and its white space kept, to count columns."""
    return _fill(read_brackets(text))


def _fill(pieces: list[Piece]) -> str:
    return "".join(
        _fill_bracket(piece) if isinstance(piece, Bracket) else _fill_token(piece)
        for piece in pieces
    )


def _fill_token(token: Token) -> str:
    match token.kind:
        case "hole":
            return HOLE + token.text.removeprefix("$")
        case "many":
            return MANY + token.text.removeprefix("$...")
        case "dots":
            return DOTS
        case "deep":
            return f"{DEEP}("
        case "deep_end":
            return ")"
        case "string" if _FORMATTED.match(token.text):
            return _fill_formatted(token.text)
        case _:
            return token.text


def _fill_formatted(text: str) -> str:
    """An f-string with the code in its braces filled."""
    pieces: list[str] = []
    depth = start = 0
    for place, char in enumerate(text.replace("{{", "\0\0").replace("}}", "\0\0")):
        if char == "{" and depth == 0:
            pieces.append(text[start : place + 1])
            start = place + 1
        elif char == "}" and depth == 1:
            pieces.append(_fill(read_brackets(text[start:place])))
            start = place
        depth += (char == "{") - (char == "}")
    return "".join([*pieces, text[start:]])


def _fill_bracket(bracket: Bracket) -> str:
    fill = {
        "params": _fill_params,
        "call": _fill_arguments,
        "bases": _fill_arguments,
        "braces": _fill_braces,
    }.get(bracket.kind, _fill_parts)
    return f"{bracket.opening}{','.join(fill(bracket.parts))}{bracket.closing}"


def _fill_parts(parts: list[list[Piece]]) -> list[str]:
    return [_fill(part) for part in parts]


def _starts_with(part: list[Piece], *texts: str) -> bool:
    first = meaningful(part)[:1]
    return any(isinstance(piece, Token) and piece.text in texts for piece in first)


def _has_op(part: list[Piece], text: str) -> bool:
    return any(isinstance(piece, Token) and piece.text == text for piece in part)


def _split_blanks(part: list[Piece]) -> tuple[str, list[Piece], str]:
    """The white space before and after a part, and what stands between."""
    solid = [i for i, p in enumerate(part) if isinstance(p, Bracket) or not p.is_blank]
    if not solid:
        return "", part, ""
    return _fill(part[: solid[0]]), part[solid[0] : solid[-1] + 1], _fill(part[solid[-1] + 1 :])


def _fill_params(parts: list[list[Piece]]) -> list[str]:
    """Parameters behind one with a default get one too, as Python demands."""
    filled: list[str] = []
    seen = False
    for part in parts:
        plain = bool(meaningful(part)) and not _starts_with(part, "*", "**", "/")
        own = _has_op(part, "=")
        before, core, after = _split_blanks(part)
        default = f"={ABSENT}" if plain and seen and not own else ""
        filled.append(before + _fill(core) + default + after)
        seen = seen or (plain and own)
    return filled


def _is_keyword(part: list[Piece]) -> bool:
    pieces = meaningful(part)[:2]
    return len(pieces) == 2 and isinstance(pieces[1], Token) and pieces[1].text == "="


def _fill_arguments(parts: list[list[Piece]]) -> list[str]:
    """Positional arguments behind a keyword are marked, since Python refuses them there."""
    filled: list[str] = []
    seen = False
    for part in parts:
        named = _is_keyword(part) or _starts_with(part, "**")
        positional = bool(meaningful(part)) and not named and not _starts_with(part, "*")
        before, core, after = _split_blanks(part)
        mark = f"{POSITIONAL}=" if seen and positional else ""
        filled.append(before + mark + (_fill_typed(core) or _fill(core)) + after)
        seen = seen or named
    return filled


def _fill_typed(part: list[Piece]) -> str | None:
    """`$X: T` as a subscript of a marked name."""
    pieces = meaningful(part)
    if len(pieces) < 3:
        return None
    hole, colon = pieces[:2]
    if isinstance(hole, Bracket) or isinstance(colon, Bracket):
        return None
    if hole.kind != "hole" or colon.text != ":":
        return None
    kept = part[part.index(colon) + 1 :]
    return f"{TYPED}{hole.text.removeprefix('$')}[{_fill(kept).strip()}]"


def _fill_braces(parts: list[list[Piece]]) -> list[str]:
    """In a dict `...` becomes `**...`; what has neither key nor `**` is a set."""
    is_dict = any(_starts_with(part, "**") or _has_op(part, ":") for part in parts)
    if not is_dict:
        return _fill_parts(parts)
    return [_fill_gap(part) if _is_gap(part) else _fill(part) for part in parts]


def _fill_gap(part: list[Piece]) -> str:
    before, core, after = _split_blanks(part)
    return f"{before}**{_fill(core)}{after}"


def _is_gap(part: list[Piece]) -> bool:
    pieces = meaningful(part)
    return len(pieces) == 1 and isinstance(pieces[0], Token) and pieces[0].kind in {"dots", "many"}
