"""Code written in another way that means the same."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

import black
import libcst as cst

from stuck_rules.cst.source import SyntaxTree, parse
from stuck_rules.patterns.scene import Scene

_Statement = TypeVar("_Statement", cst.SimpleStatementLine, cst.FunctionDef, cst.With)
_LAYOUT = {
    *(tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
}
_PLAIN = re.compile(r"(['\"])[\w ./:=-]+\1\Z")
_HARD_PLACES = (cst.ConcatenatedString, cst.FormattedStringExpression, cst.AnnAssign)


def same_meaning(left: str, right: str) -> bool:
    """Whether two texts have one meaning for Python."""
    try:
        return ast.dump(ast.parse(left)) == ast.dump(ast.parse(right))
    except SyntaxError:
        return False


def blackened(code: str, random: Random) -> str:
    """As Black writes it, with short or long lines."""
    return black.format_str(code, mode=black.Mode(line_length=random.choice((1, 20, 88))))


def requoted(code: str, random: Random) -> str:
    """Plain strings in other quotes."""

    class Requote(cst.CSTTransformer):
        def leave_SimpleString(
            self, original_node: cst.SimpleString, updated_node: cst.SimpleString
        ) -> cst.BaseExpression:
            del original_node
            if not _PLAIN.match(updated_node.value) or random.random() < 0.3:
                return updated_node
            quote = random.choice(("'", '"', "'''", '"""'))
            return updated_node.with_changes(value=f"{quote}{updated_node.value[1:-1]}{quote}")

    return cst.parse_module(code).visit(Requote()).code


def parenthesised(code: str, random: Random) -> str:
    """Parentheses around some expressions, as long as Python sees no difference."""
    count = len(_wrappable(parse(code)))
    for number in random.sample(range(count), min(count, 6)):
        tree = parse(code)
        node = _wrappable(tree)[number]
        wrapped = node.with_changes(
            lpar=[cst.LeftParen(), *node.lpar], rpar=[*node.rpar, cst.RightParen()]
        )
        changed = tree.module.deep_replace(node, wrapped)
        assert isinstance(changed, cst.Module)
        if same_meaning(changed.code, code):
            code = changed.code
    return code


def _wrappable(tree: SyntaxTree) -> list[cst.BaseExpression]:
    scene = Scene(tree)
    return [
        node
        for node in tree.nodes
        if isinstance(node, cst.BaseExpression)
        and scene.is_expression(node)
        # A generator as the only argument is no generator in parentheses.
        and not isinstance(node, cst.GeneratorExp)
        and not isinstance(tree.parents[node], _HARD_PLACES)
    ]


def commented(code: str, random: Random) -> str:
    """Comments and blank lines between statements, and commas behind last arguments."""

    def with_note(node: _Statement) -> _Statement:
        note = cst.EmptyLine(comment=cst.Comment("# f(x)"))
        if random.random() < 0.3:
            return node
        return node.with_changes(leading_lines=[*node.leading_lines, cst.EmptyLine(), note])

    class Comment(cst.CSTTransformer):
        def leave_SimpleStatementLine(
            self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
        ) -> cst.SimpleStatementLine:
            return with_note(updated_node)

        def leave_FunctionDef(
            self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
        ) -> cst.FunctionDef:
            return with_note(updated_node)

        def leave_With(self, original_node: cst.With, updated_node: cst.With) -> cst.With:
            return with_note(updated_node)

        def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
            last = updated_node.args[-1] if updated_node.args else None
            if last is None or isinstance(last.value, cst.GeneratorExp) or random.random() < 0.3:
                return updated_node
            comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            args = [*updated_node.args[:-1], last.with_changes(comma=comma)]
            return updated_node.with_changes(args=args)

    return cst.parse_module(code).visit(Comment()).code


WAYS: tuple[Callable[[str, Random], str], ...] = (blackened, requoted, parenthesised, commented)


def normal(text: str) -> str:
    """A piece of code without what does not matter: layout, comments, quotes, parentheses."""
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return " ".join(_pieces(lines))


def _pieces(lines: str) -> Iterator[str]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(lines).readline):
            if token.type not in _LAYOUT and token.string not in {"(", ")", ",", ";"}:
                yield _plain(token)
    except (tokenize.TokenError, IndentationError):
        yield "..."


def _plain(token: tokenize.TokenInfo) -> str:
    """A token's text; a literal's value, and f-strings without their quotes."""
    text = token.string
    if token.type == tokenize.NUMBER or (
        token.type == tokenize.STRING and "f" not in _prefix(text)
    ):
        return repr(ast.literal_eval(text))
    if tokenize.tok_name[token.type] in {"FSTRING_START", "FSTRING_END"}:
        return text.lower().strip("'\"")
    if token.type == tokenize.STRING:
        return re.sub(r"[()]", "", _prefix(text) + text[len(_prefix(text)) :].strip("'\""))
    return text


def _prefix(text: str) -> str:
    return text[: min(text.find(quote) for quote in "'\"" if quote in text)].lower()
