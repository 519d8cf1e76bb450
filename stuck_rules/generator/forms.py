"""Code that a lesson names in a span, as something that a pattern can look for.

A log writes samples: `requests.get(url)`, `.iloc`, `shell=True`, `except:`. What stands in one
for any value becomes a metavariable or an ellipsis, what makes the sample wrong stays.
"""

from __future__ import annotations

import ast
import re

from stuck_rules.generator.form import Form, FormKind
from stuck_rules.generator.samples import expression_form
from stuck_rules.generator.spans import is_other
from stuck_rules.generator.syntax import parse_code
from stuck_rules.generator.values import comparison_form, is_fixed
from stuck_rules.model.formula import Either, Formula, Pattern, Regex

_KEYWORD = re.compile(r"(?P<name>[a-z_]\w*)\s*=\s*(?P<value>[^=].*|)", re.DOTALL)
_STARRED = re.compile(r"from\s+(?P<module>[\w.]+)\s+import\s+\*|import\s+\*")
_COMMENT = re.compile(r"#\s*(?P<words>(?:type|pragma|noqa|pylint|pyright|mypy|fmt|isort)\b.*)")
_EXCEPT = re.compile(r"except(?:\s+(?P<type>[\w.]+))?(?:\s+as\s+\w+)?\s*:?\s*(?P<body>pass)?")


def form_of(span: str, before: str = "") -> Form | None:
    """The span as a form, or None where it is no Python or too little to look for.

    `before` is the sentence in front of it, which may say that a bare name is a module.
    """
    text = span.strip().rstrip(";").replace("\u2026", "...").strip()
    if not text or "\n" in text or len(text) > 120 or is_other(text):
        return None
    for reader in (_comment, _except, _star, comparison_form, _keyword):
        form = reader(text)
        if form is not None:
            return form
    if text.startswith("."):
        text = f"obj{text}"
    # A decorator is called as any other function is.
    statement = _parse(text.removeprefix("@"))
    if statement is None:
        return None
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return _import(text, statement)
    if isinstance(statement, ast.Assert):
        return _assertion(text, statement)
    if not isinstance(statement, ast.Expr):
        return None
    return expression_form(span.strip(), statement.value, before)


def _parse(text: str) -> ast.stmt | None:
    tree = parse_code(text)
    return tree.body[0] if tree is not None and len(tree.body) == 1 else None


def _comment(text: str) -> Form | None:
    found = _COMMENT.fullmatch(text)
    if found is None:
        return None
    words = found["words"].split()
    regex = r"#\s*" + r"\s*".join(re.escape(word) for word in words)
    return Form(text, FormKind.STATEMENT, "-".join(words), Regex(regex), f"value = 1  {text}\n")


def _except(text: str) -> Form | None:
    found = _EXCEPT.fullmatch(text)
    if found is None:
        return None
    kind, body = found["type"], found["body"]
    if kind not in (None, "Exception", "BaseException") and body is None:
        return None
    head = f"except {kind}:" if kind else "except:"
    condition: Formula = Pattern(f"try:\n    ...\n{head}\n    {body or '...'}\n")
    if kind:
        bound = f"try:\n    ...\nexcept {kind} as $E:\n    {body or '...'}\n"
        condition = Either((condition, Pattern(bound)))
    example = f"try:\n    run()\n{head}\n    {body or 'handle()'}\n"
    name = (
        "-".join(part for part in ("except", kind, body) if part) if kind or body else "bare-except"
    )
    return Form(text, FormKind.STATEMENT, name, condition, example)


def _star(text: str) -> Form | None:
    found = _STARRED.fullmatch(text)
    if found is None:
        return None
    module = found["module"]
    return Form(
        text,
        FormKind.IMPORT,
        f"star-import-{module}" if module else "star-import",
        Pattern(f"from {module or '$MODULE'} import *"),
        f"from {module or 'helpers'} import *\n",
    )


def _keyword(text: str) -> Form | None:
    """`k=v` and `k=`: an argument of any call."""
    found = _KEYWORD.fullmatch(text)
    if found is None:
        return None
    name, value = found["name"], found["value"].strip()
    if f"{name} = " in text:
        return _assignment(text, name, value)
    statement = _parse(value) if value and value != "..." else None
    if value and value != "..." and not isinstance(statement, ast.Expr):
        return None
    kept = statement is not None and is_fixed(statement)
    shown = value if kept else "$VALUE"
    label = f"{name}-{value}" if kept else name
    example = f"run({name}={value if kept else 'value'})\n"
    return Form(text, FormKind.KEYWORD, label, Pattern(f"$CALL(..., {name}={shown}, ...)"), example)


def _assignment(text: str, name: str, value: str) -> Form | None:
    """`state = LIVE`: a value that a name, an attribute or an argument must not have."""
    statement = _parse(value)
    is_named = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name)
    if statement is None or not (is_fixed(statement) or (is_named and value.isupper())):
        return None
    places = (f"{name} = {value}", f"$OBJECT.{name} = {value}", f"$CALL(..., {name}={value}, ...)")
    condition = Either(tuple(map(Pattern, places)))
    return Form(text, FormKind.STATEMENT, f"{name}-{value}", condition, f"{name} = {value}\n")


def _assertion(text: str, statement: ast.Assert) -> Form | None:
    """`assert True`, which proves nothing; of any other assertion too much is a sample."""
    if not isinstance(statement.test, ast.Constant) or statement.msg is not None:
        return None
    condition = Either((Pattern(text), Pattern(f"{text}, $MESSAGE")))
    name = f"assert-{ast.unparse(statement.test)}"
    return Form(text, FormKind.STATEMENT, name, condition, f"{text}\n")


def _import(text: str, statement: ast.Import | ast.ImportFrom) -> Form | None:
    if isinstance(statement, ast.ImportFrom) and (statement.level or not statement.module):
        return None
    first = statement.names[0].name
    name = first if isinstance(statement, ast.Import) else f"{statement.module}-{first}"
    return Form(text, FormKind.IMPORT, name, Pattern(text), f"{text}\n")
