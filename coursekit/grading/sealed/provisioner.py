"""The same seal for plain Jupyter tools: a kernel provisioner, and a kernel manager that uses it.

``course-sealed`` is the provisioner's name in kernel specifications. nbgrader needs no specification:
`coursekit.grading.sealed.preprocessor.SealedExecute` takes the place of its ``Execute``.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Dict, List, Unicode

from coursekit.grading.sealed.kernel import PORTS
from coursekit.grading.sealed.limits import Limits
from coursekit.grading.sealed.warm import SealedKernel, WarmServer

NAME = "course-sealed"
_servers: dict[tuple[str, ...], WarmServer] = {}


class SealedProvisioner(KernelProvisionerBase):
    """Gives each kernel a sandbox of its own. What the kernel is told to run (``argv``) does not matter.

    The kernel's working folder is a copy: what cells write there is gone afterwards.
    """

    preload = List(Unicode(), help="Modules to keep warm, besides what a kernel needs itself.").tag(config=True)
    limits = Dict(help="Values for coursekit.grading.sealed.Limits, by name.").tag(config=True)

    _kernel: SealedKernel | None = None
    _ended: int | None = None

    @property
    def has_process(self) -> bool:
        """Whether there is a sandbox."""
        return self._kernel is not None

    @property
    def pid(self) -> int | None:
        """The kernel's process, by its number outside."""
        return self._kernel.pid if self._kernel else None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Open the sandbox, and tell the manager its address before anybody asks for it."""
        manager = self.parent
        kwargs.pop("extra_arguments", None)
        kwargs.pop("transport_encryption", None)
        folder = Path(kwargs["cwd"]) if kwargs.get("cwd") else None
        server = _server_for(tuple(self.preload))
        limits = Limits(**self.limits) if self.limits else None
        self._kernel = await asyncio.to_thread(server.open, folder, limits=limits, key=manager.session.key)
        self._ended = None
        manager.transport, manager.ip = "ipc", self._kernel.address
        for name, port in PORTS.items():
            setattr(manager, f"{name}_port", port)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Nothing is left to do: the kernel runs since `pre_launch`."""
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel runs, else how it ended."""
        if self._kernel is None:
            return 0 if self._ended is None else self._ended
        return None if self._kernel.alive() else self._finish()

    async def wait(self) -> int | None:
        """Wait for the kernel's end."""
        while self._kernel is not None and self._kernel.alive():
            await asyncio.sleep(0.02)
        return self._finish()

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel."""
        if self._kernel is not None and signum == signal.SIGINT:
            self._kernel.interrupt()
        elif self._kernel is not None and signum:
            self._kernel.send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """End everything in the sandbox."""
        self._finish()

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """End what is left."""
        self._finish()

    def _finish(self) -> int:
        if self._kernel is not None:
            status = self._kernel.close()
            self._kernel = None
            self._ended = -signal.SIGKILL if status is None else os.waitstatus_to_exitcode(status)
        return 0 if self._ended is None else self._ended


class SealedKernelManager(AsyncKernelManager):
    """A manager whose kernels are sealed, whatever kernel specification a notebook names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kernel_spec = KernelSpec(
            argv=[NAME], display_name="Python 3 (sealed)", language="python", interrupt_mode="signal"
        )

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.provisioner = SealedProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**options)

    pre_start_kernel = _async_pre_start_kernel


def _server_for(preload: tuple[str, ...]) -> WarmServer:
    """One warm process for each set of modules, for as long as this process lives; it ends with us by itself."""
    if preload not in _servers:
        _servers[preload] = WarmServer(preload)
    return _servers[preload]
