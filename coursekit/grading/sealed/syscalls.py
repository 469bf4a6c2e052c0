"""The few system calls that Python 3.11 has no name for, each raising ``OSError`` where it fails."""

from __future__ import annotations

import ctypes
import fcntl
import os

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_REMOUNT = 2, 4, 32
_MS_RDONLY, _MS_NOEXEC = 1, 8
_MNT_DETACH = 2
_NS_GET_PARENT = 0xB702
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 36, 38, 47, 4
_MADV_COLLAPSE = 25
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]  # noqa: RUF012 - ctypes wants a list


class _CapData(ctypes.Structure):
    _fields_ = [  # noqa: RUF012
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def check(result: int, what: str) -> None:
    """Raise the call's error as ``OSError`` unless it returned 0."""
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def _prctl(option: int, first: int = 0, second: int = 0) -> int:
    number = ctypes.c_ulong
    return _libc.prctl(ctypes.c_int(option), number(first), number(second), number(0), number(0))


def setns(descriptor: int, kind: int) -> None:
    """Join the namespace that ``descriptor`` (an open ``/proc/PID/ns/…``) stands for."""
    check(_libc.setns(descriptor, kind), "setns")


def parent_namespace(descriptor: int) -> int:
    """Open the user namespace in which this one was made."""
    return fcntl.ioctl(descriptor, _NS_GET_PARENT)


def remount_tmpfs(target: str, options: str) -> None:
    """Set a mounted tmpfs's options (size, number of files, mode)."""
    flags = ctypes.c_ulong(MS_REMOUNT | MS_NOSUID | MS_NODEV)
    check(_libc.mount(b"tmpfs", target.encode(), b"tmpfs", flags, options.encode()), f"remount {target}")


def cover(target: str) -> None:
    """Put an empty, read-only folder over a folder."""
    flags = ctypes.c_ulong(_MS_RDONLY | MS_NOSUID | MS_NODEV | _MS_NOEXEC)
    check(_libc.mount(b"tmpfs", target.encode(), b"tmpfs", flags, b"size=4k"), f"cover {target}")


def detach(target: str) -> None:
    """Take a mount out of sight, at once."""
    check(_libc.umount2(target.encode(), _MNT_DETACH), f"umount {target}")


def collapse(begin: int, size: int) -> None:
    """Move so many bytes of this process's memory from an address on into large pages (Linux 6.1)."""
    advice = ctypes.c_int(_MADV_COLLAPSE)
    check(_libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(size), advice), "madvise(MADV_COLLAPSE)")


def adopt_orphans() -> None:
    """Make this process the parent of its orphaned descendants."""
    check(_prctl(_PR_SET_CHILD_SUBREAPER, 1), "prctl(PR_SET_CHILD_SUBREAPER)")


def die_with_parent(signal_number: int) -> None:
    """Have the kernel send this signal when the parent thread ends."""
    check(_prctl(_PR_SET_PDEATHSIG, signal_number), "prctl(PR_SET_PDEATHSIG)")


def forbid_new_privileges() -> None:
    """From now on no program gains rights by being executed (setuid, file capabilities)."""
    check(_prctl(_PR_SET_NO_NEW_PRIVS, 1), "prctl(PR_SET_NO_NEW_PRIVS)")


def set_dumpable() -> None:
    """Let this process read its own ``/proc/self`` again after a change of user."""
    check(_prctl(_PR_SET_DUMPABLE, 1), "prctl(PR_SET_DUMPABLE)")


def drop_bounding_capabilities() -> None:
    """Empty the bounding and the ambient set: no capability can come back."""
    for capability in range(64):
        if _prctl(_PR_CAPBSET_DROP, capability) != 0:
            break  # the first number that this Linux does not know
    if capability == 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_CAPBSET_DROP) is not permitted")
    check(_prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL), "prctl(PR_CAP_AMBIENT)")


def drop_capabilities() -> None:
    """Give up every capability that this process holds."""
    header = _CapHeader(_CAPABILITY_VERSION_3, 0)
    data = (_CapData * 2)()
    check(_libc.capset(ctypes.byref(header), ctypes.byref(data)), "capset")
