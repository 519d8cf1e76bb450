"""`python -m stuck_rules` is the `stuck-rules` program."""

from __future__ import annotations

import os
import sys


def _leave_folder() -> None:
    """Look for no module in the current folder, which `-m` puts first.

    The code that is checked may hold a `yaml.py` or a `libcst` of its own, and is not to run.
    """
    here = os.path.realpath(os.curdir)
    own = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    if sys.path and os.path.realpath(sys.path[0]) == here != own:
        del sys.path[0]


if __name__ == "__main__":
    _leave_folder()
    from stuck_rules.cli.main import program

    program()
