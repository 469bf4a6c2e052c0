"""From a fork of the warm process to a sealed one: join the sandbox's namespaces, give up every right.

A process's own number never changes: only its children are born into a process namespace that it joins. Where the warm
process is root it joins that one for the time of the fork (`births_in`). An ordinary user may not, for want of rights
in its own user namespace, so there the fork joins it, forks again and ends; copying a large process twice takes time.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from coursekit.grading.sealed import seccomp, syscalls
from coursekit.grading.sealed.layout import HANDED_IN, HOME, TEMPORARY, WORK
from coursekit.grading.sealed.limits import Limits

_MIB = 1 << 20
#: The mount namespace last: the others are opened by path, and paths mean something else afterwards.
_NAMESPACES = {
    "ipc": syscalls.CLONE_NEWIPC,
    "net": syscalls.CLONE_NEWNET,
    "uts": syscalls.CLONE_NEWUTS,
    "cgroup": syscalls.CLONE_NEWCGROUP,
    "pid": syscalls.CLONE_NEWPID,
    "mnt": syscalls.CLONE_NEWNS,
}
#: What `enter` tells in place of the number of the very process that it was called in.
ITSELF = 0


@dataclass(frozen=True)
class Entry:
    """How to enter a sandbox.

    Parameters
    ----------
    first
        Process 1 of the sandbox, by its number outside.
    uid
        Who the learner's code is: in the sandbox's user namespace, or on the machine where the warm process is root.
    limits
        What it may use up.
    has_files
        Whether a submission's folder is mounted at `HANDED_IN`.
    as_root
        Whether the warm process is the machine's root, and the sandbox therefore has no user namespace of its own.
    """

    first: int
    uid: int
    limits: Limits
    has_files: bool
    as_root: bool


@contextlib.contextmanager
def births_in(entry: Entry) -> Iterator[None]:
    """Within, where this process is root, its children are born into the sandbox's process namespace.

    Parameters
    ----------
    entry
        The sandbox.

    Raises
    ------
    OSError
        If the namespace cannot be joined.
    """
    if not entry.as_root:
        yield
        return
    with _opened("/proc/self/ns/pid") as mine, _opened(f"/proc/{entry.first}/ns/pid") as its:
        syscalls.setns(its, syscalls.CLONE_NEWPID)
        try:
            yield
        finally:
            syscalls.setns(mine, syscalls.CLONE_NEWPID)


def enter(entry: Entry, started: Callable[[int], None], body: Callable[[], NoReturn]) -> NoReturn:
    """Seal this process, which was forked in `births_in`, or else a child of it, and run ``body`` there.

    Parameters
    ----------
    entry
        The sandbox and the limits.
    started
        Called with the number that the sealed process has outside, or with `ITSELF` where it is this one.
    body
        What to run in the sealed process; it must not return.

    Raises
    ------
    OSError
        If a step fails: nothing of the submission has been run then.
    """
    inner = _join(entry.first)
    _prepare_folders(entry)
    if entry.as_root:
        started(ITSELF)
    elif child := os.fork():
        started(child)
        os._exit(0)
    os.setsid()
    if inner is not None:
        syscalls.setns(inner, syscalls.CLONE_NEWUSER)
        os.close(inner)
    _limit(entry.limits)
    _give_up_rights(entry.uid)
    os.chdir(WORK)
    body()
    raise AssertionError("the sealed process's body returned")


def _join(first: int) -> int | None:
    """Join all namespaces of a process; return the user namespace that its child must still join, if there is one.

    Bubblewrap, started by an ordinary user, builds in one user namespace and then goes into a second one inside it.
    The mounts belong to the first, and only from there can its folders be prepared.
    """
    opened = {kind: _open(f"/proc/{first}/ns/{kind}") for kind in _NAMESPACES}
    user = _open(f"/proc/{first}/ns/user")
    mine = os.stat("/proc/self/ns/user")
    inner = None
    if not os.path.samestat(os.fstat(user), mine):
        outer = syscalls.parent_namespace(user)
        if os.path.samestat(os.fstat(outer), mine):
            syscalls.setns(user, syscalls.CLONE_NEWUSER)
        else:
            syscalls.setns(outer, syscalls.CLONE_NEWUSER)
            inner = os.dup(user)
        os.close(outer)
    os.close(user)
    for kind, descriptor in opened.items():
        syscalls.setns(descriptor, _NAMESPACES[kind])
        os.close(descriptor)
    return inner


def _open(namespace: str) -> int:
    return os.open(namespace, os.O_RDONLY | os.O_CLOEXEC)


@contextlib.contextmanager
def _opened(namespace: str) -> Iterator[int]:
    descriptor = _open(namespace)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _prepare_folders(entry: Entry) -> None:
    """Bound the writable folders, cover what holds the sandbox, put the submission's files into the working folder."""
    limits = entry.limits
    for place, mode in TEMPORARY.items():
        syscalls.remount_tmpfs(place, f"size={limits.folder_mib}m,nr_inodes={limits.files}")
        os.chmod(place, mode)
    # The process that holds the sandbox has neither filter nor limits. Where it belongs to the same user, whoever could
    # write to its memory (/proc/1/mem) would be rid of both.
    syscalls.cover("/proc/1")
    os.makedirs(WORK, mode=0o755, exist_ok=True)
    if entry.has_files:
        _copy(HANDED_IN, WORK)
        syscalls.detach(HANDED_IN)
    if entry.as_root:
        _give_away(HOME, entry.uid)


def _copy(source: str, target: str) -> None:
    """Copy files, folders and links as they are; what is none of these (sockets, pipes, devices) is left out.

    Links are never followed: in the sandbox they lead where sealed code may look anyway.
    """
    with os.scandir(source) as entries:
        for entry in entries:
            place = os.path.join(target, entry.name)
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                os.symlink(os.readlink(entry.path), place)
            elif stat.S_ISDIR(mode):
                os.mkdir(place)
                _copy(entry.path, place)
            elif stat.S_ISREG(mode):
                with contextlib.suppress(PermissionError):  # the grader may not read it: as if it were not there
                    shutil.copyfile(entry.path, place)
                    os.chmod(place, 0o644 | (mode & 0o111))


def _give_away(folder: str, uid: int) -> None:
    os.chown(folder, uid, uid)
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.lchown(os.path.join(place, name), uid, uid)


def _limit(limits: Limits) -> None:
    used = _used_bytes()
    bounds = {
        resource.RLIMIT_AS: used["VmSize"] + limits.address_space_mib * _MIB,
        resource.RLIMIT_DATA: used["VmData"] + limits.memory_mib * _MIB,
        resource.RLIMIT_NPROC: limits.process_allowance(),
        resource.RLIMIT_FSIZE: limits.file_mib * _MIB,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 8 * _MIB,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    for kind, bound in bounds.items():
        hard = resource.getrlimit(kind)[1]
        least = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (least, least))
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # where the machine runs out of memory, this goes first


def _used_bytes() -> dict[str, int]:
    with open("/proc/self/status") as status:
        lines = [line.split() for line in status if line.startswith(("VmSize:", "VmData:"))]
    return {words[0].rstrip(":"): int(words[1]) * 1024 for words in lines}


def _give_up_rights(uid: int) -> None:
    syscalls.drop_bounding_capabilities()
    if os.getuid() != uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    syscalls.drop_capabilities()
    syscalls.set_dumpable()
    syscalls.forbid_new_privileges()
    seccomp.install()
    _assert_sealed(uid)


def _assert_sealed(uid: int) -> None:
    """Look again: a right that was meant to be gone and is not must stop the submission, not pass unseen."""
    with open("/proc/self/status") as status:
        facts = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    left = {name: facts[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb") if int(facts[name], 16)}
    if left or facts["NoNewPrivs"] != "1" or facts["Seccomp"] != "2" or set(os.getresuid()) != {uid}:
        raise OSError(f"the sandbox is not tight: {left or facts['Seccomp']}, user {os.getresuid()}")
