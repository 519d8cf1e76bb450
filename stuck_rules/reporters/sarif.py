"""SARIF 2.1.0 with what GitHub code scanning reads of it.

Relative places are the project's; what an alert's page shows is `help.markdown`, and the related
locations that a result's message links to by their ids.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from stuck_rules.errors import Problem
from stuck_rules.model.edit import Fix
from stuck_rules.model.result import EntryLink, Report, RuleInfo
from stuck_rules.model.rule import Example, Severity
from stuck_rules.model.source import Span
from stuck_rules.model.violation import Violation
from stuck_rules.reporters.base import (
    Style,
    dump_json,
    entries_of,
    entry_place,
    is_web_url,
    markdown_link,
    markdown_text,
    quoted,
    quoted_url,
)
from stuck_rules.reporters.places import message_for_file, problem_for_file

Object = dict[str, object]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM_SEVERITIES = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
_LONGEST_DESCRIPTION = 1024
_MOST_TAGS = 20

_FIRST_SENTENCE = re.compile(r"\s*(.+?[.!?](?=\s|$)|[^\n]+)", re.DOTALL)
_BRACKET = re.compile(r"[\\\[\]]")
_DRIVE = re.compile(r"[A-Za-z]:/")


def _artifact(path: str) -> Object:
    if path.startswith("/"):
        return {"uri": f"file://{quoted(path, '/')}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{quoted(path, '/:')}"}
    return {"uri": quoted(path, "/"), "uriBaseId": "%SRCROOT%"}


def _log_artifact(entry: EntryLink) -> Object:
    """The log's place; of one outside the project only what the user typed is known."""
    if entry.relative is not None:
        return _artifact(entry.relative)
    return {"uri": _artifact(entry.path)["uri"]}


def _region(span: Span) -> Object:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _place(violation: Violation) -> Object:
    """The region of the file; the columns of a notebook's cell are none of the file."""
    if not violation.path.cell:
        return _region(violation.span)
    span = violation.file_span
    return {"startLine": span.start.line, "endLine": span.last_line}


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return text[: _LONGEST_DESCRIPTION - 3] + "..."


def _first_sentence(text: str) -> str:
    match = _FIRST_SENTENCE.match(text)
    return " ".join(match[1].split()) if match else text


def _entry_text(entry: EntryLink) -> str:
    return " ".join(part for part in (f"{entry.title} ({entry_place(entry)})", entry.url) if part)


def _entry_markdown(entry: EntryLink) -> str:
    return f"{markdown_link(entry)} ({markdown_text(entry_place(entry))})"


def _fenced(example: Example) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", example.code)), default=0)
    fence = "`" * max(3, longest + 1)
    python = example.path is None or example.path.endswith((".py", ".pyi"))
    return f"{fence}{'python' if python else ''}\n{example.code.rstrip()}\n{fence}"


def _help(info: RuleInfo) -> Object:
    message = info.rule.message.strip()
    text, markdown = [message], [message]
    if info.entries:
        text.append("\n".join(["Learned in:", *(f"- {_entry_text(e)}" for e in info.entries)]))
        markdown.append(
            "\n".join(["**Learned in**", "", *(f"- {_entry_markdown(e)}" for e in info.entries)])
        )
    examples = info.rule.examples
    for label, forms in (("Wrong", examples.bad), ("Right", examples.good)):
        for example in forms[:1]:
            text.append(f"{label}:\n{example.code.rstrip()}")
            markdown.append(f"**{label}**\n\n{_fenced(example)}")
    return {"text": "\n\n".join(text), "markdown": "\n\n".join(markdown)}


def _rule(info: RuleInfo) -> Object:
    rule = info.rule
    url = next((quoted_url(e.url) for e in info.entries if is_web_url(e.url)), None)
    return {
        "id": rule.id,
        "shortDescription": {"text": _shortened(_first_sentence(rule.message))},
        "fullDescription": {"text": _shortened(rule.message.strip())},
        "help": _help(info),
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["stuck-rules", *(entry.id for entry in info.entries)][:_MOST_TAGS],
            "precision": rule.confidence.value,
            "problem.severity": _PROBLEM_SEVERITIES[rule.severity],
        },
    }


def _message(violation: Violation, entries: tuple[EntryLink, ...]) -> str:
    """The message with a link to each entry's related location; its own brackets stay text."""
    message = message_for_file(violation).strip().replace("](", "\\](")
    if not message.endswith((".", "!", "?")):
        message += "."
    titles = (_BRACKET.sub(r"\\\g<0>", " ".join(entry.title.split())) for entry in entries)
    links = ", ".join(f"[{title}]({number})" for number, title in enumerate(titles, start=1))
    return f"{message} Learned in {links}." if links else message


def _related(entry: EntryLink, number: int) -> Object:
    return {
        "id": number,
        "physicalLocation": {
            "artifactLocation": _log_artifact(entry),
            "region": {"startLine": max(1, entry.line)},
        },
        "message": {"text": entry.title},
    }


def _fix(violation: Violation, fix: Fix) -> Object:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {
        "artifactLocation": _artifact(violation.path.relative),
        "replacements": replacements,
    }
    kind = "Safe" if fix.safe else "Unsafe"
    return {
        "description": {"text": f"{kind} fix of {violation.rule}"},
        "artifactChanges": [change],
    }


def _line_hash(report: Report, violation: Violation, seen: Counter[tuple[str, ...]]) -> str:
    """A hash of the line's text; equal lines of a file count up from the file's start."""
    place = (violation.path.place, violation.span.start.line)
    text = (report.lines or {}).get(place, "").strip()
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    key = (violation.path.relative, violation.rule, digest)
    seen[key] += 1
    return f"{digest}:{seen[key]}"


def _result(report: Report, violation: Violation, fingerprints: dict[str, str]) -> Object:
    entries = entries_of(report, violation)
    location = {
        "artifactLocation": _artifact(violation.path.relative),
        "region": _place(violation),
    }
    result: Object = {
        "ruleId": violation.rule,
        "level": _LEVELS[violation.severity],
        "message": {"text": _message(violation, entries)},
        "locations": [{"physicalLocation": location}],
        "relatedLocations": [_related(entry, n) for n, entry in enumerate(entries, start=1)],
        "partialFingerprints": fingerprints,
    }
    if violation.fix and violation.fix.edits and not violation.path.cell:
        result["fixes"] = [_fix(violation, violation.fix)]
    return result


def _results(report: Report) -> Iterator[Object]:
    """Without the suppressed: GitHub opens an alert for every result that it is given."""
    indexes = {rule: index for index, rule in enumerate(report.rules)}
    seen: Counter[tuple[str, ...]] = Counter()
    for violation in report.violations:
        if violation.suppressed:
            continue
        fingerprints = {"primaryLocationLineHash": _line_hash(report, violation, seen)}
        if violation.fingerprint:
            fingerprints["stuckRules/v1"] = violation.fingerprint
        result = _result(report, violation, fingerprints)
        if violation.rule in indexes:
            result["ruleIndex"] = indexes[violation.rule]
        yield result


def _notification(problem: Problem) -> Object:
    line, message = problem_for_file(problem)
    notification: Object = {
        "level": "error",
        "message": {"text": message},
        "descriptor": {"id": problem.kind.value},
    }
    if problem.rule:
        notification["associatedRule"] = {"id": problem.rule}
    if problem.path:
        place: Object = {
            "artifactLocation": {"uri": _artifact(problem.relative or problem.path)["uri"]}
        }
        if line:
            known = problem.column and not problem.cell
            place["region"] = {
                "startLine": line,
                **({"startColumn": problem.column} if known else {}),
            }
        notification["locations"] = [{"physicalLocation": place}]
    return notification


def _invocation(report: Report) -> Object:
    told = [_notification(problem) for problem in report.problems]
    notes = [{"level": "note", "message": {"text": note}} for note in report.notes]
    return {
        "executionSuccessful": not report.problems,
        "toolExecutionNotifications": [*told, *notes],
    }


def render(report: Report, style: Style) -> str:
    """One run with the rules, the violations that no suppression hides, and all problems."""
    del style
    version = {"version": report.version} if report.version else {}
    rules = [_rule(info) for info in report.rules.values()]
    run = {
        "tool": {"driver": {"name": "stuck-rules", **version, "rules": rules}},
        "invocations": [_invocation(report)],
        "automationDetails": {"id": "stuck-rules/"},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(report)),
    }
    return dump_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
