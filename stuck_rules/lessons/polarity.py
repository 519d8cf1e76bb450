"""Whether a statement says what to do or what not to do."""

from __future__ import annotations

import re

from stuck_rules.model.lesson import Polarity, Role

_DONTS = frozenset({Role.WRONG, Role.ROOT_CAUSE, Role.SYMPTOM})
_DOS = frozenset(
    {Role.CORRECT, Role.IMPLEMENTATION, Role.PREVENTION, Role.REMEDIATION, Role.PROPOSAL}
)
_FORBIDS = re.compile(
    r"\W*(?:never|(?:do|must|should) not|(?:do|must|should)n['\u2019]t|avoid|no|stop|forbid"
    r"|ne|jamais|nie|niemals|kein|keine|nunca|никогда|не|нельзя)\b"
    r"|\W*(?:不要|不得|禁止|避免|切勿|严禁|嚴禁)",
    re.IGNORECASE,
)
_SEPARATORS = (":", "\uff1a", "-", "\u2013", "\u2014")
_DEMANDS = re.compile(r"\W*(?:always|use|prefer|must|do)\b", re.IGNORECASE)


def polarity_of(role: Role, text: str, lead: str) -> Polarity:
    """What a statement asks for: its role decides, and its leading verb may turn that round."""
    if role in _DONTS:
        return Polarity.DONT
    if role is Role.NOTE and not _FORBIDS.match(text):
        return Polarity.DO if _DEMANDS.match(text) else Polarity.NEUTRAL
    if role not in _DOS and role is not Role.NOTE:
        return Polarity.NEUTRAL
    after = text[len(lead) :].lstrip() if lead and not _DEMANDS.match(lead) else ""
    told = (text, after) if after.startswith(_SEPARATORS) else (text,)
    return Polarity.DONT if any(map(_FORBIDS.match, told)) else Polarity.DO
