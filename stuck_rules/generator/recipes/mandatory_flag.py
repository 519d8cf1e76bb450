"""A flag that a command must be given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, propose, sources
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.rule import Confidence, Example, Option, PathFilter, TextCondition

_FLAG = re.compile(r"`(?P<flag>--[\w-]+)`")
_MANDATORY = re.compile(r"\b(?:mandatory|must|always|required)\b", re.IGNORECASE)
_DEPLOY = re.compile(r"\bdeploy(?:ments?|s|ing)?\b", re.IGNORECASE)
_PLACES = re.compile(r"\b(?:staging|production)\b", re.IGNORECASE)
_ROLES = (Role.PROPOSAL, Role.PREVENTION, Role.REMEDIATION, Role.CORRECT)
# One command with the lines that it is continued on.
_REST = r"(?:[^\n\\]|\\\n|\\.)*"
_COMMAND = (
    r"(?m)^(?:[^\n#\\]|\\\n|\\.)*?{command}\b" + f"(?!{_REST}{{flag}}){_REST}?" + r"\b(?:PLACES)\b"
)
_FILES = ("*.sh", "*.bash", "Makefile", "*.mk", "*.yml", "*.yaml", "justfile")


def mandatory_flag(log: Log) -> Iterator[Proposal]:
    """A deploy command without the flag that the log calls mandatory."""
    for source in sources(log, *_ROLES):
        text = source.lesson.text
        flag = _FLAG.search(text)
        places = tuple(dict.fromkeys(place.lower() for place in _PLACES.findall(text)))
        if flag is None or not places:
            continue
        if _MANDATORY.search(text) and _DEPLOY.search(text):
            yield propose(_draft(flag["flag"], places), "mandatory-flag", source)


def _draft(flag: str, places: tuple[str, ...]) -> Draft:
    regex = _COMMAND.replace("PLACES", "|".join(places))
    path = "scripts/deploy.sh"
    return Draft(
        id=f"deploy-without-{flag.removeprefix('--')}",
        message=f"A deployment to {' or '.join(places)} without {flag}.",
        condition=TextCondition(
            regex, (Option("command", "deploy", 0), Option("flag", flag, 0)), 0
        ),
        confidence=Confidence.MEDIUM,
        paths=PathFilter(include=_FILES),
        languages=("generic",),
        note="Set with.command to the name of your deploy command, then enable it.",
        bad=(Example(f"./deploy --to {places[0]}\n", path),),
        good=(
            Example(f"./deploy --to {places[0]} {flag}\n", path),
            Example(f"./deploy \\\n  {flag} \\\n  --to {places[0]}\n", path),
            Example("./deploy --to development\n", path),
        ),
    )
