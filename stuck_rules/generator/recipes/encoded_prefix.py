"""Implementation code that strips an encoding's padding before it goes behind a prefix."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stuck_rules.generator.proposal import Draft, Proposal, check, code, propose, sources
from stuck_rules.generator.syntax import parse_code
from stuck_rules.generator.words import dashed
from stuck_rules.model.lesson import Log, Role
from stuck_rules.values import dataclass

# The encoders of the standard alphabet; behind such a prefix the URL-safe one is meant.
_STANDARD = ("base64.b64encode", "base64.standard_b64encode", "base64.encodebytes")


@dataclass(frozen=True, slots=True)
class _Encoding:
    name: str
    encode: str
    strip: str


def encoded_prefix(log: Log) -> Iterator[Proposal]:
    """A value that must be stripped of its padding, learnt from the right form alone."""
    for source in sources(log, Role.IMPLEMENTATION, Role.CORRECT):
        for block in source.lesson.code:
            tree = parse_code(block.text) if block.fenced else None
            for prefix, key, encoding in _uses(tree) if tree is not None else ():
                yield propose(_draft(prefix, key, encoding), "encoded-prefix", source)


def _uses(tree: ast.Module) -> Iterator[tuple[str, str, _Encoding]]:
    """Each prefix with the header that it goes to and how its value was encoded."""
    encodings = {e.name: e for node in tree.body if (e := _encoding(node)) is not None}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.JoinedStr):
            continue
        parts, target = node.value.values, node.targets[0]
        if len(parts) != 2 or not isinstance(target, ast.Subscript):
            continue
        prefix, key, hole = parts[0], target.slice, parts[1]
        if (
            isinstance(prefix, ast.Constant)
            and isinstance(key, ast.Constant)
            and isinstance(hole, ast.FormattedValue)
            and isinstance(hole.value, ast.Name)
            and hole.value.id in encodings
        ):
            yield str(prefix.value), str(key.value), encodings[hole.value.id]


def _encoding(node: ast.stmt) -> _Encoding | None:
    """`name = encoder(...)....rstrip("=")`."""
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
        return None
    call = node.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr != "rstrip" or not call.args or not isinstance(call.args[0], ast.Constant):
        return None
    root: ast.expr = call.func.value
    while isinstance(root, ast.Call) and isinstance(root.func, ast.Attribute):
        if not isinstance(root.func.value, (ast.Call, ast.Attribute)):
            return _Encoding(node.targets[0].id, ast.unparse(root.func), str(call.args[0].value))
        root = root.func.value
    return None


def _draft(prefix: str, key: str, encoding: _Encoding) -> Draft:
    encode, strip = encoding.encode, encoding.strip
    module = encode.partition(".")[0]
    wrong = tuple(name for name in _STANDARD if name != encode and encode.startswith("base64."))
    noun = "subprotocol" if "protocol" in key.lower() else dashed(key)
    head = f"import {module}\n\n"
    return Draft(
        id=f"{dashed(prefix)}-{noun}-padding",
        message=(
            f"The value behind {prefix!r} keeps the padding {strip!r} of {encode}, or its "
            f"alphabet is not URL-safe; encode with {encode} and strip it: .rstrip({strip!r})."
        ),
        condition=check(
            "encoded-prefix", prefix=prefix, encode=encode, strip=strip, wrong_encoders=wrong
        ),
        bad=code(
            f'{head}token = {encode}(raw).decode()\nheader = f"{prefix}{{token}}"\n',
        ),
        good=code(
            f"{head}token = {encode}(raw).decode().rstrip({strip!r})\n"
            f'header = f"{prefix}{{token}}"\n',
            f"{head}key = {encode}(raw).decode()\n",
        ),
    )
