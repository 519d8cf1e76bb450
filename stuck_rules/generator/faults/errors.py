"""What goes wrong with exceptions."""

from __future__ import annotations

from stuck_rules.generator.faults.fault import Fault, fault
from stuck_rules.generator.proposal import Draft, code
from stuck_rules.model.formula import All, Either, Inside, NotInside, Pattern

_BARE = "try:\n    ...\nexcept:\n    ...\n"

ERRORS: tuple[Fault, ...] = (
    fault(
        r"`?(?:bare|naked|blanket) `?except`?s?\b(?!\s+Exception)|`except:`",
        Draft(
            id="bare-except",
            message="A bare except catches everything, the interrupt too; name the exception.",
            condition=Pattern(_BARE),
            bad=code("try:\n    run()\nexcept:\n    handle()\n"),
            good=code("try:\n    run()\nexcept ValueError:\n    handle()\n"),
        ),
    ),
    fault(
        r"(?:overly )?broad (?:`?except`?\w*|exceptions?)(?: handlers?| handling| clauses?)?"
        r"|catch-?all (?:`?except`?\w*|handlers?)"
        r"|(?<!raise.)(?<!raising.)(?:generic|blanket|bare) `?Exceptions?\b(?:`|(?!`))"
        r"(?! (?:for|silently)\b)",
        Draft(
            id="broad-except",
            message="A handler for everything hides what went wrong; name the exception.",
            condition=Either(
                tuple(
                    Pattern(f"try:\n    ...\nexcept{kind}:\n    ...\n")
                    for kind in ("", " Exception", " Exception as $E", " BaseException")
                )
            ),
            bad=code("try:\n    run()\nexcept Exception:\n    handle()\n"),
            good=code("try:\n    run()\nexcept ValueError:\n    handle()\n"),
        ),
    ),
    fault(
        r"(?:swallow\w*|silently ignor\w*|silenc\w*) (?:an? |the |all |any )?"
        r"(?:exceptions?|errors?)"
        r"|silent `?except\w*`?(?: blocks?| clauses?)?|`except:? pass`|`except \w+: pass`",
        Draft(
            id="swallowed-exception",
            message="The exception is swallowed; handle it, log it or let it through.",
            condition=Either(
                (
                    Pattern("try:\n    ...\nexcept:\n    pass\n"),
                    Pattern("try:\n    ...\nexcept $ERROR:\n    pass\n"),
                    Pattern("try:\n    ...\nexcept $ERROR as $NAME:\n    pass\n"),
                )
            ),
            bad=code("try:\n    run()\nexcept Exception:\n    pass\n"),
            good=code("try:\n    run()\nexcept Exception:\n    logger.exception('run')\n"),
        ),
    ),
    fault(
        r"(?:losing|dropping) the (?:cause|traceback)|rais\w+ without `?from`?",
        Draft(
            id="raise-without-from",
            message="An error raised in a handler loses its cause; raise it from the caught one.",
            condition=All(
                (
                    Pattern("raise $ERROR(...)"),
                    NotInside(Pattern("raise $ERROR(...) from $CAUSE")),
                    Inside(Pattern("try:\n    ...\nexcept ...:\n    ...\n    raise $ERROR(...)\n")),
                )
            ),
            bad=code("try:\n    run()\nexcept KeyError:\n    raise AppError('lost')\n"),
            good=code(
                "try:\n    run()\nexcept KeyError as e:\n    raise AppError('lost') from e\n"
            ),
        ),
        asked=r"\b(?:always|must) (?:be )?(?:chain|chained|chaining) (?:exceptions?|errors?)"
        r"|\b(?:always )?chain exceptions? with `raise\b[^`]*from"
        r"|\b(?:always|must) (?:use )?`raise\b[^`]* from \w+`"
        r"|\b(?:preserve|keep) (?:the )?(?:context|cause|traceback|chain)\b"
        r"[^.`]*`raise\b[^`]* from \w+`",
    ),
)
