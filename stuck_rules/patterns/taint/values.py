"""How taint goes through expressions, and what it does to variables on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.patterns.options import Options
from stuck_rules.patterns.taint.labels import holds, parse_requires
from stuck_rules.patterns.taint.sites import Sink, Sites
from stuck_rules.patterns.taint.state import NOTHING, Marks, State

_NUMBERS = frozenset({"int", "float", "len", "complex", "hash", "id", "ord"})
_BOOLEANS = frozenset({"bool", "isinstance", "issubclass", "callable", "hasattr", "all", "any"})
_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)


class Values:
    """Evaluates expressions of one function from left to right; remembers the sinks reached."""

    def __init__(self, sites: Sites, options: Options) -> None:
        self.sites = sites
        self.options = options
        self.state = State()
        self.reached: dict[Sink, Marks] = {}
        # Paths written since they were asked for, for handlers that may run after any of them.
        self.watchers: list[dict[str, Marks]] = []

    def eval(self, node: cst.CSTNode) -> Marks:
        """The marks of an expression's value."""
        sites = self.sites
        marks = self._own(node)
        if node in sites.marks:
            marks |= sites.marks[node]
        if node in sites.clean:
            marks = NOTHING
        if node in sites.sinks:
            self.reach(node, marks)
        if node in sites.lasting:
            self._change(node, self.read(node) | sites.lasting[node])
        if node in sites.cleaning:
            self._change(node, NOTHING)
        self.propagate(node)
        return marks

    def reach(self, node: cst.CSTNode, marks: Marks) -> None:
        """Tell the sinks at a node what reaches them."""
        for sink in self.sites.sinks[node]:
            if not self._counts(sink, marks):
                continue
            self.reached[sink] = self.reached.get(sink, NOTHING) | marks

    def _counts(self, sink: Sink, marks: Marks) -> bool:
        if not sink.rule.requires:
            return bool(marks)
        labels = {self.sites.labels[mark] for mark in marks}
        return holds(parse_requires(sink.rule.requires), labels)

    def propagate(self, node: cst.CSTNode) -> None:
        """Carry taint over where a propagator says so."""
        for step in self.sites.propagations.get(node, ()):
            path = dotted_name(_owner(step.target))
            if path is not None:
                self.taint(path, self.eval(step.source))

    def read(self, node: cst.CSTNode) -> Marks:
        """The marks of a variable, without looking for sinks again."""
        path = dotted_name(node)
        return self.state.read(path) if path is not None else NOTHING

    def write(self, path: str, marks: Marks) -> None:
        """Assign a variable."""
        for watcher in self.watchers:
            watcher[path] = watcher.get(path, NOTHING) | marks
        self.state.write(path, marks)

    def taint(self, path: str, marks: Marks) -> None:
        """Taint a variable further."""
        if marks:
            for watcher in self.watchers:
                watcher[path] = watcher.get(path, NOTHING) | marks
            self.state.add(path, marks)

    def _change(self, node: cst.CSTNode, marks: Marks) -> None:
        path = dotted_name(node)
        if path is not None:
            self.write(path, marks)

    def assign(self, target: cst.CSTNode, marks: Marks) -> None:
        """Give a target the marks of a value; each target of an unpacking gets them all."""
        if isinstance(target, (cst.Tuple, cst.List)):
            for element in target.elements:
                self.assign(element.value, marks)
            return
        if isinstance(target, cst.StarredElement):
            self.assign(target.value, marks)
            return
        if isinstance(target, cst.Subscript):
            self._touch(target)
            path = dotted_name(_owner(target))
            if path is not None:
                self.taint(path, marks)
            return
        path = dotted_name(target)
        if path is None:
            self._touch(target)
            return
        marks = marks | self.sites.marks.get(target, NOTHING)
        self.write(path, NOTHING if target in self.sites.cleaning else marks)
        if target in self.sites.sinks:
            self.reach(target, marks)

    def _touch(self, target: cst.CSTNode) -> None:
        """Evaluate what a target reads before it is written."""
        for child in _children(target):
            self.eval(child)

    def _own(self, node: cst.CSTNode) -> Marks:
        reader = _READERS.get(type(node))
        if reader is not None:
            return reader(self, node)
        if isinstance(node, _COMPREHENSIONS):
            return self._comprehension(node)
        return self._union(node)

    def _union(self, node: cst.CSTNode) -> Marks:
        marks = NOTHING
        for child in _children(node):
            marks |= self.eval(child)
        return marks

    def _operation(self, node: cst.CSTNode) -> Marks:
        marks = self._union(node)
        return NOTHING if self.options.taint_only_propagate_through_assignments else marks

    def _name(self, node: cst.CSTNode) -> Marks:
        return self.state.read(cst.ensure_type(node, cst.Name).value)

    def _attribute(self, node: cst.CSTNode) -> Marks:
        attribute = cst.ensure_type(node, cst.Attribute)
        inner = self.eval(attribute.value)
        path = dotted_name(node)
        return inner if path is None else self.state.read(path) | self._source_inside(attribute)

    def _source_inside(self, node: cst.Attribute) -> Marks:
        """The marks of a source that stands inside a dotted name, which the state cannot know."""
        marks = NOTHING
        inner: cst.CSTNode = node.value
        while inner not in self.sites.clean:
            marks |= self.sites.marks.get(inner, NOTHING)
            if not isinstance(inner, cst.Attribute):
                break
            inner = inner.value
        return marks

    def _subscript(self, node: cst.CSTNode) -> Marks:
        subscript = cst.ensure_type(node, cst.Subscript)
        marks = self.eval(subscript.value)
        index = NOTHING
        for part in subscript.slice:
            index |= self._union(part.slice)
        if self.options.taint_only_propagate_through_assignments:
            return NOTHING
        return marks if self.options.taint_assume_safe_indexes else marks | index

    def _call(self, node: cst.CSTNode) -> Marks:
        call = cst.ensure_type(node, cst.Call)
        marks = NOTHING
        name = call.func.value if isinstance(call.func, cst.Name) else ""
        if isinstance(call.func, cst.Attribute):
            marks |= self.eval(call.func.value)
            if call.func in self.sites.marks or call.func in self.sites.sinks:
                marks |= self.eval(call.func)
        elif name:
            marks |= self.sites.marks.get(call.func, NOTHING)
        else:
            marks |= self.eval(call.func)
        for argument in call.args:
            marks |= self.eval(argument.value)
        is_safe = self.options.taint_assume_safe_functions or (
            self.options.taint_only_propagate_through_assignments
        )
        is_number = self.options.taint_assume_safe_numbers and name in _NUMBERS
        is_boolean = self.options.taint_assume_safe_booleans and name in _BOOLEANS
        return NOTHING if is_safe or is_number or is_boolean else marks

    def _comparison(self, node: cst.CSTNode) -> Marks:
        marks = self._operation(node)
        options = self.options
        safe = options.taint_assume_safe_comparisons or options.taint_assume_safe_booleans
        return NOTHING if safe else marks

    def _unary(self, node: cst.CSTNode) -> Marks:
        marks = self._operation(node)
        is_boolean = isinstance(cst.ensure_type(node, cst.UnaryOperation).operator, cst.Not)
        return NOTHING if is_boolean and self.options.taint_assume_safe_booleans else marks

    def _choice(self, node: cst.CSTNode) -> Marks:
        choice = cst.ensure_type(node, cst.IfExp)
        self.eval(choice.test)
        return self.eval(choice.body) | self.eval(choice.orelse)

    def _walrus(self, node: cst.CSTNode) -> Marks:
        walrus = cst.ensure_type(node, cst.NamedExpr)
        marks = self.eval(walrus.value)
        self.assign(walrus.target, marks)
        return marks

    def _lambda(self, node: cst.CSTNode) -> Marks:
        function = cst.ensure_type(node, cst.Lambda)
        outer, self.state = self.state, self.state.copy()
        enter_parameters(self, function.params)
        self.eval(function.body)
        self.state = outer
        return NOTHING

    def _comprehension(self, node: cst.CSTNode) -> Marks:
        outer, self.state = self.state, self.state.copy()
        clause = getattr(node, "for_in", None)
        while isinstance(clause, cst.CompFor):
            self.assign(clause.target, self.eval(clause.iter))
            for condition in clause.ifs:
                self.eval(condition.test)
            clause = clause.inner_for_in
        if isinstance(node, cst.DictComp):
            marks = self.eval(node.key) | self.eval(node.value)
        else:
            element = getattr(node, "elt", None)
            marks = self.eval(element) if isinstance(element, cst.CSTNode) else NOTHING
        self.state = outer
        return marks


def enter_parameters(values: Values, parameters: cst.Parameters) -> None:
    """What a function knows when it begins: its parameters, clean unless they are sources."""
    every = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    every += [p for p in (parameters.star_arg, parameters.star_kwarg) if isinstance(p, cst.Param)]
    for parameter in every:
        marks = values.sites.marks
        own = marks.get(parameter, NOTHING) | marks.get(parameter.name, NOTHING)
        values.write(parameter.name.value, frozenset(own))


def _owner(node: cst.CSTNode) -> cst.CSTNode:
    """What an index belongs to."""
    while isinstance(node, cst.Subscript):
        node = node.value
    return node


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The expressions directly inside a node, whatever wraps them."""
    for child in node.children:
        if isinstance(child, cst.BaseExpression):
            yield child
        elif not isinstance(child, cst.BaseSuite):
            yield from _children(child)


_READERS: dict[type[cst.CSTNode], Callable[[Values, cst.CSTNode], Marks]] = {
    cst.Name: Values._name,
    cst.Attribute: Values._attribute,
    cst.Subscript: Values._subscript,
    cst.Call: Values._call,
    cst.Comparison: Values._comparison,
    cst.UnaryOperation: Values._unary,
    cst.BinaryOperation: Values._operation,
    cst.BooleanOperation: Values._operation,
    cst.FormattedString: Values._operation,
    cst.IfExp: Values._choice,
    cst.NamedExpr: Values._walrus,
    cst.Lambda: Values._lambda,
}
