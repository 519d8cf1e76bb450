"""Rules of sentences: what recipes that read a lesson's prose have in common."""

from __future__ import annotations

import re

from stuck_rules.generator.form import Form, FormKind
from stuck_rules.generator.phrases import exception_in, limit_after, limit_before
from stuck_rules.generator.proposal import Draft, Proposal, Source, code, propose
from stuck_rules.generator.scopes import path_in, scope_of
from stuck_rules.generator.words import dashed
from stuck_rules.model.formula import Formula, Inside, Pattern
from stuck_rules.model.rule import Example, Severity
from stuck_rules.values import dataclass, replace

_ASYNC = re.compile(
    r"^(?:in|inside|within|from) (?:an? |any )?(?:`?async(?: def)?`?|coroutines?)\b", re.IGNORECASE
)
_ASYNC_DEF = "async def $FUNCTION(...):\n    ...\n"
# What has a name in code and nowhere else.
_KINDS = (
    r"\b(?:functions?|methods?|helpers?|decorators?|fixtures?|parameters?|arguments?|variables?"
    r"|attributes?|properties|property|class|classes|modules?|calls?|calling|call|import)\b"
)
_PLAIN = "It may be the name of a column, a key or a field: enable it if it is wrong in all code."
_MAX_MESSAGE = 240


@dataclass(frozen=True, slots=True)
class Spoken:
    """A wrong form that a sentence names, with the right one where it names that too.

    `start` and `end` are where the command begins and the wrong form ends; `doubt` says why a
    person must agree; `taken` are words of the sentence that the recipe has understood.
    """

    wrong: Form
    end: int
    right: Form | None = None
    right_text: str = ""
    doubt: str = ""
    taken: str = ""
    start: int = 0


def rule_of(source: Source, spoken: Spoken, recipe: str, *agreeing: Source) -> Proposal:
    """The rule that flags the wrong form where the lesson says so."""
    text = source.lesson.text
    limit = limit_after(text, spoken.end) or limit_before(text, spoken.start)
    scope = scope_of(text)
    condition: Formula = spoken.wrong.condition
    bad = spoken.wrong.example
    doubt = spoken.doubt
    if _ASYNC.match(limit):
        condition = spoken.wrong.asserted(Inside(Pattern(_ASYNC_DEF)))
        bad = "async def run():\n" + _indented(bad)
    elif limit and not _is_scope(limit, scope.words):
        doubt = doubt or f"The lesson limits it: {limit!r}. Enable it if that can be left out."
    exception = exception_in(text.replace(spoken.taken, "") if spoken.taken else text)
    if exception and not _is_scope(exception, scope.words):
        doubt = doubt or f"The lesson names an exception: {exception!r}. Exclude its files first."
    if _is_plain(spoken.wrong) and not _is_told_of_python(text, spoken.wrong.span):
        doubt = doubt or _PLAIN
    path = path_in(scope.paths.include)
    draft = Draft(
        id=dashed(spoken.wrong.name) or "wrong-form",
        message=_message(text),
        condition=condition,
        severity=Severity.WARNING,
        paths=scope.paths,
        note=doubt or None,
        bad=(Example(bad, path),),
        good=_good(spoken, path),
    )
    return propose(draft, recipe, source, *agreeing)


def _good(spoken: Spoken, path: str | None) -> tuple[Example, ...]:
    right = (spoken.right.example,) if spoken.right is not None else ()
    mention = "" if spoken.wrong.span.startswith("#") else f"# {spoken.wrong.span}\n"
    return code(*right, mention or "value = 1\n", path=path)


def _is_plain(form: Form) -> bool:
    """Whether a form is no more than a name in small letters: `user_id`."""
    return form.kind is FormKind.NAME and re.fullmatch(r"_?[a-z][a-z0-9_]*", form.span) is not None


def _is_told_of_python(text: str, name: str) -> bool:
    """Whether the sentence says what a name is the name of."""
    return re.search(rf"{_KINDS} `{name}`|`{name}`\)? {_KINDS}", text, re.IGNORECASE) is not None


def _is_scope(words: str, scoped: tuple[str, ...]) -> bool:
    return any(word.lower() in words.lower() or words.lower() in word.lower() for word in scoped)


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def _message(text: str) -> str:
    """The lesson's own words, short enough for a line."""
    told = " ".join(text.replace("`", "").split())
    if len(told) <= _MAX_MESSAGE:
        return told
    return told[:_MAX_MESSAGE].rsplit(" ", 1)[0] + " ..."


def doubted(spoken: Spoken, doubt: str) -> Spoken:
    """The same, to be confirmed by a person."""
    return replace(spoken, doubt=spoken.doubt or doubt)
