"""Nothing is left behind: not after the end, not after a crash, not after many submissions."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sealed_cells import LIMITS, Run, eventually, notebook_of, printed, statuses

from coursekit.errors import CourseError
from coursekit.grading.sealed import WarmServer, run_sealed
from coursekit.grading.sealed.folders import PREFIX

HOST = """
import sys, time
from coursekit.grading.sealed import WarmServer
server = WarmServer().start()
kernels = [server.open() for _ in range(2)]
print(server.pid, *(kernel.pid for kernel in kernels), *(kernel.first for kernel in kernels), flush=True)
time.sleep(60)
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for temporary files with a short name, as sockets need it."""
    with tempfile.TemporaryDirectory(prefix="ck-", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def host(place: Path) -> Iterator[subprocess.Popen[str]]:
    """A process with a warm server and two kernels, and a folder for temporary files of its own."""
    environment = {
        **os.environ,
        "TMPDIR": str(place),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    process = subprocess.Popen([sys.executable, "-c", HOST], stdout=subprocess.PIPE, text=True, env=environment)
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def _numbers(host: subprocess.Popen[str]) -> list[int]:
    return [int(word) for word in host.stdout.readline().split()]


def _running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def _folders(place: Path) -> list[str]:
    return [path.name for path in place.iterdir() if path.name.startswith(PREFIX)]


def test_a_killed_host_leaves_no_process_and_no_folder(host: subprocess.Popen[str], place: Path) -> None:
    numbers = _numbers(host)
    assert len(numbers) == 5
    assert all(map(_running, numbers))
    assert len(_folders(place)) == 1
    os.kill(host.pid, signal.SIGKILL)
    assert eventually(lambda: not any(map(_running, numbers)))
    assert eventually(lambda: not _folders(place))


def test_a_killed_server_takes_its_kernels_with_it(host: subprocess.Popen[str], place: Path) -> None:
    server, *others = _numbers(host)
    os.kill(server, signal.SIGKILL)
    assert eventually(lambda: not any(map(_running, others)))
    left = _folders(place)
    assert len(left) == 1
    # The next one sweeps up, but only what nobody holds any more.
    environment = {
        **os.environ,
        "TMPDIR": str(place),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    script = "import os\nfrom coursekit.grading.sealed import WarmServer\n"
    script += f"with WarmServer(): print(os.listdir({str(place)!r}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert left[0] not in done.stdout
    assert done.stdout.count(PREFIX) == 1


def test_closing_leaves_nothing() -> None:
    server = WarmServer(limits=LIMITS).start()
    kernel = server.open()
    pid, folder = server.pid, Path(kernel.address).parent
    assert folder.is_dir()
    server.close()
    assert not _running(pid)
    assert not _running(kernel.pid)
    assert not folder.exists()


def test_after_a_crash_of_the_server_the_next_submission_gets_a_new_one() -> None:
    with WarmServer(limits=LIMITS) as server:
        assert statuses(run_sealed(notebook_of("1"), None, server=server)) == ["ok"]
        os.kill(server.pid, signal.SIGKILL)
        os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)
        assert statuses(run_sealed(notebook_of("1"), None, server=server)) == ["ok"]


def test_a_server_that_dies_during_a_submission_costs_no_mark() -> None:
    with WarmServer(limits=LIMITS) as server:
        cell = "import time; time.sleep(1.5)"
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(run_sealed, notebook_of("x = 1", cell, "# check\nassert x == 1"), None, server=server)
            time.sleep(0.8)
            os.kill(server.pid, signal.SIGKILL)
            result = future.result(timeout=30)
    assert statuses(result) == ["ok", "ok", "ok"]
    assert result.restarts == 1


def test_threads_share_a_server(server: WarmServer) -> None:
    def work(number: int) -> str:
        return printed(run_sealed(notebook_of(f"x = {number}", "print(x)"), None, server=server))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(12))) == [f"{number}\n" for number in range(12)]


def test_many_submissions_leave_descriptors_and_processes_as_they_were(run: Run, server: WarmServer) -> None:
    run("1")
    assert eventually(lambda: _open_of(server.pid) <= 12)
    before = len(os.listdir("/proc/self/fd")), _open_of(server.pid)
    for _ in range(8):
        run("x = 1")
    assert eventually(lambda: (len(os.listdir("/proc/self/fd")), _open_of(server.pid)) <= before)
    assert eventually(lambda: len(_children(server.pid)) == 0)
    sockets = [name for name in os.listdir(Path(tempfile.gettempdir())) if name.startswith(PREFIX)]
    assert sockets  # the server's own folder, empty again
    assert eventually(lambda: not _sockets_of(server))


@pytest.mark.parametrize("wrong", [{"files": 1.5}, {"address_space_mib": 1 << 60}], ids=["mounts", "limits"])
def test_a_kernel_that_cannot_be_sealed_leaves_nothing(run: Run, server: WarmServer, wrong: dict[str, float]) -> None:
    run("1")
    assert eventually(lambda: len(_children(server.pid)) == 0)
    before = _open_of(server.pid)
    with pytest.raises(CourseError, match="could not be opened|did not start"):
        server.open(limits=replace(LIMITS, **wrong))
    assert eventually(lambda: len(_children(server.pid)) == 0), "also what has ended must be buried"
    assert eventually(lambda: _open_of(server.pid) <= before)
    assert statuses(run("1")) == ["ok"]


@pytest.mark.parametrize("after", [0.2, 0.33, 0.47])
def test_a_server_that_ends_while_kernels_are_born_leaves_nothing(after: float) -> None:
    enough = threading.Event()

    def births() -> None:
        with contextlib.suppress(CourseError):
            while not enough.is_set():
                server.open()

    with WarmServer(limits=LIMITS) as server, ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(births)
        time.sleep(after)
        enough.set()
        pid, family = server.pid, _children(server.pid)
        assert family
        began = time.monotonic()
        server.close()
        assert eventually(lambda: not any(_running(int(number)) for number in [pid, *family]))
        assert time.monotonic() - began < 5, "something was waited for in vain"


def _open_of(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _sockets_of(server: WarmServer) -> list[str]:
    with server.open() as kernel:
        folder, number = Path(kernel.address).parent, Path(kernel.address).name
    return [path.name for path in folder.iterdir() if not path.name.startswith(f"{number}-")]


def test_a_module_that_crashes_the_server_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "site-packages"
    folder.mkdir()
    (folder / "ck_crash.py").write_text("import os\nos.kill(os.getpid(), 9)\n")
    sys.path.append(str(folder))
    try:
        with pytest.raises(CourseError, match="ck_crash"):
            WarmServer(["ck_crash"], limits=LIMITS).start()
    finally:
        sys.path.remove(str(folder))


def test_a_lent_process_serves_others_and_ends_with_its_owner() -> None:
    owner, borrower = WarmServer(["wave"], limits=LIMITS), WarmServer(limits=LIMITS)
    try:
        loan = owner.start().lend()
        borrower.borrow(replace(loan, control=os.dup(loan.control)))
        look = notebook_of("import sys; print('wave' in sys.modules)")
        assert printed(run_sealed(look, None, server=borrower)) == "True\n"
        assert (borrower.pid, borrower.preload) == (owner.pid, ("wave",))
        with borrower.open() as lent, owner.open() as own:
            assert lent.alive()
            assert own.alive()
            assert {lent.server_pid, own.server_pid} == {owner.pid}
        number = owner.pid
        owner.close()
        assert eventually(lambda: not _running(number))
        assert not borrower.runs(number)
        # Whoever has borrowed it goes on with a process of its own, as warm as that one.
        assert printed(run_sealed(look, None, server=borrower)) == "True\n"
        assert borrower.pid != number
    finally:
        borrower.close()
        owner.close()


def test_a_borrower_leaves_the_process_alone() -> None:
    with WarmServer(limits=LIMITS) as owner:
        loan, borrower = owner.lend(), WarmServer(limits=LIMITS)
        borrower.borrow(replace(loan, control=os.dup(loan.control)))
        borrower.open()
        borrower.close()
        assert owner.runs(loan.pid)
        assert statuses(run_sealed(notebook_of("1"), None, server=owner)) == ["ok"]
