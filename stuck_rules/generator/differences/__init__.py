"""What of wrong code is not in the right code, as the narrowest pattern that tells them apart.

Known kinds of differences go first: the same call with another keyword, the same receiver with
another method, the same module with another name. They are aligned: the right code shows what
stands in the wrong one's place. Then several wrong forms are generalised. What is merely absent
from the right code is a guess.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from stuck_rules.generator.differences.calls import (
    discarded,
    notorious,
    only_wrong,
    other_argument,
    other_method,
    unwrapped,
)
from stuck_rules.generator.differences.comparisons import flag, identity, other_comparison
from stuck_rules.generator.differences.difference import Code, Difference
from stuck_rules.generator.differences.generalisation import general_form
from stuck_rules.generator.differences.keywords import other_keyword, perhaps_missing
from stuck_rules.generator.differences.statements import (
    formatted_sql,
    implicit_optional,
    literal_value,
    lost_cause,
    mutable_default,
    other_annotation,
    other_handler,
    other_import,
    other_raised,
)

_KINDS: tuple[Callable[[Code, Code], Iterator[Difference]], ...] = (
    mutable_default,
    implicit_optional,
    other_handler,
    lost_cause,
    other_raised,
    other_comparison,
    identity,
    flag,
    other_keyword,
    formatted_sql,
    other_argument,
    other_method,
    unwrapped,
    discarded,
    other_import,
    other_annotation,
    general_form,
    literal_value,
    notorious,
    perhaps_missing,
    only_wrong,
)


def find_difference(bad: str, good: str) -> Difference | None:
    """The first difference of a known kind; None where the two differ in nothing that is code."""
    if ast.dump(ast.parse(bad)) == ast.dump(ast.parse(good)):
        return None
    wrong, right = Code(bad), Code(good)
    for find in _KINDS:
        found = next(find(wrong, right), None)
        if found is not None:
            return found
    return None
