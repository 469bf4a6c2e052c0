"""Inside the kernel: tries many changed solutions, each in a fork of the kernel that the set-up cells have made.

Its text is sent to the kernel, so it imports nothing of coursekit. A fork costs milliseconds, cannot disturb the next
one, and ends when its time or memory is used up.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import sys
import time
from typing import Any

_LONGEST = 300
_MIB = 1 << 20


def try_all(shell: Any, order: dict[str, Any]) -> None:
    """Try every changed solution and print what became of it, one JSON object a line.

    Parameters
    ----------
    shell : the kernel's IPython shell.
    order
        ``steps``: cells to run in their order, each with ``name``, ``visible`` and ``full`` source (the same for what
        is no check). ``tries``: each with a ``number``, and ``sources`` by the name of the step they stand in for.
        ``seconds``: time on a core for each; ``memory_mib``: what each may take beyond the kernel; ``mark``: what the
        lines begin with.
    """
    for one in order["tries"]:
        report = _in_a_fork(shell, order, one, "visible")
        if report["outcome"] == "passed":
            report = _in_a_fork(shell, order, one, "full") | {"visible": "passed"}
        report = {"visible": report["outcome"], **report, "number": one["number"]}
        sys.stdout.write(order["mark"] + json.dumps(report) + "\n")
    sys.stdout.flush()


def _in_a_fork(shell: Any, order: dict[str, Any], one: dict[str, Any], kind: str) -> dict[str, Any]:
    sys.stdout.flush()
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(shell, order, one, kind, writing)
    os.close(writing)
    # The core's clock ends an endless loop; this one ends what sleeps or waits.
    said = _read(reading, began + 8 * order["seconds"] + 5)
    os.close(reading)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if said:
        report = json.loads(said)
    elif said is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGXCPU)):
        report = {"outcome": "timeout", "where": "", "why": "it took too long"}
    else:
        report = {"outcome": "died", "where": "", "why": f"its process ended ({status})"}
    return {"seconds": round(time.monotonic() - began, 3), **report}


def _read(reading: int, until: float) -> str | None:
    """What the child wrote; None if it did not end in time."""
    parts = []
    while True:
        if not select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
            return None
        part = os.read(reading, 1 << 16)
        if not part:
            return b"".join(parts).decode()
        parts.append(part)


def _be_the_child(shell: Any, order: dict[str, Any], one: dict[str, Any], kind: str, writing: int) -> None:
    """Run the steps, write how it ended, and never return."""
    report: dict[str, Any] = {"outcome": "failed", "where": "", "why": "its process could not be set up"}
    try:
        _bound(order)
        report = _run(shell, order["steps"], one["sources"], kind)
    except BaseException as error:  # noqa: BLE001 - whatever a mutant breaks, it has been noticed
        report["why"] = f"{type(error).__name__}"
    finally:
        spent = resource.getrusage(resource.RUSAGE_SELF)
        report["cpu"] = round(spent.ru_utime + spent.ru_stime, 3)
        os.write(writing, json.dumps(report).encode())
        os._exit(0)


def _bound(order: dict[str, Any]) -> None:
    """Let the child print nowhere, and set the limits of its time and memory."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - open until the process ends
    with open("/proc/self/statm") as file:
        size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = size + order["memory_mib"] * _MIB
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, order["seconds"])


def _run(shell: Any, steps: list[dict[str, Any]], sources: dict[str, str], kind: str) -> dict[str, Any]:
    for step in steps:
        try:
            _execute(shell, sources.get(step["name"], step[kind]))
        except MemoryError:
            return {"outcome": "failed", "where": step["name"], "why": "MemoryError"}
        except BaseException as error:  # noqa: BLE001 - sys.exit and interrupts too are ways not to pass
            return {"outcome": "failed", "where": step["name"], "why": _sentence(error)}
    return {"outcome": "passed", "where": "", "why": ""}


def _execute(shell: Any, source: str) -> None:
    """Run a cell as IPython does, without its history and its display."""
    cell = shell.transform_cell(source)
    name = shell.compile.cache(cell, raw_code=source)
    exec(compile(cell, name, "exec", dont_inherit=True), shell.user_ns)


def _sentence(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:_LONGEST]
    except Exception:  # noqa: BLE001 - an exception of the solution's own may fail to print
        return type(error).__name__
