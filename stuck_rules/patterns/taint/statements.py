"""How taint goes from statement to statement of one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import libcst as cst

from stuck_rules.cst.names import dotted_name
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.taint.sites import expressions_of
from stuck_rules.patterns.taint.state import NOTHING, Marks, State, join
from stuck_rules.patterns.taint.targets import (
    captured_names,
    deleted_paths,
    imported_names,
    owner_of,
)
from stuck_rules.patterns.taint.values import Values, enter_parameters
from stuck_rules.patterns.taint.ways import Ways, is_endless, is_exhaustive
from stuck_rules.values import dataclass


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
        self._ways = Ways()
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
            if state is not None:
                self.values.state = state
            self._tell_whole(statement)
        return state

    def _join(self, states: Sequence[State | None]) -> State | None:
        """Join, and count it as the work that it is."""
        self.values.spend(sum(len(state.known) for state in states if state is not None) // 8)
        return join(states)

    def _tell_whole(self, statement: cst.CSTNode) -> None:
        """A statement as a whole may be a sink or a propagator."""
        values = self.values
        if statement in values.sites.sinks:
            parts = expressions_of(statement)
            values.reach(statement, NOTHING.union(*(values.carried(part) for part in parts)))
        values.propagate(statement)

    def _plain(self, statement: cst.CSTNode, state: State) -> State:
        """A statement that only evaluates, such as an expression or `assert`."""
        for child in expressions_of(statement):
            self.values.eval(child)
        return state

    def _import(self, statement: cst.CSTNode, state: State) -> State:
        assert isinstance(statement, (cst.Import, cst.ImportFrom))
        for name in imported_names(statement):
            self.values.write(name, NOTHING)
        return state

    def _delete(self, statement: cst.CSTNode, state: State) -> State:
        self._plain(statement, state)
        for path in deleted_paths(cst.ensure_type(statement, cst.Del)):
            self.values.write(path, NOTHING)
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
        path = dotted_name(owner_of(assign.target))
        if path is not None:
            self.values.taint(path, marks)
        return state

    def _leave(self, statement: cst.CSTNode, state: State) -> None:
        self._plain(statement, state)
        self._ways.leave_function(state)

    def _break(self, _statement: cst.CSTNode, state: State) -> None:
        self._ways.break_off(state)

    def _continue(self, _statement: cst.CSTNode, state: State) -> None:
        self._ways.go_round(state)

    def _if(self, statement: cst.CSTNode, state: State) -> State | None:
        choice = cst.ensure_type(statement, cst.If)
        self.values.eval(choice.test)
        other: State | None = state.copy()
        body = self.run(statements_of(choice.body), state)
        if isinstance(choice.orelse, cst.If):
            other = self.run([choice.orelse], other)
        elif choice.orelse is not None:
            other = self.run(statements_of(choice.orelse.body), other)
        return self._join([body, other])

    def _while(self, statement: cst.CSTNode, state: State) -> State | None:
        loop = cst.ensure_type(statement, cst.While)
        return self._loop(loop, state, NOTHING, lambda _: self.values.eval(loop.test))

    def _for(self, statement: cst.CSTNode, state: State) -> State | None:
        loop = cst.ensure_type(statement, cst.For)
        marks = self.values.eval(loop.iter)
        return self._loop(loop, state, marks, lambda m: self.values.assign(loop.target, m))

    def _loop(
        self,
        loop: cst.For | cst.While,
        state: State,
        marks: Marks,
        enter: Callable[[Marks], object],
    ) -> State | None:
        """Run a body until what is known in front of it does not change any more.

        What an earlier visit found holds still, so that loops in loops do not multiply.
        """
        head = state
        known = self._loops.get(loop)
        if known is not None:
            head = self._join([state, known.head]) or state
            if head.known == known.head.known and marks <= known.marks:
                return None if known.end is None else known.end.copy()
            marks |= known.marks
        head, breaks = self._settle(loop, head, partial(enter, marks))
        end: State | None = None
        if not is_endless(loop):
            end = self.values.state = head.copy()
            if isinstance(loop, cst.While):
                enter(marks)
        if loop.orelse is not None:
            end = self.run(statements_of(loop.orelse.body), end)
        end = self._join([end, *breaks])
        self._loops[loop] = _Loop(head, marks, end)
        return None if end is None else end.copy()

    def _settle(
        self, loop: cst.For | cst.While, head: State, enter: Callable[[], object]
    ) -> tuple[State, list[State]]:
        """What holds in front of each round, and the states of all breaks."""
        while True:
            self._ways.enter_loop()
            inside = self.values.state = head.copy()
            enter()
            after = self.run(statements_of(loop.body), inside)
            left = self._ways.leave_loop()
            again = self._join([head, after, *left.continues]) or head
            if again.known == head.known:
                return again, left.breaks
            head = again

    def _with(self, statement: cst.CSTNode, state: State) -> State | None:
        block = cst.ensure_type(statement, cst.With)
        for item in block.items:
            marks = self.values.eval(item.item)
            if item.asname is not None:
                self.values.assign(item.asname.name, marks)
        return self.run(statements_of(block.body), state)

    def _try(self, statement: cst.CSTNode, state: State) -> State | None:
        assert isinstance(statement, (cst.Try, cst.TryStar))
        if statement.finalbody is None:
            return self._attempt(statement, state)[0]
        self._ways.enter_try()
        end, failed = self._attempt(statement, state)
        exits = self._ways.leave_try()
        final = statements_of(statement.finalbody.body)
        if exits or end is None:
            # What leaves passes here too, but does not go on behind the `try`.
            leaving = self._join(exits or [failed])
            self.run(final, None if leaving is None else leaving.copy())
        return self.run(final, end)

    def _attempt(self, block: cst.Try | cst.TryStar, state: State) -> tuple[State | None, State]:
        """The state in front of `finally`, and that of a body that failed anywhere."""
        failed = state.copy()
        written: dict[str, Marks] = {}
        self.values.watchers.append(written)
        body = self.run(statements_of(block.body), state)
        self.values.watchers.pop()
        if block.orelse is not None:
            body = self.run(statements_of(block.orelse.body), body)
        for path, marks in written.items():
            failed.add(path, marks)
        ends = [body, *(self._handle(handler, failed) for handler in block.handlers)]
        return self._join(ends), failed

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
        ends: list[State | None] = [None if is_exhaustive(match) else state]
        for case in match.cases:
            inside = state.copy()
            self.values.state = inside
            for name in captured_names(case.pattern):
                self.values.write(name, marks)
            if case.guard is not None:
                self.values.eval(case.guard)
            ends.append(self.run(statements_of(case.body), inside))
        return self._join(ends)

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


_STEPS: dict[type[cst.CSTNode], Callable[[Statements, cst.CSTNode, State], State | None]] = {
    cst.Assign: Statements._assign,
    cst.AnnAssign: Statements._annotated,
    cst.AugAssign: Statements._augmented,
    cst.Import: Statements._import,
    cst.ImportFrom: Statements._import,
    cst.Del: Statements._delete,
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
