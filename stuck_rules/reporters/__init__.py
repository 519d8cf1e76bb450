"""The output formats by the name that users give; only those that are used are loaded."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from stuck_rules.reporters.base import Reporter
from stuck_rules.values import dataclass


class _Module(Protocol):
    """A module of this folder that is a format."""

    render: Reporter


@dataclass(frozen=True, slots=True)
class Format:
    """What is to be known of a format before its module is loaded.

    `complete` where problems are part of the text, `fixes` where the edits of fixes are,
    `hosted` where its readers are sent to the repository's files by address. `statistics` names
    the function of that module that counts instead of listing.
    """

    name: str
    complete: bool = False
    fixes: bool = False
    hosted: bool = False
    statistics: str = ""

    @property
    def render(self) -> Reporter:
        """The function that makes the text."""
        return cast("_Module", import_module(f"{__name__}.{self.name}")).render

    @property
    def render_statistics(self) -> Reporter:
        """The function that counts instead of listing, where `statistics` names one."""
        module = import_module(f"{__name__}.statistics")
        return cast("Reporter", getattr(module, self.statistics))


FORMATS = {
    form.name: form
    for form in (
        Format("full", statistics="render"),
        Format("concise", statistics="render"),
        Format("json", complete=True, fixes=True, statistics="render_json"),
        Format("github", complete=True, hosted=True),
        Format("sarif", complete=True, fixes=True, hosted=True),
        Format("gitlab", complete=True, hosted=True),
        Format("junit", complete=True, hosted=True),
        Format("markdown", complete=True, hosted=True),
    )
}
