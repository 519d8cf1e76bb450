"""A rule's `options`: how its patterns match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from stuck_rules.errors import PatternError, did_you_mean
from stuck_rules.values import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The options that change what a pattern matches, with their defaults."""

    constant_propagation: bool = True
    symbolic_propagation: bool = False
    decorators_order_matters: bool = False
    symmetric_eq: bool = False
    commutative_boolop: bool = False
    ac_matching: bool = True
    implicit_deep_exprstmt: bool = True
    taint_unify_mvars: bool = False
    taint_assume_safe_functions: bool = False
    taint_assume_safe_indexes: bool = False
    taint_assume_safe_comparisons: bool = False
    taint_assume_safe_booleans: bool = False
    taint_assume_safe_numbers: bool = False
    taint_only_propagate_through_assignments: bool = False


# Options of Semgrep that speak of other languages, of taint mode or of its own output.
_WITHOUT_EFFECT = (
    "taint_intrafile",
    "taint_focus_on",
    "taint_assume_safe_strings",
    "generic_",
    "interfile",
    "go_",
    "cs_",
    "xml_",
    "timeout",
    "max_",
)


def read_options(options: Mapping[str, str | bool]) -> Options:
    """Read a rule's options; PatternError for one that is not known."""
    known = {field.name for field in fields(Options)}
    chosen: dict[str, bool] = {}
    for name, value in options.items():
        if name in known:
            chosen[name] = value if isinstance(value, bool) else value.lower() == "true"
        elif not name.startswith(_WITHOUT_EFFECT):
            hint = did_you_mean(name, known) or f"; known are {', '.join(sorted(known))}"
            raise PatternError.at(f"the option {name!r} is not supported{hint}")
    return Options(**chosen)
