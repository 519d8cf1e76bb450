"""How modules and functions are written."""

from __future__ import annotations

from stuck_rules.generator.faults.fault import Fault, fault
from stuck_rules.generator.proposal import Draft, check, code
from stuck_rules.model.formula import (
    All,
    Either,
    Formula,
    Inside,
    MetavariableRegex,
    NotInside,
    Pattern,
)
from stuck_rules.model.rule import TESTS, Example, PathFilter, Severity

_END_TO_END = ("tests/e2e/", "tests/integration/", "e2e/")
_FUNCTION = "def $FUNCTION(...):\n    ...\n"
_DEFAULTS = ("[]", "{}", "set()", "list()", "dict()", "[$ITEM, ...]", "{$KEY: $VALUE, ...}")
_IMPORTS = Either((Pattern("import $MODULE"), Pattern("from $MODULE import $NAME")))
_MOCKS = Either((Pattern("import unittest.mock"), Pattern("from unittest.mock import $NAME")))


def _mutable_defaults() -> Formula:
    return Either(
        tuple(Pattern(f"def $FUNCTION(..., $NAME={value}, ...):\n    ...\n") for value in _DEFAULTS)
    )


RELATIVE_IMPORT = Draft(
    id="relative-import",
    message="A relative import; name the module from the root of its package.",
    condition=check("relative-import", allow_in_init=False),
    severity=Severity.ERROR,
    bad=code("from . import models\n", "from ..core.models import User\n"),
    good=code("from app.core.models import User\n", 'PATTERN = "from . import x"\n'),
)

CODE: tuple[Fault, ...] = (
    fault(r"relative[ -]imports?", RELATIVE_IMPORT),
    fault(
        r"(?:star|wildcard|glob)[ -]imports?|(?:wildcard )?`?(?:from \w+ )?import \*`?",
        Draft(
            id="star-import",
            message="A star import hides where names come from; import them by name.",
            condition=Pattern("from $MODULE import *"),
            bad=code("from helpers import *\n"),
            good=code("from helpers import load\n", "import helpers\n"),
        ),
    ),
    fault(
        r"(?:inline|function-(?:level|local)|nested|lazy)\s+imports?"
        r"|imports?\s+(?:inside|within|in)\s+(?:a\s+|the\s+)?function(?:s|\s+bod(?:y|ies))?\b",
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
        asked=r"""\b(?:place|put|keep|move|write|have) (?:all |every )?(?:the )?imports? (?:at|to)
        \s+(?:the )?(?:top|module level)
        |^(?:all )?imports? (?:always |must |should |go |be |are |stay )*at
        (?: the)? (?:module(?:['\u2019]s)? |file(?:['\u2019]s)? )?(?:top|module level)\b""",
    ),
    fault(
        r"`?assert`? statements?|`assert`(?! \w+`)(?: for (?:runtime )?validation)?"
        r"|asserts? for (?:runtime )?validation",
        Draft(
            id="assert-statement",
            message="An assertion is gone under `python -O`; raise an error.",
            condition=Either((Pattern("assert $CONDITION"), Pattern("assert $CONDITION, $TEXT"))),
            paths=PathFilter(exclude=TESTS),
            bad=code("assert user is not None\n"),
            good=code("if user is None:\n    raise ValueError('no user')\n"),
        ),
    ),
    fault(
        r"`?\bunittest\b`?(?!\.\w)",
        Draft(
            id="unittest",
            message="A test of unittest; write it for pytest.",
            condition=Either(
                (Pattern("unittest.TestCase"), Pattern("from unittest import TestCase"))
            ),
            bad=code("import unittest\n\n\nclass TestLoad(unittest.TestCase):\n    pass\n"),
            good=code("from unittest.mock import patch\n", "def test_load():\n    pass\n"),
        ),
    ),
    fault(
        r"`typing` (?:equivalents?|generics?|aliases|imports?|types|versions?)"
        r"|(?:generics?|types|aliases) (?:from|of|in) `typing`",
        Draft(
            id="typing-generic",
            message="A generic type of typing; the built-in one has taken its place.",
            condition=Either(
                tuple(
                    Pattern(text.format(name))
                    for name in ("List", "Dict", "Tuple", "Set", "FrozenSet", "Type")
                    for text in ("from typing import {}", "typing.{}[...]")
                )
            ),
            bad=code(
                "from typing import Any, Dict\n", "import typing\n\nx: typing.List[int] = []\n"
            ),
            good=code("from typing import Any\n", "x: list[int] = []\n"),
        ),
    ),
    fault(
        r"mutable\s+(?:default|argument)s?(?:\s+(?:arguments?|values?|parameters?|args?|defaults?))?"
        r"|mutable (?:objects?|values?|types?)(?: \([^()]*(?:\(\)[^()]*)*\))?"
        r" (?:as|for|in) (?:an? |the )?default\b",
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
    fault(
        r"hard-?cod\w*\s+(?:`?/tmp\b/?`?|temp(?:orary)?\s+(?:paths?|director(?:y|ies)|files?|folders?))",
        Draft(
            id="hard-coded-temporary-path",
            message="A hard-coded temporary path is shared by all runs; use tempfile or tmp_path.",
            condition=Pattern('"=~/^\\/(?:var\\/)?tmp\\//"'),
            bad=code('path = "/tmp/cache.json"\n', 'open("/var/tmp/run.log")\n'),
            good=code('path = tmp_path / "cache.json"\n', 'path = "/data/tmp/cache.json"\n'),
        ),
    ),
    fault(
        r"mock\w*\b(?! (?:the|an?|our)\b)[^.;]*"
        r"\b(?:in|from|inside)\s+(?:the\s+)?(?:e2e|end-to-end|integration)\s+tests?",
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
    fault(
        r"(?:compar\w+ |exact |direct )?(?:of )?float\w*(?:[ -]point)?(?: numbers| values)?"
        r" (?:for |with )(?:exact )?(?:equality|`==`)"
        r"|float(?:ing[- ]point)? equality|exact float comparisons?",
        Draft(
            id="float-equality",
            message="Floats are seldom equal; compare them with a tolerance.",
            condition=All(
                (Pattern("$LEFT == $RIGHT"), MetavariableRegex("$RIGHT", r"^-?\d*\.\d+$"))
            ),
            bad=code("assert total == 0.3\n"),
            good=code("assert total == pytest.approx(0.3)\n", "assert count == 3\n"),
        ),
    ),
)
