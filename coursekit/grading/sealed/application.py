"""ipykernel's application for a sealed kernel. The warm process imports it, so that its forks need not."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import zmq
from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp


class SealedKernelApp(IPKernelApp):
    """ipykernel's application, but for where its sockets and keys come from.

    Attributes
    ----------
    listening : port → descriptor of a listening Unix socket; set before `initialize`.
    key : with which messages are signed.
    """

    listening: Mapping[int, int]
    key: bytes

    def init_connection_file(self) -> None:
        """There is no file: the host knows the addresses."""
        self.session.key = self.key

    def write_connection_file(self, **_: Any) -> None:
        """Nobody in here needs it."""

    def _try_bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listening[port])
        s.bind(f"ipc://{self.ip}-{port}")
        return port

    def init_control(self, context: Any) -> None:
        """Open the control channel, without the debugger's way to the shell."""
        super().init_control(context)
        # The debugger would call the shell socket by its path outside, again and again.
        self.debug_shell_socket.disconnect(self.shell_socket.getsockopt(zmq.LAST_ENDPOINT))

    def init_heartbeat(self) -> None:
        """The host sees the process itself; a heart would only cost a thread."""

    def init_kernel(self) -> None:
        """Make the kernel and its shell."""
        with _no_modules_listed():
            super().init_kernel()


class _WithoutModules:
    modules: Mapping[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextmanager
def _no_modules_listed() -> Iterator[None]:
    """Keep ipykernel from listing the files of all modules, which only its debugger wants.

    Looking at thousands of modules copies thousands of pages that the fork shares with the warm process.
    """
    ipkernel.sys = _WithoutModules()
    try:
        yield
    finally:
        ipkernel.sys = sys
