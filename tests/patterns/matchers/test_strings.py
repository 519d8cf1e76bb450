"""Strings and f-strings."""

from __future__ import annotations

import pytest

from tests.patterns.marked import assert_marked, bindings_of

CASES = [
    pytest.param('f("...")', "«f('a')»; «f(b'a')»; «f('a' 'b')»; f(1); f(x); f(f'{x}')", id="any"),
    pytest.param('f("abc")', "«f('abc')»; «f('''abc''')»; «f('a' 'bc')»; f('\\x61bc')", id="text"),
    pytest.param('f("abc...")', "«f('abc...')»; f('abcd')", id="dots inside are text"),
    pytest.param('f("$X/a")', "«f('$X/a')»; f('q/a')", id="hole inside is text"),
    pytest.param('f(b"...")', "«f(b'a')»; f('a'); f(br'a')", id="prefix"),
    pytest.param('f("=~/^a.c/i")', "«f('ABCD')»; f('xabc'); f(abc)", id="regex"),
    pytest.param('f("=~/a/")', "«f('xa')»; f('A')", id="regex looks at case"),
    pytest.param('f("a")', "k = 'a'\n«f(k)»\nf(l)", id="variable"),
    pytest.param('"a" "b"', "«'a' 'b'»\n'ab'", id="pieces"),
    pytest.param('f"..."', "«f'a'»\n'a'", id="any f-string"),
    pytest.param('f"...{$X}..."', "«f'a{b}c'»\n«f'{b}'»\nf'a'\nf'{b!r}'", id="some hole"),
    pytest.param('f"a{$X}c"', "«f'a{b}c'»\nf'a{b}'\nf'ab{b}c'", id="pieces of an f-string"),
]


@pytest.mark.parametrize(("pattern", "marked"), CASES)
def test_strings(pattern: str, marked: str) -> None:
    assert_marked(pattern, marked)


def test_without_constant_propagation_only_literals_count() -> None:
    assert_marked('f("ab")', "k = 'ab'\nf(k)\n«f('ab')»\nf('a' + 'b')", constant_propagation=False)


BOUND = [
    pytest.param('f("$X")', "f('a')", "a", id="inside"),
    pytest.param('f("$X", $X)', "f('a', a); f('a', 'a')", "a", id="same as a name"),
    pytest.param('f"$X{...}"', "f'a {b}'", "a ", id="piece of an f-string"),
]


@pytest.mark.parametrize(("pattern", "code", "text"), BOUND)
def test_the_text_is_bound(pattern: str, code: str, text: str) -> None:
    assert bindings_of(pattern, code) == [{"$X": text}]
