"""Whether a version is one of those that a setting asks for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

_CLAUSE = re.compile(r"\s*(?P<operator>[<>=!]=|[<>])?\s*(?P<version>\d+(?:\.\d+)*)\s*")
_OPERATORS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def satisfies(version: str, wanted: str) -> bool:
    """Whether a version fits clauses such as `>=0.1,<1`; one without a sign must be equal.

    Versions are compared by their leading numbers. Raises ValueError where a clause is none.
    """
    leading = re.match(r"\d+(?:\.\d+)*", version)
    have = _numbers(leading[0] if leading else "0")
    return all(_fits(have, clause) for clause in wanted.split(","))


def _fits(have: tuple[int, ...], clause: str) -> bool:
    read = _CLAUSE.fullmatch(clause)
    if read is None:
        raise ValueError(f'must be clauses such as ">=0.1,<1", not {clause.strip()!r}')
    want = _numbers(read["version"])
    width = max(len(have), len(want))
    compare = _OPERATORS[read["operator"] or "=="]
    return compare(_padded(have, width), _padded(want, width))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _padded(version: tuple[int, ...], width: int) -> tuple[int, ...]:
    return version + (0,) * (width - len(version))
