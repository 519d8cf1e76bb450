"""Missing `module` imports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, check, code, lessons, propose, sources
from stuck_rules.generator.words import dashed
from stuck_rules.model.lesson import Entry, Log, Role
from stuck_rules.model.rule import Severity

_MISSING = re.compile(r"\bmissing\b[^`.]*`(?P<module>[A-Za-z_][\w.]*)` imports?", re.IGNORECASE)
_STANDARD = re.compile(r"\bimport standardi[sz]ation\b", re.IGNORECASE)
_IMPORT = re.compile(r"from\s+(?P<module>[\w.]+)\s+import\s+(?P<names>[\w, ]+)")
# What well-known modules export; a log names only the two or three that it stumbled over.
_EXPORTS = {
    "unittest.mock": (
        *("Mock", "MagicMock", "AsyncMock", "NonCallableMock", "PropertyMock", "patch", "call"),
        *("ANY", "DEFAULT", "sentinel", "seal", "create_autospec", "mock_open"),
    ),
}
_HOLDERS = (Role.REMEDIATION, Role.PREVENTION)


def missing_import(log: Log) -> Iterator[Proposal]:
    """The names of a module that are used without importing them."""
    for source in sources(log, Role.ROOT_CAUSE, Role.WRONG):
        match = _MISSING.search(source.lesson.text)
        if match is None:
            continue
        names = _names_of(source.entry, match["module"])
        agreeing = [s for s in lessons(source.entry, *_HOLDERS) if _STANDARD.search(s.lesson.text)]
        if names:
            yield propose(_draft(match["module"], names), "missing-import", source, *agreeing)


def _names_of(entry: Entry, module: str) -> tuple[str, ...]:
    """The module's well-known names, and those that the entry imports from it."""
    texts = " ".join(lesson.text for lesson in entry.lessons)
    imports = (m["names"] for m in _IMPORT.finditer(texts) if m["module"] == module)
    named = [name for names in imports for name in re.findall(r"\w+", names)]
    known = _EXPORTS.get(module)
    return known if known is not None else tuple(dict.fromkeys(named))


def _draft(module: str, names: tuple[str, ...]) -> Draft:
    name = names[0]
    return Draft(
        id=f"{dashed(module.rpartition('.')[2])}-not-imported",
        message=f"A name of {module} is used, but imported nowhere in this module.",
        condition=check("undefined-name", names=names, module=module, replacement=""),
        severity=Severity.ERROR,
        bad=code(f"service = {name}()\n"),
        fixed=code(f"from {module} import {name}\nservice = {name}()\n"),
        good=code(
            f"from {module} import {name}\n\nservice = {name}()\n",
            f"from {module} import *\n\nservice = {name}()\n",
            f"def run({name}):\n    return {name}\n",
        ),
    )
