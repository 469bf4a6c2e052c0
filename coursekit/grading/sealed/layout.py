"""What a sealed submission can see of this machine: libraries, this Python, coursekit, the data; all read-only.

Everything else is not hidden but absent: the sandbox begins empty and gets what stands here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HOME = "/home/learner"
WORK = f"{HOME}/work"
#: Where the submission's folder appears until its files are copied to the working folder.
HANDED_IN = "/run/handed-in"
CACHE, MIRROR = "/run/data-cache", "/run/data-mirror"
#: The writable folders and their modes; each has a size and a number of files of its own.
TEMPORARY = {HOME: 0o755, "/tmp": 0o1777, "/dev/shm": 0o1777}

_SYSTEM = ("/usr",)
_SYSTEM_OR_LINK = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_ETC = (
    "alternatives", "ca-certificates", "fonts", "java-11-openjdk", "java-17-openjdk", "java-21-openjdk", "ld.so.cache",
    "ld.so.conf", "ld.so.conf.d", "localtime", "magic", "matplotlibrc", "mime.types", "os-release", "pki", "profile",
    "protocols", "services", "ssl", "timezone",
)  # fmt: skip
_MADE_UP = {
    "passwd": "root:x:0:0:root:/nonexistent:/bin/false\nlearner:x:{uid}:{uid}:learner:" + HOME + ":/bin/sh\n",
    "group": "root:x:0:\nlearner:x:{uid}:\n",
    "hosts": "127.0.0.1 localhost sealed\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}


@dataclass(frozen=True)
class Layout:
    """Folders and files that sealed code may read, and those that it must not see even if they lie inside.

    Parameters
    ----------
    readable
        Absolute paths, shown at the same place. `find_layout` fills them for this Python and this coursekit.
    hidden
        Folders to be empty even where a readable folder contains them (a checkout below ``/usr``, for instance).
        What is readable *inside* a hidden folder stays readable.
    mounts
        Further things to show: path in the sandbox → path here.
    """

    readable: tuple[Path, ...]
    hidden: tuple[Path, ...] = ()
    mounts: Mapping[str, Path] = field(default_factory=dict)

    def arguments(self, folder: Path | None) -> list[str]:
        """Arguments for bubblewrap that build this view, and ``folder`` at `HANDED_IN`."""
        arguments = [*_system(), "--dev", "/dev", "--proc", "/proc"]
        for place in TEMPORARY:
            arguments += [*_parents(place), "--tmpfs", place]
        covered: list[str] = []
        for path in _outermost_first(self.readable, self.hidden):
            if path not in self.hidden:
                arguments += _bind(str(path), str(path))
            elif path.is_dir():
                arguments += ["--tmpfs", str(path)]
                covered.append(str(path))
        for place, path in self.mounts.items():
            arguments += _bind(str(path), place)
        if folder is not None:
            arguments += _bind(str(folder), HANDED_IN)
        # Last, because bubblewrap makes the places for all mounts above as it goes.
        for place in (*covered, "/dev", "/"):
            arguments += ["--remount-ro", place]
        return arguments


def find_layout(hidden: Sequence[Path] = (), environment: Mapping[str, str] | None = None) -> Layout:
    """The view that this course needs on this machine.

    Parameters
    ----------
    hidden
        Folders that must not be seen even where a readable folder contains them. The course's checkout is always
        among them, but for the package, the data and ``syllabus.yml``.
    environment
        Where ``COURSE_DATA_CACHE`` and ``COURSE_DATA_MIRROR`` are looked up (``os.environ`` when None).
    """
    package = package_folder()
    checkout = package.parent
    readable = [*python_folders(), package]
    for extra in (checkout / "data", checkout / "syllabus.yml"):
        if (checkout / "syllabus.yml").is_file() and extra.exists():
            readable.append(extra)
    kept = tuple(dict.fromkeys(path for path in readable if path.exists()))
    masked = {Path(path).resolve() for path in hidden}
    if (checkout / "syllabus.yml").is_file():
        masked.add(checkout)
    return Layout(kept, tuple(sorted(masked - set(kept))), _data_mounts(environment))


def package_folder() -> Path:
    """The folder of the running coursekit."""
    return Path(__file__).resolve().parents[2]


def python_folders() -> list[Path]:
    """Folders that this Python needs: its prefixes, as named and as resolved, and installed packages elsewhere."""
    named = [
        sys.prefix,
        sys.exec_prefix,
        sys.base_prefix,
        sys.base_exec_prefix,
        str(Path(sys.executable).parent.parent),
    ]
    named += [str(Path(sys.executable).resolve().parent.parent), *package_folders()]
    paths = [path for name in named for path in (Path(name), Path(name).resolve())]
    return [path for path in dict.fromkeys(paths) if path != Path("/") and not _inside_system(path)]


def package_folders() -> list[str]:
    """Folders of installed packages on this Python's path (``site-packages``, ``dist-packages``), the user's too."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages") and os.path.isdir(path)]


def made_up_files(uid: int) -> dict[str, str]:
    """Content of the files in ``/etc`` that are not this machine's own."""
    return {f"/etc/{name}": text.format(uid=uid) for name, text in _MADE_UP.items()}


def _bind(source: str, place: str) -> list[str]:
    return [*_parents(place), "--ro-bind", source, place]


def _parents(place: str) -> list[str]:
    """Make the folders above a place for everybody; bubblewrap would make them for their owner only."""
    arguments = []
    for parent in reversed(Path(place).parents[:-1]):
        arguments += ["--perms", "0755", "--dir", str(parent)]
    return arguments


def _inside_system(path: Path) -> bool:
    return any(path == Path(top) or Path(top) in path.parents for top in _SYSTEM)


def _system() -> list[str]:
    arguments: list[str] = []
    for path in _SYSTEM:
        arguments += ["--ro-bind-try", path, path]
    for path in _SYSTEM_OR_LINK:
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        else:
            arguments += ["--ro-bind-try", path, path]
    for name in _ETC:
        if os.path.exists(f"/etc/{name}"):
            arguments += _bind(f"/etc/{name}", f"/etc/{name}")
    # Libraries ask here how many processors there are, and complain on stderr where they cannot.
    return [*arguments, *_bind("/sys/devices/system/cpu", "/sys/devices/system/cpu")]


def _outermost_first(readable: Sequence[Path], hidden: Sequence[Path]) -> list[Path]:
    """Mount order: a folder before what lies inside it, so that the inner one decides."""
    covered = [path for path in hidden if _inside_system(path) or any(top in path.parents for top in readable)]
    return sorted([*readable, *covered], key=lambda path: len(path.parts))


def _data_mounts(environment: Mapping[str, str] | None) -> dict[str, Path]:
    environment = os.environ if environment is None else environment
    mounts = {}
    for name, place in (("COURSE_DATA_CACHE", CACHE), ("COURSE_DATA_MIRROR", MIRROR)):
        folder = environment.get(name, "").strip()
        if folder and Path(folder).expanduser().is_dir():
            mounts[place] = Path(folder).expanduser().resolve()
    if CACHE not in mounts:
        usual = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coursekit"
        if usual.is_dir():
            mounts[CACHE] = usual.resolve()
    return mounts
