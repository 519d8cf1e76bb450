"""Test modules in which pytest would collect nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from stuck_rules.checks.base import CheckVisitor, Place
from stuck_rules.checks.spec import fits
from stuck_rules.cst.imports import module_of
from stuck_rules.cst.names import last_name

_COMMENTED_TEST = re.compile(r"^[ \t]*#[ \t]*(?:async[ \t]+)?def[ \t]+test", re.MULTILINE)
_TEST_MODULE = re.compile(r"(?:^|\.)(?:test_\w*|\w*_tests?|tests?)(?:\.|$)")
_COMPOUND = (cst.If, cst.Else, cst.Try, cst.TryStar, cst.ExceptHandler, cst.Finally, cst.With)
_LOOPS = (cst.For, cst.While)
_DYNAMIC = frozenset({"globals", "setattr", "locals", "vars", "exec", "load_tests"})


class TestModule(CheckVisitor):
    """Finds modules without a single test, and says what stands there instead."""

    __test__ = False

    def leave_Module(self, original_node: cst.Module) -> None:
        statements = list(_statements(original_node.body))
        if not any(map(self._is_test, statements)) and not self._makes_tests():
            self.report(Place.FILE, message=self._message(statements))

    def _is_test(self, node: cst.CSTNode) -> bool:
        """Whether pytest collects a test from a statement of the module, as far as one can see."""
        if isinstance(node, cst.FunctionDef):
            return self._is_named_test(node.name.value) and not _is_fixture(node)
        if isinstance(node, cst.ClassDef):
            return self._is_test_class(node)
        if isinstance(node, cst.ImportFrom):
            return _imports_tests(node)
        return isinstance(node, cst.Assign) and _assigns_test(node)

    def _is_test_class(self, node: cst.ClassDef) -> bool:
        methods = list(_methods(node))
        bases = [base for base in node.bases if last_name(base.value) not in {"object", "ABC"}]
        is_collected = fits(node.name.value, self.options.texts("classes"))
        is_collected = is_collected and "__init__" not in methods
        if any(self._is_foreign(base) for base in bases):
            return True
        inherited = any(self._inherits_tests(base) for base in bases)
        inner = (n for n in _statements(node.body.body) if isinstance(n, cst.ClassDef))
        has_tests = inherited or any(map(self._is_named_test, methods))
        has_tests = has_tests or any(map(self._is_test_class, inner))
        is_case = any("TestCase" in last_name(base.value) for base in bases)
        return has_tests and (is_collected or is_case)

    def _is_named_test(self, name: str) -> bool:
        return fits(name, self.options.texts("functions"))

    def _is_foreign(self, base: cst.Arg) -> bool:
        """Whether a base class comes from elsewhere: it may be a TestCase or bring tests."""
        name = last_name(base.value)
        return not any(
            isinstance(b.node, cst.ClassDef) for b in self.analysis.bindings.get(name, ())
        )

    def _inherits_tests(self, base: cst.Arg) -> bool:
        bindings = self.analysis.bindings.get(last_name(base.value), ())
        classes = [b.node for b in bindings if isinstance(b.node, cst.ClassDef)]
        return any(self._is_named_test(name) for node in classes for name in _methods(node))

    def _makes_tests(self) -> bool:
        """Whether names are put into the module at run time, so that nobody can tell."""
        if "load_tests" in self.analysis.bindings:
            return True
        calls = self.tree.by_type.get(cst.Call, ())
        return any(isinstance(c, cst.Call) and last_name(c.func) in _DYNAMIC for c in calls)

    def _message(self, statements: list[cst.CSTNode]) -> str:
        what = "no test function at all"
        classes = [node for node in statements if isinstance(node, cst.ClassDef)]
        functions = self.tree.by_type.get(cst.FunctionDef, ())
        tests = [
            n
            for n in functions
            if isinstance(n, cst.FunctionDef) and self._is_named_test(n.name.value)
        ]
        owners = {self._owner(node) for node in tests}
        for node in classes:
            if node in owners and "__init__" in _methods(node):
                what = f"the tests stand in {node.name.value}, whose __init__ hides them"
            elif node in owners:
                what = f"the tests stand in {node.name.value}, which is not named Test..."
        if any(isinstance(owner, cst.FunctionDef) for owner in owners):
            what = "the test functions are nested in another function"
        elif not tests and _COMMENTED_TEST.search(self.tree.source):
            what = "all test functions are commented out"
        return f"pytest would collect nothing here: {what}"

    def _owner(self, node: cst.CSTNode) -> cst.CSTNode | None:
        kinds = (cst.FunctionDef, cst.ClassDef)
        return next(
            (outer for outer in self.tree.ancestors(node) if isinstance(outer, kinds)), None
        )


def _statements(body: object) -> Iterator[cst.CSTNode]:
    """The statements that run when a module or class is made, those under `if` and `try` too."""
    for statement in body if isinstance(body, (list, tuple)) else ():
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        else:
            yield statement
        yield from _branches(statement)


def _branches(statement: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(statement, cst.Match):
        for case in statement.cases:
            yield from _statements(case.body.body)
    if not isinstance(statement, (*_COMPOUND, *_LOOPS)):
        return
    yield from _statements(statement.body.body)
    handlers = getattr(statement, "handlers", ())
    for part in (
        *handlers,
        getattr(statement, "orelse", None),
        getattr(statement, "finalbody", None),
    ):
        if part is not None:
            yield from _branches(part)


def _methods(node: cst.ClassDef) -> Iterator[str]:
    for statement in _statements(node.body.body):
        if isinstance(statement, cst.FunctionDef):
            yield statement.name.value
        elif isinstance(statement, cst.Assign):
            yield from (last_name(target.target) for target in statement.targets)


def _assigns_test(node: cst.Assign) -> bool:
    """Whether something that may be a function gets a test's name."""
    callables = (cst.Lambda, cst.Call, cst.Name, cst.Attribute)
    return isinstance(node.value, callables) and any(
        last_name(target.target).startswith("test") for target in node.targets
    )


def _is_fixture(node: cst.FunctionDef) -> bool:
    return any(last_name(decorator.decorator) == "fixture" for decorator in node.decorators)


def _imports_tests(node: cst.ImportFrom) -> bool:
    """Whether an import brings tests in: names or all of another test module."""
    module = module_of(node)
    if not _TEST_MODULE.search(module):
        return isinstance(node.names, (list, tuple)) and any(
            last_name(alias.asname.name if alias.asname else alias.name).startswith("test_")
            for alias in node.names
        )
    if isinstance(node.names, cst.ImportStar):
        return True
    names = [last_name(alias.asname.name if alias.asname else alias.name) for alias in node.names]
    return any(name.startswith(("Test", "test")) for name in names)
