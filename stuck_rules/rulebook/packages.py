"""Rulebooks that installed packages bring along, found without running any of their code."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from stuck_rules.errors import RulebookError
from stuck_rules.rulebook.locate import NAME, PREFIX


def find_packaged(reference: str) -> tuple[Path, str]:
    """The file that `package:NAME` or `package:NAME/FILE` means, and its full reference.

    Raises RulebookError where no such package is installed, or it has no such file.
    """
    name, _, inner = reference.removeprefix(PREFIX).partition("/")
    inner = inner or NAME
    if not all(part.isidentifier() for part in name.split(".")):
        raise RulebookError.at(f"{name!r} is no name of a package, as acme_rules would be")
    if os.path.isabs(inner) or ".." in inner.replace("\\", "/").split("/"):
        raise RulebookError.at(f"{inner!r} leads out of the package")
    folders = [Path(folder) for folder in _folders(name)]
    if not folders:
        raise RulebookError.at(
            f"no package {name!r} is installed beside stuck-rules: add it to the hook's "
            "additional_dependencies, to the Action's requirements, or to this environment"
        )
    for folder in folders:
        if os.path.isfile(folder / inner):
            return folder / inner, f"{PREFIX}{name}/{inner}"
    raise RulebookError.at(f"the package {name!r} has no file {inner}")


def _folders(name: str) -> Iterable[str]:
    """The folders of a package.

    A dotted name is followed folder by folder, since `find_spec` would import what is around it.
    """
    from importlib.machinery import PathFinder
    from importlib.util import find_spec

    first, *inner = name.split(".")
    try:
        spec = find_spec(first)
    except ValueError:
        # A module that is loaded in a way of its own, as __main__ is, has no spec.
        return ()
    for part in inner:
        if spec is None or spec.submodule_search_locations is None:
            return ()
        spec = PathFinder.find_spec(part, list(spec.submodule_search_locations))
    if spec is None:
        return ()
    return tuple(spec.submodule_search_locations or ())
