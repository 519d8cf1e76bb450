"""`python -m stuck_rules` is the `stuck-rules` program."""

from __future__ import annotations

import sys

from stuck_rules.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
