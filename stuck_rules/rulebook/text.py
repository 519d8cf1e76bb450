"""A rulebook's file as text, without what YAML costs."""

from __future__ import annotations

from pathlib import Path

from stuck_rules.errors import RulebookError
from stuck_rules.regular import read_regular


def read_rulebook_text(path: Path, shown: str) -> str:
    """The text of a rulebook's file; raises RulebookError where it cannot be read."""
    try:
        return read_regular(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulebookError.at(f"not UTF-8: {error.reason} at byte {error.start}", shown) from None
    except FileNotFoundError:
        raise RulebookError.at("no such rulebook", shown) from None
    except OSError as error:
        raise RulebookError.at(f"cannot be read: {error.strerror}", shown) from None
