"""The IPython kernel in a sealed process: listens on sockets that were opened outside, so that no folder is shared."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from coursekit.grading.sealed import hygiene

#: Channels by the number that jupyter_client calls a port; an ipc address is ``FOLDER/NAME-PORT``.
PORTS = {"shell": 1, "iopub": 2, "stdin": 3, "control": 4, "hb": 5}


def run_kernel(listening: Mapping[int, int], address: str, key: bytes, ready: Callable[[], None]) -> NoReturn:
    """Start the kernel and serve until killed.

    Parameters
    ----------
    listening
        Port → descriptor of a listening Unix socket.
    address
        The sockets' common path outside, without ``-PORT``. Inside nothing is there.
    key
        With which messages are signed; empty for no signature.
    ready
        Called when the kernel can answer.
    """
    hygiene.silence_standard_streams()
    hygiene.replace_environment()
    hygiene.renew_randomness()
    hygiene.forget_cached_places()
    from coursekit.grading.sealed.application import SealedKernelApp

    sys.argv = ["ipykernel_launcher"]
    app = SealedKernelApp.instance(
        config=_configuration(), transport="ipc", ip=address, **{f"{name}_port": port for name, port in PORTS.items()}
    )
    app.listening, app.key = listening, key
    app.initialize([])
    # `exit()` would end the kernel a moment later, in the cell after it.
    app.shell.ask_exit = lambda: None
    _connect_figures()
    ready()
    app.start()
    os._exit(0)


def _connect_figures() -> None:
    """Have figures shown in the notebook.

    matplotlib's inline backend looks for a kernel when it is imported. In the warm process there was none.
    """
    inline = sys.modules.get("matplotlib_inline.backend_inline")
    if inline is not None:
        inline._enable_matplotlib_integration()


def _configuration() -> Any:
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False  # no database, and no thread that writes to it
    config.IPKernelApp.log_level = 50
    config.IPythonKernel._execute_sleep = 0.0  # a pause after each cell, for frontends that wait for a prompt
    config.IPKernelApp.connection_file = "sealed.json"
    return config
