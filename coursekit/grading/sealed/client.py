"""A thin client of one kernel: runs a cell, collects its outputs, and always comes back in time.

It trusts nothing that the kernel says but its own clock and the process's state: messages may be forged, malformed,
endless or missing.
"""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass
from typing import Any, Literal

from coursekit.errors import CourseError
from coursekit.grading.sealed.kernel import PORTS
from coursekit.grading.sealed.outputs import Outputs
from coursekit.grading.sealed.warm import SealedKernel
from coursekit.grading.sealed.watch import MemoryWatch

Status = Literal["ok", "error", "timeout", "killed", "memory"]

#: A larger message closes the connection, which opens again: only that message is lost.
_LARGEST_MESSAGE = 64 << 20
_QUEUE = 200
_IDLE_SECONDS = 1.0
_TICK_MS = 100
#: How long to wait for the first answer of a kernel that is ready, before asking again.
_FIRST_PATIENCE_SECONDS = 0.03
_DELIMITER = b"<IDS|MSG>"


@dataclass
class Ran:
    """What running one piece of code gave.

    Parameters
    ----------
    status
        ``ok``; ``error`` (an exception, the kernel goes on); ``timeout`` (interrupted, the kernel goes on); or the
        kernel is gone: ``killed`` (it died, or did not react to the interrupt) or ``memory``.
    outputs : what it printed and displayed.
    seconds : wall time.
    interrupted : whether its time was over.
    settled : whether the kernel said that all of its output is out; after a flood it may not.
    """

    status: Status
    outputs: Outputs
    seconds: float
    interrupted: bool = False
    settled: bool = True

    @property
    def alive(self) -> bool:
        """Whether the kernel can run the next cell."""
        return self.status in ("ok", "error", "timeout")


class Client:
    """Talks to one kernel. Close it before the kernel.

    Raises
    ------
    CourseError
        If the kernel does not answer within its limits' ``start_seconds``.
    """

    def __init__(self, kernel: SealedKernel) -> None:
        import zmq

        self.kernel = kernel
        self.limits = kernel.limits
        self.watch = MemoryWatch(kernel.pid, kernel.first, kernel.limits.memory_mib)
        self._zmq = zmq
        self._session = uuid.uuid4().hex
        self._shell = self._connect(zmq.DEALER, "shell")
        self._iopub = self._connect(zmq.SUB, "iopub")
        self._poller = zmq.Poller()
        for thing in (self._shell, self._iopub, kernel.process):
            self._poller.register(thing, zmq.POLLIN)
        self._wait_until_subscribed()

    def close(self) -> None:
        """Close the sockets."""
        self._shell.close(0)
        self._iopub.close(0)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, code: str, *, seconds: float, output_bytes: int | None = None, silent: bool = False) -> Ran:
        """Run some code; interrupt it when its time is over, and give up on the kernel if that does not help.

        Parameters
        ----------
        code : source of a cell.
        seconds : wall time that it may take.
        output_bytes : how much output to keep; the limits' by default.
        silent : whether to leave no trace in ``In``, ``Out`` and the cells' count.
        """
        outputs = Outputs(self.limits.output_bytes if output_bytes is None else output_bytes)
        began = time.monotonic()
        request = self._send("execute_request", _request(code, silent))
        answer, idle, interrupted = None, False, False
        deadline = began + seconds
        answered_at = 0.0
        while True:
            now = time.monotonic()
            if answer is not None and (idle or now > answered_at + _IDLE_SECONDS):
                break
            if now > deadline:
                if interrupted:
                    return Ran("killed", outputs, now - began, interrupted)
                interrupted, deadline = True, now + self.limits.grace_seconds
                self.kernel.interrupt()
            wait = min(_TICK_MS, max(1, int((deadline - now) * 1000)))
            ready = dict(self._poller.poll(wait))
            if self._iopub in ready:
                idle = self._read_outputs(request, outputs) or idle
            if self._shell in ready:
                found = self._read_answer(request)
                if found is not None and answer is None:
                    answer, answered_at = found, time.monotonic()
            if self.kernel.process in ready:
                self._read_outputs(request, outputs)
                return Ran("killed", outputs, time.monotonic() - began, interrupted)
            if answer is None and self.watch.exceeded():
                return Ran("memory", outputs, time.monotonic() - began, interrupted)
        took = time.monotonic() - began
        if interrupted:
            return Ran("timeout", outputs, took, interrupted, idle)
        failed = answer != "ok" or any(output["output_type"] == "error" for output in outputs.collected)
        return Ran("error" if failed else "ok", outputs, took, settled=idle)

    def _connect(self, kind: int, name: str) -> Any:
        zmq = self._zmq
        socket = self.kernel.server.context.socket(kind)
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.MAXMSGSIZE, _LARGEST_MESSAGE)
        socket.setsockopt(zmq.RCVHWM, _QUEUE)
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        socket.connect(f"ipc://{self.kernel.address}-{PORTS[name]}")
        return socket

    def _wait_until_subscribed(self) -> None:
        """Ask until an answer's outputs arrive too: messages sent before the subscription holds are lost."""
        deadline = time.monotonic() + self.limits.start_seconds
        patience = _FIRST_PATIENCE_SECONDS
        heard = answered = False
        while not (heard and answered):
            request = self._send("kernel_info_request", {})
            until, patience = min(deadline, time.monotonic() + patience), min(0.5, 2 * patience)
            while time.monotonic() < until and not (heard and answered):
                ready = dict(self._poller.poll(max(1, 1000 * (until - time.monotonic()))))
                if self._iopub in ready:
                    heard = self._read_outputs(request, Outputs(0)) or heard
                if self._shell in ready:
                    answered = self._read_answer(request) is not None or answered
                if self.kernel.process in ready:
                    raise CourseError("A sealed kernel died before its first cell.")
            if time.monotonic() > deadline:
                raise CourseError(f"A sealed kernel did not answer within {self.limits.start_seconds:g} s.")

    def _send(self, kind: str, content: dict[str, Any]) -> str:
        number = uuid.uuid4().hex
        header = {
            "msg_id": number,
            "msg_type": kind,
            "session": self._session,
            "username": "grader",
            "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "version": "5.3",
        }
        parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
        self._shell.send_multipart([_DELIMITER, b"", *parts])
        return number

    def _read_answer(self, request: str) -> str | None:
        """The status in the answer to ``request``, if it has come."""
        found = None
        for _, parent, content in self._received(self._shell, request):
            if parent and found is None:
                status = (_decoded(content) or {}).get("status")
                found = status if isinstance(status, str) else "malformed"
        return found

    def _read_outputs(self, request: str, outputs: Outputs) -> bool:
        """Take in what has arrived; True if the kernel says that the request is done."""
        idle = False
        for kind, _, content in self._received(self._iopub, request):
            if kind == "status":
                idle = idle or (_decoded(content) or {}).get("execution_state") == "idle"
            elif not outputs.truncated or kind == "error":
                outputs.add(kind, _decoded(content))
        return idle

    def _received(self, socket: Any, request: str) -> Any:
        """Messages that answer ``request``, at most as many as the queue holds: then the clock has its turn."""
        for _ in range(_QUEUE):
            try:
                frames = socket.recv_multipart(self._zmq.NOBLOCK)
            except self._zmq.Again:
                return
            if _DELIMITER not in frames:
                continue
            parts = frames[frames.index(_DELIMITER) + 2 :]
            if len(parts) < 4:
                continue
            header, parent = _decoded(parts[0]) or {}, _decoded(parts[1]) or {}
            if parent.get("msg_id") == request and isinstance(header.get("msg_type"), str):
                yield header["msg_type"], True, parts[3]


def _request(code: str, silent: bool) -> dict[str, Any]:
    return {
        "code": code,
        "silent": silent,
        "store_history": not silent,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": False,
    }


def _decoded(text: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return value if type(value) is dict else None


def _refuse(constant: str) -> Any:
    """NaN and Infinity are no JSON: a notebook that held them could not be opened in a browser."""
    raise ValueError(constant)
