"""The warm process: it has imported a week's libraries, and is forked into a sealed kernel for each submission.

Run by `coursekit.grading.sealed.warm`, which gives orders over a pair of Unix sockets. It holds no secret: what it has
in memory, every sealed child has.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from coursekit.grading.probe import boot
from coursekit.grading.sealed import entering, hygiene, large_pages, syscalls
from coursekit.grading.sealed.folders import own_folder, sweep
from coursekit.grading.sealed.kernel import PORTS, run_kernel
from coursekit.grading.sealed.limits import Limits
from coursekit.grading.sealed.protocol import LARGEST_ORDER
from coursekit.grading.sealed.sandbox import Sandbox, start

_SLOTS = 64
#: Users that no distribution gives out; one for each sandbox, so that each has its own count of processes.
_FIRST_UID, _FALLBACK_UID = 1879048192, 60000


class ThreadsLeft(Exception):  # noqa: N818 - not an error: the host starts again without that module
    """Importing this module left a thread behind."""


@dataclass
class Running:
    """One sandbox with its kernel."""

    sandbox: Sandbox
    slot: int
    address: str
    pid: int | None = None
    status: int | None = None
    closing: bool = False

    def bury(self, flags: int = 0) -> None:
        """Take note of how the kernel ended; Linux frees the sandbox only then."""
        if self.pid is not None and self.status is None:
            pid, status = os.waitpid(self.pid, flags)
            self.status = status if pid else None


#: Work on one order. It yields a descriptor to wait until that can be read; meanwhile others are served.
Work = Generator[int, None, None]


class Server:
    """Obeys orders until the other end is closed or the process that gave them is gone.

    Each order comes with a socket of its own for the answers.
    """

    def __init__(self, control: socket.socket, bubblewrap: str, host: int) -> None:
        self.control = control
        self.bubblewrap = bubblewrap
        self.host = os.pidfd_open(host)
        self.running: dict[int, Running] = {}
        self.waiting: dict[int, Work] = {}
        self.count = 0
        sweep()
        self.folder, self.lock = own_folder()

    def serve(self) -> None:
        """Work until there is nobody left to work for."""
        poller = select.poll()
        poller.register(self.control.fileno(), select.POLLIN)
        poller.register(self.host, select.POLLIN)
        while True:
            events = [descriptor for descriptor, _ in poller.poll()]
            for descriptor in events:
                if descriptor in self.waiting:
                    poller.unregister(descriptor)
                    self._advance(self.waiting.pop(descriptor), poller)
            if self.host in events:
                return
            if self.control.fileno() in events:
                work = self._next_order()
                if work is None:
                    return
                self._advance(work, poller)

    def close(self) -> None:
        """End all sandboxes and remove the folder."""
        for work in self.waiting.values():
            work.close()
        for running in self.running.values():
            running.sandbox.stop()
        _end_all_children()
        for running in self.running.values():
            running.sandbox.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _advance(self, work: Work, poller: select.poll) -> None:
        try:
            descriptor = next(work)
        except StopIteration:
            return
        self.waiting[descriptor] = work
        poller.register(descriptor, select.POLLIN)

    def _next_order(self) -> Work | None:
        """The work that the next order means; None when there will be none any more."""
        try:
            datagram, descriptors, _, _ = socket.recv_fds(self.control, LARGEST_ORDER, 1)
        except ConnectionResetError:
            return None
        if not datagram or not descriptors:
            return None
        reply = socket.socket(fileno=descriptors[0])
        order = json.loads(datagram)
        work = {
            "import": self._import,
            "prepare": self._prepare,
            "settle": self._settle,
            "open": self._open,
            "close": self._close,
        }
        return work[order["do"]](order, reply)

    def _import(self, order: dict[str, Any], reply: socket.socket) -> Work:
        """Import modules and say which were left out.

        Raises
        ------
        ThreadsLeft
            If a module started a thread: this process is no good any more.
        """
        yield from ()
        with reply:
            gc.disable()  # libraries make little garbage, and looking for it takes a quarter of the time
            left_out = preload(order["modules"], reply)
            hygiene.format_a_traceback()
            gc.enable()
            gc.freeze()  # the collector would write to every page of the libraries, and undo the sharing
            _answer(reply, {"left_out": left_out})

    def _prepare(self, order: dict[str, Any], reply: socket.socket) -> Work:
        """Make ready what guards the checks of notebooks, from modules that are imported by now."""
        yield from ()
        with reply:
            boot.prepare(order["checks"])
            gc.freeze()
            _answer(reply, {})

    def _settle(self, _: dict[str, Any], reply: socket.socket) -> Work:
        """Move what was imported into large pages: forks cost half as much afterwards."""
        yield from ()
        with reply:
            _answer(reply, {"bytes": large_pages.gather()})

    def _open(self, order: dict[str, Any], reply: socket.socket) -> Work:
        """Build a sandbox and fork into it; the answer brings the kernel's pidfd and the pipe that says it is ready."""
        self.count += 1
        number = self.count
        with reply:
            try:
                yield from self._build(number, order)
                ready, born, way_in = self._fork(self.running[number], order)
                yield born
                descriptors = [self._welcome(self.running[number], born, ready, way_in), ready]
            except OSError as problem:
                if number in self.running:
                    yield from self._end(number)
                _answer(reply, {"error": str(problem)})
                return
            running = self.running[number]
            news = {"number": number, "pid": running.pid, "first": running.sandbox.first, "address": running.address}
            news["server"] = os.getpid()
            _answer(reply, news, descriptors)
        if way_in != running.pid:
            with _watched(way_in) as ended:
                yield ended
                os.waitpid(way_in, 0)

    def _build(self, number: int, order: dict[str, Any]) -> Work:
        if hygiene.thread_count() != 1:
            raise OSError("the warm process has more than one thread: it cannot be forked safely")
        slot = self._free_slot()
        sandbox = start(self.bubblewrap, order["view"], _user_of(slot))
        self.running[number] = Running(sandbox, slot, f"{self.folder}/{number}")
        yield sandbox.process.stdout.fileno()
        sandbox.finish()

    def _fork(self, running: Running, order: dict[str, Any]) -> tuple[int, int, int]:
        """Send a fork into the sandbox; return two pipes (it is ready; the kernel's number) and the fork's number."""
        limits = Limits(**order["limits"])
        uid = _user_of(running.slot)
        entry = entering.Entry(running.sandbox.first, uid, limits, order["has_files"], os.geteuid() == 0)
        listening = {port: _listen(f"{running.address}-{port}") for port in PORTS.values()}
        born, tell_born = os.pipe()
        ready, tell_ready = os.pipe()
        try:
            with entering.births_in(entry):
                way_in = os.fork()
                if way_in == 0:
                    _become_kernel(entry, listening, running.address, order["key"].encode(), tell_born, tell_ready)
        except OSError:
            os.close(ready)
            os.close(born)
            raise
        finally:
            for descriptor in (*listening.values(), tell_born, tell_ready):
                os.close(descriptor)
        return ready, born, way_in

    def _welcome(self, running: Running, born: int, ready: int, way_in: int) -> int:
        """Take note of the kernel's number; return the descriptor that stands for its process."""
        with os.fdopen(born, "rb") as stream:
            told = stream.read()
        if not told:
            os.waitpid(way_in, 0)
            with os.fdopen(ready, "rb") as stream:
                raise OSError(stream.read().decode(errors="replace").strip() or "the fork ended without a word")
        running.pid = way_in if int(told) == entering.ITSELF else int(told)
        return os.pidfd_open(running.pid)

    def _close(self, order: dict[str, Any], reply: socket.socket) -> Work:
        """End a sandbox; the answer says how its kernel had ended before (as `os.waitpid` does), or None."""
        with reply:
            running = self.running.get(order["number"])
            if running is None or running.closing:
                _answer(reply, {"error": f"there is no open sandbox {order['number']}"})
                return
            running.bury(os.WNOHANG)
            _answer(reply, {"status": running.status})
        yield from self._end(order["number"])

    def _end(self, number: int) -> Work:
        running = self.running[number]
        running.closing = True
        running.sandbox.stop()
        if running.pid is not None and running.status is None:
            with _watched(running.pid) as ended:
                yield ended
                running.bury()
        with _watched(running.sandbox.process.pid) as ended:
            yield ended
            running.sandbox.wait()
        del self.running[number]
        for port in PORTS.values():
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{running.address}-{port}")

    def _free_slot(self) -> int:
        taken = {running.slot for running in self.running.values()}
        free = set(range(_SLOTS)) - taken
        if not free:
            raise OSError(f"{_SLOTS} submissions are open at once: close some, or start another warm process")
        return min(free)


def _end_all_children() -> None:
    """End and bury all children: Linux frees a sandbox only then, and one may be a fork that nobody knows of yet.

    Those that a child leaves behind become children of this process when it ends, and are ended next.
    """
    with contextlib.suppress(ChildProcessError):
        while True:
            for number in _children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            os.waitpid(-1, 0)


def _children() -> list[int]:
    number = os.getpid()
    try:
        with open(f"/proc/{number}/task/{number}/children") as listing:
            return [int(word) for word in listing.read().split()]
    except FileNotFoundError:  # this Linux was built without such lists; what has been stopped ends all the same
        return []


@contextlib.contextmanager
def _watched(number: int) -> Iterator[int]:
    """A descriptor that can be read when this child has ended."""
    descriptor = os.pidfd_open(number)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _answer(reply: socket.socket, news: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send news with descriptors, which are closed here; whoever does not listen any more needs none."""
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            socket.send_fds(reply, [json.dumps(news).encode()], list(descriptors))
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _become_kernel(
    entry: entering.Entry, listening: dict[int, int], address: str, key: bytes, tell_born: int, tell_ready: int
) -> NoReturn:
    """What the fork does; it never returns to the server's loop, whatever happens."""
    try:
        hygiene.close_files_except({*listening.values(), tell_born, tell_ready})

        def born(pid: int) -> None:
            os.write(tell_born, str(pid).encode())

        def ready() -> None:
            os.write(tell_ready, b"ready")
            os.close(tell_ready)

        def body() -> NoReturn:
            os.close(tell_born)
            run_kernel(listening, address, key, ready)

        entering.enter(entry, born, body)
    except BaseException:
        with contextlib.suppress(OSError):
            os.write(tell_ready, traceback.format_exc(limit=-3).encode()[-4000:])
    finally:
        os._exit(1)


def _listen(path: str) -> int:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(path)
        listener.listen(16)
        listener.setblocking(False)
        return listener.detach()


def _user_of(slot: int) -> int:
    """Who the learner's code is: a number of its own where we are root, else the only one that there is inside."""
    if os.geteuid() != 0:
        return 1000
    number = os.getpid() * _SLOTS + slot
    with open("/proc/self/uid_map") as mapping:
        whole = any(int(line.split()[2]) == 4294967295 for line in mapping)
    return _FIRST_UID + number if whole else _FALLBACK_UID + number % 5000


def preload(modules: Sequence[str], reply: socket.socket) -> dict[str, str]:
    """Import modules one by one; return those that could not be kept warm, with the reason.

    A module that leaves a thread behind cannot stay: a fork copies only the thread that forks.
    """
    left_out = {}
    for name in modules:
        if name in sys.modules:
            continue  # a rehearsal names thousands, most of them known
        _answer(reply, {"importing": name})
        try:
            _import(name)
        except Exception as problem:  # noqa: BLE001 - any library may fail in any way; the learner's own import will say so
            left_out[name] = f"{type(problem).__name__}: {problem}"[:100]
        if hygiene.thread_count() > 1:
            _answer(reply, {"threads": name})
            raise ThreadsLeft(name)
    return left_out


def _import(name: str) -> None:
    """Import ``name``, which may also be something inside a module, as in ``from PARENT import NAME``."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        parent, _, last = name.rpartition(".")
        if not parent or not hasattr(importlib.import_module(parent), last):
            raise


def main() -> None:
    """Import what every kernel needs, then serve: ``DESCRIPTOR BUBBLEWRAP HOST`` are the arguments."""
    control = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(control.fileno(), False)
    os.umask(0o022)
    sys.path[:] = [folder for folder in sys.path if folder not in ("", os.getcwd())]  # put there by `python -m`
    syscalls.adopt_orphans()
    server = Server(control, sys.argv[2], int(sys.argv[3]))
    try:
        with contextlib.suppress(ThreadsLeft):
            server.serve()
    finally:
        server.close()


def end() -> NoReturn:
    """End this process with what libraries want to do at the end, but without taking them apart, which takes longer."""
    atexit._run_exitfuncs()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
    end()
