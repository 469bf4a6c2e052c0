"""Whether this machine can seal a submission off, and what to do where it cannot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from coursekit.grading.sealed import seccomp

_PROBE_SECONDS = 20
_HOW_TO_GET = (
    "Install bubblewrap: `sudo apt-get install bubblewrap` (Debian, Ubuntu), `sudo dnf install bubblewrap` (Fedora)."
)
_HOW_TO_ALLOW = (
    "Allow user namespaces (`sudo sysctl -w kernel.unprivileged_userns_clone=1` on old Debian,"
    " `kernel.apparmor_restrict_unprivileged_userns=0` on Ubuntu 24.04), or grade as root; in a container, give it"
    " `--cap-add SYS_ADMIN --security-opt seccomp=unconfined`."
)


@dataclass(frozen=True)
class Availability:
    """Whether sealing works here; if not, `reason` is a sentence saying why and how to get it.

    Use it as a truth value: ``if available(): …``.
    """

    sealed: bool
    reason: str = ""
    bubblewrap: str = ""

    def __bool__(self) -> bool:
        """True where submissions can be sealed."""
        return self.sealed


@cache
def available() -> Availability:
    """Try to seal something off. The answer is kept for this process.

    Returns
    -------
    Availability
        With bubblewrap's path where it was found.
    """
    if sys.platform != "linux" or not seccomp.supported():
        return Availability(
            False, f"Sealed grading works on Linux on x86-64 and arm64; this is {sys.platform} on {os.uname().machine}."
        )
    program = shutil.which("bwrap")
    if program is None:
        return Availability(False, f"There is no `bwrap` on the path. {_HOW_TO_GET}")
    problem = _probe(program)
    if problem:
        return Availability(False, f"bubblewrap cannot build a sandbox here ({problem}). {_HOW_TO_ALLOW}", program)
    return Availability(True, "", program)


def namespace_arguments(uid: int) -> list[str]:
    """Bubblewrap's arguments that separate a sandbox from the machine.

    Root keeps the machine's user namespace, because only there it can turn into a user without rights whose processes
    are counted; everybody else gets a user namespace of their own.
    """
    own = [] if os.geteuid() == 0 else ["--unshare-user", "--uid", str(uid), "--gid", str(uid)]
    shared = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    return [*own, *shared, "--hostname", "sealed", "--die-with-parent", "--new-session", "--clearenv", "--as-pid-1"]


def _probe(program: str) -> str:
    command = [program, *namespace_arguments(1000), "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "true"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PROBE_SECONDS, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return str(problem)
    if done.returncode == 0:
        return ""
    lines = done.stderr.strip().splitlines() or [f"it ended with status {done.returncode}"]
    return re.sub(r"^bwrap: ", "", lines[-1]).rstrip(".")
