"""What the leanest Python linter would pay: `ast.parse` of every file, in as many processes.

`python -m benchmarks.ast_parse TREE [PROCESSES]`
"""

from __future__ import annotations

import ast
import os
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def parse(file: str) -> bool:
    """Whether the standard library can parse a file."""
    try:
        ast.parse(Path(file).read_bytes(), file)
    except (SyntaxError, ValueError):
        return False
    return True


def main(tree: str, processes: int) -> None:
    """Parse all Python files below a folder and print how many there were."""
    warnings.simplefilter("ignore")
    files = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(tree)
        for name in names
        if name.endswith(".py")
    ]
    with ProcessPoolExecutor(processes) as pool:
        parsed = sum(pool.map(parse, files, chunksize=64))
    print(f"{parsed} of {len(files)} files parsed")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else os.cpu_count() or 1)
