"""How taint goes from statement to statement of one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.taint.state import NOTHING, Marks, State, join
from stuck_rules.patterns.taint.values import Values, enter_parameters

# A loop's state only grows, by a variable a round at the least.
_MAX_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class _Loop:
    """A loop as it was last run: what was known in front of it, what it runs over, its end."""

    head: State
    marks: Marks
    end: State | None


class Statements:
    """Runs the statements of a function; a state of None is a point that is never reached."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._breaks: list[list[State]] = []
        self._continues: list[list[State]] = []
        self._loops: dict[cst.CSTNode, _Loop] = {}

    def run_function(self, function: cst.FunctionDef, entry: State) -> None:
        """Run a function from what its module knows."""
        self.values.state = entry.copy()
        enter_parameters(self.values, function.params)
        self.run(statements_of(function.body), self.values.state)

    def run(self, statements: Iterable[cst.CSTNode], state: State | None) -> State | None:
        """The state behind the statements; what stands behind a `return` is not run."""
        for statement in statements:
            if state is None:
                return None
            self.values.state = state
            step = _STEPS.get(type(statement))
            state = step(self, statement, state) if step else self._plain(statement, state)
            self._tell_sinks(statement)
        return state

    def _tell_sinks(self, statement: cst.CSTNode) -> None:
        """A statement as a whole may be a sink or a propagator."""
        values = self.values
        if statement in values.sites.sinks:
            marks: Marks = NOTHING
            for child in statement.children:
                if isinstance(child, cst.BaseExpression):
                    marks |= values.eval(child)
            values.reach(statement, marks)
        values.propagate(statement)

    def _plain(self, statement: cst.CSTNode, state: State) -> State:
        """A statement that only evaluates: an expression, `assert`, `del`, an import."""
        for child in statement.children:
            if isinstance(child, cst.BaseExpression):
                self.values.eval(child)
        return state

    def _assign(self, statement: cst.CSTNode, state: State) -> State:
        assign = cst.ensure_type(statement, cst.Assign)
        marks = self._value(statement, assign.value)
        for target in assign.targets:
            self.values.assign(target.target, marks)
        return state

    def _annotated(self, statement: cst.CSTNode, state: State) -> State:
        assign = cst.ensure_type(statement, cst.AnnAssign)
        if assign.value is not None:
            marks = self._value(statement, assign.value)
            self.values.assign(assign.target, marks)
        return state

    def _value(self, statement: cst.CSTNode, value: cst.BaseExpression) -> Marks:
        """The marks of an assigned value; a source may be the assignment as a whole."""
        return self.values.eval(value) | self.values.sites.marks.get(statement, NOTHING)

    def _augmented(self, statement: cst.CSTNode, state: State) -> State:
        assign = cst.ensure_type(statement, cst.AugAssign)
        marks = self.values.eval(assign.value)
        target: cst.CSTNode = assign.target
        while isinstance(target, cst.Subscript):
            target = target.value
        path = dotted_name(target)
        if path is not None:
            self.values.taint(path, marks)
        return state

    def _leave(self, statement: cst.CSTNode, state: State) -> None:
        self._plain(statement, state)

    def _break(self, _statement: cst.CSTNode, state: State) -> None:
        if self._breaks:
            self._breaks[-1].append(state)

    def _continue(self, _statement: cst.CSTNode, state: State) -> None:
        if self._continues:
            self._continues[-1].append(state)

    def _if(self, statement: cst.CSTNode, state: State) -> State | None:
        choice = cst.ensure_type(statement, cst.If)
        self.values.eval(choice.test)
        other: State | None = state.copy()
        body = self.run(statements_of(choice.body), state)
        if isinstance(choice.orelse, cst.If):
            other = self.run([choice.orelse], other)
        elif choice.orelse is not None:
            other = self.run(statements_of(choice.orelse.body), other)
        return join([body, other])

    def _while(self, statement: cst.CSTNode, state: State) -> State | None:
        loop = cst.ensure_type(statement, cst.While)

        def enter(_marks: Marks) -> None:
            self.values.eval(loop.test)

        return self._loop(loop, state, NOTHING, enter)

    def _for(self, statement: cst.CSTNode, state: State) -> State | None:
        loop = cst.ensure_type(statement, cst.For)
        marks = self.values.eval(loop.iter)

        def enter(marks: Marks) -> None:
            self.values.assign(loop.target, marks)

        return self._loop(loop, state, marks, enter)

    def _loop(
        self,
        loop: cst.For | cst.While,
        state: State,
        marks: Marks,
        enter: Callable[[Marks], None],
    ) -> State | None:
        """Run a body until what is known in front of it does not change any more.

        What an earlier visit found holds still, so that loops in loops do not multiply.
        """
        head: State | None = state
        known = self._loops.get(loop)
        if known is not None:
            head = join([state, known.head])
            if head is not None and head.known == known.head.known and marks <= known.marks:
                return None if known.end is None else known.end.copy()
            marks |= known.marks
        assert head is not None
        breaks: list[State] = []
        for _ in range(_MAX_ROUNDS):
            self._breaks.append([])
            self._continues.append([])
            inside = head.copy()
            self.values.state = inside
            enter(marks)
            after = self.run(statements_of(loop.body), inside)
            again = join([head, after, *self._continues.pop()])
            assert again is not None
            done = again.known == head.known
            head = again
            breaks = self._breaks.pop()
            if done:
                break
        else:
            message = f"taint in a loop needs more than {_MAX_ROUNDS} rounds to settle"
            raise SourceError(Problem(ProblemKind.TIMEOUT, message))
        end: State | None = head.copy()
        if loop.orelse is not None:
            end = self.run(statements_of(loop.orelse.body), end)
        end = join([end, *breaks])
        self._loops[loop] = _Loop(head, marks, end)
        return None if end is None else end.copy()

    def _with(self, statement: cst.CSTNode, state: State) -> State | None:
        block = cst.ensure_type(statement, cst.With)
        for item in block.items:
            marks = self.values.eval(item.item)
            if item.asname is not None:
                self.values.assign(item.asname.name, marks)
        return self.run(statements_of(block.body), state)

    def _try(self, statement: cst.CSTNode, state: State) -> State | None:
        block = statement
        assert isinstance(block, (cst.Try, cst.TryStar))
        before = state.copy()
        written: dict[str, Marks] = {}
        self.values.watchers.append(written)
        body = self.run(statements_of(block.body), state)
        self.values.watchers.pop()
        if block.orelse is not None:
            body = self.run(statements_of(block.orelse.body), body)
        failed = before.copy()
        for path, marks in written.items():
            failed.add(path, marks)
        ends = [body, *(self._handle(handler, failed) for handler in block.handlers)]
        end = join(ends)
        if block.finalbody is None:
            return end
        start = end if end is not None else failed
        after = self.run(statements_of(block.finalbody.body), start)
        return after if end is not None else None

    def _handle(
        self, handler: cst.ExceptHandler | cst.ExceptStarHandler, failed: State
    ) -> State | None:
        state = failed.copy()
        self.values.state = state
        if handler.name is not None:
            self.values.assign(handler.name.name, NOTHING)
        return self.run(statements_of(handler.body), state)

    def _match(self, statement: cst.CSTNode, state: State) -> State | None:
        match = cst.ensure_type(statement, cst.Match)
        marks = self.values.eval(match.subject)
        ends: list[State | None] = [state]
        for case in match.cases:
            inside = state.copy()
            self.values.state = inside
            for name in _captured(case.pattern):
                self.values.write(name, marks)
            if case.guard is not None:
                self.values.eval(case.guard)
            ends.append(self.run(statements_of(case.body), inside))
        return join(ends)

    def _class(self, statement: cst.CSTNode, state: State) -> State:
        """A class's body runs where it stands, with names of its own."""
        definition = cst.ensure_type(statement, cst.ClassDef)
        self._defaults([*definition.decorators, *definition.bases, *definition.keywords])
        self.run(statements_of(definition.body), state.copy())
        self.values.state = state
        self.values.write(definition.name.value, NOTHING)
        return state

    def _define(self, statement: cst.CSTNode, state: State) -> State:
        """A function's body is a matter of its own; its decorators and defaults are not."""
        function = cst.ensure_type(statement, cst.FunctionDef)
        self._defaults([*function.decorators, function.params])
        self.values.write(function.name.value, NOTHING)
        return state

    def _defaults(self, nodes: Sequence[cst.CSTNode]) -> None:
        for node in nodes:
            for child in node.children:
                if isinstance(child, cst.Param):
                    if child.default is not None:
                        self.values.eval(child.default)
                elif isinstance(child, cst.BaseExpression):
                    self.values.eval(child)


def _captured(pattern: cst.CSTNode) -> list[str]:
    """The names that a case's pattern binds."""
    names: list[str] = []
    pending: list[cst.CSTNode] = [pattern]
    while pending:
        node = pending.pop()
        name = getattr(node, "name", None)
        is_capture = isinstance(node, (cst.MatchAs, cst.MatchStar))
        if is_capture and isinstance(name, cst.Name):
            names.append(name.value)
        rest = getattr(node, "rest", None)
        if isinstance(node, cst.MatchMapping) and isinstance(rest, cst.Name):
            names.append(rest.value)
        pending.extend(node.children)
    return names


_STEPS: dict[type[cst.CSTNode], Callable[[Statements, cst.CSTNode, State], State | None]] = {
    cst.Assign: Statements._assign,
    cst.AnnAssign: Statements._annotated,
    cst.AugAssign: Statements._augmented,
    cst.Return: Statements._leave,
    cst.Raise: Statements._leave,
    cst.Break: Statements._break,
    cst.Continue: Statements._continue,
    cst.If: Statements._if,
    cst.While: Statements._while,
    cst.For: Statements._for,
    cst.With: Statements._with,
    cst.Try: Statements._try,
    cst.TryStar: Statements._try,
    cst.Match: Statements._match,
    cst.ClassDef: Statements._class,
    cst.FunctionDef: Statements._define,
}
