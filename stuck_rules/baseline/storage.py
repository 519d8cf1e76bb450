"""The baseline's file: JSON with an item a line, in order, so that merges seldom clash."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from stuck_rules.baseline.known import Known, Place
from stuck_rules.errors import BaselineError
from stuck_rules.placing import put
from stuck_rules.regular import read_regular
from stuck_rules.values import dataclass

_VERSION = 1
_SIGNATURE = "stuck-rules-baseline"
_KEYS = frozenset({"path", "rule", "statement", "count"})
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BaselineFile:
    """Where a baseline is; `shown` is as a user would type it."""

    location: Path
    shown: str

    def refuse_existing(self) -> None:
        """Raise BaselineError where anything is there, were it a link that leads nowhere."""
        if os.path.lexists(self.location):
            message = "is there already; `stuck-rules baseline update` renews it"
            raise BaselineError.at(message, self.shown)

    def read(self) -> Known:
        """What is known. Raises BaselineError where the file is missing or is no baseline."""
        try:
            data = read_regular(self.location)
        except FileNotFoundError:
            message = "no such baseline; `stuck-rules baseline create` makes one"
            raise BaselineError.at(message, self.shown) from None
        except OSError as error:
            raise BaselineError.at(f"cannot be read: {error.strerror}", self.shown) from None
        conflict = _CONFLICT.search(data)
        if conflict is not None:
            message = (
                "has merge conflicts: keep the lines of both sides, drop the marks, then run "
                "`stuck-rules baseline prune`"
            )
            line = data.count(b"\n", 0, conflict.start()) + 1
            raise BaselineError.at(message, self.shown, line)
        return _read_items(_parse(data, self.shown), self.shown)

    def write(self, known: Known) -> None:
        """Put it in place in one step, where it says something new.

        Raises BaselineError where that cannot be done.
        """
        data = render(known)
        target = os.path.realpath(self.location)
        try:
            if not os.path.isfile(target) or Path(target).read_bytes() != data:
                put(target, data)
        except OSError as error:
            message = f"cannot be written: {error.strerror}; nothing was changed"
            raise BaselineError.at(message, self.shown) from None


def render(known: Known) -> bytes:
    """The file's bytes; a `null` at the end lets every item end in a comma."""
    lines = [f'{{"{_SIGNATURE}": {_VERSION}, "items": [\n']
    for place, count in sorted(known.items()):
        if count > 0:
            item = {
                "path": place.path,
                "rule": place.rule,
                "statement": place.statement,
                "count": count,
            }
            lines.append(f"{json.dumps(item)},\n")
    return "".join([*lines, "null]}\n"]).encode("ascii")


def _parse(data: bytes, shown: str) -> list[object]:
    try:
        document: object = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        message = f"is not valid JSON: {error.msg}"
        raise BaselineError.at(message, shown, error.lineno, error.colno) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise BaselineError.at("is no baseline of stuck-rules", shown) from None
    if not isinstance(document, dict) or _SIGNATURE not in document:
        raise BaselineError.at("is no baseline of stuck-rules", shown)
    version = document[_SIGNATURE]
    if version != _VERSION or isinstance(version, bool):
        message = f"is of version {json.dumps(version)}, which this program does not know"
        raise BaselineError.at(message, shown)
    items = document.get("items")
    if not isinstance(items, list) or set(document) != {_SIGNATURE, "items"}:
        raise BaselineError.at('must hold "items", a list, and nothing more', shown)
    return items


def _read_items(items: list[object], shown: str) -> Known:
    """The items; where a merge left two lines for one place, the lower count holds."""
    known: dict[Place, int] = {}
    for number, item in enumerate(items, start=1):
        if item is None:
            continue
        read = _read_item(item)
        if read is None:
            message = f"item {number} is not one: {json.dumps(item)[:80]}"
            raise BaselineError.at(message, shown)
        place, count = read
        known[place] = min(count, known.get(place, count))
    return known


def _read_item(item: object) -> tuple[Place, int] | None:
    if not isinstance(item, dict) or set(item) != _KEYS:
        return None
    path, rule, statement, count = (item[key] for key in ("path", "rule", "statement", "count"))
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return None
    if isinstance(path, str) and isinstance(rule, str) and isinstance(statement, str):
        return Place(path, rule, statement), count
    return None
