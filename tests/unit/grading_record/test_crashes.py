"""Killed at any moment and started again, a run ends in the gradebook of an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree

import pytest
from classroom_kit import (
    BLANK,
    RIGHT,
    WORDS,
    WRONG,
    InProcess,
    change_gradebook,
    grade,
    gradebook_rows,
    graded_files,
    hand_in,
    killed_at,
    mend_check,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coursekit.grading.record.result import read_result
from coursekit.syllabus import Week

ROOM = os.path.join("coursekit", "grading")


def hand_in_all(folder: Path) -> None:
    hand_in(folder, "ada", RIGHT, WORDS, stamp="2026-01-02 10:00:00 UTC")
    hand_in(folder, "bob", WRONG, notes__txt="a file")
    hand_in(folder, "cyd", BLANK)
    (hand_in(folder, "dan", RIGHT) / "assignment.ipynb").write_text("{")


def change_everything(folder: Path) -> None:
    """After a first run: a mended check, a new submission, a person's marks, a due date."""
    hand_in(folder, "cyd", RIGHT, "Words.")

    def marks(book) -> None:
        book.find_grade("w01-q2-words", "assignment", "week01-numpy", "ada").manual_score = 2.5
        book.find_grade("w01-q1-double-test", "assignment", "week01-numpy", "bob").extra_credit = 0.5
        book.find_comment("w01-q2-words", "assignment", "week01-numpy", "ada").manual_comment = "Good."
        from datetime import datetime

        book.update_or_create_assignment("week01-numpy", duedate=datetime(2026, 1, 1))

    change_gradebook(folder, marks)
    mend_check(folder, "double(2) != 4", "double(2) != 4 and double(2) != 5")


def tangle(folder: Path, week: Week, fractions: list[float], steps: int) -> int:
    """Run, killed at each point in turn, then once to the end; the number of kills."""
    executor = InProcess(folder / "log.txt")
    kills = 0
    for fraction in fractions:
        killed, _ = killed_at(max(1, int(fraction * steps)), lambda: grade(folder, week, executor), ROOM)
        kills += killed
    killed, _ = killed_at(-1, lambda: grade(folder, week, executor), ROOM)
    assert not killed
    return kills


@pytest.fixture(scope="module")
def story(template: Path, tmp_path_factory: pytest.TempPathFactory, week1: Week):
    """A class before its first and before its second run, each with the undisturbed end and its number of steps."""
    stages = []
    folder = Path(copytree(template, tmp_path_factory.mktemp("story") / "undisturbed"))
    hand_in_all(folder)
    for name in ("first", "second"):
        before = Path(copytree(folder, folder.parent / f"before-{name}"))
        _, steps = killed_at(-1, lambda: grade(folder, week1), ROOM)
        stages.append((before, steps, gradebook_rows(folder), graded_files(folder)))
        if name == "first":
            change_everything(folder)
    return stages


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # each example takes a second: shrinking would take minutes
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_any_interleaving_of_kills_and_restarts_ends_the_same(data, story, week1: Week, tmp_path: Path) -> None:
    before, steps, rows, files = story[data.draw(st.integers(0, 1), label="stage")]
    fractions = data.draw(st.lists(st.floats(0.02, 1.0), min_size=1, max_size=3), label="kill points")
    folder = tmp_path / f"tangled-{time.monotonic_ns()}"
    copytree(before, folder)
    kills = tangle(folder, week1, fractions, steps)
    assert gradebook_rows(folder) == rows
    assert graded_files(folder) == files
    # Three submissions can be run; a kill costs at most the one in hand.
    assert InProcess(folder / "log.txt").runs() <= 3 + kills


def test_kills_around_the_commit_and_the_moves(story, week1: Week, tmp_path: Path) -> None:
    """Every step of one submission's recording, in strides, and not only where a draw happens to fall."""
    before, steps, rows, files = story[1]
    rng = random.Random(20260101)
    for number in range(6):
        folder = tmp_path / f"strided-{number}"
        copytree(before, folder)
        fraction = 0.35 + 0.105 * number + rng.uniform(0, 0.03)
        tangle(folder, week1, [fraction], steps)
        assert gradebook_rows(folder) == rows, fraction
        assert graded_files(folder) == files, fraction


def test_after_a_restart_no_grade_is_without_its_notebook(story, week1: Week, tmp_path: Path) -> None:
    before, steps, *_ = story[0]
    rng = random.Random(7)
    for number in range(4):
        folder = tmp_path / f"half-{number}"
        copytree(before, folder)
        killed_at(rng.randrange(steps // 3, steps), lambda f=folder: grade(f, week1), ROOM)
        # A restart that is asked for somebody else's work finishes what it finds, too.
        grade(folder, week1, students=["cyd"])
        graded = {path.parts[-3] for path in (folder / "autograded").glob("*/week01-numpy/result.json")}
        recorded = {key.split("/")[0] for key in gradebook_rows(folder)}
        assert graded == recorded
        assert not (folder / "autograded" / ".staging").exists()


def test_between_kill_and_restart_nothing_is_half_there(story, week1: Week, tmp_path: Path) -> None:
    """In the gradebook a submission is recorded whole or not at all; what is put aside with a result is complete."""
    before, _, rows, _ = story[0]
    record = os.path.join(ROOM, "record")
    folder = tmp_path / "counted"
    copytree(before, folder)
    _, steps = killed_at(-1, lambda: grade(folder, week1), record)
    rng = random.Random(11)
    for number in range(12):
        folder = tmp_path / f"half-{number}"
        copytree(before, folder)
        point = int(steps * (0.1 + 0.85 * (number + rng.random()) / 12))
        killed_at(point, lambda f=folder: grade(f, week1), record)
        recorded = gradebook_rows(folder)
        assert recorded == {key: rows[key] for key in recorded}, point
        for place in folder.glob("autograded/.staging/new/*/*"):
            if (place / "result.json").exists() and read_result(place):
                assert (place / "assignment.ipynb").is_file(), point


SCRIPT = """
import sys
from pathlib import Path
from coursekit.syllabus import load_syllabus
from coursekit.grading.pipeline import grade_class
from coursekit.grading.executors import Unsealed
from classroom_kit import InProcess

class Slow(InProcess):
    def __call__(self, notebook, folder):
        import time
        time.sleep(0.3)
        return super().__call__(notebook, folder)

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    week = load_syllabus(folder / "syllabus.yml").week("1")
    grade_class(folder, week, executor=Slow(), jobs=2, progress=lambda step: print(step.done, flush=True))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_with_workers_is_killed_and_started_again(how: int, story, week1: Week, tmp_path: Path) -> None:
    before, _, rows, files = story[0]
    folder = tmp_path / "course"
    copytree(before, folder)
    (tmp_path / "run_it.py").write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    command = [sys.executable, str(tmp_path / "run_it.py"), str(folder)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout.readline().strip() == "0"
    assert process.stdout.readline().strip() == "1"
    if how == signal.SIGINT:
        os.killpg(process.pid, how)
    else:
        process.kill()
    process.communicate(timeout=30)
    assert process.returncode != 0
    deadline = time.monotonic() + 15
    while _members(process.pid) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert _members(process.pid) == [], "workers went on alone"
    grade(folder, week1)
    assert gradebook_rows(folder) == rows
    assert graded_files(folder) == files


def _members(group: int) -> list[int]:
    """Processes of a group that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, pgrp = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:3]
            except (OSError, ValueError):
                continue
            if int(pgrp) == group and state != "Z":
                found.append(int(entry.name))
    return found
