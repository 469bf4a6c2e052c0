"""What can be run of Binder's build here: the postBuild step, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_post_build_prepares_threads_and_data(root: Path, tmp_path: Path) -> None:
    tools = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
        "COURSE_DATA_CACHE": str(tmp_path / "cache"),
        "COURSE_OFFLINE": "1",
    }
    environment.pop("OMP_NUM_THREADS", None)
    result = subprocess.run(["bash", "postBuild"], cwd=root, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "co2" in result.stdout, "the data of the weeks that are written was looked at"
    code = "import os; print(os.environ['OMP_NUM_THREADS'], os.environ['OMP_WAIT_POLICY'])"
    environment.pop("OMP_WAIT_POLICY", None)
    command = [sys.executable, "-m", "IPython", "-c", code]
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert shown.stdout.strip().endswith("1 PASSIVE"), shown.stdout + shown.stderr


def test_post_build_may_be_run(root: Path) -> None:
    assert os.access(root / "postBuild", os.X_OK)
