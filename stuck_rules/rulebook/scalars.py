"""Texts written as YAML scalars that read back as the same text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

# Text that YAML reads as itself without quotes, and that no other reader takes for more.
_PLAIN = re.compile(r"[A-Za-z_][\w .()/-]*[\w)/]|[A-Za-z_]")
# What YAML takes for a line's end, or does not allow in a file.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_UNWRITABLE = re.compile(f"[\\x00-\\x08\\x0b-\\x1f]|{_UNPRINTABLE.pattern}")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"})


def scalar(text: str) -> str:
    """A text on one line, quoted where YAML would read something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def flow(values: Iterable[str]) -> str:
    """A list on one line."""
    return f"[{', '.join(map(scalar, values))}]"


def text_lines(key: str, text: str, indent: str) -> Iterator[str]:
    """A key with its text, as a block where it has several lines."""
    if "\n" not in text or not _fits_block(text):
        yield f"{indent}{key} {scalar(text)}"
        return
    yield f"{indent}{key} |" + ("" if text.endswith("\n") else "-")
    margin = indent + ("    " if key == "-" else "  ")
    yield from (
        margin[: len(indent) + 2] + line if line else ""
        for line in text.removesuffix("\n").split("\n")
    )


def _fits_block(text: str) -> bool:
    """Whether a block scalar gives the text back: no leading blank, no trailing blank lines."""
    return (
        not text.startswith((" ", "\n", "\t"))
        and not text.endswith("\n\n")
        and not _UNWRITABLE.search(text)
    )
