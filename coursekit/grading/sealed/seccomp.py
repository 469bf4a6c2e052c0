"""The system calls that sealed code may not make: a filter that the Linux kernel checks on every call.

Namespaces and lost capabilities hold most doors. This closes the ones they leave: new user namespaces (inside them a
learner could mount unlimited memory), sockets that no network namespace contains (vsock reaches the host of a virtual
machine), the keyring of the session, and interfaces that have been a way out before.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from coursekit.grading.sealed import syscalls

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_NEW_NAMESPACES = 0x7E020000
_TERMINAL_INJECTION = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
_SOCKET_FAMILIES = (1, 2, 10, 16)  # unix, IPv4, IPv6, netlink: all of them end at the network namespace

_SAME_EVERYWHERE = {
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
    "pidfd_getfd": 438, "mount_setattr": 442, "quotactl_fd": 443, "open_tree_attr": 467,
}  # fmt: skip
_ABSENT_EVERYWHERE = {"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "clone3": 435}
_X86_64 = {
    "ptrace": 101, "syslog": 103, "vhangup": 153, "pivot_root": 155, "adjtimex": 159, "chroot": 161, "acct": 163,
    "settimeofday": 164, "mount": 165, "umount2": 166, "swapon": 167, "swapoff": 168, "reboot": 169,
    "sethostname": 170, "setdomainname": 171, "iopl": 172, "ioperm": 173, "init_module": 175, "delete_module": 176,
    "quotactl": 179, "clock_settime": 227, "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250,
    "unshare": 272, "move_pages": 279, "perf_event_open": 298, "name_to_handle_at": 303, "open_by_handle_at": 304,
    "clock_adjtime": 305, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
    "finit_module": 313, "kexec_file_load": 320, "bpf": 321, "userfaultfd": 323,
}  # fmt: skip
_AARCH64 = {
    "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "vhangup": 58, "quotactl": 60, "acct": 89,
    "unshare": 97, "kexec_load": 104, "init_module": 105, "delete_module": 106, "clock_settime": 112, "syslog": 116,
    "ptrace": 117, "reboot": 142, "sethostname": 161, "setdomainname": 162, "settimeofday": 170, "adjtimex": 171,
    "add_key": 217, "request_key": 218, "keyctl": 219, "swapon": 224, "swapoff": 225, "move_pages": 239,
    "perf_event_open": 241, "name_to_handle_at": 264, "open_by_handle_at": 265, "clock_adjtime": 266, "setns": 268,
    "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "finit_module": 273, "bpf": 280,
    "userfaultfd": 282, "kexec_file_load": 294,
}  # fmt: skip
#: machine → (audit architecture, refused calls, clone, socket, ioctl)
_MACHINES = {
    "x86_64": (0xC000003E, _X86_64, 56, 41, 16),
    "aarch64": (0xC00000B7, _AARCH64, 220, 198, 29),
}


def supported() -> bool:
    """Whether there is a filter for this machine's processor."""
    return os.uname().machine in _MACHINES


def program(machine: str) -> bytes:
    """The filter as the kernel's bytecode, 8 bytes an instruction.

    Raises
    ------
    KeyError
        If the processor is neither ``x86_64`` nor ``aarch64``.
    """
    architecture, refused, clone, socket, ioctl = _MACHINES[machine]
    steps = [_step(_LOAD, _ARCHITECTURE), _step(_JUMP_EQUAL, architecture, 1, 0), _refuse(errno.EPERM)]
    steps.append(_step(_LOAD, _NUMBER))
    if machine == "x86_64":
        # Numbers from 0x40000000 are the x32 names of the same calls.
        steps += [_step(_JUMP_AT_LEAST, 0x40000000, 0, 1), _refuse(errno.EPERM)]
    for number in sorted({**refused, **_SAME_EVERYWHERE}.values()):
        steps += [_step(_JUMP_EQUAL, number, 0, 1), _refuse(errno.EPERM)]
    # Callers fall back to older calls where these are "not implemented": clone3 hides its flags from a filter.
    for number in _ABSENT_EVERYWHERE.values():
        steps += [_step(_JUMP_EQUAL, number, 0, 1), _refuse(errno.ENOSYS)]
    steps += _block(clone, [_step(_LOAD, _FIRST_ARGUMENT), _step(_JUMP_ANY_BIT, _NEW_NAMESPACES, 0, 1)], errno.EPERM)
    steps += _allowed_families(socket)
    injection = [_step(_LOAD, _SECOND_ARGUMENT)]
    injection += [_step(_JUMP_EQUAL, _TERMINAL_INJECTION[0], 1, 0), _step(_JUMP_EQUAL, _TERMINAL_INJECTION[1], 0, 1)]
    steps += _block(ioctl, injection, errno.EPERM)
    steps.append(_step(_RETURN, _ALLOW))
    return b"".join(steps)


def install() -> None:
    """Put the filter on this process, for good; its threads and children inherit it.

    Raises
    ------
    OSError
        If the kernel refuses, for example because new privileges were not forbidden before.
    """
    code = program(os.uname().machine)
    buffer = ctypes.create_string_buffer(code, len(code))

    class _Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]  # noqa: RUF012

    wrapped = _Program(len(code) // 8, ctypes.addressof(buffer))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    number = ctypes.c_ulong
    syscalls.check(
        prctl(_PR_SET_SECCOMP, number(_SECCOMP_MODE_FILTER), ctypes.byref(wrapped), number(0), number(0)),
        "prctl(PR_SET_SECCOMP)",
    )


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _refuse(error: int) -> bytes:
    return _step(_RETURN, _REFUSE | error)


def _block(call: int, condition: list[bytes], error: int) -> list[bytes]:
    """Refuse ``call`` where the condition's last jump falls through; else load the number again and go on."""
    body = [*condition, _refuse(error), _step(_LOAD, _NUMBER)]
    return [_step(_JUMP_EQUAL, call, 0, len(body)), *body]


def _allowed_families(call: int) -> list[bytes]:
    """Refuse ``call`` unless its first argument is one of the allowed socket families."""
    left = len(_SOCKET_FAMILIES)
    tests = [_step(_JUMP_EQUAL, family, left - index, 0) for index, family in enumerate(_SOCKET_FAMILIES)]
    body = [_step(_LOAD, _FIRST_ARGUMENT), *tests, _refuse(errno.EAFNOSUPPORT), _step(_LOAD, _NUMBER)]
    return [_step(_JUMP_EQUAL, call, 0, len(body)), *body]
