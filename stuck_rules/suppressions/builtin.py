"""The built-in rules: what suppressions themselves must keep to."""

from __future__ import annotations

from stuck_rules.model.rule import CheckCall, Example, Examples, Rule
from stuck_rules.model.rulebook import Rulebook

_HIDDEN = "x = MagicNone  # stuck-rules: "


def _rule(rule_id: str, message: str, bad: str) -> Rule:
    return Rule(rule_id, message, CheckCall(rule_id, (), 0), examples=Examples(bad=(Example(bad),)))


WITHOUT_REASON = _rule(
    "suppression-without-reason",
    "A suppression says why the code may stay as it is: # stuck-rules: ignore[ID] -- REASON.",
    f"{_HIDDEN}ignore[magic-none]",
)
BLANKET = _rule(
    "blanket-suppression",
    "A suppression names the rules that it hides; without ids it hides also what comes later.",
    f"{_HIDDEN}ignore -- the fixture needs the name",
)
UNKNOWN = _rule(
    "unknown-suppression",
    "A suppression names rules that there are; another id hides nothing.",
    f"{_HIDDEN}ignore[magic-nine] -- the fixture needs the name",
)
UNUSED = _rule(
    "unused-suppression",
    "A suppression that hides nothing goes, before it hides what somebody else writes there.",
    "x = 1  # stuck-rules: ignore[magic-none] -- the fixture needs the name",
)
MALFORMED = _rule(
    "malformed-suppression",
    "What was meant for a suppression hides nothing; write # stuck-rules: ignore[ID] -- REASON.",
    f"{_HIDDEN}ingore[magic-none] -- the fixture needs the name",
)

BUILT_IN_RULES = (WITHOUT_REASON, BLANKET, UNKNOWN, UNUSED, MALFORMED)
BUILT_IN_BOOK = Rulebook(path="", folder="", rules=BUILT_IN_RULES)
BUILT_IN_IDS = frozenset(rule.id for rule in BUILT_IN_RULES)
