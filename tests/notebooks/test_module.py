from __future__ import annotations

from collections.abc import Callable

import pytest

from stuck_rules.engine import check_source
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.model.edit import Edit, Fix
from stuck_rules.model.formula import Pattern
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import Rule, Severity
from stuck_rules.model.source import Span
from stuck_rules.model.violation import Violation
from stuck_rules.notebooks.module import NotebookModule
from tests.notebooks.books import PATH, module_of, prose

OLD = Rule("old", "m", Pattern("old($X)"), severity=Severity.ERROR)
ANY_COMMENT = Rule("pass", "m", Pattern("pass"))


def line_of(module: NotebookModule, text: str) -> int:
    """The line of the module that begins with a text."""
    lines = module.text.split("\n")
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(text))


def violation(span: Span, *edits: Edit) -> Violation:
    return Violation("r", Severity.ERROR, "m", PATH, span, fix=Fix(edits) if edits else None)


def located(module: NotebookModule, found: Violation) -> list[tuple[int, Span, bool]]:
    """Cell, span and whether there is a fix, of a violation where a person finds it."""
    result = module.locate(FileResult((found,)), module.text, {}).result
    return [(v.path.cell, v.span, v.fix is not None) for v in result.violations]


def test_lines_of_cells_are_found_again() -> None:
    module = module_of(prose("x"), "a\nold(1)\n", "%magic\n  \nx = [\n  old(2)]", "    old(3)")
    result = check_source(module.text, PATH, [OLD])
    told = module.locate(result, module.text, {})
    assert [(v.path.place, v.span) for v in told.result.violations] == [
        ("nb.ipynb:cell 2", Span.of(2, 1, 2, 7)),
        ("nb.ipynb:cell 3", Span.of(4, 3, 4, 9)),
        ("nb.ipynb:cell 4", Span.of(1, 5, 1, 11)),
    ]
    assert told.lines() == {
        ("nb.ipynb:cell 2", 2): "old(1)",
        ("nb.ipynb:cell 3", 4): "  old(2)]",
        ("nb.ipynb:cell 4", 1): "    old(3)",
    }


def test_what_stands_in_breaks_no_rule() -> None:
    module = module_of("if x:\n    %magic\n    y = !old(1)", "if x:\n    pass")
    result = check_source(module.text, PATH, [OLD, ANY_COMMENT])
    told = module.locate(result, module.text, {}).result
    assert [(v.path.cell, v.span.start.line) for v in told.violations] == [(2, 2)]


@pytest.mark.parametrize("source", ["%%bash\nold(1)", "%%html\nold(1)"])
def test_cells_of_another_language_are_no_code(source: str) -> None:
    module = module_of(source, "x")
    assert "old" not in module.text


def test_a_magic_is_shown_as_it_is() -> None:
    module = module_of("def f():\n    %magic\n    return 1")
    first = line_of(module, "def f")
    found = violation(Span.of(first, 1, first + 2, 13))
    told = module.locate(FileResult((found,)), module.text, {})
    assert told.lines()["nb.ipynb:cell 1", 2] == "    %magic"


def test_a_violation_ends_with_its_cell() -> None:
    module = module_of("a(\n1)", "b")
    first, last = line_of(module, "a("), line_of(module, "b")
    assert located(module, violation(Span.of(first, 1, last, 2))) == [
        (1, Span.of(1, 1, 2, 3), False)
    ]
    assert located(module, violation(Span.of(first, 1, first + 2, 1))) == [
        (1, Span.of(1, 1, 2, 3), False)
    ]


def test_a_violation_of_the_file_is_one_of_its_first_code() -> None:
    module = module_of(prose("x"), "a")
    assert located(module, violation(Span.of(1, 1, 1, 1))) == [(2, Span.of(1, 1, 1, 1), False)]


def test_a_violation_of_no_cell_is_none() -> None:
    module = module_of("a", "b")
    assert located(module, violation(Span.of(1, 1, 1, 9))) == []
    assert located(module, violation(Span.of(3, 1, 3, 9))) == []


def test_edits_are_those_of_their_cells() -> None:
    module = module_of("import a", "b")
    first, second = line_of(module, "import"), line_of(module, "b")
    edits = (
        Edit(Span.of(first, 1, first, 1), "import x\n"),
        Edit(Span.of(second, 1, second, 2), "x"),
    )
    (told,) = module.locate(
        FileResult((violation(Span.of(second, 1, second, 2), *edits),)), module.text, {}
    ).result.violations
    assert told.fix is not None
    assert [(edit.cell, edit.span.start.line) for edit in told.fix.edits] == [(1, 1), (2, 1)]


def test_a_fix_that_is_no_cells_is_not_told() -> None:
    module = module_of("a", "b")
    first = line_of(module, "a")
    found = violation(Span.of(first, 1, first, 2), Edit(Span.of(first + 1, 1, first + 1, 3), ""))
    assert located(module, found) == [(1, Span.of(1, 1, 1, 2), False)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("b", (2, 1, 4), id="in a cell"),
        pytest.param("# cell", (1, 1, None), id="before a cell"),
        pytest.param(None, (None, None, 4), id="nowhere"),
    ],
)
def test_problems(line: str | None, expected: tuple[int | None, int | None, int | None]) -> None:
    module = module_of("a", "b")
    number = None if line is None else line_of(module, line)
    problem = Problem(ProblemKind.SYNTAX, "m", "nb.ipynb", line=number, column=4)
    (told,) = module.locate(FileResult((), (problem,)), module.text, {}).result.problems
    assert (told.cell, told.line, told.column) == expected


def test_a_problem_behind_the_last_line_is_the_first_cells() -> None:
    module = module_of("a")
    problem = Problem(ProblemKind.SYNTAX, "m", "nb.ipynb", line=99)
    (told,) = module.locate(FileResult((), (problem,)), module.text, {}).result.problems
    assert (told.cell, told.line) == (1, 1)


def test_a_notebook_without_code() -> None:
    module = module_of(prose("x"))
    assert module.text == ""
    assert module.sources("") == {}


CELLS = ("import os\n", "%%time\n%magic\nx = (1\n  % 2)", "", "    a\n    b", "y = !ls")


def test_sources_come_back() -> None:
    module = module_of(*CELLS)
    assert list(module.sources(module.text).values()) == list(CELLS)


@pytest.mark.parametrize(
    ("old", "new", "number", "expected"),
    [
        pytest.param(
            "import os\n", "import os\nimport re\n", 1, "import os\nimport re\n", id="add"
        ),
        pytest.param("import os\n", "", 1, "", id="delete"),
        pytest.param("  % 2)", "  % 3)", 2, "%%time\n%magic\nx = (1\n  % 3)", id="change"),
        pytest.param("    b", "    c", 4, "    a\n    c", id="indented"),
    ],
)
def test_changes_stay_in_their_cell(old: str, new: str, number: int, expected: str) -> None:
    module = module_of(*CELLS)
    before = module.sources(module.text)
    after = module.sources(module.text.replace(old, new, 1))
    assert after == {**before, number: expected}


def without(text: str, beginning: str) -> str:
    return "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith(beginning)
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: without(text, "# cell"), id="cells run together"),
        pytest.param(lambda text: text.replace("y = None", "z = None"), id="a magic's line"),
        pytest.param(lambda text: without(text, "y = None"), id="a magic gone"),
        pytest.param(lambda text: "import z\n" + text, id="before all cells"),
        pytest.param(lambda text: text + text, id="twice"),
        pytest.param(lambda _: "", id="nothing left"),
    ],
)
def test_fixes_that_reach_across_cells_are_refused(change: Callable[[str], str]) -> None:
    module = module_of(*CELLS)
    with pytest.raises(SourceError, match="reach across cells"):
        module.sources(change(module.text))


def test_nothing_may_stand_before_a_cell_magic() -> None:
    module = module_of("%%time\nx")
    mark, rest = module.text.split("\n", 1)
    with pytest.raises(SourceError, match="reach across cells"):
        module.sources(f"{mark}\nimport z\n{rest}")
