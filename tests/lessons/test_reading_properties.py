"""What holds for any log: nothing is lost, lines lie in the file, the same text reads the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stuck_rules.lessons.reader import parse_log

WORDS = st.integers(min_value=100, max_value=999).map(lambda number: f"word{number}x")
PARTS = st.one_of(
    WORDS.map(lambda w: f"{w} said.\n"),
    WORDS.map(lambda w: f"**Root Cause**: {w}\n"),
    WORDS.map(lambda w: f"- WRONG: `{w}`\n- CORRECT: other\n"),
    WORDS.map(lambda w: f"1. outer\n   - inner {w}\n     wrapped\n"),
    WORDS.map(lambda w: f"| Pitfall | Where |\n|---|---|\n| {w} | there |\n"),
    WORDS.map(lambda w: f"```python\n# WRONG\n{w}()\n# GOOD: so\nb()\n```\n"),
    WORDS.map(lambda w: f"```python\n{w}()  # WRONG: {w}\n```\n"),
    WORDS.map(lambda w: f"### Prevention\n\n✅ {w}\n❌ none\n"),
    WORDS.map(lambda w: f"> quoted {w}\n"),
)
BODIES = st.lists(PARTS, min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=4))
def test_no_statement_is_lost(bodies: list[list[str]]) -> None:
    sections = ("\n".join(body) for body in bodies)
    text = "\n".join(f"## Entry {i}: T\n\n{body}" for i, body in enumerate(sections))

    log = parse_log(text, path="p")

    assert len(log.entries) == len(bodies)
    assert log == parse_log(text, path="p")
    for entry, body in zip(log.entries, bodies, strict=True):
        told = " ".join(
            " ".join([lesson.text, *(code.text for code in lesson.code)])
            for lesson in entry.lessons
        )
        for part in body:
            assert part[part.index("word") :][:8] in told
        for lesson in entry.lessons:
            spans = [lesson.lines, *(code.lines for code in lesson.code)]
            assert all(entry.line <= a <= b <= text.count("\n") + 1 for a, b in spans)
