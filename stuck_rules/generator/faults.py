"""Faults that a log names in words alone: a closed list, each with the rule that finds it."""

from __future__ import annotations

import re

from stuck_rules.generator.phrases import phrase
from stuck_rules.generator.proposal import TESTS, Draft, code
from stuck_rules.model.formula import All, Either, Formula, Inside, NotInside, Pattern
from stuck_rules.model.rule import Example, PathFilter
from stuck_rules.values import dataclass

_END_TO_END = ("tests/e2e/", "tests/integration/", "e2e/")


@dataclass(frozen=True, slots=True)
class Fault:
    """Words that name a fault, and the rule that it becomes."""

    words: re.Pattern[str]
    draft: Draft


def _fault(words: str, draft: Draft) -> Fault:
    return Fault(phrase(words), draft)


_BARE = "try:\n    ...\nexcept:\n    ...\n"
_FUNCTION = "def $FUNCTION(...):\n    ...\n"
_DEFAULTS = ("[]", "{}", "set()", "list()", "dict()", "[$ITEM, ...]", "{$KEY: $VALUE, ...}")
_IMPORTS = Either((Pattern("import $MODULE"), Pattern("from $MODULE import $NAME")))
_MOCKS = Either((Pattern("import unittest.mock"), Pattern("from unittest.mock import $NAME")))


def _mutable_defaults() -> Formula:
    return Either(
        tuple(Pattern(f"def $FUNCTION(..., $NAME={value}, ...):\n    ...\n") for value in _DEFAULTS)
    )


FAULTS: tuple[Fault, ...] = (
    _fault(
        r"(?:bare|naked|blanket) `?except`?s?\b(?!\s+Exception)|`except:`",
        Draft(
            id="bare-except",
            message="A bare except catches everything, the interrupt too; name the exception.",
            condition=Pattern(_BARE),
            bad=code("try:\n    run()\nexcept:\n    handle()\n"),
            good=code("try:\n    run()\nexcept ValueError:\n    handle()\n"),
        ),
    ),
    _fault(
        r"(?:star|wildcard|glob)[ -]imports?|`?(?:from \w+ )?import \*`?",
        Draft(
            id="star-import",
            message="A star import hides where names come from; import them by name.",
            condition=Pattern("from $MODULE import *"),
            bad=code("from helpers import *\n"),
            good=code("from helpers import load\n", "import helpers\n"),
        ),
    ),
    _fault(
        r"mutable\s+(?:default|argument)s?(?:\s+(?:arguments?|values?|parameters?|args?|defaults?))?",
        Draft(
            id="mutable-default",
            message="A mutable default is made once and shared by all calls; use None.",
            condition=_mutable_defaults(),
            bad=code(
                "def add(item, to=[]):\n    to.append(item)\n", "def run(options={}):\n    pass\n"
            ),
            good=code(
                "def add(item, to=None):\n    to = to or []\n", "def run(options=()):\n    pass\n"
            ),
        ),
    ),
    _fault(
        r"`?print(?:\(\))?`? (?:statements?|calls?|debugging|for logging)|`print(?:\(\))?`",
        Draft(
            id="print-call",
            message="print() writes past the log; use a logger.",
            condition=Pattern("print(...)"),
            paths=PathFilter(exclude=(*TESTS, "scripts/")),
            bad=code('print("done")\n'),
            good=code('logger.info("done")\n', "pprint(value)\n"),
        ),
    ),
    _fault(
        r"hard-?cod\w*\s+(?:`?/tmp\b/?`?|temp(?:orary)?\s+(?:paths?|director(?:y|ies)|files?|folders?))",
        Draft(
            id="hard-coded-temporary-path",
            message="A hard-coded temporary path is shared by all runs; use tempfile or tmp_path.",
            condition=Pattern('"=~/^\\/(?:var\\/)?tmp\\//"'),
            bad=code('path = "/tmp/cache.json"\n', 'open("/var/tmp/run.log")\n'),
            good=code('path = tmp_path / "cache.json"\n', 'path = "/data/tmp/cache.json"\n'),
        ),
    ),
    _fault(
        r"(?:naive|timezone-unaware|tz-naive)\s+(?:date-?times?|timestamps?)|(?:without|missing)\s+(?:a\s+)?time\s?zones?",
        Draft(
            id="naive-datetime",
            message="A datetime without time zone; pass tz=timezone.utc.",
            condition=Either(
                (
                    Pattern("datetime.datetime.now()"),
                    Pattern("datetime.now()"),
                    Pattern("datetime.datetime.utcnow()"),
                    Pattern("datetime.utcnow()"),
                )
            ),
            bad=code(
                "from datetime import datetime\n\nstart = datetime.now()\n",
                "import datetime\n\nstart = datetime.datetime.utcnow()\n",
            ),
            good=code(
                "from datetime import datetime, timezone\n\nstart = datetime.now(timezone.utc)\n"
            ),
        ),
    ),
    _fault(
        r"(?:inline|function-level|local|nested|lazy)\s+imports?|imports?\s+inside\s+(?:a\s+)?functions?",
        Draft(
            id="import-in-function",
            message="An import inside a function; imports stand at the top of the module.",
            condition=All(
                (
                    _IMPORTS,
                    Inside(Pattern(_FUNCTION)),
                    NotInside(Pattern("if TYPE_CHECKING:\n    ...\n")),
                )
            ),
            bad=code("def run():\n    import json\n\n    return json\n"),
            good=code("import json\n\n\ndef run():\n    return json\n"),
        ),
    ),
    _fault(
        r"mock\w*\b[^.;]*\b(?:in|from|inside)\s+(?:the\s+)?(?:e2e|end-to-end|integration)\s+tests?",
        Draft(
            id="mock-in-end-to-end-test",
            message="An end-to-end test with mocks tests the mocks; use the real thing.",
            condition=_MOCKS,
            paths=PathFilter(include=_END_TO_END),
            bad=(Example("from unittest.mock import patch\n", "tests/e2e/test_login.py"),),
            good=(
                Example("from unittest.mock import patch\n", "tests/unit/test_login.py"),
                Example("import httpx\n", "tests/e2e/test_login.py"),
            ),
        ),
    ),
)
