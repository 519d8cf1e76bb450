"""Print how many wanted rules are found by recipe: `python -m tests.generator`."""

from __future__ import annotations

from tests.generator.labels import ASIDE, LABELLED, NAMES, score, table


def main() -> None:
    """Print a table for the labelled logs and one for those kept aside."""
    print(f"{len(NAMES)} labelled logs\n\n{table(score(NAMES))}\n")
    print(f"{len(ASIDE)} logs kept aside\n\n{table(score(ASIDE, LABELLED / 'aside'))}")


if __name__ == "__main__":
    main()
