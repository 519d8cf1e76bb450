"""Rules proven: by their own examples, and by annotated files beside them."""

from __future__ import annotations

from stuck_rules.testing.examples import Failure, prove, run_example

__all__ = ["Failure", "prove", "run_example"]
