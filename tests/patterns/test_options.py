"""A rule's options."""

from __future__ import annotations

import pytest

from stuck_rules.errors import PatternError
from stuck_rules.patterns.options import Options, read_options


def test_texts_and_booleans_are_read() -> None:
    chosen = read_options({"symmetric_eq": "true", "constant_propagation": False})
    assert chosen == Options(symmetric_eq=True, constant_propagation=False)


def test_options_of_other_engines_have_no_effect() -> None:
    assert read_options({"taint_intrafile": True, "interfile": True}) == Options()


REFUSED = [
    pytest.param({"symetric_eq": True}, "'symetric_eq' is not supported; did you", id="misspelt"),
    pytest.param({"zzz": True}, "not supported; known are ac_matching", id="like no other"),
    pytest.param({"symmetric_eq": "maybe"}, "must be true or false, not 'maybe'", id="no flag"),
    pytest.param({"go_deeper_stmt": False}, "is not followed: it is always true", id="another way"),
    pytest.param({"taint_focus_on": "source"}, "it is always sink", id="another place"),
    pytest.param({"max_match_per_file": "5"}, "is not supported", id="a limit of answers"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED)
def test_options_that_would_change_an_answer_are_refused(
    options: dict[str, str | bool], words: str
) -> None:
    with pytest.raises(PatternError, match=words):
        read_options(options)


def test_an_option_that_says_what_is_done_anyway_is_let_through() -> None:
    assert read_options({"go_deeper_stmt": True, "taint_focus_on": "sink"}) == Options()


def test_options_of_generic_patterns_count_only_beside_such() -> None:
    assert read_options({"generic_caseless": True}) == Options()
    with pytest.raises(PatternError, match="generic_caseless"):
        read_options({"generic_caseless": True}, generic=True)
