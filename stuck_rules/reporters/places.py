"""Where violations and problems are, for readers of a file and of a notebook's cells."""

from __future__ import annotations

from stuck_rules.errors import Problem
from stuck_rules.model.source import in_cell
from stuck_rules.model.violation import Violation


def message_for_file(violation: Violation) -> str:
    """The message for readers who are shown a line of the file: a notebook's cell is named."""
    start, cell = violation.span.start, violation.path.cell
    if not cell:
        return violation.message
    return f"cell {cell}:{start.line}:{start.column}: {violation.message}"


def problem_for_file(problem: Problem) -> tuple[int | None, str]:
    """The line of the file where a problem is, and its message, which names a notebook's cell."""
    if problem.line is None or problem.cell is None:
        return problem.line, problem.message
    return problem.file_line, f"cell {problem.cell}:{problem.line}: {problem.message}"


def place_in_root(violation: Violation) -> str:
    """Where a violation is, its path from the project's root."""
    start, path = violation.span.start, violation.path
    return f"{in_cell(path.relative, path.cell)}:{start.line}:{start.column}"


def problem_place(problem: Problem, path: str) -> str:
    """Where a problem is, as far as it is known, by one of its two paths."""
    numbers = (problem.line, problem.column if problem.line is not None else None)
    parts = [in_cell(path, problem.cell), *(str(n) for n in numbers if n is not None)]
    return ":".join(parts)
