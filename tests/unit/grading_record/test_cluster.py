"""On a Dask cluster of separate worker processes: the same grades as on this machine."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from classroom_kit import RIGHT, WORDS, WRONG, InProcess, grade, gradebook_rows, hand_in

from coursekit.errors import CourseError
from coursekit.grading import scheduling
from coursekit.grading.executors import Sealed
from coursekit.grading.sealed import available
from coursekit.syllabus import Week

installed = importlib.util.find_spec("distributed") is not None
needs_dask = pytest.mark.skipif(not installed, reason="dask.distributed is not installed (the group mlops)")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A scheduler and two workers, each a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker"]
    file = tmp_path / "scheduler.json"
    options = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    processes = [
        subprocess.Popen(
            [*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", f"--scheduler-file={file}"], **options
        )
    ]
    for _ in range(2):
        processes.append(
            subprocess.Popen(
                [*worker, f"--scheduler-file={file}", "--nthreads=1", "--no-dashboard", "--no-nanny"], **options
            )
        )
    try:
        from distributed import Client

        with Client(scheduler_file=str(file), timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            yield client.scheduler.address
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


@needs_dask
def test_the_same_grades_on_a_cluster(cluster: str, new_class, week1: Week) -> None:
    here, there = new_class("here"), new_class("there")
    for folder in (here, there):
        hand_in(folder, "ada", RIGHT, WORDS, stamp="2026-01-02 10:00:00 UTC")
        hand_in(folder, "bob", WRONG, notes__txt="x")
        (hand_in(folder, "broken", RIGHT) / "assignment.ipynb").write_text("{")
    local = grade(here, week1, jobs=0)
    remote = grade(there, week1, scheduler=cluster)
    assert gradebook_rows(there) == gradebook_rows(here)
    assert [(r.student, r.state, r.points, r.problem) for r in remote.rows] == [
        (r.student, r.state, r.points, r.problem) for r in local.rows
    ]
    assert [row.state for row in grade(there, week1, scheduler=cluster).rows][:2] == ["unchanged", "unchanged"]


@needs_dask
@pytest.mark.slow
@pytest.mark.skipif(not available(), reason=f"no sandbox here: {available().reason}")
def test_sealed_on_a_cluster(cluster: str, classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    hand_in(classroom, "bob", WRONG)
    rows = grade(classroom, week1, Sealed(), scheduler=cluster).rows
    assert [(row.problem, row.points, row.sealed) for row in rows] == [("", 2, True), ("", 0, True)]


@needs_dask
def test_no_cluster_at_that_address(classroom: Path, week1: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "_ANSWER_SECONDS", 1)
    hand_in(classroom, "ada", RIGHT)
    with pytest.raises(CourseError, match="No Dask scheduler answers"):
        grade(classroom, week1, scheduler="tcp://127.0.0.1:1")


def test_a_sentence_says_what_to_install(classroom: Path, week1: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    hand_in(classroom, "ada", RIGHT)
    with pytest.raises(CourseError, match=r"coursekit\[mlops\]"):
        grade(classroom, week1, InProcess(), scheduler="tcp://127.0.0.1:8786")


def test_schedulers_that_options_ask_for() -> None:
    assert isinstance(scheduling.scheduler_for(0, None, 1), scheduling.Here)
    assert scheduling.scheduler_for(3, None, 1).count == 3
    assert scheduling.scheduler_for(None, None, 1).count == scheduling.cores()
    assert scheduling.scheduler_for(None, "tcp://a:1", 1).address == "tcp://a:1"
