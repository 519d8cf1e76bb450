"""What is left out never changes what is found, for all rules in modules around their examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

from stuck_rules.engine import check_source
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import FilesCondition, Rule, TextCondition
from stuck_rules.narrowing.narrow import excerpt_of
from stuck_rules.narrowing.settling import unsettled
from stuck_rules.rulebook.loader import load_rulebook

ROOT = Path(__file__).parent.parent.parent
RULEBOOKS = (ROOT / "rules.yaml", *sorted((ROOT / "tests/patterns/typical").glob("*.yaml")))
PATH = "tests/test_example.py"
# What stands around an example: enough to be worth leaving out, and names that examples use.
FILLER = '''

class Filler{number}:
    """Text with def and class and import in it."""

    limit = {number}

    def run(self, request, *args):
        total = 0
        for item in args:
            total += item
        return total


def fill_{number}(value):
    return [value, value, value]

'''


def rules() -> Iterator[Rule]:
    for path in RULEBOOKS:
        for rule in load_rulebook(path, shown=path.name).rules:
            if not isinstance(rule.condition, (FilesCondition, TextCondition)):
                yield rule


def codes_of(rule: Rule) -> list[str]:
    examples = (*rule.examples.bad, *rule.examples.good)
    return [re.sub("[«»]", "", example.code).rstrip("\n") for example in examples]


def modules_of(rule: Rule) -> Iterator[str]:
    """Each example at the top, in a function, and split over a method and the module."""
    before = "".join(FILLER.format(number=number) for number in range(4))
    behind = "".join(FILLER.format(number=number) for number in range(4, 8))
    codes = codes_of(rule)
    for code in codes:
        inner = indent(code, "        ")
        yield f"{code}\n{behind}"
        yield f"{before}{code}\n{behind}"
        yield f"{before}def example():\n    if True:\n{inner}\n{behind}"
        yield f"{before}class Example:\n    def example(self):\n{inner}\n{behind}"
    yield before.join(f"{code}\n" for code in codes)


def by_excerpt(source: str, rule: Rule) -> FileResult | None:
    excerpt = excerpt_of(source, [rule], edits=True)
    if excerpt is None:
        return None
    if not excerpt.lines:
        return FileResult()
    return check_source(source, PATH, [rule], excerpt=excerpt, package="app")


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in rules()])
def test_the_excerpt_tells_what_the_file_tells(rule: Rule) -> None:
    for source in modules_of(rule):
        part = by_excerpt(source, rule)
        if part is not None:
            assert part == check_source(source, PATH, [rule], package="app"), source


def test_most_rules_see_less_than_the_whole() -> None:
    seen = [
        any(by_excerpt(source, rule) is not None for source in modules_of(rule)) for rule in rules()
    ]
    assert sum(seen) > len(seen) * 0.6


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in rules()])
def test_a_settled_rule_finds_nothing_in_the_file(rule: Rule) -> None:
    for source in modules_of(rule):
        if not unsettled(source, [rule]):
            assert check_source(source, PATH, [rule], package="app").violations == (), source


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("def f():\n    import a as uuid\n", id="function"),
        pytest.param("def f():\n    if f:\n        import a as uuid; x = 1\n", id="branch"),
        pytest.param("class F:\n    def f(self):\n        import a as uuid\n", id="method"),
        pytest.param("class F:\n    @f\n    class G:\n        import a as uuid\n", id="class"),
        pytest.param("def f():\n    from a import (\n  b,\n  uuid, # it\n    )\n", id="brackets"),
        pytest.param("def f():\n    import a.b \\\n  as \\\nuuid\n", id="continued line"),
        pytest.param("def f():\n    x = 1; import a as uuid\n", id="behind another statement"),
        pytest.param("def f():\n    try: import a as uuid\n    except E: pass\n", id="suite"),
        pytest.param("def f(): import a as uuid\n", id="one line"),
        pytest.param("def f():\n    global uuid\n    import a as uuid\n", id="global"),
        pytest.param("def f():\n    '''Like\n    import a as uuid\n    '''\n", id="text"),
        pytest.param("def f():\n    g('''\nimport a as uuid\n''')\n", id="text in brackets"),
        pytest.param(
            "def f():\n    import uuid\ndef f():\n    import a as uuid\n", id="last of two"
        ),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_imports_in_other_definitions_count_as_in_the_file(code: str, first: bool) -> None:
    book = load_rulebook(ROOT / "rules.yaml", shown="rules.yaml")
    (rule,) = (rule for rule in book.rules if rule.id == "fresh-user-execution-context")
    call = "def run():\n    create_user_execution_context(thread_id=uuid.uuid4())\n"
    filler = "".join(FILLER.format(number=number) for number in range(4))
    for imported in ("import uuid\n", ""):
        parts = [code, call] if first else [call, code]
        source = imported + filler.join(parts)
        part = by_excerpt(source, rule)
        assert part is not None
        assert part == check_source(source, PATH, [rule], package="app"), source


def test_a_star_import_may_bind_any_name_wherever_it_stands() -> None:
    book = load_rulebook(ROOT / "rules.yaml", shown="rules.yaml")
    (rule,) = (rule for rule in book.rules if rule.id == "magic-none")
    filler = "".join(FILLER.format(number=number) for number in range(4))
    source = f"try:\n    from a import *\nexcept E:\n    pass\n{filler}x = MagicNone\n"
    excerpt = excerpt_of(source, [rule])
    assert excerpt is not None
    assert check_source(source, PATH, [rule], fixes=False, excerpt=excerpt) == FileResult()


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("def f():\n    from .a import b\n    return b\n", id="function"),
        pytest.param("async def f():\n    from . import b\n    await b()\n", id="coroutine"),
        pytest.param("def f(): from .a import b\n", id="one line"),
        pytest.param("@g(1)\ndef f(\n    x,\n):\n    from .a import b\n", id="long head"),
        pytest.param(
            "class F:\n    from .a import b\n    def f(self):\n        from .c import d\n",
            id="class and method",
        ),
        pytest.param(
            "def f():\n        if x:\n            from .a import b\n        from .c import d\n",
            id="two depths",
        ),
        pytest.param(
            "def f():\n\tif x:\n\t    from .a import b\n\telse:\n\t\tfrom .c import d\n", id="tabs"
        ),
        pytest.param("def f():\n    x = 1; from .a import b; y = 2\n", id="between statements"),
        pytest.param(
            "def f():\n    if x: from .a import b\n    else: from .c import d\n", id="suites"
        ),
        pytest.param("def f():\n    from .a import (\n  b,  # from .c\n    )\n", id="brackets"),
        pytest.param("def f():\n    from \\\n  .a import b\n", id="continued line"),
        pytest.param(
            "def f():\n    '''Taken from .a'''\n    # from .b\n    from .c import d\n", id="text"
        ),
        pytest.param(
            "def f():\n    for x in 'from .a':\n        # Or so.\n\n        from .b import c\n",
            id="head of a block",
        ),
        pytest.param(
            "def f():\n    def g():\n        from .a import b\n    return g\n", id="inner function"
        ),
        pytest.param("if x:\n    from .a import b\nelse:\n    from .c import d\n", id="branches"),
    ],
)
@pytest.mark.parametrize("others", [(), ("magic-none", "fresh-user-execution-context")])
def test_an_import_by_itself_tells_what_the_file_tells(code: str, others: tuple[str, ...]) -> None:
    book = load_rulebook(ROOT / "rules.yaml", shown="rules.yaml")
    wanted = [rule for rule in book.rules if rule.id in {"relative-import", *others}]
    call = (
        "def run():\n    create_user_execution_context(f, a=MagicNone, b=b, d=d, x=uuid.uuid4())\n"
    )
    source = code + "".join(FILLER.format(number=number) for number in range(4)) + call + code
    excerpt = excerpt_of(source, wanted)
    assert excerpt is not None
    part = check_source(source, PATH, wanted, excerpt=excerpt, fixes=False, package="app.a")
    whole = check_source(source, PATH, wanted, fixes=False, package="app.a")
    assert part == whole
    assert len({v.fingerprint for v in part.violations}) == len(part.violations) > 0


@pytest.mark.parametrize(
    "beginning",
    [
        pytest.param("", id="nothing"),
        pytest.param("# -*- coding: utf-8 -*-\n\n'''Text.'''\n", id="text"),
        pytest.param("#!/bin/python\n# Words.\n\nx = 1\n\nimport os\n", id="a statement before"),
        pytest.param("import os\n\nimport yaml\n\nfrom . import a\n", id="blocks"),
        pytest.param("'''Text.'''\nfrom __future__ import annotations\n", id="future"),
        pytest.param("from unittest.mock import (\n    A,\n    Z,  # last\n)\n", id="joined"),
        pytest.param("from unittest.mock import A, MagicMock as M\nimport zlib\n", id="alias"),
        pytest.param("import os\nfrom unittest.mock import MagicMock\n", id="imported"),
        pytest.param("import os\n\nif TYPE_CHECKING:\n    import a\nimport abc\n", id="checking"),
        pytest.param(
            "import os\ntry:\n    import b\nexcept E:\n    b = 1\n\nimport c\n", id="attempt"
        ),
        pytest.param("import a\nx = 1\nfrom unittest.mock import A\n", id="behind a statement"),
        pytest.param("import os\n\n\ndef f():\n    pass\n\n\nimport re\n", id="function between"),
        pytest.param("@a\nclass A:\n    import b\n    def f(self): MagicNone\n", id="class first"),
        pytest.param("import os\nclass A:\n    def f(self): MagicNone\n    x = 1\n", id="class"),
        pytest.param("@a\ndef f(x=MagicNone):\n    pass\n\nimport os\n", id="use before"),
        pytest.param("import os; x = MagicNone\nimport re\n", id="use on a line of imports"),
    ],
)
@pytest.mark.parametrize(
    "other",
    [
        pytest.param("", id="free"),
        pytest.param("def g(MagicMock):\n    pass\n", id="parameter"),
        pytest.param("def g():\n    from unittest.mock import MagicMock\n", id="imported inside"),
        pytest.param("def g():\n    for MagicMock in x: pass\n", id="loop"),
        pytest.param("x = 'MagicMock'\n", id="text"),
    ],
)
def test_an_import_is_added_where_the_whole_file_says(beginning: str, other: str) -> None:
    book = load_rulebook(ROOT / "rules.yaml", shown="rules.yaml")
    (rule,) = (rule for rule in book.rules if rule.id == "magic-none")
    filler = "".join(FILLER.format(number=number) for number in range(8))
    source = f"{beginning}{filler}{other}def run():\n    return b(MagicNone)\n"
    excerpt = excerpt_of(source, [rule], edits=True)
    assert excerpt is not None
    assert excerpt.edits
    assert len(excerpt.lines) < source.count("\n") / 2
    part = check_source(source, PATH, [rule], excerpt=excerpt, package="app")
    assert part == check_source(source, PATH, [rule], package="app")
    assert part.violations
