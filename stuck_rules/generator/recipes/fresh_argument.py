"""WRONG: `make_x()` with `source()`; CORRECT: `get_x()`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuck_rules.generator.proposal import (
    Draft,
    Proposal,
    Source,
    check,
    code,
    lessons,
    propose,
    sources,
)
from stuck_rules.generator.words import called_name, dashed, without_creating
from stuck_rules.model.lesson import Log, Role
from stuck_rules.model.rule import Severity

_WITH = re.compile(r"`(?P<call>[^`]+)` with `(?P<source>[^`]+)`")
_HOLDERS = (Role.PREVENTION, Role.CORRECT, Role.REMEDIATION)


def fresh_argument(log: Log) -> Iterator[Proposal]:
    """A function that must not be given what another call makes afresh."""
    for wrong in sources(log, Role.WRONG):
        match = _WITH.search(wrong.lesson.text)
        if match is None:
            continue
        call, source = called_name(match["call"]), called_name(match["source"])
        right = _right_form(wrong)
        if call is None or source is None or right is None:
            continue
        agreeing = [s for s in lessons(wrong.entry, *_HOLDERS) if _names(s, call, right)]
        yield propose(_draft(call, source, right), "fresh-argument", wrong, *agreeing)


def _right_form(wrong: Source) -> str | None:
    """The call that the entry's CORRECT line puts in its place."""
    for correct in lessons(wrong.entry, Role.CORRECT):
        for span in correct.lesson.spans:
            if called_name(span):
                return called_name(span)
    return None


def _names(source: Source, *names: str) -> bool:
    return any(called_name(span) in names for span in source.lesson.spans)


def _draft(call: str, source: str, right: str) -> Draft:
    name = call.rpartition(".")[2]
    module, dot, _ = source.rpartition(".")
    head = f"import {module}\n\n" if dot else ""
    return Draft(
        id=f"fresh-{dashed(without_creating(name))}",
        message=(
            f"{call}() gets an id that {source}() makes anew at every call; "
            f"use {right}(), or pass on the id that there is."
        ),
        condition=check("argument-source", call=call, source=source, include_methods=False),
        severity=Severity.ERROR,
        bad=code(
            f"{head}handle = {name}(user, run_id=str({source}()))\n",
            f"{head}def start(user, run=None):\n    run = run or str({source}())\n"
            f"    return {name}(user, run_id=run)\n",
        ),
        good=code(
            f"handle = {right.rpartition('.')[2]}(user, run_id=request.run_id)\n",
            f"handle = {name}(user, run_id=request.run_id)\n",
        ),
    )
