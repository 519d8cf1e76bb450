"""WRONG: port "0" taken as valid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, check, code, propose, sources
from stuck_rules.generator.words import number_word, service_of
from stuck_rules.model.lesson import Log, Role

_VALUE = re.compile(
    r"\b(?P<setting>port|timeout|database|db)\s+[\"'`“]?(?P<value>\d+)\b", re.IGNORECASE
)


def setting_value(log: Log) -> Iterator[Proposal]:
    """A number that is never a setting of a service."""
    for wrong in sources(log, Role.WRONG):
        match = _VALUE.search(wrong.lesson.text)
        service = service_of(wrong.entry) if match is not None else None
        if match is not None and service is not None:
            draft = _draft(service, match["setting"].lower(), match["value"])
            yield propose(draft, "setting-value", wrong)


def _draft(service: str, setting: str, value: str) -> Draft:
    name = f"{service}_{setting}"
    return Draft(
        id=f"{service}-{setting}-{number_word(value)}",
        message=f"{value} is no valid {setting} of {service.capitalize()}.",
        condition=check("setting-value", words=(service,), setting=setting, values=(value,)),
        bad=code(
            f"{name.upper()} = {value}\n",
            f'client = {service.capitalize()}({setting}="{value}")\n',
        ),
        good=code(
            f"{name.upper()} = 1234\n",
            f"server = Server({setting}={value})\n",
        ),
    )
