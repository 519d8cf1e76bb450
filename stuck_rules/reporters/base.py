"""What every reporter rests on: its shape, and text from files made safe to show."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import quote

from stuck_rules.errors import Problem
from stuck_rules.model.result import EntryLink, Report
from stuck_rules.model.rule import Severity
from stuck_rules.model.violation import Violation
from stuck_rules.values import dataclass

# What a terminal obeys, what turns the direction of text, and what UTF-8 cannot encode.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_END = re.compile(r"\s*[\r\n]\s*")

# What Markdown obeys, and what sites make links, mentions or formulas of, in any place of a line.
_MARKDOWN = re.compile(r"[\\`*_\[\]~#!$]|[<>&|@]|://|www\.", re.IGNORECASE)
_WRITTEN_AS = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "|": "&#124;",
    "@": "@&#8203;",
    "://": "&#58;//",
}

# Surrogates other than those that stand for a file name's undecodable bytes.
_UNENCODABLE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


@dataclass(frozen=True, slots=True)
class Style:
    """How text for people may look; machine formats do not heed it.

    `links` allows OSC 8 hyperlinks, `width` is the number of columns a line of code may take.
    """

    colour: bool = False
    links: bool = False
    width: int = 100


class Reporter(Protocol):
    """Turns a report into text: no IO, no environment, the same bytes for the same report."""

    def __call__(self, report: Report, style: Style) -> str:
        """Render the whole report; the text ends with a line end unless it is empty."""


def visible(text: str) -> str:
    """Text with control characters written as Python escapes, so that none takes effect."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """`visible` for prose: the line ends in it become spaces."""
    return visible(_LINE_END.sub(" ", text.strip()))


def shown_path(path: str) -> str:
    """A path to begin a line with: a CI log takes a line that begins with `::` for a command."""
    return visible(f"./{path}" if path.lstrip().startswith(":") else path)


def paint(text: str, code: str, style: Style) -> str:
    """Text in a colour or weight (SGR code), where the style has colours at all."""
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour else text


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where there is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def count_violations(report: Report) -> str:
    """How many violations no suppression hides, in all and of each severity."""
    severities = Counter(v.severity for v in report.violations if v.suppressed is None)
    total = severities.total()
    if not total:
        return "no violations"
    each = ", ".join(count(severities[s], s.value) for s in reversed(Severity))
    return f"{count(total, 'violation')} ({each})"


def is_web_url(url: str) -> bool:
    """Whether a click on it leads anywhere without knowing the project's folder."""
    return url.startswith(("https://", "http://"))


def quoted(text: str, safe: str) -> str:
    """Text for an address: all but letters, digits and what is safe in per cent notation."""
    return quote(_UNENCODABLE.sub("\ufffd", text), safe=safe, errors="surrogateescape")


def quoted_url(url: str) -> str:
    """An address that cannot end what it stands in."""
    return quoted(url, "%:/?#[]@!$&'()*+,;=~")


def markdown_text(text: str) -> str:
    """`one_line` for Markdown: nothing in it is markup, ends a table's cell or becomes a link."""

    def written(match: re.Match[str]) -> str:
        found = match[0]
        if found.lower() == "www.":
            return f"{found[:-1]}&#46;"
        return _WRITTEN_AS.get(found, f"\\{found}")

    return _MARKDOWN.sub(written, one_line(text))


def markdown_link(entry: EntryLink) -> str:
    """An entry's title, linked where a click leads anywhere."""
    title = markdown_text(entry.title)
    return f"[{title}](<{quoted_url(entry.url)}>)" if is_web_url(entry.url) else title


def entry_place(entry: EntryLink) -> str:
    """Where an entry stands, `path:line`, for machines and people who know only the project."""
    return f"{entry.relative or entry.path}:{entry.line}"


def learned_in(entry: EntryLink) -> str:
    """The entry in words: its title, its place and its address."""
    words = ("Learned in:", entry.title, f"({entry_place(entry)})", entry.url)
    return " ".join(word for word in words if word)


def entries_of(report: Report, violation: Violation) -> tuple[EntryLink, ...]:
    """The entries that taught the violation's rule; none for a rule outside every rulebook."""
    info = report.rules.get(violation.rule)
    return info.entries if info else ()


def dump_json(document: Mapping[str, object] | Sequence[Mapping[str, object]]) -> str:
    """JSON as every reporter writes it: readable, but what is unsafe to print is escaped."""
    lines = json.dumps(document, indent=2, ensure_ascii=False).split("\n")
    escaped = (_UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", line) for line in lines)
    return "\n".join(escaped) + "\n"


def json_frame(
    report: Report, name: str, items: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """The document of the format json around a list of what was found; its keys are a contract."""
    return {
        "version": 1,
        "tool": {"name": "stuck-rules", "version": report.version},
        "rulebooks": [{"path": book.path, "bundled": book.bundled} for book in report.rulebooks],
        "summary": {
            "files": report.files,
            "violations": sum(v.suppressed is None for v in report.violations),
            "errors": len(report.problems),
        },
        name: items,
        "errors": [problem_object(problem) for problem in report.problems],
    }


def problem_object(problem: Problem) -> dict[str, object]:
    """What the formats of JSON say of something that could not be checked."""
    return {
        "kind": problem.kind.value,
        "path": problem.path,
        "cell": problem.cell,
        "rule": problem.rule,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
