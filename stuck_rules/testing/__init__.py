"""Rules proven: by their own examples, and by annotated files beside them."""

from __future__ import annotations

from stuck_rules.testing.examples import prove, run_example
from stuck_rules.testing.results import Failure, FailureKind

__all__ = ["Failure", "FailureKind", "prove", "run_example"]
