"""WRONG: `THE_VARIABLE` used directly; CORRECT: by way of a builder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import (
    Draft,
    Proposal,
    check,
    code,
    lessons,
    propose,
    sources,
)
from stuck_rules.generator.words import address_variables, class_names, dashed
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.rule import TESTS, PathFilter

_DIRECT = re.compile(r"\bdirect(?:ly)?\b", re.IGNORECASE)


def direct_read(log: Log) -> Iterator[Proposal]:
    """An environment variable that one class reads for all."""
    for wrong in sources(log, Role.WRONG):
        if not _DIRECT.search(wrong.lesson.text):
            continue
        right = list(lessons(wrong.entry, Role.CORRECT))
        builders = [name for source in right for name in class_names(source.lesson.text)]
        if not builders:
            continue
        agreeing = [
            s
            for s in lessons(wrong.entry, Role.CORRECT, Role.PREVENTION)
            if _DIRECT.search(s.lesson.text) or s in right
        ]
        for variable in address_variables(wrong.lesson.text):
            yield propose(_draft(variable, tuple(builders)), "direct-read", wrong, *agreeing)


def _draft(variable: str, builders: tuple[str, ...]) -> Draft:
    return Draft(
        id=f"{dashed(variable)}-direct-read",
        message=f"{variable} is read past {builders[0]}, which builds it from its parts.",
        condition=check("direct-env-read", names=(variable,), allowed_in=builders),
        paths=PathFilter(exclude=TESTS),
        bad=code(
            f'import os\n\nurl = os.environ["{variable}"]\n',
            f'url = get_env().get("{variable}")\n',
        ),
        good=code(
            f"url = {builders[0]}(get_env()).get_url()\n",
            f"class {builders[0]}:\n    def get_url(self):\n"
            f'        return self.env.get("{variable}")\n',
            f'is_set = bool(env.get("{variable}"))\n',
        ),
    )
