"""What Semgrep's rules may say and ours may not, each with what to do instead."""

from __future__ import annotations

_NEW_SYNTAX = "write it with pattern, patterns, pattern-either, pattern-not and pattern-inside"
_NEW_TAINT = "write it with mode: taint, pattern-sources and pattern-sinks"
_PRO = "it looks at more than one file; leave it out"
# Keys of rules, of lists of patterns and of the parts of a taint rule.
_ADVICE = {
    **dict.fromkeys(("match", "any", "all", "not", "inside", "anywhere", "where"), _NEW_SYNTAX),
    **dict.fromkeys(("taint", "sources", "sinks", "sanitizers", "propagators"), _NEW_TAINT),
    "regex": "write pattern-regex",
    "focus": "write focus-metavariable",
    "comparison": "write metavariable-comparison",
    "pattern-where-python": "write metavariable-comparison, or a check of your own",
    "metavariable-analysis": "write metavariable-regex, or a check of your own",
    "metavariable-name": "write metavariable-regex or metavariable-pattern",
    "semgrep-internal-metavariable-name": "write metavariable-regex or metavariable-pattern",
    "semgrep-internal-pattern-anywhere": "write pattern-inside",
    "pattern-not-either": "write pattern-not with a pattern-either in it",
    "pattern-all": "write patterns",
    "pattern-and": "write patterns",
    "pattern-comby": "write pattern or pattern-regex",
    "equivalences": "write the equivalent patterns under pattern-either",
    "join": f"{_PRO}, or write a check of your own",
    "steps": "write a rule for each step",
    "extract": "write pattern-regex, or a rule with text",
    "dest-language": "write pattern-regex, or a rule with text",
    "transform": "leave it out",
    "reduce": "leave it out",
    "validators": "leave it out: nothing is asked over a network",
    "request": "leave it out: nothing is asked over a network",
    "response": "leave it out: nothing is asked over a network",
    "product": "leave it out",
    "project-depends-on": "write paths or a rule with files",
    "r2c-internal-project-depends-on": "write paths or a rule with files",
    "fix_regex": "write fix-regex",
    "label": "give labels to pattern-sources alone",
    "requires": "write requires beside an item of pattern-sinks alone",
    "replace-labels": "leave it out",
    "at-exit": "leave it out, or write a pattern for the last statement",
    "not-conflicting": "leave it out, or write exact: true",
    "control": "leave it out",
}
_MODES = {
    "join": _ADVICE["join"],
    "extract": _ADVICE["extract"],
    "steps": _ADVICE["steps"],
    "secrets": _ADVICE["validators"],
}


def is_foreign(key: str) -> bool:
    """Whether a key is one of Semgrep's that has no meaning here."""
    return key.replace("_", "-") in _ADVICE or key in _ADVICE


def refusal(key: str) -> str:
    """What to tell about a key of Semgrep's, with what to do instead."""
    advice = _ADVICE.get(key) or _ADVICE[key.replace("_", "-")]
    return f"Semgrep's {key!r} is not supported here: {advice}"


def mode_refusal(mode: str) -> str | None:
    """What to tell about a mode of Semgrep's, None where it has none of that name."""
    advice = _MODES.get(mode)
    return None if advice is None else f"Semgrep's mode {mode!r} is not supported: {advice}"
