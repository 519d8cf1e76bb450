"""Puts what metavariables stand for into a template's syntax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import libcst as cst

from stuck_rules.patterns.holes import ALONE, hole_name, many_name
from stuck_rules.patterns.matchers.definitions import params_of
from stuck_rules.patterns.rewriting.bound import BoundCode
from stuck_rules.patterns.rewriting.quotes import fill_string, fill_text, settle_formatted
from stuck_rules.patterns.rewriting.splices import (
    parse_expression,
    splice_arguments,
    splice_elements,
    splice_entries,
    splice_parameters,
)
from stuck_rules.patterns.rewriting.unfit import UnfitError

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
# These mean the same wherever they stand, as long as they do not run over lines unprotected.
ATOMS = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.SimpleString, cst.FormattedString)
_BRACKETED = (cst.List, cst.Set, cst.Dict, cst.ListComp, cst.SetComp, cst.DictComp)


class Filler(cst.CSTTransformer):
    """Fills one template for one match; `wrapped` counts what got parentheses to be safe.

    Of these, those whose numbers are in `bare` are left without.
    """

    def __init__(
        self, bound: Mapping[str, BoundCode], bare: frozenset[int], default_indent: str
    ) -> None:
        super().__init__()
        self.wrapped = 0
        self._bound = bound
        self._bare = bare
        self._config = cst.PartialParserConfig(default_indent=default_indent)
        self._lambdas: list[bool] = []

    def _text(self, name: str) -> str:
        if name not in self._bound:
            raise UnfitError
        return self._bound[name].text

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        name = hole_name(original_node.value)
        if name is None:
            return updated_node
        text = self._text(name)
        try:
            node = parse_expression(f"({text})")
        except UnfitError:
            # Arguments and statements are put in by the list that holds them.
            return updated_node
        return self._unwrapped(node, text)

    def _unwrapped(self, node: cst.BaseExpression, text: str) -> cst.BaseExpression:
        bare = node.with_changes(lpar=node.lpar[1:], rpar=node.rpar[:-1])
        if isinstance(node, _BRACKETED) or bare.lpar:
            return bare
        if isinstance(node, ATOMS) and ("\n" not in text or _parses(text)):
            return bare
        self.wrapped += 1
        if self.wrapped - 1 in self._bare:
            return bare
        return bare.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        args = splice_arguments(original_node.args, updated_node.args, self._bound)
        return updated_node.with_changes(args=args)

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.ClassDef:
        written = (*original_node.bases, *original_node.keywords)
        filled = (*updated_node.bases, *updated_node.keywords)
        args = splice_arguments(written, filled, self._bound)
        plain = [arg for arg in args if arg.keyword is None and arg.star != "**"]
        updated_node = updated_node.with_changes(
            bases=plain, keywords=[arg for arg in args if arg not in plain]
        )
        if written and not args:
            default = cst.MaybeSentinel.DEFAULT
            return updated_node.with_changes(lpar=default, rpar=default)
        return updated_node

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.List:
        elements = splice_elements(original_node.elements, updated_node.elements, self._bound)
        return updated_node.with_changes(elements=elements)

    def leave_Tuple(self, original_node: cst.Tuple, updated_node: cst.Tuple) -> cst.Tuple:
        elements = splice_elements(original_node.elements, updated_node.elements, self._bound)
        if elements or updated_node.lpar:
            return updated_node.with_changes(elements=elements)
        return cst.Tuple((), lpar=[cst.LeftParen()], rpar=[cst.RightParen()])

    def leave_Set(self, original_node: cst.Set, updated_node: cst.Set) -> cst.BaseExpression:
        elements = splice_elements(original_node.elements, updated_node.elements, self._bound)
        return (
            updated_node.with_changes(elements=elements) if elements else cst.Call(cst.Name("set"))
        )

    def leave_Dict(self, original_node: cst.Dict, updated_node: cst.Dict) -> cst.Dict:
        entries = splice_entries(original_node.elements, updated_node.elements, self._bound)
        return updated_node.with_changes(elements=entries)

    def visit_Lambda(self, node: cst.Lambda) -> None:
        self._lambdas.append(True)

    def leave_Lambda(self, original_node: cst.Lambda, updated_node: cst.Lambda) -> cst.Lambda:
        self._lambdas.pop()
        if params_of(updated_node.params):
            return updated_node
        return updated_node.with_changes(whitespace_after_lambda=cst.MaybeSentinel.DEFAULT)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._lambdas.append(False)

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        self._lambdas.pop()
        return updated_node

    def leave_Parameters(
        self, original_node: cst.Parameters, updated_node: cst.Parameters
    ) -> cst.Parameters:
        return splice_parameters(
            original_node, updated_node, self._bound, of_lambda=self._lambdas[-1]
        )

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        return fill_string(updated_node, self._bound)

    def leave_FormattedStringText(
        self, original_node: cst.FormattedStringText, updated_node: cst.FormattedStringText
    ) -> cst.FormattedStringText:
        return updated_node.with_changes(value=fill_text(updated_node.value, self._bound))

    def leave_FormattedString(
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.FormattedString:
        return settle_formatted(updated_node)

    def leave_Comment(self, original_node: cst.Comment, updated_node: cst.Comment) -> cst.Comment:
        text = " ".join(fill_text(updated_node.value, self._bound).split("\n"))
        return updated_node.with_changes(value=text)

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        body = self._statements(original_node.body, updated_node.body)
        return updated_node.with_changes(body=body or [cst.SimpleStatementLine([cst.Pass()])])

    def leave_SimpleStatementSuite(
        self, original_node: cst.SimpleStatementSuite, updated_node: cst.SimpleStatementSuite
    ) -> cst.BaseSuite:
        if len(original_node.body) != 1:
            return updated_node
        text = self._block_text(original_node.body[0])
        if text is None:
            return updated_node
        body = self._parse_statements(text)
        return cst.IndentedBlock(body or [cst.SimpleStatementLine([cst.Pass()])])

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        return updated_node.with_changes(
            body=self._statements(original_node.body, updated_node.body)
        )

    def _statements(
        self, written: Sequence[cst.BaseStatement], filled: Sequence[cst.BaseStatement]
    ) -> list[cst.BaseStatement]:
        body: list[cst.BaseStatement] = []
        for statement, item in zip(written, filled, strict=True):
            is_line = isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1
            code = None
            if is_line and isinstance(statement, cst.SimpleStatementLine):
                code = self._block_text(statement.body[0])
            if code is None:
                body.append(item)
                continue
            parsed = self._parse_statements(code)
            if parsed and isinstance(item, cst.SimpleStatementLine):
                leading = (*item.leading_lines, *parsed[0].leading_lines)
                parsed[0] = parsed[0].with_changes(leading_lines=leading)
            body.extend(parsed)
        return body

    def _block_text(self, statement: cst.CSTNode) -> BoundCode | None:
        """What a statement of the template stands for, where that is no mere expression."""
        if not isinstance(statement, cst.Expr) or not isinstance(statement.value, cst.Name):
            return None
        name = statement.value.value
        many, hole = many_name(name), hole_name(name)
        if many is not None:
            self._text(many)
            return self._bound[many]
        if hole is None or _parses(f"({self._text(hole)})"):
            return None
        return self._bound[hole]

    def _parse_statements(self, code: BoundCode) -> list[Statement]:
        """Code that stands somewhere in a file as statements that can stand anywhere."""
        text = code.block or code.text
        if not text:
            return []
        if not code.indent:
            return list(self._parse_module(text).body)
        block = self._parse_module(f"if {ALONE}:\n{code.indent}{text}\n").body[0]
        assert isinstance(block, cst.If)
        return [
            s
            for s in block.body.body
            if isinstance(s, (cst.SimpleStatementLine, cst.BaseCompoundStatement))
        ]

    def _parse_module(self, text: str) -> cst.Module:
        try:
            return cst.parse_module(text, self._config)
        except cst.ParserSyntaxError:
            raise UnfitError from None


def _parses(text: str) -> bool:
    try:
        cst.parse_expression(text)
    except cst.ParserSyntaxError:
        return False
    return True
