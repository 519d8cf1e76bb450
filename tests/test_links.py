"""Where an entry is found, as people and as machines see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuck_rules.links import LinkBase, blob_url_of, link_entry, link_rule
from stuck_rules.model.formula import Pattern
from stuck_rules.model.rule import Rule
from stuck_rules.model.rulebook import EntryRef, Rulebook

ROOT = Path("/project").absolute()
ENTRY = EntryRef("e", "Title", None, "../docs/a log.md", 7, "title-1")
BOOK = Rulebook("cfg/rules.yaml", str(ROOT / "cfg"), (), entries=(ENTRY,))
ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://example.org",
    "GITHUB_REPOSITORY": "a/b",
    "GITHUB_SHA": "c0ffee",
}


@pytest.mark.parametrize(
    ("base", "path", "url"),
    [
        pytest.param(
            LinkBase(ROOT, ROOT), "docs/a log.md", "docs/a log.md#title-1", id="at the root"
        ),
        pytest.param(
            LinkBase(ROOT, ROOT / "docs"), "a log.md", "docs/a log.md#title-1", id="below it"
        ),
        pytest.param(
            LinkBase(ROOT, ROOT / "src"),
            "../docs/a log.md",
            "docs/a log.md#title-1",
            id="beside it",
        ),
        pytest.param(
            LinkBase(ROOT, ROOT, "https://wiki/log", "https://x/blob/1"),
            "docs/a log.md",
            "https://wiki/log#title-1",
            id="the configured address",
        ),
        pytest.param(
            LinkBase(ROOT, ROOT, "https://wiki/log#top"),
            "docs/a log.md",
            "https://wiki/log#title-1",
            id="the configured address has an anchor",
        ),
        pytest.param(
            LinkBase(ROOT, ROOT, None, "https://x/blob/1"),
            "docs/a log.md",
            "https://x/blob/1/docs/a%20log.md#title-1",
            id="the repository's files",
        ),
    ],
)
def test_an_entrys_place(base: LinkBase, path: str, url: str) -> None:
    link = link_entry(ENTRY, BOOK, base)
    assert (link.id, link.title, link.line) == ("e", "Title", 7)
    assert (link.path, link.url, link.relative) == (path, url, "docs/a log.md")


def test_a_log_outside_the_root_has_no_path_from_it() -> None:
    base = LinkBase(ROOT / "src", ROOT / "src", None, "https://x/blob/1")
    link = link_entry(ENTRY, BOOK, base)
    assert link.relative is None
    assert link.url == f"{ROOT.as_posix()}/docs/a log.md#title-1"


def test_an_entry_that_is_not_listed_keeps_its_id() -> None:
    rule = Rule("a", "m", Pattern("x"), entries=("e", "gone"), line=4)
    info = link_rule(rule, BOOK, LinkBase(ROOT, ROOT))
    assert [(link.id, link.title, link.line) for link in info.entries] == [
        ("e", "Title", 7),
        ("gone", "gone", 4),
    ]
    assert info.entries[1].path == "cfg/rules.yaml"


def test_the_repositorys_address_comes_from_github_actions() -> None:
    assert blob_url_of(ACTIONS) == "https://example.org/a/b/blob/c0ffee"


GITLAB = {"GITLAB_CI": "true", "CI_PROJECT_URL": "https://g.org/a/b", "CI_COMMIT_SHA": "c0ffee"}


def test_the_address_in_a_run_of_gitlab_ci() -> None:
    assert blob_url_of(GITLAB) == "https://g.org/a/b/-/blob/c0ffee"


@pytest.mark.parametrize("name", sorted(GITLAB))
def test_no_address_from_half_of_gitlabs_surroundings(name: str) -> None:
    assert blob_url_of({key: value for key, value in GITLAB.items() if key != name}) is None


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_without_one_of_its_variables_there_is_none(name: str) -> None:
    assert blob_url_of({key: value for key, value in ACTIONS.items() if key != name}) is None
    assert blob_url_of({**ACTIONS, name: ""}) is None
