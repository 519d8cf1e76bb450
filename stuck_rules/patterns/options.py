"""A rule's `options`: how its patterns match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from stuck_rules.errors import PatternError, did_you_mean
from stuck_rules.model.unfollowed import BEYOND_A_FUNCTION
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


# Options of Semgrep that change no answer about Python in its open engine: they speak of other
# languages, or of how long it may take.
_WITHOUT_EFFECT = BEYOND_A_FUNCTION | {
    *("arrow_is_function", "let_is_var", "vardef_assign", "flddef_assign"),
    *("xml_singleton_loose_matching", "xml_attrs_implicit_ellipsis", "xml_children_ordered"),
    *("cpp_parsing_pref", "timeout", "dynamic_timeout", "dynamic_timeout_unit_kb"),
    "dynamic_timeout_max_multiplier",
}
# Options that would change an answer, with what they are where nothing is said: that is done.
_FIXED = {
    "go_deeper_expr": "true",
    "go_deeper_stmt": "true",
    "attr_expr": "true",
    "implicit_ellipsis": "true",
    "unify_ids_strictly": "true",
    "taint_focus_on": "sink",
    "taint_match_on": "sink",
}
_GENERIC = "generic_"
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


def read_options(options: Mapping[str, str | bool], *, generic: bool = False) -> Options:
    """Read a rule's options; PatternError for one that is not known or not followed.

    `generic` says whether the rule matches text as Semgrep's language generic does.
    """
    known = {field.name for field in fields(Options)}
    chosen: dict[str, bool] = {}
    for name, value in options.items():
        if name in known:
            chosen[name] = _flag(name, value)
        elif not _is_harmless(name, str(value).lower(), generic=generic):
            raise PatternError.at(_refusal(name, known))
    return Options(**chosen)


def _flag(name: str, value: str | bool) -> bool:
    text = str(value).lower()
    if text not in _TRUE | _FALSE:
        raise PatternError.at(f"the option {name!r} must be true or false, not {value!r}")
    return text in _TRUE


def _is_harmless(name: str, value: str, *, generic: bool) -> bool:
    if name.startswith(_GENERIC):
        return not generic
    return name in _WITHOUT_EFFECT or _FIXED.get(name) == value


def _refusal(name: str, known: Iterable[str]) -> str:
    if name in _FIXED:
        return (
            f"Semgrep's option {name!r} is not followed: it is always {_FIXED[name]}; leave it out"
        )
    if name.startswith(_GENERIC):
        return f"Semgrep's option {name!r} is not followed; leave it out, or write pattern-regex"
    hint = did_you_mean(name, known) or f"; known are {', '.join(sorted(known))}"
    return f"the option {name!r} is not supported{hint}"
