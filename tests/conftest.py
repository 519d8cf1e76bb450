from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def cache_of_programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where programs that a test starts remember things: not in the cache of who runs the tests."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("STUCK_RULES_CACHE_DIR")
    os.environ["STUCK_RULES_CACHE_DIR"] = str(folder)
    yield folder
    if before is None:
        del os.environ["STUCK_RULES_CACHE_DIR"]
    else:
        os.environ["STUCK_RULES_CACHE_DIR"] = before


@pytest.fixture(scope="session", autouse=True)
def interrupts() -> None:
    """Programs that a test starts can be interrupted, also where tests run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
