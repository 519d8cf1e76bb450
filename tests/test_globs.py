from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stuck_rules.git import list_files
from stuck_rules.globs import Globs, below_folder
from tests.scanner.projects import Project, run_git


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        pytest.param("*.py", "a/b/c.py", id="a name matches at any depth"),
        pytest.param("build", "a/build/b.py", id="what is below a folder that matches"),
        pytest.param("build/", "build/a/b.py", id="a folder"),
        pytest.param("/src", "src/a.py", id="anchored"),
        pytest.param("src/*.py", "src/a.py", id="an inner slash anchors"),
        pytest.param("**/tests/*.py", "tests/a.py", id="no folder above"),
        pytest.param("**/tests/*.py", "a/b/tests/a.py", id="folders above"),
        pytest.param("src/**/a.py", "src/a.py", id="no folder between"),
        pytest.param("src/**/a.py", "src/b/c/a.py", id="folders between"),
        pytest.param("src/**", "src/b/a.py", id="all below"),
        pytest.param("**", "a/b.py", id="everything"),
        pytest.param("?.py", "a.py", id="one character"),
        pytest.param("[ab].py", "b.py", id="a set"),
        pytest.param("[!ab].py", "c.py", id="not of a set"),
        pytest.param("[[:digit:]].py", "1.py", id="a class"),
        pytest.param("[]].py", "].py", id="a set of its own end"),
        pytest.param("\\*.py", "*.py", id="an escaped star"),
        pytest.param("\\#a.py", "#a.py", id="an escaped comment"),
        pytest.param("\\!a.py", "!a.py", id="an escaped mark"),
        pytest.param("a.py  ", "a.py", id="trailing spaces"),
        pytest.param("a.py\\ ", "a.py ", id="an escaped trailing space"),
        pytest.param("a.py\r", "a.py", id="a line end of Windows"),
        pytest.param("b.py", "two\nlines/b.py", id="a newline in a folder's name"),
        pytest.param("a*.py", "a\nb.py", id="a newline in the name"),
        pytest.param("a.(b)+.py", "a.(b)+.py", id="no regular expression"),
    ],
)
def test_pattern_matches(pattern: str, path: str) -> None:
    assert Globs([pattern]).matches(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        pytest.param("*.py", "a.pyc", id="the whole name"),
        pytest.param("*.py", "a.py\n", id="not up to a final newline"),
        pytest.param("/src", "a/src/b.py", id="anchored"),
        pytest.param("src/*.py", "src/b/a.py", id="a star stays in its folder"),
        pytest.param("src/a.py", "b/src/a.py", id="an inner slash anchors"),
        pytest.param("build/", "build", id="a file is no folder"),
        pytest.param("src/**", "src", id="below is not the folder itself"),
        pytest.param("a**/b.py", "a/c/b.py", id="two stars within a name are one"),
        pytest.param("?.py", "/.py", id="a character is no slash"),
        pytest.param("a[!x]b", "a/b", id="nor is one that is not of a set"),
        pytest.param("[a-", "[a-", id="a set without end"),
        pytest.param("[[:what:]]", "w", id="an unknown class"),
        pytest.param("a\\", "a", id="an escape of nothing"),
        pytest.param("# a.py", "# a.py", id="a comment"),
        pytest.param("", "a.py", id="an empty line"),
        pytest.param("/", "a.py", id="a lone slash"),
        pytest.param("!", "a.py", id="a lone mark"),
        pytest.param("!a.py", "a.py", id="only taken back"),
        pytest.param("A.py", "a.py", id="another case"),
    ],
)
def test_pattern_does_not_match(pattern: str, path: str) -> None:
    assert not Globs([pattern]).matches(path)


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        pytest.param(["*.py", "!a.py"], "a.py", False, id="taken back"),
        pytest.param(["!a.py", "*.py"], "a.py", True, id="the last one counts"),
        pytest.param(["gen/", "!gen/a.py"], "gen/a.py", True, id="not out of a folder"),
        pytest.param(["gen/*", "!gen/a.py"], "gen/a.py", False, id="out of its content"),
        pytest.param(["/*", "!/src/"], "src/a.py", False, id="all but a folder"),
        pytest.param(["*", "!*/", "!*.py"], "src/a.py", False, id="all but a suffix"),
        pytest.param(["*", "!*/", "!*.py"], "src/a.txt", True, id="the others stay"),
    ],
)
def test_patterns_decide_together(patterns: list[str], path: str, *, expected: bool) -> None:
    assert Globs(patterns).matches(path) is expected


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        pytest.param("*a" * 200 + "b", "a" * 4000, id="stars in a name"),
        pytest.param("**/a/" * 200 + "b", "a/" * 1900 + "c", id="folders"),
        pytest.param("**/*a*a*/" * 50 + "b", "aaaa/" * 700 + "c", id="both"),
    ],
)
def test_many_stars_do_not_hang(pattern: str, path: str) -> None:
    assert not Globs([pattern]).decide(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        pytest.param("*a*b*b", "xaxbxbxb", id="the last star takes what is left"),
        pytest.param("*ab*ab", "abxab", id="the first place is enough"),
        pytest.param("**/a/**/b/*c*", "x/a/a/y/b/b/xcx", id="folders between folders"),
        pytest.param("**/*a*/**/b", "xax/b", id="no folder between"),
    ],
)
def test_many_stars_still_match(pattern: str, path: str) -> None:
    assert Globs([pattern]).decide(path)


def test_a_folder_is_told_by_its_slash() -> None:
    globs = Globs(["build/", "!keep/"])
    assert globs.decide("build/") is True
    assert globs.decide("build") is None
    assert globs.decide("build/a.py") is None
    assert globs.decide("keep/") is False


@pytest.mark.parametrize("lines", [[], ["", "# nothing", "["]])
def test_no_patterns_are_false(lines: list[str]) -> None:
    globs = Globs(lines)
    assert not globs
    assert not globs.matches("a.py")


_SEGMENTS = st.sampled_from([
    "a", "b", "ab", "c.py", "*", "**", "***", "a*", "*b", "*.py", "?", "[ab]", "[!a]", "[^b]x",
    "[a-c]", "[a-]", "[b-a]", "[]a]", "[a", "[[:alpha:]]", "\\a", "\\*", "b\\",
])  # fmt: skip
_PATTERNS = st.builds(
    lambda mark, anchor, segments, end: mark + anchor + "/".join(segments) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/"]),
    st.lists(_SEGMENTS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", "  "]),
)
_PATHS = [
    "a", "b", "c.py", "]", "x/a", "x/b", "x/c.py", "ab/a", "ab/b/c.py", "ab/ab/b", "abc/a/b/c.py",
    "ax/a*", "bx/-", "d/d.py", "d/a/b", "d/x/a/x/b", "d/x/c.py", "d/ab/ab",
]  # fmt: skip


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("repository"))
    run_git(project.root, "init", "-q")
    project.write(*_PATHS)
    return project.root


@given(patterns=st.lists(_PATTERNS, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_patterns_mean_what_they_mean_to_git(repository: Path, patterns: list[str]) -> None:
    exclude = repository / ".git" / "info" / "exclude"
    exclude.write_text("\n".join(patterns) + "\n", encoding="utf-8")
    globs = Globs(patterns)
    listed = list_files(repository)
    assert listed is not None
    assert {path for path in _PATHS if not globs.matches(path)} == set(listed)


@pytest.mark.parametrize(
    ("glob", "folder", "inside", "outside"),
    [
        pytest.param("x.py", "a", "a/b/x.py", "x.py", id="a name holds below"),
        pytest.param("gen/", "a", "a/b/gen/x.py", "gen/x.py", id="a folder's name"),
        pytest.param("/x.py", "a", "a/x.py", "a/b/x.py", id="rooted"),
        pytest.param("b/*.py", "a", "a/b/x.py", "b/x.py", id="with a way"),
        pytest.param("**/x.py", "a/b", "a/b/c/x.py", "a/x.py", id="stars"),
        pytest.param("x.py", "a*b", "a*b/x.py", "aab/x.py", id="a star in the folder's name"),
        pytest.param("x.py", "a[b]", "a[b]/x.py", "ab/x.py", id="a set in the folder's name"),
        pytest.param("x.py", "a\\b", "a\\b/x.py", "ab/x.py", id="a backslash in the folder's name"),
        pytest.param("\\!x.py", "a", "a/!x.py", "a/x.py", id="an escape"),
        pytest.param("x.py", ".", "b/x.py", "y.py", id="the root itself"),
    ],
)
def test_a_glob_of_a_folder_seen_from_the_root(
    glob: str, folder: str, inside: str, outside: str
) -> None:
    globs = Globs([below_folder(glob, folder)])
    assert (globs.matches(inside), globs.matches(outside)) == (True, False)


def test_an_exception_stays_one_below_its_folder() -> None:
    globs = Globs([below_folder("*.py", "a"), below_folder("!x.py", "a"), below_folder("#x", "a")])
    assert (globs.matches("a/y.py"), globs.matches("a/x.py")) == (True, False)
