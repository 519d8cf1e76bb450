"""What is fuzzed: functions that take any text and raise only where something is broken.

What a user can cause is an error of ours or a problem of the result, and no failure of a rule.
"""

from __future__ import annotations

import ast
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from textwrap import indent

from fuzz.stored import STORED
from stuck_rules.config.toml import read_file
from stuck_rules.engine import check_source
from stuck_rules.errors import ProblemKind, SourceError, StuckRulesError
from stuck_rules.generator.generate import find_target, generate
from stuck_rules.globs import Globs
from stuck_rules.lessons.files import LogSource
from stuck_rules.lessons.reader import read_logs
from stuck_rules.model.result import FileResult
from stuck_rules.model.rule import FilesCondition, Rule, TextCondition
from stuck_rules.repairs import fix_source
from stuck_rules.rulebook.loader import parse_rulebook
from stuck_rules.scanner.reading import decode_python
from stuck_rules.suppressions.reading import directives_of_code, directives_of_text
from stuck_rules.validation import validate

ROOT = Path(__file__).parent.parent
CODE = "import os\nfrom .a import b\n\n\ndef f(x, *y):\n    return os.getenv('A', b)\n"
_OF_THE_CODE = frozenset(
    {ProblemKind.SYNTAX, ProblemKind.ENCODING, ProblemKind.TOO_DEEP, ProblemKind.TIMEOUT}
)


def fuzz_log(text: str) -> None:
    """Make a rulebook of a log; it loads, and a second time changes nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "log.md").write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            read_logs([LogSource(folder / "log.md", "log.md")])
        except StuckRulesError:
            return
        target = find_target(folder, ["log.md"], "rules.yaml")
        (folder / "rules.yaml").write_text(generate(target).text, encoding="utf-8")
        if not generate(target).is_current:
            raise AssertionError("what was generated is not current")


def fuzz_rulebook(text: str) -> None:
    """Load a rulebook and run its rules."""
    try:
        rules = parse_rulebook(text, shown="rules.yaml").rules
        validate(rules)
    except StuckRulesError:
        return
    _refuse_failures(check_source(CODE, "a.py", _for_code(rules)))


def fuzz_pattern(text: str) -> None:
    """Compile a pattern and run it."""
    head = "rules:\n- id: a\n  message: m\n  languages: [python]\n  pattern: |\n"
    fuzz_rulebook(head + indent(text, "    ", lambda _: True))


def fuzz_engine(text: str) -> None:
    """Check code with many rules."""
    _refuse_failures(check_source(text, "a.py", many_rules()))


def fuzz_fixes(text: str) -> None:
    """Fix code: what parsed before parses afterwards, and a second time changes nothing."""
    fixed = fix_source(text, "a.py", many_rules(), unsafe=True)
    _refuse_failures(fixed.result)
    if fixed.source == text:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ast.parse(fixed.source)
    again = fix_source(fixed.source, "a.py", many_rules(), unsafe=True)
    if again.source != fixed.source and not fixed.problems:
        raise AssertionError("fixing twice is not fixing once")


def fuzz_suppressions(text: str) -> None:
    """Find the comments that suppress."""
    directives_of_code(text)
    directives_of_text(text, "a.cfg")


def fuzz_settings(text: str) -> None:
    """Read a file of settings."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stuck-rules.toml"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        with suppress(StuckRulesError):
            read_file(file, Path(folder), shared=False)


def fuzz_encoding(text: str) -> None:
    """Decode a file."""
    with suppress(SourceError):
        decode_python(text.encode("latin-1", "replace"), "a.py")


def fuzz_globs(text: str) -> None:
    """Match lines of an ignore file."""
    globs = Globs(text.split("\n"))
    for path in ("a.py", "src/a/b.py", "a" * 50 + "/" + "b" * 50, "ab/" * 20 + "c"):
        globs.matches(path)


TARGETS: dict[str, Callable[[str], None]] = {
    "log": fuzz_log,
    "rulebook": fuzz_rulebook,
    "pattern": fuzz_pattern,
    "engine": fuzz_engine,
    "fixes": fuzz_fixes,
    "suppressions": fuzz_suppressions,
    "settings": fuzz_settings,
    "encoding": fuzz_encoding,
    "globs": fuzz_globs,
    **STORED,
}


@cache
def many_rules() -> tuple[Rule, ...]:
    """The rules of all rulebooks of the repository that look at code."""
    files = [ROOT / "rules.yaml", *sorted(ROOT.glob("examples/patterns/*.yaml"))]
    books = [parse_rulebook(f.read_text(encoding="utf-8"), shown=f.name) for f in files]
    return _for_code([rule for book in books for rule in book.rules])


def _for_code(rules: tuple[Rule, ...] | list[Rule]) -> tuple[Rule, ...]:
    others = (TextCondition, FilesCondition)
    return tuple(rule for rule in rules if not isinstance(rule.condition, others))


def _refuse_failures(result: FileResult) -> None:
    for problem in result.problems:
        if problem.kind not in _OF_THE_CODE:
            raise AssertionError(str(problem))
