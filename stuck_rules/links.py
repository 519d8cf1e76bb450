"""Where an entry of the log is found: path, line and an address to click."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from stuck_rules.model.result import EntryLink, RuleInfo
from stuck_rules.model.rule import Rule
from stuck_rules.model.rulebook import EntryRef, Rulebook
from stuck_rules.values import dataclass, replace


def shown_path(path: Path, cwd: Path, root: Path) -> str:
    """A path as a user would type it: relative within the project or below them, else absolute."""
    absolute = os.path.abspath(path)
    if any(Path(absolute).is_relative_to(folder) for folder in (cwd, root)):
        return os.path.relpath(absolute, cwd).replace(os.sep, "/")
    return Path(absolute).as_posix()


@dataclass(frozen=True, slots=True)
class LinkBase:
    """What links are made of: the project's root, where the user stands, addresses.

    `log_url` is the address of the log as configured; `blob_url` that of the repository's
    files at the commit being checked, where the surroundings tell it.
    """

    root: Path
    cwd: Path
    log_url: str | None = None
    blob_url: str | None = None


def blob_url_of(environment: Mapping[str, str]) -> str | None:
    """The address of the repository's files in a run of GitHub Actions or GitLab CI."""
    if environment.get("GITHUB_ACTIONS") == "true":
        names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
        server, repository, commit = (environment.get(name) for name in names)
        if server and repository and commit:
            return f"{server}/{repository}/blob/{commit}"
    if environment.get("GITLAB_CI") == "true":
        project, commit = (environment.get(name) for name in ("CI_PROJECT_URL", "CI_COMMIT_SHA"))
        if project and commit:
            return f"{project}/-/blob/{commit}"
    return None


def link_rule(rule: Rule, rulebook: Rulebook, base: LinkBase) -> RuleInfo:
    """A rule with its entries as reports show them; one that is not listed keeps its id."""
    links = []
    for entry_id in rule.entries:
        entry = rulebook.entry(entry_id)
        if entry is not None:
            links.append(link_entry(entry, rulebook, base))
        else:
            place = EntryLink(entry_id, entry_id, rulebook.path, rule.line, rulebook.path)
            links.append(place)
    return RuleInfo(rule, tuple(links))


def link_entry(entry: EntryRef, rulebook: Rulebook, base: LinkBase) -> EntryLink:
    """An entry's place, its paths made relative to the user and to the root."""
    log = Path(os.path.abspath(Path(rulebook.folder) / entry.path))
    path = shown_path(log, base.cwd, base.root)
    relative = _relative(log, base.root)
    return EntryLink(
        id=entry.id,
        title=entry.title,
        path=path,
        line=entry.line,
        url=_url(entry, path, relative, base if not rulebook.installed else _elsewhere(base)),
        relative=relative,
    )


def _elsewhere(base: LinkBase) -> LinkBase:
    """What links to a package's log are made of: the project's addresses are not its own."""
    return replace(base, log_url=None, blob_url=None)


def _url(entry: EntryRef, path: str, relative: str | None, base: LinkBase) -> str:
    if base.log_url is not None:
        return f"{base.log_url.partition('#')[0]}#{entry.anchor}"
    if base.blob_url is not None and relative is not None:
        return f"{base.blob_url}/{quote(relative)}#{entry.anchor}"
    return f"{relative or path}#{entry.anchor}"


def _relative(path: Path, folder: Path) -> str | None:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None
