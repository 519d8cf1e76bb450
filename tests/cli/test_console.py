from __future__ import annotations

import pytest

from stuck_rules.cli.console import file_style, style_for
from stuck_rules.reporters.base import Style
from tests.cli.terminals import Terminal, console

PLAIN = Style()
BOTH = Style(colour=True, links=True)
COLOUR = Style(colour=True)
LINKS = Style(links=True)


@pytest.mark.parametrize(
    ("colour", "environment", "terminal", "expected"),
    [
        pytest.param("auto", {}, True, BOTH, id="a terminal"),
        pytest.param("auto", {"TERM": "xterm"}, True, BOTH, id="a terminal of a kind"),
        pytest.param("auto", {}, False, PLAIN, id="no terminal"),
        pytest.param("auto", {"TERM": "dumb"}, True, PLAIN, id="a dumb terminal"),
        pytest.param("auto", {"NO_COLOR": "1"}, True, PLAIN, id="NO_COLOR"),
        pytest.param("auto", {"NO_COLOR": "0"}, True, PLAIN, id="NO_COLOR, whatever it says"),
        pytest.param("auto", {"NO_COLOR": ""}, True, BOTH, id="an empty NO_COLOR is none"),
        pytest.param("auto", {"FORCE_COLOR": "1"}, False, COLOUR, id="FORCE_COLOR"),
        pytest.param("auto", {"FORCE_COLOR": "0"}, False, PLAIN, id="FORCE_COLOR=0 forces none"),
        pytest.param("auto", {"FORCE_COLOR": ""}, False, PLAIN, id="an empty FORCE_COLOR is none"),
        pytest.param(
            "auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, True, COLOUR, id="forced where dumb"
        ),
        pytest.param(
            "auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, PLAIN, id="NO_COLOR wins"
        ),
        pytest.param("always", {"NO_COLOR": "1"}, True, BOTH, id="always beats NO_COLOR"),
        pytest.param("always", {}, False, COLOUR, id="always colours a pipe"),
        pytest.param("always", {"TERM": "dumb"}, True, COLOUR, id="always, but links where dumb"),
        pytest.param("never", {"FORCE_COLOR": "1"}, True, PLAIN, id="never beats FORCE_COLOR"),
        pytest.param("auto", {"FORCE_HYPERLINK": "1"}, False, LINKS, id="links forced into a pipe"),
        pytest.param("auto", {"FORCE_HYPERLINK": "0"}, True, COLOUR, id="links forced away"),
        pytest.param("auto", {"FORCE_HYPERLINK": ""}, True, BOTH, id="an empty wish is none"),
        pytest.param(
            "auto", {"FORCE_HYPERLINK": "1", "NO_COLOR": "1"}, True, LINKS, id="links, no colour"
        ),
        pytest.param(
            "auto", {"FORCE_HYPERLINK": "1", "TERM": "dumb"}, True, LINKS, id="links where dumb"
        ),
        pytest.param("never", {"FORCE_HYPERLINK": "1"}, True, PLAIN, id="never is no links either"),
    ],
)
def test_style(colour: str, environment: dict[str, str], terminal: bool, expected: Style) -> None:
    assert style_for(colour, environment, terminal=terminal) == expected


def test_each_stream_has_its_own_style() -> None:
    out_only = console(out=Terminal())
    assert (out_only.style("auto"), out_only.note_style("auto")) == (BOTH, PLAIN)
    err_only = console(err=Terminal())
    assert (err_only.style("auto"), err_only.note_style("auto")) == (PLAIN, BOTH)


@pytest.mark.parametrize(("colour", "expected"), [("auto", PLAIN), ("always", COLOUR)])
def test_style_of_a_file(colour: str, expected: Style) -> None:
    assert file_style(colour) == expected
