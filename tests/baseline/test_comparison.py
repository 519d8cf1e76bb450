"""What a baseline knows of a run: its own places first, then what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest

from stuck_rules.baseline.comparison import Comparison, Looked, Rest, compare
from stuck_rules.baseline.known import Place
from stuck_rules.baseline.renewal import prune, update
from stuck_rules.model.rule import Severity
from stuck_rules.model.source import FilePath, Span
from stuck_rules.model.violation import Suppression, SuppressionKind, Violation
from stuck_rules.values import replace

# A project's files, each with the statements that break the rule.
Tree = Mapping[str, str]


def violations(tree: Tree, names: Sequence[str], rule: str = "r") -> list[Violation]:
    return [
        Violation(
            rule=rule,
            severity=Severity.ERROR,
            message="",
            path=FilePath(name, name),
            span=Span.of(line, 1, line, 2),
            statement=statement,
        )
        for name in sorted(names)
        for line, statement in enumerate(tree[name], start=1)
    ]


def known(tree: Tree) -> dict[Place, int]:
    """A baseline of all that a tree holds."""
    return dict(Counter(Place(n, "r", statement) for n, all_ in tree.items() for statement in all_))


def looked(tree: Tree, names: Sequence[str], folders: tuple[str, ...]) -> Looked:
    others = [name for name in tree if name not in names]
    return Looked(
        rules=frozenset({"r"}),
        files=frozenset(names),
        folders=folders,
        is_gone=lambda path: path not in tree,
        rest=lambda rules, wanted: Rest(
            tuple(v for v in violations(tree, list(filter(wanted, others))) if v.rule in rules),
            frozenset(filter(wanted, others)),
        ),
    )


def run(before: Tree, after: Tree, names: Sequence[str] | None = None) -> Comparison:
    """Compare a tree with the baseline of an earlier one, by all files or some of them."""
    chosen = list(after) if names is None else list(names)
    folders = ("",) if names is None else ()
    return compare(
        known(before), violations(after, chosen), looked(after, chosen, folders), reason="known"
    )


def new(comparison: Comparison) -> list[str]:
    """The new violations as `path:line`."""
    return [
        f"{v.path.relative}:{v.span.start.line}"
        for v in comparison.violations
        if v.suppressed is None
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({"a": "xy"}, {"a": "xy"}, [], id="nothing changed"),
        pytest.param({"a": "xy"}, {"a": "yx"}, [], id="another order"),
        pytest.param({"a": "xy"}, {"a": "xyz"}, ["a:3"], id="one more"),
        pytest.param({"a": "xx"}, {"a": "xxx"}, ["a:3"], id="one more of the same"),
        pytest.param({"a": "xy"}, {"a": "xz"}, ["a:2"], id="one for another"),
        pytest.param({"a": "xy"}, {"b": "xy"}, [], id="a renamed file"),
        pytest.param({"a": "xy"}, {"b": "x", "c": "y"}, [], id="a file in two parts"),
        pytest.param({"a": "x", "b": "y"}, {"c": "xy"}, [], id="two files in one"),
        pytest.param({"a": "xy"}, {"a": "x", "b": "y"}, [], id="code moved to another file"),
        pytest.param({"a": "x"}, {"a": "x", "b": "x"}, ["b:1"], id="a copy"),
        pytest.param({"a": "x"}, {"b": "x", "c": "x"}, ["c:1"], id="renamed and copied"),
        pytest.param({"b": "x"}, {"a": "x", "b": "x"}, ["a:1"], id="a copy that sorts before"),
        pytest.param({"a": "x"}, {"b": "xx"}, ["b:2"], id="renamed with one more"),
        pytest.param({"a": "x", "b": "y"}, {"a": "y", "b": "x"}, [], id="changed places"),
        pytest.param({}, {"a": "x"}, ["a:1"], id="an empty baseline"),
    ],
)
def test_what_is_new_is_told(before: Tree, after: Tree, expected: list[str]) -> None:
    whole = run(before, after)
    assert new(whole) == expected
    # However the list of files is split, the answer is the same.
    assert [place for name in sorted(after) for place in new(run(before, after, [name]))] == (
        expected
    )


@pytest.mark.parametrize(
    ("before", "after", "names", "expected"),
    [
        pytest.param({"a": "xy"}, {"a": "x"}, None, {"a": "y"}, id="fixed"),
        pytest.param({"a": "xxx"}, {"a": "x"}, None, {"a": "xx"}, id="two of three fixed"),
        pytest.param({"a": "x"}, {}, None, {"a": "x"}, id="a file removed"),
        pytest.param({"a": "x"}, {"b": "x"}, None, {}, id="a file renamed"),
        pytest.param({"a": "x"}, {"a": "", "b": "x"}, None, {}, id="code moved"),
        pytest.param({"a": "x", "b": "y"}, {"a": "", "b": ""}, ["a"], {"a": "x"}, id="some files"),
        pytest.param({"a": "x", "b": "y"}, {"a": "x"}, ["a"], {}, id="another is gone"),
    ],
)  # fmt: skip
def test_what_is_gone_is_stale(
    before: Tree, after: Tree, names: list[str] | None, expected: Tree
) -> None:
    assert run(before, after, names).stale == known(expected)


def test_what_moved_is_not_stale_for_a_run_over_its_old_folder_alone() -> None:
    before, after = {"src/a": "x"}, {"src/a": "", "lib/b": "x"}
    looking = looked(after, ["src/a"], ("src/",))
    comparison = compare(known(before), violations(after, ["src/a"]), looking, reason="")
    assert comparison.stale == {}


def test_a_folder_stands_for_the_files_that_are_gone_from_it() -> None:
    before = {"src/a": "x", "srcs/b": "x"}
    comparison = compare(known(before), [], looked({}, [], ("src/",)), reason="")
    assert comparison.stale == known({"src/a": "x"})


def test_rules_that_did_not_run_have_nothing_stale() -> None:
    baseline = {Place("a", "other", "x"): 1}
    assert compare(baseline, [], looked({"a": ""}, ["a"], ("",)), reason="").stale == {}


def test_a_file_that_exists_and_was_not_checked_lends_nothing() -> None:
    looking = Looked(
        rules=frozenset({"r"}),
        files=frozenset({"b"}),
        folders=("",),
        is_gone=lambda path: False,  # noqa: ARG005 - the files are there
        rest=lambda rules, wanted: Rest((), frozenset()),  # noqa: ARG005 - and cannot be read
    )
    comparison = compare(known({"a": "x"}), violations({"b": "x"}, ["b"]), looking, reason="")
    assert new(comparison) == ["b:1"]
    assert comparison.stale == {}


def test_the_rest_is_looked_at_only_where_it_decides() -> None:
    def refuse(rules: frozenset[str], wanted: Callable[[str], bool]) -> Rest:
        raise AssertionError(rules, wanted)

    looking = Looked(frozenset({"r"}), frozenset("ab"), (), lambda _: False, refuse)
    tree = {"a": "xx", "b": "z"}
    comparison = compare(known({"a": "x"}), violations(tree, ["a", "b"]), looking, reason="")
    assert new(comparison) == ["a:2", "b:1"]


@pytest.mark.parametrize(
    ("after", "asked"),
    [
        pytest.param({"a": "x", "b": "x", "c": ""}, ["a"], id="another holds it still"),
        pytest.param({"a": "", "b": "x", "c": ""}, ["a", "c"], id="another holds it no more"),
        pytest.param({"b": "x", "c": ""}, ["c"], id="another is gone"),
        pytest.param({"a": "x", "b": "z", "c": ""}, [], id="nobody holds it"),
    ],
)
def test_only_the_files_that_decide_are_looked_at(after: Tree, asked: list[str]) -> None:
    looking, seen = looked(after, ["b"], ()), list[str]()

    def rest(rules: frozenset[str], wanted: Callable[[str], bool]) -> Rest:
        seen.extend(sorted(name for name in after if name != "b" and wanted(name)))
        return looking.rest(rules, wanted)

    compare(
        known({"a": "x"}), violations(after, ["b"]), replace(looking, rest=rest), reason="known"
    )
    assert seen == asked


def test_what_a_comment_allows_takes_nothing_from_the_baseline() -> None:
    allowed = Suppression(SuppressionKind.INLINE, "why")
    [violation] = violations({"a": "x"}, ["a"])
    marked = Violation(
        rule="r",
        severity=Severity.ERROR,
        message="",
        path=violation.path,
        span=violation.span,
        statement="x",
        suppressed=allowed,
    )
    comparison = compare(known({"a": "x"}), [marked], looked({"a": "x"}, ["a"], ()), reason="")
    assert comparison.violations == (marked,)
    assert comparison.stale == known({"a": "x"})


def test_a_known_violation_says_why_it_is_hidden_and_where_it_was() -> None:
    own = run({"a": "x"}, {"a": "x"}).violations[0].suppressed
    moved = run({"a": "x"}, {"b": "x"}).violations[0].suppressed
    assert own == Suppression(SuppressionKind.BASELINE, "known")
    assert moved == Suppression(SuppressionKind.BASELINE, "known, there for a")


@pytest.mark.parametrize(
    ("before", "after", "pruned", "updated", "accepted"),
    [
        pytest.param({"a": "xy"}, {"a": "x"}, {"a": "x"}, {"a": "x"}, {"a": "x"}, id="less"),
        pytest.param({"a": "x"}, {"a": "xx"}, {"a": "x"}, {"a": "x"}, {"a": "xx"}, id="more"),
        pytest.param({"a": "x"}, {"b": "x"}, {"a": "x"}, {"b": "x"}, {"b": "x"}, id="moved"),
        pytest.param({"a": "xy"}, {"b": "xz"}, {"a": "x"}, {"b": "x"}, {"b": "xz"}, id="all"),
    ],
)
def test_a_renewed_baseline(
    before: Tree, after: Tree, pruned: Tree, updated: Tree, accepted: Tree
) -> None:
    comparison = run(before, after)
    assert prune(known(before), comparison) == known(pruned)
    assert update(known(before), comparison, accept_new=False) == known(updated)
    assert update(known(before), comparison, accept_new=True) == known(accepted)
