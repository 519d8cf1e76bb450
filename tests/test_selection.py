"""Which rules run."""

from __future__ import annotations

import pytest

from stuck_rules.errors import UsageError
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule
from stuck_rules.selection import select_rules

RULES = (
    Rule("redis-port", "m", Pattern("a"), entries=("redis-entry",)),
    Rule("redis-url", "m", Pattern("b"), entries=("redis-entry", "other-entry")),
    Rule("magic", "m", Pattern("c"), entries=("other-entry",)),
    Rule("off", "m", Pattern("d"), entries=("other-entry",), enabled=False),
)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param((), (), ["redis-port", "redis-url", "magic"], id="all that are enabled"),
        pytest.param(("magic",), (), ["magic"], id="one"),
        pytest.param(("magic", "redis-url"), (), ["redis-url", "magic"], id="in their own order"),
        pytest.param(("redis-*",), (), ["redis-port", "redis-url"], id="star"),
        pytest.param(("redis-entry",), (), ["redis-port", "redis-url"], id="entry"),
        pytest.param(("off",), (), ["off"], id="a disabled one by its id"),
        pytest.param(("o*",), (), ["redis-url", "magic"], id="not by a star"),
        pytest.param(("other-entry",), (), ["redis-url", "magic"], id="not by its entry"),
        pytest.param((), ("magic",), ["redis-port", "redis-url"], id="ignore"),
        pytest.param((), ("redis-*", "magic"), [], id="ignore all"),
        pytest.param((), ("other-entry",), ["redis-port"], id="ignore an entry"),
        pytest.param(("redis-*",), ("redis-url",), ["redis-port"], id="both"),
        pytest.param(("off",), ("off",), [], id="ignore wins"),
    ],
)
def test_rules_are_selected(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]
) -> None:
    assert [rule.id for rule in select_rules(RULES, select, ignore)] == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("redis-prot", "no rule or entry is called 'redis-prot'; did you mean 'redis-port'?"),
        ("MAGIC", "no rule or entry is called 'MAGIC'"),
        ("x*", "no rule or entry is called 'x*'"),
    ],
)
@pytest.mark.parametrize("ignored", [True, False])
def test_a_name_that_fits_nothing_is_refused(name: str, words: str, ignored: bool) -> None:
    with pytest.raises(UsageError) as caught:
        select_rules(RULES, () if ignored else (name,), (name,) if ignored else ())
    assert str(caught.value).startswith(words)
