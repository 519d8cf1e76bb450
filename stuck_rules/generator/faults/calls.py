"""Calls that a log forbids by what they do."""

from __future__ import annotations

from stuck_rules.generator.faults.fault import Fault, fault
from stuck_rules.generator.proposal import Draft, code
from stuck_rules.model.formula import All, Either, Inside, Pattern
from stuck_rules.model.rule import TESTS, PathFilter, Severity

_COROUTINE = "async def $FUNCTION(...):\n    ...\n"

CALLS: tuple[Fault, ...] = (
    fault(
        r"`?os\.path`?(?!\.\w)(?: (?:module|functions?|calls?|operations?))?",
        Draft(
            id="os-path",
            message="A path as text; use pathlib.",
            condition=Pattern("os.path"),
            bad=code("import os\n\nname = os.path.join(folder, name)\n"),
            good=code("from pathlib import Path\n\nname = Path(folder) / name\n"),
        ),
    ),
    fault(
        r"`?(?:str)?\.format(?:\(\))?`?|`?%`?[- ]?formatting",
        Draft(
            id="format-call",
            message="Text put together by format(); use an f-string.",
            condition=Pattern('"...".format(...)'),
            bad=code('text = "{} files".format(count)\n'),
            good=code('text = f"{count} files"\n', "text = template.format(count)\n"),
        ),
    ),
    fault(
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
    fault(
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
        asked=r"""\b(?:always|must|only) (?:be )?(?:use |store |pass )?
        (?:time\s?zone|tz)-?\s?aware (?:date-?times?|timestamps?)""",
    ),
    fault(
        r"(?:f-strings?|string (?:formatting|interpolation|concatenation)|formatted strings?)"
        r" (?:in|for|into|to build) (?:raw )?SQL\b"
        r"|f-string(?:s|ed)? SQL\b"
        r"|SQL (?:queries |statements )?(?:with|by|using|from)"
        r" (?:f-strings?|string (?:formatting|interpolation|concatenation))",
        Draft(
            id="formatted-sql",
            message="Values formatted into SQL; pass them as parameters.",
            condition=Either(
                tuple(
                    Pattern(f"$CURSOR.{method}({text}, ...)")
                    for method in ("execute", "executemany")
                    for text in ('f"..."', '"..." % $VALUES', '"..." + $VALUE', '"...".format(...)')
                )
            ),
            severity=Severity.ERROR,
            bad=code("db.execute(f\"SELECT * FROM users WHERE id = '{user}'\")\n"),
            good=code('db.execute("SELECT * FROM users WHERE id = ?", (user,))\n'),
        ),
    ),
    fault(
        r"f-strings? (?:in|for|inside) (?:log(?:ging|ger)?)\b(?: calls?| messages?| statements?)?"
        r"|f-string log(?:ging)? (?:messages?|calls?|statements?)",
        Draft(
            id="formatted-log-message",
            message="A log message formatted before it is needed; pass the values as arguments.",
            condition=Either(
                tuple(
                    Pattern(f'{owner}.{method}(f"...", ...)')
                    for owner in ("logger", "logging", "log", "self.logger")
                    for method in ("debug", "info", "warning", "error", "exception", "critical")
                )
            ),
            bad=code('logger.info(f"user {name}")\n'),
            good=code('logger.info("user %s", name)\n'),
        ),
    ),
    fault(
        r"block(?:ing)? (?:calls?|code|functions?|I/O|sleeps?) (?:in|inside|within|from)"
        r" (?:an? )?(?:`?async`?(?: def)?(?: functions?| code)?|coroutines?|the event loop)",
        Draft(
            id="blocking-call-in-coroutine",
            message="A blocking call in a coroutine stops the whole loop; await its counterpart.",
            condition=All(
                (
                    Either(
                        (
                            Pattern("time.sleep(...)"),
                            Pattern("requests.$METHOD(...)"),
                            Pattern("urllib.request.urlopen(...)"),
                            Pattern("subprocess.run(...)"),
                        )
                    ),
                    Inside(Pattern(_COROUTINE)),
                )
            ),
            bad=code("async def run():\n    time.sleep(1)\n"),
            good=code(
                "async def run():\n    await asyncio.sleep(1)\n", "def run():\n    time.sleep(1)\n"
            ),
        ),
    ),
)
