"""What of a log recipes may read: sentences and Python, no walls of text, no other language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.model.lesson import Code, Entry, Lesson, Log
from stuck_rules.model.logsettings import LogSettings
from stuck_rules.values import dataclass, replace

# More characters are no sentence, and expressions over them would take their time.
_LONGEST_TEXT = 5_000
_LONGEST_CODE = 50_000
_MOST_LINES = 400
# The names that fences give to code that only looks like Python.
_OTHERS = frozenset(
    re.findall(
        r"\S+",
        """
        c c++ cc clojure cpp cs csharp css dart elixir erlang go golang groovy haskell html java
        javascript js jsx julia kotlin kt lua objc objective-c perl php powershell ps1 r rb rs
        ruby rust scala scss svelte swift ts tsx typescript vb vue zig
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Readable:
    """The log for recipes, and for the lessons that are left out the reason."""

    log: Log
    reasons: dict[tuple[str, Lesson], str]


def readable(log: Log, settings: LogSettings) -> Readable:
    """Leave out what no recipe can read."""
    reasons: dict[tuple[str, Lesson], str] = {}
    entries = tuple(_entry(entry, settings, reasons) for entry in log.entries)
    return Readable(replace(log, entries=entries), reasons)


def is_other_language(code: Code) -> bool:
    """Whether a fence says that its code is of another language than Python."""
    return code.language.lower() in _OTHERS


def _entry(entry: Entry, settings: LogSettings, reasons: dict[tuple[str, Lesson], str]) -> Entry:
    spoken = _language(entry, settings)
    kept = []
    for lesson in entry.lessons:
        reason = spoken or _length(lesson) or _shell(lesson)
        if reason:
            reasons[entry.id, lesson] = reason
        else:
            kept.append(lesson)
    return entry if len(kept) == len(entry.lessons) else replace(entry, lessons=tuple(kept))


def _language(entry: Entry, settings: LogSettings) -> str:
    """Why nothing of an entry is Python; or nothing."""
    if "python" not in (name.lower() for name in settings.languages):
        return f"the log speaks of {', '.join(settings.languages)}, not of Python"
    named = _NAMED.search(f"{entry.title} {entry.path}")
    if named is not None:
        return f"its entry is about {named[0]}, not Python"
    told = list(_told(entry))
    if told and all(map(is_other_language, told)):
        return f"its entry shows {told[0].language}, not Python"
    return ""


# Languages whose names are no other words.
_NAMED = re.compile(
    r"\b(?:typescript|javascript|tailwind|golang|kotlin|swiftui|css|vue|svelte)\b",
    re.IGNORECASE,
)


def _told(entry: Entry) -> Iterator[Code]:
    """The fences that are of a programming language, by their own word."""
    for lesson in entry.lessons:
        for code in lesson.code:
            if is_other_language(code) or code.language.lower() in {"python", "py", "python3"}:
                yield code


# Signs of a shell or of JavaScript in a code span.
_FOREIGN = re.compile(
    r"""["']?\$(?:[A-Za-z_]\w*|\{[^}]*\}|\([^)]*\))["']?|\[\[.*\]\]|(?:const|let|var)\s\w+.*|.*=>.*
    |\w+::\w+.*|console\.\w+.*|document\.\w+.*|window\.\w+.*""",
    re.VERBOSE,
)


def _shell(lesson: Lesson) -> str:
    """Why a sentence speaks of another language than Python: its spans look so."""
    named = _NAMED.search(lesson.text) if "ython" not in lesson.text else None
    if named is not None:
        return f"it is about {named[0]}, not Python"
    other = next((span for span in lesson.spans if _FOREIGN.fullmatch(span.strip())), None)
    return f"`{other}` is no Python" if other else ""


def _length(lesson: Lesson) -> str:
    if len(lesson.text) > _LONGEST_TEXT:
        return f"its {len(lesson.text)} characters are no sentence"
    longest = max((len(code.text) for code in lesson.code), default=0)
    if longest > _LONGEST_CODE:
        return f"its code has {longest} characters"
    lines = max((code.text.count("\n") + 1 for code in lesson.code), default=0)
    return f"its code of {lines} lines is too long to compare" if lines > _MOST_LINES else ""
