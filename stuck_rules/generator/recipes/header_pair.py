"""Both header A and header B must be sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, code, propose, sources
from stuck_rules.model.formula import (
    All,
    Formula,
    Inside,
    MetavariableRegex,
    Not,
    NotInside,
    Pattern,
)
from stuck_rules.model.lesson import Log, Polarity, Role
from stuck_rules.model.rule import Confidence, Severity

_PAIR = re.compile(
    r"\bboth `?(?P<first>[\w-]+)`? headers? and `?(?P<second>[\w-]+)`?", re.IGNORECASE
)
_TOPIC = re.compile(r"sec-(?P<topic>\w+)-\w+", re.IGNORECASE)


def header_pair(log: Log) -> Iterator[Proposal]:
    """Two headers that belong together on one kind of connection."""
    for source in sources(log, Role.PREVENTION, Role.CORRECT, Role.REMEDIATION):
        match = _PAIR.search(source.lesson.text)
        if match is None or source.lesson.polarity is Polarity.DONT:
            continue
        topic = _TOPIC.fullmatch(match["second"])
        if topic is not None:
            draft = _draft(match["first"], match["second"], topic["topic"].lower())
            yield propose(draft, "header-pair", source)


def _condition(first: str, second: str, topic: str) -> Formula:
    key = f'"=~/^{re.escape(second)}$/i"'
    function = "def $FUNCTION(...):\n    ...\n"
    return All(
        (
            Pattern(f'{{..., "{first}": $VALUE, ...}}'),
            Not(Pattern(f"{{..., {key}: $OTHER, ...}}")),
            Inside(Pattern(function)),
            MetavariableRegex("$FUNCTION", f"(?i).*{topic}.*headers"),
            NotInside(Pattern(f"{function}    $HEADERS[{key}] = $OTHER\n    ...\n")),
            NotInside(
                Pattern(f"{function}    $HEADERS.update({{..., {key}: $OTHER, ...}})\n    ...\n")
            ),
        )
    )


def _draft(first: str, second: str, topic: str) -> Draft:
    name = f"get_{topic}_headers"
    return Draft(
        id=f"{topic}-header-pair",
        message=f"The headers carry {first} without {second}; the server may look at either.",
        condition=_condition(first, second, topic),
        severity=Severity.INFO,
        confidence=Confidence.LOW,
        note=(
            "Most headers are meant to have only one of the two, so this is noisy: "
            "enable it where every connection must send both."
        ),
        bad=code(f'def {name}(token):\n    return {{"{first}": token}}\n'),
        good=code(
            f'def {name}(token):\n    return {{"{first}": token, "{second}": token}}\n',
            f'def {name}(token):\n    headers = {{"{first}": token}}\n'
            f'    headers["{second}"] = token\n    return headers\n',
            f'def get_headers(token):\n    return {{"{first}": token}}\n',
        ),
    )
