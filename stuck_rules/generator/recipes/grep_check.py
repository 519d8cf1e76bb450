"""A grep that finds the wrong form: pattern, path and what it leaves out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, Source, code, propose
from stuck_rules.generator.words import dashed
from stuck_rules.model.formula import Regex
from stuck_rules.model.lesson import Log
from stuck_rules.model.rule import Confidence, Example, PathFilter
from stuck_rules.values import dataclass

_COMMAND = re.compile(r"^\s*(?:[$>]\s*)?(?P<command>(?:git\s+)?(?:e?grep|rg)\s.+)$", re.MULTILINE)
_VALUED = frozenset(
    {
        "-e",
        "--include",
        "--exclude",
        "--exclude-dir",
        "-g",
        "--glob",
        "-t",
        "--type",
        "-A",
        "-B",
        "-C",
        "-m",
    }
)
_NOTE = (
    "A search of the log; a match in a comment or a string counts too. Enable it if that is meant."
)


@dataclass(frozen=True, slots=True)
class _Search:
    regex: str
    paths: tuple[str, ...]
    excluded: tuple[str, ...]


def grep_check(log: Log) -> Iterator[Proposal]:
    """The searches that a log tells its readers to run over Python code."""
    for entry in log.entries:
        for lesson in entry.lessons:
            for block in lesson.code:
                for found in _COMMAND.finditer(block.text):
                    search = _read(found["command"])
                    if search is not None:
                        yield from _propose(Source(entry, lesson), search)


def _read(command: str) -> _Search | None:
    """What a search looks for and where; None where it does more than leave paths out."""
    first, *filters = re.split(r"\s\|\s", command)
    try:
        words = shlex.split(first, comments=True)
        dropped = [shlex.split(each) for each in filters]
    except ValueError:
        return None
    if any(parts[:2] != ["grep", "-v"] or len(parts) < 3 for parts in dropped):
        return None
    operands, options = _split(words[2:] if words[0] == "git" else words[1:])
    if not operands:
        return None
    flags = "".join(name for name, _ in options if not name.startswith("--"))
    regex = operands[0]
    if "F" in flags:
        regex = re.escape(regex)
    elif words[0] == "grep" and "E" not in flags and "P" not in flags:
        regex = re.sub(r"\\([|()+?{}])", r"\1", regex)
    included = [value for name, value in options if name in {"--include", "-g", "--glob"}]
    excluded = [value for name, value in options if name in {"--exclude", "--exclude-dir"}]
    return _Search(
        regex,
        (*included, *operands[1:]),
        (*excluded, *(parts[2] for parts in dropped)),
    )


def _split(words: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The operands of a command, the pattern first, and its options with their values."""
    operands: list[str] = []
    options: list[tuple[str, str]] = []
    iterator = iter(words)
    for word in iterator:
        name, _, value = word.partition("=")
        if not word.startswith("-") or word == "-":
            operands.append(word)
            continue
        if name in _VALUED and not value:
            value = next(iterator, "")
        if name == "-e":
            operands.insert(0, value)
        else:
            options.append((name, value))
    return operands, options


def _propose(source: Source, search: _Search) -> Iterator[Proposal]:
    include = tuple(
        p.rstrip("/") + ("/" if not _is_file(p) else "")
        for p in search.paths
        if p not in {".", "./"}
    )
    if any(_is_file(path) and not path.endswith((".py", ".pyi")) for path in include):
        return
    exclude = tuple(f"{e.strip('^/')}/" if e.isidentifier() else e for e in search.excluded)
    sample = _sample(search.regex)
    if sample is None:
        return
    draft = Draft(
        id=f"grep-{dashed(sample)}"[:60].rstrip("-"),
        message=f"The log's own search finds this: {search.regex}",
        condition=Regex(search.regex),
        confidence=Confidence.LOW,
        paths=PathFilter(include, exclude),
        note=_NOTE,
        bad=(Example(f"{sample}\n"),),
        good=code("value = 1\n"),
    )
    yield propose(draft, "grep-check", source)


def _is_file(path: str) -> bool:
    return re.search(r"\.\w+$", path) is not None


def _sample(regex: str) -> str | None:
    """Code that the expression finds: the expression itself, if it reads as code."""
    plain = regex.split("|", maxsplit=1)[0].replace("\\", "").replace(".*", " ").strip("^$")
    try:
        matches = re.search(regex, plain, re.MULTILINE) is not None
    except re.error:
        return None
    try:
        compile(plain, "sample", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return f"# {plain}" if matches else None
    return plain if matches else None
