"""Which names the code of a module surely gives a meaning, told from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stuck_rules.narrowing.outline import Outline


def binds(code: str, name: str) -> bool:
    """Whether the code of a module surely binds a name somewhere; other ways are not seen."""
    return _ways(name)[0].search(code) is not None


def assigns(outline: Outline, name: str) -> bool:
    """Whether a line of a module's code gives a value to a name, and to nothing else."""
    target = _ways(name)[1]
    places = (place for place, line in enumerate(outline.lines) if name in line)
    return any(target.match(outline.lines[p]) and outline.begins(p) for p in places)


def imported_by(text: str) -> Iterator[str]:
    """The names that import statements bind, `*` for unknown ones; none of what is no Python."""
    import ast

    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in statements:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            for alias in statement.names:
                yield alias.asname or alias.name.partition(".")[0]


@lru_cache(maxsize=1_000)
def _ways(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What binds a name wherever it stands in code, and what does where a line of code begins."""
    name = re.escape(name)
    alone = rf"(?<![.\w]){name}(?!\w|[ \t]*\.|[ \t]+as\b)"
    binding = (
        rf"\b(?:def|class)[ \t]+{name}\b|\bfor[ \t]+{name}[ \t]+in\b"
        rf"|\bdef[ \t]+\w+[ \t]*\((?:[^()\[\]]*[,*])?\s*{name}\s*[,:=)]"
        rf"|\bimport\b[ \t]*(?:\([^()]*|[^\n;#()]*){alone}|\bas[ \t]+{name}\b(?![ \t]*[.\[(])"
    )
    return re.compile(binding), re.compile(rf"[ \t]*{name}[ \t]*=(?!=)")
