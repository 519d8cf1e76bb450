"""A new entry for a log, in the shape of the log's last one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stuck_rules.lessons.labels import role_of
from stuck_rules.lessons.titles import find_date, read_title
from stuck_rules.model.lesson import Entry, Log, Role
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is known of an entry to be written; `date` is ISO."""

    title: str
    date: str
    root_cause: str = ""
    wrong: str = ""
    correct: str = ""
    prevention: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """An entry as Markdown, the text of the log with it, and the line where it begins there."""

    markdown: str
    text: str
    line: int


def add_entry(text: str, entry: NewEntry, log: Log | None) -> Added:
    """The entry in the shape of the log's last one.

    That is a heading of its form, a list item, a row or a paragraph in bold. An item and a row
    stand below the last one, all else at the end.
    """
    level = log.files[0].level if log is not None and log.files and log.entries else "h2"
    last = _last(log.entries) if log is not None and log.entries else None
    if last is not None and level in ("row", "bullet"):
        lines = text.splitlines()
        if level == "row":
            return _insert(text, _row(entry, lines, last.line), last.line)
        end = max([last.line, *(lesson.lines[1] for lesson in last.lessons)])
        return _insert(text, _item(entry, last, lines[last.line - 1]), end)
    lead = _lead(entry, log, last, level)
    return _append(text, "\n\n".join([lead, *_labelled(entry)]) + "\n")


def _last(entries: Sequence[Entry]) -> Entry:
    """The last entry with a number, a date or an id; a list of the whole file has none."""
    titles = [read_title(entry.heading) for entry in entries]
    marked = [
        entry
        for entry, title in zip(entries, titles, strict=True)
        if title.is_marked or title.number is not None
    ]
    return marked[-1] if marked else entries[-1]


def _lead(entry: NewEntry, log: Log | None, last: Entry | None, level: str) -> str:
    """The heading, or the paragraph in bold that stands for one."""
    if level == "paragraph" and last is not None:
        return f"**{_titled(entry, last, _numbers(log))}**"
    marks = "#" * (int(level[1]) if re.fullmatch(r"h\d", level) else 2)
    if last is None or level == "file":
        return f"{marks} {entry.title} - {entry.date}"
    return f"{marks} {_titled(entry, last, _numbers(log))}"


def _numbers(log: Log | None) -> list[int]:
    return [e.number for e in log.entries if e.number is not None] if log is not None else []


def _titled(entry: NewEntry, last: Entry, numbers: Sequence[int] = ()) -> str:
    """The title with the date, the number and the id where the last entry has its own."""
    told = read_title(last.heading)
    before, found, after = last.heading.partition(told.text)
    if not found or len(after) > len(entry.date) + 8:
        before, after = "", f" - {entry.date}" if told.date else ""
    if told.explicit is not None:
        before = before.replace(told.explicit, _following(told.explicit), 1)
    elif numbers and told.number is not None:
        before = before.replace(str(told.number), str(max(numbers) + 1), 1)
    return f"{_dated(before, entry)}{entry.title}{_dated(after, entry)}".strip()


def _dated(text: str, entry: NewEntry) -> str:
    """A part of a heading with the new date in the place of its own."""
    return re.sub(r"\d{4}-\d{2}-\d{2}", entry.date, text)


def _following(own_id: str) -> str:
    """The id after one that ends in a number: `AP-008` after `AP-007`."""
    return re.sub(r"\d+$", lambda found: str(int(found[0]) + 1).zfill(len(found[0])), own_id)


def _labelled(entry: NewEntry) -> Iterator[str]:
    if entry.root_cause:
        yield f"**Root Cause**: {entry.root_cause}"
    if entry.wrong:
        yield f"**WRONG**:\n\n{_fenced(entry.wrong)}"
    if entry.correct:
        yield f"**CORRECT**:\n\n{_fenced(entry.correct)}"
    if entry.prevention:
        items = "\n".join(f"- {' '.join(item.split())}" for item in entry.prevention)
        yield f"**Prevention**:\n{items}"


def _item(entry: NewEntry, last: Entry, line: str) -> str:
    """A list item with what is known of it indented below."""
    found = re.match(r"\s*(?P<mark>[-*+]|\d+[.)])\s+(?P<bold>\*\*|__)?", line)
    mark, bold = (found["mark"], found["bold"] or "") if found else ("-", "")
    if mark[:-1].isdigit():
        mark = f"{int(mark[:-1]) + 1}{mark[-1]}"
    date = f"{entry.date}: " if find_date(last.heading[:20]) is not None else ""
    indent = " " * (len(mark) + 1)
    parts = [f"{mark} {bold}{date}{entry.title}{bold}"]
    for part in _labelled(entry):
        shown = part if "```" in part else part.replace("\n- ", f"\n{indent}- ")
        first, *others = f"- {shown}".split("\n")
        inner = [f"  {other}" if other and "```" in part else other for other in others]
        parts += [f"{indent}{each}" if each else "" for each in (first, *inner)]
    return "\n".join(parts) + "\n"


def _row(entry: NewEntry, lines: Sequence[str], last: int) -> str:
    """A row with the wrong and the right form in the columns of the last one."""
    start = last - 1
    while start > 0 and not re.fullmatch(r"[\s|:-]+", lines[start].strip() or "x"):
        start -= 1
    names = _cells(lines[start - 1])
    before = _cells(lines[last - 1])
    cells = [_cell(entry, name, old) for name, old in zip(names, before, strict=False)]
    return "| " + " | ".join(cells) + " |\n"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _cell(entry: NewEntry, name: str, old: str) -> str:
    role = role_of(name)
    if role in (Role.WRONG, Role.SYMPTOM):
        return _coded(entry.wrong) or _escaped(entry.title)
    if role in (Role.CORRECT, Role.PREVENTION, Role.REMEDIATION):
        return _coded(entry.correct) or _escaped("; ".join(entry.prevention))
    if role is Role.ROOT_CAUSE:
        return _escaped(entry.root_cause)
    if re.fullmatch(r"\d+", old):
        return str(int(old) + 1)
    return entry.date if find_date(old) is not None else ""


def _coded(code: str) -> str:
    shown = " ".join(code.split())
    return f"`{_escaped(shown)}`" if shown else ""


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _fenced(code: str) -> str:
    longest = max((len(found[0]) for found in re.finditer(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}python\n{code.rstrip()}\n{fence}"


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _insert(text: str, entry: str, line: int) -> Added:
    """The entry right below a line."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    made = entry.rstrip("\n").split("\n")
    joined = "\n".join([*lines[:line], *made, *lines[line:]]) + "\n"
    return Added(entry, joined.replace("\n", _ending(text)), line + 1)


def _append(text: str, entry: str) -> Added:
    """The entry at the end, a blank line between."""
    before = text.replace("\r\n", "\n").rstrip("\n") or "# Getting stuck log"
    before += "\n\n"
    line = before.count("\n") + 1
    return Added(entry, (before + entry).replace("\n", _ending(text)), line)
