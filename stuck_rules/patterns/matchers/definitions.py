"""Functions, lambdas and classes: parameters, decorators, bases, members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from stuck_rules.patterns.bindings import Env
from stuck_rules.patterns.forms import statements_of
from stuck_rules.patterns.holes import ABSENT, DOTS, many_name
from stuck_rules.patterns.matchers.arguments import Argument, build_arguments, match_arguments
from stuck_rules.patterns.matchers.base import Build, Matcher, build_shape, match_pairs, match_part
from stuck_rules.patterns.matchers.blocks import Body, build_body, build_line
from stuck_rules.patterns.matchers.items import Gap, Step, match_ordered
from stuck_rules.patterns.matchers.line import Line
from stuck_rules.patterns.matchers.names import build_identifier
from stuck_rules.patterns.matchers.unordered import match_unordered
from stuck_rules.values import dataclass


def params_of(parameters: cst.Parameters) -> list[cst.CSTNode]:
    """All parameters and markers as they are written."""
    found: list[cst.CSTNode] = list(parameters.posonly_params)
    if isinstance(parameters.posonly_ind, cst.ParamSlash):
        found.append(parameters.posonly_ind)
    found.extend(parameters.params)
    if isinstance(parameters.star_arg, (cst.Param, cst.ParamStar)):
        found.append(parameters.star_arg)
    found.extend(parameters.kwonly_params)
    if parameters.star_kwarg is not None:
        found.append(parameters.star_kwarg)
    return found


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; annotation and default count where the pattern writes them."""

    star: str
    name: Matcher
    annotation: Matcher | None
    default: Matcher | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match name, annotation and default in turn."""
        if not isinstance(node, cst.Param) or _star_of(node) != self.star:
            return
        for named in self.name.match(node.name, env):
            for typed in self._match_annotation(node, named):
                yield from self._match_default(node, typed)

    def _match_annotation(self, node: cst.Param, env: Env) -> Iterator[Env]:
        if self.annotation is None:
            yield env
        elif node.annotation is not None:
            yield from self.annotation.match(node.annotation.annotation, env)

    def _match_default(self, node: cst.Param, env: Env) -> Iterator[Env]:
        if self.default is None:
            yield env
        elif node.default is not None:
            yield from self.default.match(node.default, env)


def _star_of(node: cst.Param) -> str:
    return node.star if isinstance(node.star, str) else ""


def _build_param(node: cst.CSTNode, build: Build) -> Step:
    if not isinstance(node, cst.Param):
        return build_shape(node, build)
    many = many_name(node.name.value)
    if many is not None or node.name.value == DOTS:
        return Gap(many)
    default = node.default
    if isinstance(default, cst.Name) and default.value == ABSENT:
        default = None
    annotation = None if node.annotation is None else build(node.annotation.annotation)
    name = build_identifier(node.name)
    return Parameter(_star_of(node), name, annotation, build.optional(default))


def build_parameters(parameters: cst.Parameters, build: Build) -> tuple[Step, ...]:
    """The parameters of a pattern."""
    return tuple(_build_param(node, build) for node in params_of(parameters))


@dataclass(frozen=True, slots=True)
class Decoration:
    """A decorator; `@d` and `@d()` are the same."""

    function: Matcher
    arguments: tuple[Argument, ...]

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match what decorates, then its arguments."""
        if isinstance(node, cst.Decorator):
            function, args = _decoration_of(node)
            for found in self.function.match(function, env):
                yield from match_arguments(self.arguments, args, found)


def _decoration_of(node: cst.Decorator) -> tuple[cst.BaseExpression, Sequence[cst.Arg]]:
    value = node.decorator
    return (value.func, value.args) if isinstance(value, cst.Call) else (value, ())


def _build_decorator(node: cst.Decorator, build: Build) -> Decoration:
    """A decorator of a pattern."""
    function, args = _decoration_of(node)
    return Decoration(build(function), build_arguments(args, build))


@dataclass(frozen=True, slots=True)
class DecoratorLines:
    """Decorators that stand alone in a pattern: right one after another in the code."""

    decorators: tuple[Decoration, ...]

    def ways(self, node: cst.CSTNode, env: Env) -> Iterator[tuple[tuple[cst.CSTNode, ...], Env]]:
        """Each match with the first and the last of its decorators."""
        lines = node.decorators if isinstance(node, (cst.FunctionDef, cst.ClassDef)) else ()
        for start in range(len(lines) - len(self.decorators) + 1):
            part = lines[start : start + len(self.decorators)]
            for found in match_pairs(self.decorators, part, env):
                yield (part[0], part[-1]), found

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """The bindings alone."""
        for _, found in self.ways(node, env):
            yield found


def build_decorators(nodes: Sequence[cst.Decorator], build: Build) -> DecoratorLines:
    """The lone decorators of a pattern."""
    return DecoratorLines(tuple(_build_decorator(node, build) for node in nodes))


@dataclass(frozen=True, slots=True)
class Decorations:
    """The decorators of a pattern among those of the code, others beside."""

    decorators: tuple[Decoration, ...]
    in_order: bool

    def match_all(self, nodes: Sequence[cst.Decorator], env: Env) -> Iterator[Env]:
        """Match each to one of the code's."""
        if not self.in_order:
            yield from match_unordered(self.decorators, nodes, env, extra=True)
            return
        steps: list[Step] = [Gap()]
        for decorator in self.decorators:
            steps += [decorator, Gap()]
        yield from match_ordered(steps, nodes, env)


def _build_decorations(nodes: Sequence[cst.Decorator], build: Build) -> Decorations:
    decorators = tuple(_build_decorator(node, build) for node in nodes)
    return Decorations(decorators, build.options.decorators_order_matters)


def _match_head(
    name: Matcher, generics: Matcher | None, node: cst.FunctionDef | cst.ClassDef, env: Env
) -> Iterator[Env]:
    """Match a definition's name, and its type parameters where the pattern writes them."""
    for found in name.match(node.name, env):
        if generics is None:
            yield found
        else:
            yield from match_part(generics, node.type_parameters, found)


@dataclass(frozen=True, slots=True)
class Function:
    """`def`; async ones match too, unless the pattern asks for `async`."""

    name: Matcher
    is_async: bool
    decorations: Decorations
    generics: Matcher | None
    parameters: tuple[Step, ...]
    returns: Matcher | None
    body: Body

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match from the name to the body, what is cheap first."""
        if not isinstance(node, cst.FunctionDef):
            return
        if self.is_async and node.asynchronous is None:
            return
        for named in _match_head(self.name, self.generics, node, env):
            for decorated in self.decorations.match_all(node.decorators, named):
                for found in match_ordered(self.parameters, params_of(node.params), decorated):
                    yield from self._match_rest(node, found)

    def _match_rest(self, node: cst.FunctionDef, env: Env) -> Iterator[Env]:
        if self.returns is None:
            yield from self.body.match(node.body, env)
        elif node.returns is not None:
            for found in self.returns.match(node.returns.annotation, env):
                yield from self.body.match(node.body, found)


def build_function(node: cst.CSTNode, build: Build) -> Matcher:
    """A function of a pattern."""
    function = cst.ensure_type(node, cst.FunctionDef)
    returns = function.returns
    return Function(
        name=build_identifier(function.name),
        is_async=function.asynchronous is not None,
        decorations=_build_decorations(function.decorators, build),
        generics=build.optional(function.type_parameters),
        parameters=build_parameters(function.params, build),
        returns=None if returns is None else build(returns.annotation),
        body=build_body(function.body, build),
    )


@dataclass(frozen=True, slots=True)
class Lambda:
    """`lambda`."""

    parameters: tuple[Step, ...]
    body: Matcher

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match parameters and body."""
        if isinstance(node, cst.Lambda):
            for found in match_ordered(self.parameters, params_of(node.params), env):
                yield from self.body.match(node.body, found)


def build_lambda(node: cst.CSTNode, build: Build) -> Matcher:
    """A lambda of a pattern."""
    function = cst.ensure_type(node, cst.Lambda)
    return Lambda(build_parameters(function.params, build), build(function.body))


@dataclass(frozen=True, slots=True)
class Class:
    """`class`: bases from the first on, members in any order among others."""

    name: Matcher
    decorations: Decorations
    generics: Matcher | None
    bases: tuple[Argument, ...]
    members: tuple[Matcher, ...]
    whole: Matcher | None

    def match(self, node: cst.CSTNode, env: Env) -> Iterator[Env]:
        """Match name, decorators, bases and members in turn."""
        if not isinstance(node, cst.ClassDef):
            return
        bases = [*node.bases, *node.keywords]
        for named in _match_head(self.name, self.generics, node, env):
            for decorated in self.decorations.match_all(node.decorators, named):
                for found in match_arguments(self.bases, bases, decorated):
                    yield from self._match_body(node, found)

    def _match_body(self, node: cst.ClassDef, env: Env) -> Iterator[Env]:
        if self.whole is not None:
            yield from self.whole.match(node.body, env)
            return
        yield from match_unordered(self.members, statements_of(node.body), env, extra=True)


def build_class(node: cst.CSTNode, build: Build) -> Matcher:
    """A class of a pattern."""
    pattern = cst.ensure_type(node, cst.ClassDef)
    bases = build_arguments([*pattern.bases, *pattern.keywords], build)
    lines = [build_line(line, build) for line in statements_of(pattern.body)]
    body = build_body(pattern.body, build)
    return Class(
        name=build_identifier(pattern.name),
        decorations=_build_decorations(pattern.decorators, build),
        generics=build.optional(pattern.type_parameters),
        bases=bases if pattern.keywords else (*bases, Gap()),
        members=tuple(line.matcher for line in lines if isinstance(line, Line)),
        whole=body if body.takes_all else None,
    )
