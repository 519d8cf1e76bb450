"""A piece of what runs remember: an object of JSON with a line for each of its names.

A run over a few files of a large project looks for their lines and reads no others; where many
are asked for, it takes less time to read the whole.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii as _quote

# Looking for so many lines takes less time than reading a piece of a large project.
_FEW = 4

_ENCODER = json.JSONEncoder(separators=(",", ":"))


class Piece:
    """What is known by name; what cannot be read is not known."""

    def __init__(self, data: bytes | None) -> None:
        self._data = data or b""
        self._whole: dict[str, object] | None = None
        self._asked = 0

    def get(self, name: str) -> object:
        """What is known under a name; None where nothing is."""
        self._asked += 1
        if self._whole is None and self._asked <= _FEW:
            return self._line_of(name)
        return self.whole.get(name)

    @property
    def is_read(self) -> bool:
        """Whether all of it was read."""
        return self._whole is not None

    @property
    def whole(self) -> dict[str, object]:
        """All that is known; what is put there is dumped."""
        if self._whole is None:
            told = _read(self._data)
            self._whole = told if isinstance(told, dict) else {}
        return self._whole

    def dump(self) -> bytes:
        """The piece as it is now."""
        lines = (f"{_quote(name)}:{_ENCODER.encode(told)}" for name, told in self.whole.items())
        return "{{\n{}\n}}".format(",\n".join(lines)).encode()

    def _line_of(self, name: str) -> object:
        key = f"\n{_quote(name)}:".encode()
        found = self._data.find(key)
        if found < 0:
            return None
        start = found + len(key)
        return _read(self._data[start : self._data.find(b"\n", start)].removesuffix(b","))


def _read(text: bytes) -> object:
    try:
        told: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told
