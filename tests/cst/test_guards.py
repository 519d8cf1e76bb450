"""Which code only development or testing reaches."""

from __future__ import annotations

import pytest

from stuck_rules.cst.guards import is_for_development
from stuck_rules.cst.source import parse
from tests.cst.code import name_at


def guarded(code: str) -> bool:
    tree = parse(code)
    return is_for_development(tree, name_at(tree, "here"))


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("if is_development():\n    here\n", id="call"),
        pytest.param("if self.is_dev:\n    here\n", id="attribute"),
        pytest.param("if env == 'development':\n    here\n", id="comparison"),
        pytest.param("if env in ('dev', 'test'):\n    here\n", id="among"),
        pytest.param("if env.lower() == 'local':\n    here\n", id="lower"),
        pytest.param("if env != 'production':\n    here\n", id="not production"),
        pytest.param("if not is_production():\n    here\n", id="not"),
        pytest.param("if env not in {'production', 'staging'}:\n    here\n", id="not among"),
        pytest.param("if is_production():\n    a\nelse:\n    here\n", id="else"),
        pytest.param("if a:\n    b\nelif testing:\n    here\n", id="elif"),
        pytest.param("if is_dev() and a:\n    here\n", id="and"),
        pytest.param("if is_dev() or is_test():\n    here\n", id="or of both"),
        pytest.param("x = here if is_dev else a\n", id="conditional"),
        pytest.param("x = a if is_production else here\n", id="conditional else"),
        pytest.param("x = is_dev and here\n", id="and value"),
        pytest.param("x = is_production or here\n", id="or value"),
        pytest.param("if is_production():\n    raise E\nhere\n", id="behind an exit"),
        pytest.param("def f():\n    if not is_dev:\n        return\n    here\n", id="return"),
        pytest.param("def local_default():\n    here\n", id="function's name"),
        pytest.param("class TestSettings:\n    here\n", id="class's name"),
        pytest.param("match env:\n    case 'dev' | 'test':\n        here\n", id="match"),
        pytest.param("if 'pytest' in sys.modules:\n    here\n", id="sought"),
        pytest.param("if is_dev is True:\n    here\n", id="is True"),
    ],
)
def test_code_for_development(code: str) -> None:
    assert guarded(code)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("here\n", id="plain"),
        pytest.param("if a:\n    here\n", id="another test"),
        pytest.param("if is_dev:\n    a\nhere\n", id="behind"),
        pytest.param("if is_dev:\n    a\nelse:\n    here\n", id="else"),
        pytest.param("if not is_dev:\n    here\n", id="not"),
        pytest.param("if env != 'development':\n    here\n", id="not development"),
        pytest.param("if is_production():\n    here\n", id="production"),
        pytest.param("if env in ('dev', 'production'):\n    here\n", id="both among"),
        pytest.param("if is_dev or a:\n    here\n", id="or"),
        pytest.param("if not (is_production and a):\n    here\n", id="not both"),
        pytest.param("x = is_dev or here\n", id="or value"),
        pytest.param("x = here if a else is_dev\n", id="conditional"),
        pytest.param("if is_dev:\n    raise E\nhere\n", id="development left"),
        pytest.param("here\nif is_production():\n    raise E\n", id="exit behind"),
        pytest.param("def deliver():\n    here\n", id="part of a word"),
        pytest.param("def test_production_url():\n    here\n", id="both words"),
        pytest.param("match env:\n    case 'dev' | _:\n        here\n", id="any case"),
        pytest.param("if settings.test.url:\n    here\n", id="something of it"),
        pytest.param("if is_dev is False:\n    here\n", id="is False"),
    ],
)
def test_code_that_production_reaches_too(code: str) -> None:
    assert not guarded(code)
