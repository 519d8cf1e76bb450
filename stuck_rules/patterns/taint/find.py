"""The matches of a taint rule in a file: the sinks that a source reaches."""

from __future__ import annotations

from collections import Counter

import libcst as cst

from stuck_rules.cst.source import SyntaxTree
from stuck_rules.patterns.evaluate import report
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.matches import Match
from stuck_rules.patterns.ranges import Range
from stuck_rules.patterns.scene import scene_of
from stuck_rules.patterns.taint.sites import CompiledTaint, Sink, Sites
from stuck_rules.patterns.taint.state import Marks, State
from stuck_rules.patterns.taint.statements import Statements
from stuck_rules.patterns.taint.values import Values
from stuck_rules.values import replace


def find_taints(compiled: CompiledTaint, tree: SyntaxTree) -> list[Match]:
    """All sinks that taint reaches, in order.

    Each function is read by itself, and the module's own code; what a module's name that is
    assigned once holds, functions know.
    """
    sites = Sites(compiled, tree)
    if not sites.sources or not sites.sinks:
        return []
    values = Values(sites, compiled.options)
    end = Statements(values).run(statements_of(tree.module), State())
    known = _constants(end, tree) if end is not None else State()
    for function in tree.by_type.get(cst.FunctionDef, ()):
        if isinstance(function, cst.FunctionDef):
            Statements(values).run_function(function, _seen_in(function, known, tree))
    unify = compiled.options.taint_unify_mvars
    found = [_range(sink, marks, sites, unify=unify) for sink, marks in values.reached.items()]
    return report([one for one in found if one is not None], tree)


def _constants(end: State, tree: SyntaxTree) -> State:
    """The module's tainted names that are assigned once."""
    bindings = scene_of(tree).bindings
    times = Counter(name for name, all_ in bindings.items() for b in all_ if b.scope is tree.module)
    return State({name: m for name, m in end.known.items() if m and times[name] == 1})


def _seen_in(function: cst.FunctionDef, known: State, tree: SyntaxTree) -> State:
    """The module's names that no function around this one has a variable of its own for."""
    if not known.known:
        return known
    bindings = scene_of(tree).bindings
    around = {node for node in tree.ancestors(function) if isinstance(node, cst.FunctionDef)}
    hidden = {name for name in known.known if around & {b.scope for b in bindings[name]}}
    return State({name: marks for name, marks in known.known.items() if name not in hidden})


def _range(sink: Sink, marks: Marks, sites: Sites, *, unify: bool) -> Range | None:
    """The sink with its bindings and those of the first source that fits it."""
    for mark in sorted(marks):
        source = sites.sources[mark]
        if unify:
            env = sink.range.env.merge(source.env)
            if env is None:
                continue
        else:
            env = sink.range.env
            for name, bound in source.env.bound:
                if env.get(name) is None:
                    env = env.bind(name, bound) or env
        return replace(sink.range, env=env)
    # A sink that requires no label, such as `not A`, may be reached by nothing.
    return None if marks or unify else sink.range
