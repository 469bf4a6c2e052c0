"""Is this environment fit for the course? One line a finding, and how to mend what is wrong."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Literal

Level = Literal["ok", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state in a few words and, unless it is well, what to do."""

    name: str
    level: Level
    state: str
    mend: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        return asdict(self)


def examine(root: Path | None) -> list[Finding]:
    """Look at Python, the packages, the kernel, the course's folder, the data cache and the optional tools."""
    return [
        _python(),
        *_packages(root),
        _kernel(),
        _course(root),
        _cache(),
        _tool("alembic", "nbgrader's gradebook cannot be made", "install the group core: `make environment`"),
        _sandbox(),
        _tool("chromium", "browser tests are skipped", "apt-get install chromium"),
        _memory(),
    ]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] != (3, 11):
        return Finding("Python", "note", found, "the lock was resolved for 3.11; other versions are not tested")
    return Finding("Python", "ok", found)


def _packages(root: Path | None) -> Iterator[Finding]:
    """What coursekit itself needs, then the versions that the lock pins for what is installed."""
    missing = [name for name in _own_requirements() if not _version(name)]
    if missing:
        mend = f"pip install {' '.join(missing)}" if root is None else "run `make environment`"
        yield Finding("packages", "wrong", f"missing: {', '.join(missing)}", mend)
    else:
        yield Finding("packages", "ok", "all that coursekit needs is installed")
    if root and (root / "requirements.txt").is_file():
        yield _against_lock(root / "requirements.txt")


def _against_lock(lock: Path) -> Finding:
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)$", lock.read_text(), re.MULTILINE))
    watched = ("numpy", "pandas", "scikit-learn", "nbgrader", "jupyterlab", "matplotlib", "ipykernel", "torch")
    installed = {name: found.split("+")[0] for name in watched if name in pins and (found := _version(name))}
    other = [f"{name} {found} (lock: {pins[name]})" for name, found in installed.items() if found != pins[name]]
    if other:
        return Finding("lock", "note", "; ".join(other), "marks are proven for the lock's versions: `make environment`")
    return Finding("lock", "ok", f"{len(installed)} packages that matter have the lock's versions")


def _own_requirements() -> list[str]:
    try:
        lines = requires("coursekit") or []
    except PackageNotFoundError:  # run from a folder without being installed
        return []
    return [re.split(r"[<>=!~;\[ ]", line)[0] for line in lines if "extra ==" not in line]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _kernel() -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding("kernel", "wrong", "no kernel 'python3'", "pip install ipykernel into this environment")
    first = spec.argv[0]
    if Path(first).is_absolute() and Path(first).resolve() != Path(sys.executable).resolve():
        mend = f"run `{sys.executable} -m ipykernel install --sys-prefix`"
        return Finding("kernel", "note", f"the kernel 'python3' runs {first}, another Python than this one", mend)
    return Finding("kernel", "ok", "the kernel 'python3' runs this Python")


def _course(root: Path | None) -> Finding:
    if root is None:
        return Finding("course", "note", "no course folder here", "go into the clone of the course's repository")
    weeks = sorted(path.name for path in (root / "release").glob("week*"))
    if not weeks:
        return Finding("course", "wrong", "no released week", "run `make release`")
    return Finding("course", "ok", f"{len(weeks)} released week{'s' if len(weeks) > 1 else ''}")


def _cache() -> Finding:
    from coursekit.data.settings import Settings

    folder = Settings.from_environment().cache
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        mend = "set COURSE_DATA_CACHE to a folder that you may write to"
        return Finding("data cache", "note", f"{folder} cannot be written to ({error.strerror})", mend)
    return Finding("data cache", "ok", "writable")


def _tool(name: str, consequence: str, mend: str) -> Finding:
    beside = Path(sys.executable).parent / name
    if beside.is_file() or shutil.which(name):
        return Finding(name, "ok", "found")
    return Finding(name, "note", f"not found: {consequence}", mend)


def _sandbox() -> Finding:
    from coursekit.grading.sealed import available

    can = available()
    if can:
        return Finding("sandbox", "ok", "submissions can be sealed off")
    return Finding("sandbox", "note", f"submissions cannot be sealed off: {can.reason}", "apt-get install bubblewrap")


def _memory() -> Finding:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return Finding("memory", "note", "this system does not tell", "a week needs up to 2 GiB")
    available = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")) / 1024**2
    if available < 2:
        return Finding("memory", "note", f"{available:.1f} GiB free", "a week may need 2 GiB: close other programs")
    return Finding("memory", "ok", f"{available:.1f} GiB free")
