"""Whatever a comment holds, what is read of it lies in it, and goes without a trace."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stuck_rules.model.edit import apply_edits
from stuck_rules.suppressions.directives import Form, read_directives
from stuck_rules.suppressions.layout import says_the_same
from stuck_rules.suppressions.reading import directives_of_code, directives_of_text
from stuck_rules.suppressions.removal import remove_directive, remove_ids

FRAGMENTS = [
    *("# stuck-rules: ignore", "#stuck-rules:", "# Stuck-Rules : ignore-file", "stuck-rules"),
    *("[a]", "[a, b]", "[", "]", "[]", "[ , ]", " -- ", "--", "\u2014", "why", "ignore", "ingore"),
    *("#", "# noqa", "  ", "\t", "`", "'", "-->", "*/", ":", "é", "\u2028", "\x0c", "<!--", "//"),
]
COMMENTS = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
CODE = st.sampled_from(["x = 1", "f(\n    1,\n)", "if x:\n    pass", '"""Doc\n"""', ""])


@settings(max_examples=120, deadline=None)
@given(COMMENTS, st.sampled_from(Form))
def test_what_is_read_lies_in_the_comment(comment: str, form: Form) -> None:
    place = 0
    for directive in read_directives(comment, form):
        assert place <= directive.start < directive.end <= len(comment)
        place = directive.end
        assert directive.start <= directive.names[0] <= directive.names[1] or directive.fault
        assert all(comment[first:end] in directive.ids for first, end in directive.spots)
        assert directive.reason in comment


@settings(max_examples=120, deadline=None)
@given(CODE, COMMENTS, st.booleans(), st.booleans())
def test_what_is_removed_leaves_code_and_other_comments(
    code: str, comment: str, alone: bool, ended: bool
) -> None:
    separator = "\n" if alone else "  "
    source = f"y = 2\n{code}{separator}# {comment}" + ("\n" if ended else "")
    directives = directives_of_code(source).placed
    for number, placed in enumerate(directives):
        left = apply_edits(source, [remove_directive(placed, source.split("\n"))])
        assert says_the_same(source, left)
        others = [one.directive.ids for one in directives_of_code(left).placed]
        if not any(one.directive.fault for one in directives):
            wanted = [d.directive.ids for i, d in enumerate(directives) if i != number]
            assert others == wanted
        if placed.directive.ids:
            fewer = apply_edits(source, [remove_ids(placed, {"a"}, source.split("\n"))])
            assert says_the_same(source, fewer)


@settings(max_examples=80, deadline=None)
@given(st.lists(COMMENTS, max_size=4), st.sampled_from(["a.yml", "a.md", "a.sql"]))
def test_any_text_can_be_read(lines: list[str], path: str) -> None:
    text = "\n".join(lines)
    for placed in directives_of_text(text, path).placed:
        first, last = placed.lines or (placed.comment.line,) * 2
        assert placed.comment.line == first <= last <= first + 1
