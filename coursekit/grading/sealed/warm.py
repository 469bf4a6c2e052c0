"""The host's side of the warm process: start it, ask it for sealed kernels, end it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from coursekit.errors import CourseError
from coursekit.grading.sealed.availability import available
from coursekit.grading.sealed.folders import sweep
from coursekit.grading.sealed.hygiene import ALLOWED
from coursekit.grading.sealed.layout import HOME, Layout, find_layout, package_folder, package_folders
from coursekit.grading.sealed.limits import Limits
from coursekit.grading.sealed.protocol import ALWAYS, LARGEST_ORDER, NAMES_AT_ONCE

_PRELOAD_SECONDS = 300
#: Packages that start threads: how many may be found out by starting again without them.
_MOST_ATTEMPTS = 6
_LAST_MOMENT_SECONDS, _END_SECONDS = 0.05, 10
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


@dataclass
class SealedKernel:
    """A running kernel in its sandbox. Use it as a context manager, or `close` it.

    Parameters
    ----------
    server : who opened it.
    number : its number there.
    pid, first : the kernel's process and the sandbox's process 1, by their numbers outside.
    address : path of its sockets, without ``-PORT`` (see `coursekit.grading.sealed.kernel.PORTS`).
    process : descriptor that stands for the process: readable when it has ended.
    limits : what it may use up.
    server_pid : the warm process that it came from.
    ready_seconds : from the order until the kernel could answer.
    """

    server: WarmServer
    number: int
    pid: int
    first: int
    address: str
    process: int
    limits: Limits
    server_pid: int
    ready_seconds: float = 0.0
    closed: bool = field(default=False, repr=False)

    def alive(self) -> bool:
        """Whether the kernel's process still runs."""
        return not self.closed and not select.select([self.process], [], [], 0)[0]

    def orphaned(self) -> bool:
        """Whether the warm process has ended, and so taken this kernel with it."""
        return not self.server.runs(self.server_pid)

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel's process; nothing happens if it has ended."""
        if not self.closed:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.process, number)

    def interrupt(self) -> None:
        """Send an interrupt to the kernel and the programs that it waits for, as Jupyter does."""
        if self.alive():  # and not buried before `close`: the number is still its own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGINT)

    def close(self) -> int | None:
        """End everything in the sandbox; tell how the kernel had ended by itself (None if it ran until now)."""
        if self.closed:
            return None
        self.closed = True
        os.close(self.process)
        return self.server.release(self.number)

    def __enter__(self) -> SealedKernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Loan:
    """A warm process that is lent to another process.

    Parameters
    ----------
    control : descriptor of the socket that takes orders, in the process that has the loan.
    pid : its number.
    preload : what it has imported, for a process of one's own if this one ends.
    """

    control: int
    pid: int
    preload: tuple[str, ...] = ()


class WarmServer:
    """A process that has imported a week's libraries and forks sealed kernels. Threads may share it.

    Parameters
    ----------
    preload
        Modules to import beforehand (`preload_of` reads them from a notebook). What cannot be imported is noted in
        `left_out` and otherwise ignored: the learner's own import fails in its place.
    limits
        What each submission may use up, unless a call says otherwise.
    layout
        What submissions can see of this machine; `find_layout` by default.
    environment
        The environment to take allowed variables from (``os.environ`` when None).
    checks
        For each notebook the modules that its checks need (`coursekit.grading.probe.modules_for_checks`), so that the
        checks' guard is made ready once and not by every kernel.
    hash_seed
        ``PYTHONHASHSEED`` of the process and its kernels: one for all, so that sets iterate alike for every learner.

    Raises
    ------
    CourseError
        On `start`, where submissions cannot be sealed here, or where the process fails.
    """

    def __init__(
        self,
        preload: Sequence[str] = (),
        *,
        limits: Limits | None = None,
        layout: Layout | None = None,
        environment: Mapping[str, str] | None = None,
        checks: Sequence[Sequence[str]] = (),
        hash_seed: int = 0,
    ) -> None:
        self.checks = tuple(dict.fromkeys(tuple(modules) for modules in checks))
        self.preload = tuple(dict.fromkeys([*preload, *chain.from_iterable(self.checks)]))
        self.hash_seed = hash_seed
        self.limits = limits or Limits()
        self.environment = dict(os.environ if environment is None else environment)
        self.layout = layout or find_layout(environment=self.environment)
        self.left_out: dict[str, str] = {}
        self._threaded: set[str] = set()
        self.start_seconds = 0.0
        self._context: Any = None
        self._lock = threading.RLock()
        self._process: _Process | None = None
        self._control: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        """The warm process, while it runs."""
        return self._process.pid if self._process else None

    def runs(self, pid: int) -> bool:
        """Whether the warm process with this number still runs. It may be about to end, so it is given a moment."""
        process = self._process
        return process is not None and process.pid == pid and process.runs(_LAST_MOMENT_SECONDS)

    def lend(self) -> Loan:
        """What another process of this user needs to use the warm process as well: `borrow` takes it there.

        The process ends with the one that started it, whoever has borrowed it.
        """
        with self._lock:
            self.start()
            return Loan(self._control.fileno(), self.pid, self.preload)

    def borrow(self, loan: Loan) -> None:
        """Use a warm process that another one has started; when it ends, this server starts one of its own.

        Parameters
        ----------
        loan : with a descriptor of this process; it belongs to the server from now on.
        """
        with self._lock:
            self.close()
            self.preload = loan.preload
            self._control = socket.socket(fileno=loan.control)
            with contextlib.suppress(ProcessLookupError):  # it has ended already
                self._process = _Borrowed(loan.pid)

    @property
    def context(self) -> Any:
        """The ZeroMQ context of all connections to this server's kernels."""
        with self._lock:
            if self._context is None:
                import zmq

                self._context = zmq.Context()
            return self._context

    def start(self) -> WarmServer:
        """Start the process and wait until its libraries are imported; nothing happens if it runs."""
        with self._lock:
            if self._process is not None and self._process.runs():
                return self
            self.close()
            can = available()
            if not can:
                raise CourseError(f"Submissions cannot be sealed off here: {can.reason}")
            began = time.perf_counter()
            while not self._try_to_start(can.bubblewrap):
                self.close()
            self.start_seconds = time.perf_counter() - began
        return self

    def keep_warm(self, modules: Sequence[str]) -> None:
        """Import more modules into the running process, before submissions are graded with it.

        What cannot be imported is ignored. If a module starts threads, the process is started again without it.
        """
        with self._lock:
            self.start()
            noted = dict(self.left_out)
            new = tuple(name for name in dict.fromkeys(modules) if name not in self.preload)
            self.preload += new
            if self._import(new):
                self._prepare()
            else:
                self.close()
                self.start()
            self.left_out = {name: why for name, why in self.left_out.items() if name not in new or name in noted}

    def settle(self) -> int:
        """Take a moment (half a second for PyTorch) to make each fork cheaper; worth it before many submissions.

        Returns
        -------
        int
            Bytes of memory that forks share in large pages; 0 where this Linux cannot do so.

        Raises
        ------
        CourseError
            If the process does not run.
        """
        return self._ask({"do": "settle"})[0]["bytes"]

    def open(self, folder: Path | None = None, *, limits: Limits | None = None, key: bytes = b"") -> SealedKernel:
        """Start a kernel in a sandbox of its own.

        Parameters
        ----------
        folder
            A submission's folder; its files are copied into the sandbox. None for an empty working folder.
        limits
            What the submission may use up; the server's limits by default.
        key
            With which messages are signed. None is needed: only this user can reach the sockets.

        Raises
        ------
        CourseError
            If the sandbox or the kernel does not start.
        """
        limits = limits or self.limits
        began = time.perf_counter()
        order = {
            "do": "open",
            "view": self.layout.arguments(folder.resolve() if folder else None),
            "has_files": folder is not None,
            "limits": limits.to_dict(),
            "key": key.decode(),
        }
        self.start()
        answer, (process, ready) = self._ask(order)
        kernel = SealedKernel(
            self, answer["number"], answer["pid"], answer["first"], answer["address"], process, limits, answer["server"]
        )
        try:
            _await_ready(ready, limits.start_seconds)
        except CourseError:
            kernel.close()
            raise
        finally:
            os.close(ready)
        kernel.ready_seconds = time.perf_counter() - began
        return kernel

    def release(self, number: int) -> int | None:
        """End a sandbox by its number; how its kernel had ended by itself, as `os.waitpid` says it."""
        if self._process is None or not self._process.runs():
            return None  # its sandboxes ended with it
        try:
            return self._ask({"do": "close", "number": number})[0]["status"]
        except CourseError:
            return None  # it ended just now

    def close(self) -> None:
        """End the process and all its sandboxes."""
        with self._lock:
            if self._context is not None:
                self._context.destroy(linger=0)
                self._context = None
            if self._control is not None:
                if isinstance(self._process, _Own):
                    # Borrowers hold the same socket; the process must see its end all the same.
                    with contextlib.suppress(OSError):
                        self._control.shutdown(socket.SHUT_RDWR)
                self._control.close()
                self._control = None
            if self._process is not None:
                self._process.close()
                self._process = None

    def kill(self) -> None:
        """End the process by force, without waiting for a thread that is starting it; then `close`."""
        process = self._process
        if process is not None:
            process.kill()

    def __enter__(self) -> WarmServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _try_to_start(self, bubblewrap: str) -> bool:
        """Start once; False if a module left threads behind and is now left out."""
        command = [sys.executable, "-m", "coursekit.grading.sealed.server"]
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(
                [*command, str(theirs.fileno()), bubblewrap, str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                env={**_server_environment(self.environment), "PYTHONHASHSEED": str(self.hash_seed)},
                cwd="/",
                start_new_session=True,
            )
        self._control, self._process = ours, _Own(process)
        if not self._import(ALWAYS):
            raise CourseError(f"A kernel cannot be kept warm: importing {list(self.left_out)[-1]} starts threads.")
        self.left_out = {name: why for name, why in self.left_out.items() if name not in ALWAYS}
        if len(self._threaded) > _MOST_ATTEMPTS:
            return True  # too many to find them out one by one: better cold than late
        if not self._import(self.preload):
            return False
        self._prepare()
        return True

    def _import(self, modules: Sequence[str]) -> bool:
        """Have modules imported; False if the process must be started again without one of them."""
        names = [name for name in modules if name.split(".")[0] not in self._threaded]
        for begin in range(0, len(names), NAMES_AT_ONCE):
            with self._order({"do": "import", "modules": names[begin : begin + NAMES_AT_ONCE]}) as replies:
                if not self._await_import(replies):
                    return False
        return True

    def _prepare(self) -> None:
        """Have the guard of checks made ready, but for those that need what cannot be kept warm."""
        cold = self._threaded
        warm = [modules for modules in self.checks if not any(name.split(".")[0] in cold for name in modules)]
        if warm:
            self._ask({"do": "prepare", "checks": warm})

    def _await_import(self, replies: socket.socket) -> bool:
        importing = "itself"
        while True:
            try:
                news = json.loads(replies.recv(LARGEST_ORDER) or b"{}")
            except TimeoutError:
                self._process.kill()
                raise CourseError(
                    f"The warm process took more than {_PRELOAD_SECONDS} s to import {importing}."
                ) from None
            except ConnectionResetError:
                news = {}
            if "threads" in news:
                self._threaded.add(news["threads"].split(".")[0])
                self.left_out[news["threads"]] = "it starts threads when it is imported; a fork would lose them"
                return False
            if "left_out" in news:
                self.left_out.update(news["left_out"])
                return True
            if "importing" not in news:
                raise CourseError(f"The warm process ended while it imported {importing}: {self._last_words()}")
            importing = news["importing"]

    def _last_words(self) -> str:
        return self._process.last_words() if self._process else "it ended without a word"

    def _order(self, order: dict[str, Any]) -> socket.socket:
        """Give an order; the answers come from the socket that is returned."""
        replies, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        replies.settimeout(_PRELOAD_SECONDS)
        # Where there is no process, whoever waits for answers sees the end.
        with theirs, self._lock, contextlib.suppress(OSError, AttributeError):
            socket.send_fds(self._control, [json.dumps(order).encode()], [theirs.fileno()])
        return replies

    def _ask(self, order: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        """Give an order and wait for its answer; other threads are not held up."""
        with self._order(order) as replies:
            try:
                datagram, descriptors, _, _ = socket.recv_fds(replies, LARGEST_ORDER, 2)
            except (ConnectionResetError, TimeoutError):
                datagram, descriptors = b"", []
        if not datagram:
            raise CourseError(f"The warm process ended, or does not answer: {self._last_words()}")
        answer = json.loads(datagram)
        if "error" in answer:
            raise CourseError(f"A sandbox could not be opened: {answer['error']}")
        return answer, descriptors


class _Process(Protocol):
    """A warm process, as its server sees it."""

    pid: int

    def runs(self, seconds: float = 0.0) -> bool:
        """Whether it still runs after so many seconds, or so much less as it takes to end."""

    def last_words(self) -> str:
        """What it said last."""

    def kill(self) -> None:
        """End it by force."""

    def close(self) -> None:
        """Have nothing more to do with it."""


class _Own:
    """A warm process that was started here: it is ended here, and ends when its control socket is closed."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._complaints = _Complaints(process)
        self.pid = process.pid

    def runs(self, seconds: float = 0.0) -> bool:
        if self._process.poll() is not None or not seconds:
            return self._process.returncode is None
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def last_words(self) -> str:
        return self._complaints.last()

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        try:
            self._process.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.returncode != 0:
            sweep()  # it could not do so itself
        self._complaints.close()


class _Borrowed:
    """A warm process that somebody else has started and will end."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._descriptor = os.pidfd_open(pid)

    def runs(self, seconds: float = 0.0) -> bool:
        return not select.select([self._descriptor], [], [], seconds)[0]

    def last_words(self) -> str:
        return "it was started by another process, which knows why"

    def kill(self) -> None:
        """It is not ours to end."""

    def close(self) -> None:
        os.close(self._descriptor)


class _Complaints:
    """Reads what the warm process writes to stderr, so that it never blocks on a full pipe; keeps the last lines."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def last(self) -> str:
        """The last line, which in a traceback says what happened."""
        self._thread.join(timeout=2)
        return self._lines[-1] if self._lines else "it said nothing; it was killed or crashed"

    def close(self) -> None:
        """Stop reading, after the process has ended."""
        self._thread.join(timeout=2)
        self._process.stderr.close()

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stderr:
                self._lines = [*self._lines[-20:], line.decode(errors="replace").strip()]


def _server_environment(outside: Mapping[str, str]) -> dict[str, str]:
    """What the warm process gets of this process's environment: a list of names, and no secrets by accident."""
    kept = {name: outside[name] for name in ALLOWED if name in outside and name != "PYTHONPATH"}
    cache = outside.get("XDG_CACHE_HOME") or str(Path(outside.get("HOME") or "/") / ".cache")
    fixed = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "PYTHONPATH": os.pathsep.join(_import_folders()),
        "OMP_WAIT_POLICY": "PASSIVE",
        "TOKENIZERS_PARALLELISM": "false",
        "DO_NOT_TRACK": "1",
        "HF_HUB_OFFLINE": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger complains about frozen modules
        "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow's allocator would start a thread when imported
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": outside.get("MPLCONFIGDIR", f"{cache}/matplotlib"),
        "HOME": HOME,  # libraries remember it at import, and inside it exists
    }
    if outside.get("TMPDIR"):
        fixed["TMPDIR"] = outside["TMPDIR"]
    return {"LANG": "C.UTF-8", **kept, **fixed, **dict.fromkeys(_THREADS, "1")}


def _import_folders() -> list[str]:
    """What this Python finds and a fresh one would not: coursekit's folder, and packages installed elsewhere."""
    import site

    usual = site.getsitepackages()
    wanted = [str(package_folder().parent), *package_folders()]
    return [folder for folder in dict.fromkeys(wanted) if folder not in usual]


def _await_ready(ready: int, seconds: float) -> None:
    if not select.select([ready], [], [], seconds)[0]:
        raise CourseError(f"A sealed kernel was not ready after {seconds:g} s.")
    said = os.read(ready, 1 << 16).decode(errors="replace")
    if said != "ready":
        last = said.strip().splitlines()[-1:] or ["it ended without a word"]
        raise CourseError(f"A sealed kernel did not start: {last[0]}")
