"""A settled warm process: its memory in large pages, its forks as sealed and as separate as before."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest
from sealed_cells import LIMITS, notebook_of, printed, statuses

from coursekit.errors import CourseError
from coursekit.grading.executors import Sealed
from coursekit.grading.sealed import WarmServer, run_sealed
from coursekit.grading.sealed.large_pages import LARGE, _own_areas

MAPS = """\
5581e0000000-5581e0a00000 r--p 00000000 08:01 1 /usr/bin/python3.11
5581e1000000-5581e1100000 rw-p 00000000 00:00 0 [heap]
7f0000100000-7f0000900000 rw-p 00000000 00:00 0
7f0000a00000-7f0000b00000 rw-p 00000000 00:00 0
7f0001000000-7f0001800000 rw-p 00000000 08:01 2 /usr/lib/libtorch_cpu.so
7f0002000000-7f0002800000 r--p 00000000 00:00 0
7ffc00000000-7ffc00800000 rw-p 00000000 00:00 0 [stack]
"""


def _linux() -> tuple[int, ...]:
    return tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2])


def test_only_whole_large_pages_of_own_writable_memory_count() -> None:
    assert list(_own_areas(iter(MAPS.splitlines()))) == [(0x7F0000200000, 3 * LARGE)]


def _in_large_pages(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("AnonHugePages"))


def test_forks_of_a_settled_process_share_large_pages_and_nothing_else() -> None:
    with WarmServer(["numpy", "pandas"], limits=LIMITS) as server:
        before = _in_large_pages(server.pid)
        gathered = server.settle()
        if gathered == 0 and _linux() < (6, 1):
            pytest.skip("this Linux cannot gather memory into large pages")
        assert gathered >= LARGE
        assert _in_large_pages(server.pid) - before >= LARGE
        write = "import numpy as np\nnp.testing.mine = 1\nx = [i for i in range(300_000)]\nprint(sum(x))"
        results = [run_sealed(notebook_of(write), None, server=server) for _ in range(2)]
        assert [printed(result) for result in results] == ["44999850000\n"] * 2
        look = run_sealed(notebook_of("import numpy as np\nprint(hasattr(np.testing, 'mine'))"), None, server=server)
        assert printed(look) == "False\n"
        bomb = run_sealed(notebook_of("x = bytearray(2 << 30)", "y = 1"), None, server=server)
        assert statuses(bomb)[0] == "error", "the limit on memory holds as before"


@pytest.mark.parametrize(("submissions", "settled"), [(2, False), (60, True)])
def test_only_a_large_class_is_worth_it(monkeypatch: pytest.MonkeyPatch, submissions: int, settled: bool) -> None:
    asked = []
    monkeypatch.setattr(WarmServer, "settle", lambda self: asked.append(self))
    executor = Sealed(limits=LIMITS)
    try:
        executor.prepare(submissions)
    finally:
        executor.close()
    assert bool(asked) == settled


def test_a_process_that_has_ended_is_not_started_to_be_settled() -> None:
    server = WarmServer(limits=LIMITS).start()
    server.close()
    with pytest.raises(CourseError, match="ended"):
        server.settle()
