"""The seal is built in two ways, by root and by an ordinary user: root's tests run the attacks as the other one too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursekit.grading.sealed.layout import package_folder

NOBODY = 65534
HERE = Path(__file__).parent
#: What depends on who builds the sandbox; the rest of the attacks meets the same code either way.
CHOSEN = (
    "no_way_out or this_machine or environment or memory or written or right or bomb or signal_to_everybody"
    " or handed_in or background or see_each_other or orphans"
)


def _as_nobody(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    folders = [str(package_folder().parent), *(path for path in sys.path if path.endswith("-packages"))]
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": os.pathsep.join(folders),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
    }
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd="/", user=NOBODY, group=NOBODY, extra_groups=[]
    )


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ck-", dir="/tmp") as folder:
        os.chown(folder, NOBODY, NOBODY)
        yield Path(folder)


def _usable_python(home: Path) -> str | None:
    """A Python of this version that a user without rights may run, with this environment's packages."""
    for program in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            if _as_nobody([program, "-c", "import ipykernel, numpy, pytest, coursekit"], home).returncode == 0:
                return program
        except OSError:
            continue
    return None


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests ran as an ordinary user already")
def test_the_attacks_fail_when_an_ordinary_user_grades(home: Path) -> None:
    program = _usable_python(home)
    if program is None:
        pytest.skip("no Python that an ordinary user may run with these packages: they lie in a folder of root's")
    allowed = _as_nobody(
        [program, "-c", "from coursekit.grading.sealed import available as a; print(a().reason)"], home
    )
    if allowed.stdout.strip():
        pytest.skip(f"an ordinary user cannot seal here: {allowed.stdout.strip()}")
    tests = [
        "test_sealed_attacks.py",
        "-k",
        CHOSEN,
        "-o",
        "addopts=",
        "--confcutdir",
        str(HERE),
        "--rootdir",
        str(HERE),
    ]
    command = [program, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", f"--basetemp={home}/t"]
    done = _as_nobody([*command, str(HERE / tests[0]), *tests[1:]], home)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None, done.stdout
    assert int(passed[1]) >= 15
    assert "skipped" not in done.stdout
