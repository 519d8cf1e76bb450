"""Where a lesson wants its rule to hold: words such as "in tests" become globs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stuck_rules.generator.phrases import phrase
from stuck_rules.generator.proposal import TESTS
from stuck_rules.model.rule import PathFilter

_TESTS = r"(?:unit |integration )?(?:tests|test (?:code|files?|modules?|suites?))"
_OUTSIDE_TESTS = re.compile(
    rf"\b(?:except|unless|outside(?: of)?|not|only allowed)(?: for)?(?: in(?:side)?)? {_TESTS}\b"
    r"|\bin (?:production|prod|library|application|app) code\b|\bin production\b",
    re.IGNORECASE,
)
_IN_TESTS = re.compile(
    rf"\b(?:in|inside|within|from) (?:all |the |your |our |any )?{_TESTS}\b", re.IGNORECASE
)
_PATH = re.compile(r"\b(?:in|under|inside|within) `(?P<path>[\w.*-]+(?:/[\w.*-]+)*/?)`")
_OUTSIDE_PATH = phrase(
    r"""\b(?:except|unless|outside(?: of)?|only)(?: in| under| inside)?
    \s+`(?P<path>[\w.*-]+(?:/[\w.*-]+)*/?)`"""
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The files of a rule, and the words of the lesson that said so."""

    paths: PathFilter
    words: tuple[str, ...] = ()


def scope_of(text: str, named: Mapping[str, tuple[str, ...]]) -> Scope:
    """The scope that a lesson states; `named` are further words with their globs."""
    include: list[str] = []
    exclude: list[str] = []
    words: list[str] = []
    outside = _OUTSIDE_TESTS.search(text)
    if outside is not None:
        exclude.extend(TESTS)
        words.append(outside[0])
    elif (inside := _IN_TESTS.search(text)) is not None:
        include.extend(TESTS)
        words.append(inside[0])
    for regex, globs in ((_OUTSIDE_PATH, exclude), (_PATH, include)):
        for found in regex.finditer(text):
            if ("/" in found["path"] or found["path"].endswith(".py")) and found[0] not in words:
                globs.append(found["path"])
                words.append(found[0])
                break
    for word, patterns in named.items():
        if re.search(
            rf"\b(?:in|inside|within|under) (?:the |our )?{re.escape(word)}\b", text, re.IGNORECASE
        ):
            include.extend(patterns)
            words.append(word)
    return Scope(
        PathFilter(tuple(dict.fromkeys(include)), tuple(dict.fromkeys(exclude))), tuple(words)
    )
