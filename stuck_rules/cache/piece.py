"""A piece of what runs remember: an object of JSON.

A run over a few files of a large project looks for their names and reads nothing else; where
many are asked for, it takes less time to read the whole.
"""

from __future__ import annotations

import json

# Looking for so many names takes less time than reading a piece of a large project.
_FEW = 4

# No string of JSON holds a line end as it is. So each name stands behind one, and nothing that
# stands in a value can be taken for it.
_SEPARATORS = (",\n", ":")

_DECODER = json.JSONDecoder()


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
            return self._value_of(name)
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
        text = json.dumps(self.whole, separators=_SEPARATORS)
        return f"{{\n{text[1:]}".encode()

    def _value_of(self, name: str) -> object:
        text = self._data.decode("ascii", "replace")
        key = f"\n{json.dumps(name)}:"
        found = text.find(key)
        if found < 0:
            return None
        try:
            told: object = _DECODER.raw_decode(text, found + len(key))[0]
        except (ValueError, RecursionError):
            return None
        return told


def _read(text: bytes) -> object:
    try:
        told: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told
