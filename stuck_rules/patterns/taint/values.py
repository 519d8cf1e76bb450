"""How taint goes through expressions, and what it does to variables on the way."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.patterns.options import Options
from stuck_rules.patterns.taint.labels import holds, parse_requires
from stuck_rules.patterns.taint.sites import Sink, Sites
from stuck_rules.patterns.taint.state import NOTHING, Marks, State
from stuck_rules.patterns.taint.targets import inner_expressions, owner_of

_NUMBERS = frozenset({"int", "float", "len", "complex", "hash", "id", "ord"})
_BOOLEANS = frozenset({"bool", "isinstance", "issubclass", "callable", "hasattr", "all", "any"})
# Loops make expressions count more than once; so many times are no answer.
_MAX_STEPS = 300_000
_STEPS_EACH = 10
_OPERATIONS = (
    cst.Call,
    cst.Comparison,
    cst.BinaryOperation,
    cst.BooleanOperation,
    cst.UnaryOperation,
    cst.FormattedString,
    cst.Subscript,
)
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
        # What the carriers had when they were last evaluated.
        self._carried: dict[cst.CSTNode, Marks] = {}
        # The states around the comprehensions that are being evaluated.
        self._outside: list[State] = []
        self._left = _MAX_STEPS + _STEPS_EACH * len(sites.tree.nodes)

    def spend(self, steps: int) -> None:
        """Count work, and give up, aloud, where it is out of proportion to the file."""
        self._left -= steps
        if self._left < 0:
            message = "following taint takes too many steps in this file"
            raise SourceError(Problem(ProblemKind.TIMEOUT, message))

    def eval(self, node: cst.CSTNode) -> Marks:
        """The marks of an expression's value."""
        self.spend(1)
        return self._finish(node, self._own(node))

    def _finish(self, node: cst.CSTNode, reaching: Marks) -> Marks:
        """What becomes of the marks that reach a node from what it is made of."""
        sites = self.sites
        marks = NOTHING if self._stops(node) else reaching
        if node in sites.marks:
            marks |= sites.marks[node]
        if node in sites.clean:
            marks = reaching = NOTHING
        else:
            marks |= self.propagate(node)
        if node in sites.sinks:
            self.reach(node, reaching | marks)
        if node in sites.lasting:
            self._change(node, self._read(node) | sites.lasting[node])
        if node in sites.cleaning:
            self._change(node, NOTHING)
        if node in sites.carriers:
            self._carried[node] = marks
        return marks

    def _stops(self, node: cst.CSTNode) -> bool:
        """Whether an option says that a node's value has nothing of what it is made of."""
        options = self.options
        if options.taint_only_propagate_through_assignments and isinstance(node, _OPERATIONS):
            return True
        if isinstance(node, cst.Call):
            return options.taint_assume_safe_functions or self._is_plain(node)
        if isinstance(node, cst.Comparison):
            return options.taint_assume_safe_comparisons or options.taint_assume_safe_booleans
        is_not = isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Not)
        return is_not and options.taint_assume_safe_booleans

    def _is_plain(self, call: cst.Call) -> bool:
        """Whether a call makes a number or boolean that an option calls safe."""
        name = call.func.value if isinstance(call.func, cst.Name) else ""
        is_number = self.options.taint_assume_safe_numbers and name in _NUMBERS
        return is_number or (self.options.taint_assume_safe_booleans and name in _BOOLEANS)

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

    def carried(self, node: cst.CSTNode) -> Marks:
        """The marks that a carrier had when it was last evaluated."""
        known = self._carried.get(node)
        return self._read(node) if known is None else known

    def propagate(self, node: cst.CSTNode) -> Marks:
        """Carry taint over where a propagator says so; what stays at this place is returned."""
        staying = NOTHING
        for step in self.sites.propagations.get(node, ()):
            marks = self.carried(step.source)
            path = dotted_name(owner_of(step.target))
            if not step.lasting:
                staying |= marks
            elif path is not None:
                self.taint(path, marks)
        return staying

    def _read(self, node: cst.CSTNode) -> Marks:
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
            path = dotted_name(owner_of(target))
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
        for child in inner_expressions(target):
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
        for child in inner_expressions(node):
            marks |= self.eval(child)
        return marks

    def _name(self, node: cst.CSTNode) -> Marks:
        return self.state.read(cst.ensure_type(node, cst.Name).value)

    def _attribute(self, node: cst.CSTNode) -> Marks:
        attribute = cst.ensure_type(node, cst.Attribute)
        inner = self.eval(attribute.value)
        path = dotted_name(node)
        return inner if path is None else self._path(attribute, path)

    def _path(self, node: cst.Attribute, path: str) -> Marks:
        """The marks of a dotted name; the state knows of no source or sanitizer inside it."""
        marks = NOTHING
        inner: cst.CSTNode = node
        while isinstance(inner, cst.Attribute):
            inner = inner.value
            if inner in self.sites.clean:
                return marks
            marks |= self.sites.marks.get(inner, NOTHING)
        return marks | self.state.read(path)

    def _subscript(self, node: cst.CSTNode) -> Marks:
        subscript = cst.ensure_type(node, cst.Subscript)
        marks = self.eval(subscript.value)
        index = NOTHING
        for part in subscript.slice:
            index |= self._union(part.slice)
        return marks if self.options.taint_assume_safe_indexes else marks | index

    def _call(self, node: cst.CSTNode) -> Marks:
        call = cst.ensure_type(node, cst.Call)
        if isinstance(call.func, cst.Attribute):
            # A method sees its whole object, not only what bears its name.
            marks = self._finish(call.func, self.eval(call.func.value))
        else:
            marks = self.eval(call.func)
        for argument in call.args:
            marks |= self.eval(argument.value)
        return marks

    def _choice(self, node: cst.CSTNode) -> Marks:
        choice = cst.ensure_type(node, cst.IfExp)
        self.eval(choice.test)
        return self.eval(choice.body) | self.eval(choice.orelse)

    def _walrus(self, node: cst.CSTNode) -> Marks:
        walrus = cst.ensure_type(node, cst.NamedExpr)
        marks = self.eval(walrus.value)
        self.assign(walrus.target, marks)
        for outside in self._outside:
            outside.add(cst.ensure_type(walrus.target, cst.Name).value, marks)
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
        self._outside.append(outer)
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
        self.state = self._outside.pop()
        return marks


def enter_parameters(values: Values, parameters: cst.Parameters) -> None:
    """What a function knows when it begins: its parameters, clean unless they are sources."""
    every = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    every += [p for p in (parameters.star_arg, parameters.star_kwarg) if isinstance(p, cst.Param)]
    for parameter in every:
        marks = values.sites.marks
        own = marks.get(parameter, NOTHING) | marks.get(parameter.name, NOTHING)
        values.write(parameter.name.value, frozenset(own))


_READERS: dict[type[cst.CSTNode], Callable[[Values, cst.CSTNode], Marks]] = {
    cst.Name: Values._name,
    cst.Attribute: Values._attribute,
    cst.Subscript: Values._subscript,
    cst.Call: Values._call,
    cst.IfExp: Values._choice,
    cst.NamedExpr: Values._walrus,
    cst.Lambda: Values._lambda,
}
