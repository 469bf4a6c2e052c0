"""A fork must be nobody's twin: new random numbers, no inherited files, a bare environment."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection, Mapping

from coursekit.grading.sealed.layout import CACHE, HOME, MIRROR

#: Variables that pass from the warm process into a sandbox; everything else stays out.
ALLOWED = (
    "LANG", "LC_ALL", "PATH", "TZ", "PYTHONPATH", "PYTHONHASHSEED", "OMP_NUM_THREADS", "OMP_WAIT_POLICY",
    "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "TOKENIZERS_PARALLELISM", "DO_NOT_TRACK",
    "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "MPLBACKEND", "JAVA_HOME", "PYSPARK_PYTHON",
)  # fmt: skip


def environment_inside(outside: Mapping[str, str]) -> dict[str, str]:
    """The environment of sealed code."""
    kept = {name: outside[name] for name in ALLOWED if name in outside}
    own = {"HOME": HOME, "USER": "learner", "LOGNAME": "learner", "TMPDIR": "/tmp", "SHELL": "/bin/sh"}
    own["NBGRADER_EXECUTION"] = "autograde"  # as nbgrader sets it for notebooks that ask whether they are graded
    data = {"COURSE_OFFLINE": "1", "COURSE_DATA_CACHE": CACHE if os.path.isdir(CACHE) else f"{HOME}/.cache/coursekit"}
    if os.path.isdir(MIRROR):
        data["COURSE_DATA_MIRROR"] = MIRROR
    return {**kept, **own, **data}


def replace_environment() -> None:
    """Make `os.environ` what sealed code may see."""
    inside = environment_inside(os.environ)
    os.environ.clear()
    os.environ.update(inside)


def close_files_except(kept: Collection[int]) -> None:
    """Close every descriptor from 3 on but these."""
    low = 3
    for descriptor in sorted(kept):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def silence_standard_streams() -> None:
    """Point descriptors 0, 1 and 2 at the sandbox's own null device."""
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)


def renew_randomness() -> None:
    """Seed every global generator afresh from the operating system."""
    import random

    random.seed()
    _renew_numpy()
    _renew_torch()
    if "multiprocessing" in sys.modules:
        process = sys.modules["multiprocessing"].current_process()
        process.authkey = os.urandom(32)
    if "tempfile" in sys.modules:
        sys.modules["tempfile"]._name_sequence = None


def _renew_numpy() -> None:
    legacy = sys.modules.get("numpy.random")
    if legacy is not None:
        legacy.seed()


def _renew_torch() -> None:
    torch = sys.modules.get("torch")
    if torch is not None:
        # `torch.manual_seed` would look for accelerators first; a sandbox shows none.
        torch.default_generator.manual_seed(int.from_bytes(os.urandom(8), "little") >> 1)


def forget_cached_places() -> None:
    """Libraries remember folders of the machine outside; let them look again."""
    matplotlib = sys.modules.get("matplotlib")
    for name in ("get_configdir", "get_cachedir"):
        function = getattr(matplotlib, name, None)
        if hasattr(function, "cache_clear"):
            function.cache_clear()


def format_a_traceback() -> None:
    """Have IPython and the standard library compile and look up now what the first traceback would need.

    Among it is the file of every module, which `inspect` looks for again in each fork.
    """
    ultratb = sys.modules.get("IPython.core.ultratb")
    if ultratb is None:
        return
    try:
        raise ValueError
    except ValueError:
        with contextlib.suppress(Exception):  # then each kernel does it for itself
            ultratb.AutoFormattedTB(mode="Context").structured_traceback(*sys.exc_info())


def thread_count() -> int:
    """Threads of this process, those of native libraries included."""
    return len(os.listdir("/proc/self/task"))
