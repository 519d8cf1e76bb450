"""Which tests say that a value is missing."""

from __future__ import annotations

import pytest

from stuck_rules.cst.presence import is_missing_value_test
from tests.cst.code import expression


@pytest.mark.parametrize(
    ("test", "holds", "fails"),
    [
        ("not url", True, False),
        ("url", False, True),
        ("url is None", True, False),
        ("url is not None", False, True),
        ("url == ''", True, False),
        ("url != ''", False, True),
        ("url == 'a'", False, False),
        ("'URL' not in env", True, False),
        ("'URL' in env", False, True),
        ("url in urls", False, False),
        ("not env.get('URL')", True, False),
        ("env['URL']", False, True),
        ("(url := get())", False, True),
        ("not url or not port", True, False),
        ("is_ready", False, False),
        ("not self.has_url()", False, False),
        ("not use_tls", False, False),
        ("1", False, False),
    ],
)
def test_a_missing_value(test: str, holds: bool, fails: bool) -> None:
    node = expression(test)
    assert is_missing_value_test(node, holds=True) is holds
    assert is_missing_value_test(node, holds=False) is fails
