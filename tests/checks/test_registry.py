from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from stuck_rules.checks import CHECKS
from stuck_rules.checks.base import CheckVisitor
from stuck_rules.engine import check_source
from stuck_rules.rulebook.loader import parse_rulebook

FOLDER = Path(importlib.import_module("stuck_rules.checks").__path__[0])


def test_every_file_of_the_folder_is_registered() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "base", "registry", "spec"}
    assert modules == {
        spec.visitor.partition(":")[0].rpartition(".")[2] for spec in CHECKS.values()
    }


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_the_visitor_is_where_the_registry_says(name: str) -> None:
    module, _, visitor = CHECKS[name].visitor.partition(":")
    assert issubclass(getattr(importlib.import_module(module), visitor), CheckVisitor)


def test_pytest_may_be_told_other_names() -> None:
    text = """\
rules:
  - id: without-tests
    message: m
    check: test-module
    with: {classes: ["*Suite"], functions: ["check"]}
"""
    source = "class OrderSuite:\n    def check_total(self):\n        pass\n"
    rules = parse_rulebook(text, shown="rules.yaml").rules
    assert check_source(source, "tests/test_a.py", rules).violations == ()


def test_relative_imports_may_be_allowed_in_init_files() -> None:
    text = """\
rules:
  - id: relative
    message: m
    check: relative-import
    with: {allow-in-init: true}
"""
    rules = parse_rulebook(text, shown="rules.yaml").rules
    assert check_source("from . import a\n", "app/__init__.py", rules).violations == ()
    assert len(check_source("from . import a\n", "app/b.py", rules).violations) == 1
