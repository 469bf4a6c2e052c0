"""A warm process that all tests of a worker share, and a short way to run a few cells in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sealed_cells import LIMITS, Run, notebook_of

from coursekit.grading.sealed import SealedRun, WarmServer, available, run_sealed


@pytest.fixture(scope="session", autouse=True)
def _sealable() -> None:
    can = available()
    if not can:
        pytest.skip(f"nothing can be sealed off here: {can.reason}")


@pytest.fixture(scope="session")
def server() -> Iterator[WarmServer]:
    """A warm process with the limits of the tests."""
    with WarmServer(
        ["numpy", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "coursekit.check"], limits=LIMITS
    ) as running:
        yield running


@pytest.fixture
def run(server: WarmServer) -> Run:
    """Run cells sealed: ``run("x = 1", "1 / 0", folder=…, limits=…)``."""

    def do(*sources: str, folder: Path | None = None, **options: object) -> SealedRun:
        return run_sealed(notebook_of(*sources), folder, server=server, **options)

    return do
