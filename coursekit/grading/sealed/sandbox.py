"""Bubblewrap, started and held: it builds the namespaces and keeps them until its input is closed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass

from coursekit.grading.sealed.availability import namespace_arguments
from coursekit.grading.sealed.layout import made_up_files

#: Says that everything is mounted, then waits; when the warm process dies, its end of the pipe closes, and this ends too.
_HOLD = "echo built; exec cat"
_ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


@dataclass
class Sandbox:
    """One running bubblewrap.

    Parameters
    ----------
    process
        The outer bubblewrap.
    first
        Process 1 of the sandbox, by its number outside. When it ends, Linux ends every process of the sandbox.
    """

    process: subprocess.Popen[bytes]
    first: int

    def close(self) -> None:
        """End every process of the sandbox; the namespaces go with the last of them."""
        for number in (self.first, self.process.pid):
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


def build(program: str, view: list[str], uid: int) -> Sandbox:
    """Start bubblewrap with this view of the file system and wait until all is mounted.

    Raises
    ------
    OSError
        If bubblewrap fails; the text is its own complaint.
    """
    descriptors, mounts = _made_up(uid)
    told, tell = os.pipe()
    command = [program, *namespace_arguments(uid), *_before_the_end(view, mounts), "--info-fd", str(tell)]
    try:
        process = subprocess.Popen(
            [*command, "--", "/bin/sh", "-c", _HOLD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_ENVIRONMENT,
            pass_fds=[tell, *descriptors],
            cwd="/",
        )
    finally:
        for descriptor in (tell, *descriptors):
            os.close(descriptor)
    try:
        if process.stdout.readline() != b"built\n":
            raise OSError(_complaint(process))
        with os.fdopen(told, closefd=False) as answer:
            first = json.loads(answer.read())["child-pid"]
    finally:
        os.close(told)
    return Sandbox(process, first)


def _made_up(uid: int) -> tuple[list[int], list[str]]:
    """The invented files of ``/etc`` in memory, and the arguments that mount them."""
    descriptors, arguments = [], []
    for path, text in made_up_files(uid).items():
        with tempfile.TemporaryFile() as file:
            file.write(text.encode())
            file.seek(0)
            descriptors.append(os.dup(file.fileno()))
        arguments += ["--ro-bind-data", str(descriptors[-1]), path]
    return descriptors, arguments


def _before_the_end(view: list[str], mounts: list[str]) -> list[str]:
    """Insert mounts before the root is made read-only."""
    end = view.index("--remount-ro")
    return [*view[:end], *mounts, *view[end:]]


def _complaint(process: subprocess.Popen[bytes]) -> str:
    process.stdin.close()
    text = process.stderr.read().decode(errors="replace").strip()
    process.wait()
    return text.splitlines()[-1] if text else f"bubblewrap ended with status {process.returncode} without a word"
