"""The output formats by the name that users give."""

from __future__ import annotations

from stuck_rules.reporters import concise, full, github, json, sarif
from stuck_rules.reporters.base import Reporter

REPORTERS: dict[str, Reporter] = {
    "full": full.render,
    "concise": concise.render,
    "json": json.render,
    "github": github.render,
    "sarif": sarif.render,
}
