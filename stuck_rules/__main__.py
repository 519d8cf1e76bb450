"""`python -m stuck_rules` is the `stuck-rules` program."""

from __future__ import annotations

from stuck_rules.cli.main import program

if __name__ == "__main__":
    program()
