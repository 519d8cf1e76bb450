"""The closed list of faults that a log may name in words alone."""

from __future__ import annotations

from stuck_rules.generator.faults.calls import CALLS
from stuck_rules.generator.faults.code import CODE
from stuck_rules.generator.faults.errors import ERRORS
from stuck_rules.generator.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (*ERRORS, *CODE, *CALLS)
