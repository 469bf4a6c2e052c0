"""Bubblewrap, started and held: it builds the namespaces and keeps them until its input is closed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from dataclasses import dataclass
from functools import cache

from coursekit.grading.sealed.availability import namespace_arguments
from coursekit.grading.sealed.layout import made_up_files

_BURY = ("env", "--ignore-signal=CHLD")
_PATIENCE_SECONDS = 10
_ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


@dataclass
class Sandbox:
    """One running bubblewrap.

    Parameters
    ----------
    process
        The outer bubblewrap.
    told
        Descriptor from which its account of itself is read.
    first
        Process 1 of the sandbox, by its number outside. When it ends, Linux ends every process of the sandbox.
    """

    process: subprocess.Popen[bytes]
    told: int
    first: int | None = None

    def finish(self) -> None:
        """Take note that everything is mounted.

        Raises
        ------
        OSError
            If bubblewrap failed; the text is its own complaint.
        """
        said = self.process.stdout.readline()
        with os.fdopen(self.told) as account:
            text = account.read()
        self.told = -1
        if text:
            self.first = json.loads(text)["child-pid"]
        if said != b"built\n":
            raise OSError(_complaint(self.process))

    def stop(self) -> None:
        """End every process of the sandbox; the namespaces go with the last of them.

        The outer bubblewrap ends by itself when its child has. Killed, it would leave the child to be buried by others.
        """
        number = self.first or self.process.pid
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def wait(self) -> None:
        """Wait for the outer bubblewrap, once the kernel has been buried."""
        try:
            self.process.wait(timeout=_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(program: str, view: list[str], uid: int) -> Sandbox:
    """Start bubblewrap with this view of the file system.

    When something can be read from the process's output, call `Sandbox.finish`.
    """
    descriptors, mounts = _made_up(uid)
    told, tell = os.pipe()
    arguments = [*namespace_arguments(uid), *_before_the_end(view, mounts), "--info-fd", str(tell)]
    # Not on the command line, which the submission can read: it names folders of this machine.
    descriptors.append(_in_memory("".join(f"{argument}\0" for argument in arguments)))
    try:
        process = subprocess.Popen(
            [program, "--args", str(descriptors[-1]), "--", "/bin/sh", "-c", _hold()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_ENVIRONMENT,
            pass_fds=[tell, *descriptors],
            cwd="/",
        )
    except OSError:
        os.close(told)
        raise
    finally:
        for descriptor in (tell, *descriptors):
            os.close(descriptor)
    return Sandbox(process, told)


@cache
def _hold() -> str:
    """Process 1 of the sandbox, which nothing inside can kill.

    It says that all is mounted, then waits; when the warm process dies, its end of the pipe closes, and this ends too.
    Orphans become its children; ignoring CHLD buries them, and where no `env` can do that, they stay and count among
    the submission's processes.
    """
    try:
        can = subprocess.run([*_BURY, "true"], env=_ENVIRONMENT, capture_output=True, check=False).returncode == 0
    except OSError:
        can = False
    return f"echo built; exec {' '.join(_BURY)} cat" if can else "echo built; exec cat"


def _made_up(uid: int) -> tuple[list[int], list[str]]:
    """The invented files of ``/etc`` in memory, and the arguments that mount them."""
    descriptors, arguments = [], []
    for path, text in made_up_files(uid).items():
        descriptors.append(_in_memory(text))
        arguments += ["--perms", "0444", "--ro-bind-data", str(descriptors[-1]), path]
    return descriptors, arguments


def _in_memory(text: str) -> int:
    """A descriptor from which bubblewrap reads this text."""
    descriptor = os.memfd_create("coursekit")
    os.write(descriptor, text.encode())
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _before_the_end(view: list[str], mounts: list[str]) -> list[str]:
    """Insert mounts before the root is made read-only."""
    end = view.index("--remount-ro")
    return [*view[:end], *mounts, *view[end:]]


def _complaint(process: subprocess.Popen[bytes]) -> str:
    process.kill()
    text = process.stderr.read().decode(errors="replace").strip()
    return text.splitlines()[-1] if text else "bubblewrap ended without a word"
