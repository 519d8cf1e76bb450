"""Wrong and right forms that comments tell apart in one code block."""

from __future__ import annotations

import pytest

from stuck_rules.lessons.blocks import Fence
from stuck_rules.lessons.codeforms import code_forms
from stuck_rules.model.lesson import Role


def forms(text: str, role: Role = Role.NOTE) -> list[tuple[str | None, str, tuple[int, int]]]:
    last = 10 + text.count("\n")
    fence = Fence(text, "python", (10, last), (9, last + 1))
    return [
        (form.role.value if form.role else None, form.fence.text, form.fence.lines)
        for form in code_forms(fence, role)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "# WRONG\na\n\n# CORRECT\nb",
            [("wrong", "a", (11, 11)), ("correct", "b", (14, 14))],
            id="words",
        ),
        pytest.param(
            "# ❌ BAD: slow\na\n# ✅ GOOD - fast\nb",
            [("wrong", "a", (11, 11)), ("correct", "b", (13, 13))],
            id="signs, words and reasons",
        ),
        pytest.param(
            "# ❌ opens twice\na\n# ✅ once\nb",
            [("wrong", "a", (11, 11)), ("correct", "b", (13, 13))],
            id="signs alone",
        ),
        pytest.param(
            "import x\n\n// Bad\na",
            [(None, "import x", (10, 10)), ("wrong", "a", (13, 13))],
            id="what stands before is kept",
        ),
        pytest.param(
            "# ПЛОХО\na\n# Правильно:\nb",
            [("wrong", "a", (11, 11)), ("correct", "b", (13, 13))],
            id="Russian",
        ),
        pytest.param(
            "a()  # WRONG: slow\nb()",
            [
                (None, "a()  # WRONG: slow\nb()", (10, 11)),
                ("wrong", "a()  # WRONG: slow", (10, 10)),
            ],
            id="behind code",
        ),
        pytest.param(
            "# Wrong turns we took\na",
            [(None, "# Wrong turns we took\na", (10, 11))],
            id="a sentence",
        ),
        pytest.param("a  # not used yet", [(None, "a  # not used yet", (10, 10))], id="lower case"),
        pytest.param("s = '# WRONG'", [(None, "s = '# WRONG'", (10, 10))], id="no comment"),
    ],
)
def test_forms_of_a_fence(
    text: str, expected: list[tuple[str | None, str, tuple[int, int]]]
) -> None:
    assert forms(text) == expected


def test_comment_behind_code_adds_nothing_below_a_label_that_says_it() -> None:
    assert forms("a()  # WRONG", Role.WRONG) == [(None, "a()  # WRONG", (10, 10))]
