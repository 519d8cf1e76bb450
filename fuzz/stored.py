"""What is fuzzed beside the texts that people write: what files of the program's own hold."""

from __future__ import annotations

import json
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from stuck_rules import api
from stuck_rules.baseline.storage import BaselineFile
from stuck_rules.cache.folder import CacheFolder
from stuck_rules.changes import read_hunks
from stuck_rules.config.asked import Asked
from stuck_rules.errors import Problem, ProblemKind, SourceError, StuckRulesError
from stuck_rules.model.formula import Pattern
from stuck_rules.model.result import EntryLink, Report, RuleInfo
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Violation
from stuck_rules.reporters import FORMATS
from stuck_rules.scanner.sources import source_of

_RULES = """\
rules:
  - {id: magic-none, message: never, pattern: MagicNone, fix: MagicMock()}
  - {id: no-port, message: no port, severity: error, pattern: 'f($X, port=0)'}
"""
_CODE = "x = MagicNone\nf(1, port=0)  # stuck-rules: ignore[no-port] -- known\n"
_FORBIDDEN = frozenset("\x00\x07\x08\x1b\r\x7f\x9b\u202e\u2028\ufeff")


def fuzz_notebook(text: str) -> None:
    """Read a notebook, and write it with other code."""
    path = FilePath("a.ipynb", "a.ipynb")
    with suppress(SourceError):
        source = source_of(text.encode("utf-8", "surrogatepass"), path)
        if source.shown(source.text) != text.removeprefix("\ufeff"):
            raise AssertionError("a notebook without changes changed")
        changed = source.text.replace("MagicNone", "Magic(1)")
        with suppress(SourceError):
            json.loads(source.encode(changed))


def fuzz_baseline(text: str) -> None:
    """Read a baseline; what is read can be written, and reads as the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baseline.json"
        file = BaselineFile(path, "baseline.json")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            known = file.read()
        except StuckRulesError:
            return
        file.write(known)
        if file.read() != known:
            raise AssertionError("a baseline is not read as it was written")


@cache
def kept_by_a_scan() -> dict[str, str]:
    """What a scan of a small project keeps, by the names under which it does."""
    with tempfile.TemporaryDirectory() as name:
        _make_project(Path(name))
        _scan(Path(name))
        files = [file for file in (Path(name) / "cache").rglob("*") if "/" in _place(file, name)]
        return {_place(file, name): _text(file) for file in files if file.is_file()}


def fuzz_cache(text: str) -> None:
    """Scan with a cache of which a part holds the text, whole as its checksum says.

    The first line names the part; where nothing is wrong, a run must not tell it from none.
    """
    part, _, content = text.partition("\n")
    with tempfile.TemporaryDirectory() as name:
        _make_project(Path(name))
        _scan(Path(name))
        for file in (Path(name) / "cache").rglob("*"):
            place = _place(file, name)
            if file.is_file() and place.startswith(f"{part}/"):
                data = content.encode("utf-8", "surrogatepass")
                CacheFolder(f"{name}/cache").write(place, data)
        report = _scan(Path(name))
        for form in FORMATS:
            api.render(report, form)


def _make_project(folder: Path) -> None:
    (folder / "rules.yaml").write_text(_RULES, encoding="utf-8")
    (folder / "a.py").write_text(_CODE, encoding="utf-8")


def _scan(folder: Path) -> Report:
    asked = Asked(flags={"cache-dir": f"{folder}/cache"}, remember=True)
    with suppress(StuckRulesError):
        return api.scan(api.open_project(folder, asked=asked))
    return Report("", (), {}, 0)


def _place(file: Path, name: str) -> str:
    return file.relative_to(Path(name) / "cache").as_posix()


def _text(file: Path) -> str:
    return file.read_bytes().partition(b"\n")[2].decode("utf-8")


def fuzz_diff(text: str) -> None:
    """Read what git may tell of changes."""
    for hunks in read_hunks(text.encode("utf-8", "surrogatepass")).values():
        for hunk in hunks:
            hunk.meets(Span.of(1, 1, 2, 1))


def fuzz_reports(text: str) -> None:
    """Report a violation and a problem of a file, a rule and an entry that are called so."""
    path = FilePath(text, text)
    span = Span.of(1, 1, 2, 1)
    found = Violation(text, Severity.ERROR, text, path, span, "f", None)
    entry = EntryLink(id=text, title=text, path=text, line=1, url=text, relative=text)
    info = RuleInfo(Rule(text, text, Pattern("a"), entries=(text,)), (entry,))
    problem = Problem(ProblemKind.SYNTAX, text, text, text, 1, 1)
    lines = {(text, 1): text, (text, 2): text}
    report = Report("1", (), {text: info}, 1, (found,), (problem,), lines=lines)
    for form in FORMATS:
        told = api.render(report, form)
        told.encode("utf-8", "backslashreplace")
        if _FORBIDDEN & set(told):
            raise AssertionError(f"{form} tells a terminal {_FORBIDDEN & set(told)}")
        _FORMS.get(form, str)(told)


def _read_github(told: str) -> None:
    if any(not line.startswith(("::error ", "::error::")) for line in told.splitlines()):
        raise AssertionError(f"github gets what is no annotation: {told}")


_FORMS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "sarif": json.loads,
    "gitlab": json.loads,
    "junit": ET.fromstring,
    "github": _read_github,
}

STORED: dict[str, Callable[[str], None]] = {
    "notebook": fuzz_notebook,
    "baseline": fuzz_baseline,
    "cache": fuzz_cache,
    "diff": fuzz_diff,
    "reports": fuzz_reports,
}
