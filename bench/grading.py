#!/usr/bin/env python
"""How much faster ``course grade`` is than ``nbgrader autograde``, on the same submissions in one run.

``python bench/grading.py`` prints a table; ``--json`` prints one object instead.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # where a script's own folder stands

from bench.classes import SUBJECTS, Class, make_class
from bench.otter import MOST, OtterRun, ensure_otter, otter_side
from bench.sides import (
    auto_scores,
    differences,
    drawing_cells,
    floor_seconds,
    nbgrader_side,
    our_side,
    without_tags,
    zeroed_for_a_warning,
)
from bench.watching import SELDOM_SECONDS, Watched
from coursekit.errors import CourseError
from coursekit.grading.scheduling import cores

CLASS_SIZE, MANY = 24, 1000
#: The figures that ``--json`` prints for each class; ``--all`` adds the others.
PROMISED = (
    "speedup_vs_nbgrader", "seconds_per_submission", "floor_seconds_per_submission", "peak_mib", "same_grades",
)  # fmt: skip
#: Where memory is told in a long run, as parts of it.
MARKS = (0.1, 0.25, 0.5, 0.75, 1.0)
PEAK_TARGET_MIB = 2560
JOBS_TARGET = 0.8
#: The speed-up of many jobs is measured on a class so many times larger: else it tells how long libraries take to load.
JOBS_CLASSES = 15
#: Memory of a long run counts as flat if it grows by less than this from the first mark to the last.
FLAT = 1.10

#: ``bar(text, total)`` adds a bar and gives the function that moves it.
Bar = Callable[[str, int], Callable[[int], None]]

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Only(StrEnum):
    """Names in `SUBJECTS`."""

    torch = "torch"
    week01 = "week01"


@dataclass(frozen=True)
class Figures:
    """Both sides on one class; times are seconds of wall time for each submission of the class.

    Parameters
    ----------
    speedup_vs_nbgrader : nbgrader's time by ours, both from the start of the command to its end.
    floor_seconds_per_submission : the cells alone, one submission after another, nothing else counted.
    peak_mib, nbgrader_peak_mib : of all the command's processes together, shared pages counted once.
    same_grades : whether both gradebooks hold the same automatic score for each learner and cell, but for those below.
    nbgrader_zeroed_for_a_warning
        Checks that raised nothing and for which nbgrader gave 0 because something was printed on standard error.
    cpu_seconds_per_submission, nbgrader_cpu_seconds_per_submission : what the cores spent, whatever else they did.
    load, nbgrader_load : the machine's load average when each side began; what else runs makes the figures worse.
    drawings_left_out : cells that `course grade` does not run, because the author says that they only draw.
    speedup_with_drawings, cpu_seconds_with_drawings : when it runs these as well; None where there are none.
    """

    speedup_vs_nbgrader: float
    seconds_per_submission: float
    floor_seconds_per_submission: float
    peak_mib: float
    same_grades: bool
    nbgrader_seconds_per_submission: float
    nbgrader_peak_mib: float
    cpu_seconds_per_submission: float
    nbgrader_cpu_seconds_per_submission: float
    submissions: int
    jobs: int
    load: float
    nbgrader_load: float
    drawings_left_out: int = 0
    speedup_with_drawings: float | None = None
    cpu_seconds_with_drawings: float | None = None
    otter_seconds_per_submission: float | None = None
    otter: str = ""
    other_grades: tuple[str, ...] = ()
    nbgrader_zeroed_for_a_warning: tuple[str, ...] = ()


def main(
    submissions: Annotated[int, typer.Option(help=f"Learners in a class; {CLASS_SIZE}, or {MANY} with --many.")] = 0,
    only: Annotated[Only | None, typer.Option(help="Only this class.")] = None,
    many: Annotated[bool, typer.Option(help=f"Grade a class of {MANY} with `course grade` and follow memory.")] = False,
    with_otter: Annotated[bool, typer.Option("--otter/--no-otter", help="Run otter-grader beside it.")] = True,
    jobs: Annotated[int, typer.Option(help="Worker processes of `course grade`; default: the number of cores.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="With --json: every figure that was measured.")] = False,
) -> None:
    """Measure `course grade` against `nbgrader autograde`."""
    jobs = jobs or cores()
    with tempfile.TemporaryDirectory(prefix="course-bench-") as scratch:
        if many:
            print_result(follow_many(Path(scratch), only or Only.torch, submissions or MANY, jobs), as_json, show_many)
            return
        names = [only] if only else list(Only)
        result: dict[str, Any] = {}
        for name in names:
            folder = Path(scratch) / name.value
            result[name.value] = asdict(compare(folder, name, submissions or CLASS_SIZE, jobs, with_otter))
        result["cores"] = cores()
        if jobs > 1:
            result["jobs_class"] = JOBS_CLASSES * (submissions or CLASS_SIZE)
            result["jobs_speedup"] = speed_up(Path(scratch) / "jobs", names[0], result["jobs_class"], jobs)
    print_result(promised(result) if as_json and not everything else result, as_json, show)


def promised(result: dict[str, Any]) -> dict[str, Any]:
    """Of the result only the figures that others read: `PROMISED` for each class, and the speed-up with jobs."""
    names = [name for name in SUBJECTS if name in result]
    kept: dict[str, Any] = {name: {key: result[name][key] for key in PROMISED} for name in names}
    return kept | ({"jobs_speedup": result["jobs_speedup"]} if "jobs_speedup" in result else {})


def speed_up(scratch: Path, name: Only, size: int, jobs: int) -> float:
    """How many times faster ``course grade`` is with so many jobs than with one, from start to end.

    Each is measured twice, in turns: a machine that grows slower or faster meanwhile does so for both.
    """
    seconds = dict.fromkeys((jobs, 1), 0.0)
    with progress() as bar:
        lesson = make_class(scratch / "class", SUBJECTS[name.value], size)
        for turn, count in enumerate((jobs, 1, 1, jobs)):
            copy = lesson.copy(scratch / f"turn{turn}")
            words = f"course grade, {count} at once" if count > 1 else "course grade, one at a time"
            # What looks at memory would take time from all cores of the one side and from none of the other's.
            seconds[count] += our_side(copy, count, bar(words, size), every=SELDOM_SECONDS).seconds
            shutil.rmtree(copy.folder)
    return round(seconds[1] / seconds[jobs], 2)


def compare(scratch: Path, name: Only, size: int, jobs: int, with_otter: bool) -> Figures:
    """Grade one class with both sides."""
    subject = SUBJECTS[name.value]
    with progress() as bar:
        step = bar("building the class", 1)
        lesson = make_class(scratch / "class", subject, size)
        step(1)
        step = bar("the cells alone", 1)
        floor = floor_seconds(lesson)  # also brings the libraries into the system's file cache, for both sides
        step(1)
        theirs, mine = lesson.copy(scratch / "nbgrader"), lesson.copy(scratch / "course")
        nbgrader = nbgrader_side(theirs, bar("nbgrader autograde", size))
        ours = our_side(mine, jobs, bar(f"course grade, {jobs} at once", size))
        drawn = None
        if drawings := drawing_cells(lesson):
            with_drawings = without_tags(lesson.copy(scratch / "drawn"))
            drawn = our_side(with_drawings, jobs, bar("course grade, drawings as well", size))
        otter, said = run_otter(mine, scratch / "otter", bar) if with_otter else (None, "")
    different = differences(
        auto_scores(mine.folder, lesson.week.folder), auto_scores(theirs.folder, lesson.week.folder)
    )
    warned = [line for key, line in different.items() if zeroed_for_a_warning(theirs, *key)]
    other = [line for line in different.values() if line not in warned]
    return Figures(
        speedup_vs_nbgrader=round(nbgrader.seconds / ours.seconds, 2),
        seconds_per_submission=round(ours.seconds / size, 3),
        floor_seconds_per_submission=round(floor, 4),
        peak_mib=round(ours.peak_mib),
        same_grades=not other,
        nbgrader_seconds_per_submission=round(nbgrader.seconds / size, 3),
        nbgrader_peak_mib=round(nbgrader.peak_mib),
        cpu_seconds_per_submission=round(ours.cpu_seconds / size, 3),
        nbgrader_cpu_seconds_per_submission=round(nbgrader.cpu_seconds / size, 3),
        submissions=size,
        jobs=jobs,
        load=round(ours.load, 2),
        nbgrader_load=round(nbgrader.load, 2),
        drawings_left_out=drawings,
        speedup_with_drawings=round(nbgrader.seconds / drawn.seconds, 2) if drawn else None,
        cpu_seconds_with_drawings=round(drawn.cpu_seconds / size, 3) if drawn else None,
        otter_seconds_per_submission=round(otter.seconds_per_submission, 3) if otter else None,
        otter=said,
        other_grades=tuple(other),
        nbgrader_zeroed_for_a_warning=tuple(warned),
    )


def run_otter(lesson: Class, scratch: Path, bar: Bar) -> tuple[OtterRun | None, str]:
    """Otter's figures and a sentence about them, or why there are none."""
    scratch.mkdir()
    try:
        step = bar("otter-grader's environment", 1)
        ensure_otter()
        step(1)
        otter = otter_side(lesson, scratch, bar("otter run", min(len(lesson.learners), MOST)))
    except CourseError as error:
        return None, str(error)
    return otter, (
        f"otter-grader {otter.version} on the first {otter.submissions} submissions; "
        f"{otter.other_grades} of its checks gave other points than ours."
    )


def follow_many(scratch: Path, name: Only, size: int, jobs: int) -> dict[str, Any]:
    """Grade a large class with ``course grade`` and say what memory it held on the way."""
    with progress() as bar:
        step = bar("building the class", 1)
        lesson = make_class(scratch / "class", SUBJECTS[name.value], size)
        step(1)
        ran = our_side(lesson, jobs, bar(f"course grade, {jobs} at once", size))
    marks = sorted({max(1, round(part * size)) for part in MARKS})
    return {"many": memory_figures(ran, marks) | {"class": name.value, "submissions": size, "jobs": jobs}}


def memory_figures(ran: Watched, marks: list[int]) -> dict[str, Any]:
    """Time, peak, and the memory around each mark."""
    window = max(1, marks[-1] // 20)
    mib = {str(mark): round(ran.mib_at(mark, window)) for mark in marks}
    first, last = mib[str(marks[0])], mib[str(marks[-1])]
    return {
        "seconds_per_submission": round(ran.seconds / marks[-1], 3),
        "memory_mib": mib,
        "peak_mib": round(ran.peak_mib),
        "flat": last <= FLAT * first,
        "load": round(ran.load, 2),
    }


@contextmanager
def progress() -> Iterator[Bar]:
    """Bars on standard error."""
    columns = (TextColumn("{task.description:32}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=err) as bars:

        def bar(text: str, total: int) -> Callable[[int], None]:
            task = bars.add_task(text, total=total)
            return lambda done: bars.update(task, completed=done)

        yield bar


def print_result(result: dict[str, Any], as_json: bool, table: Callable[[dict[str, Any]], None]) -> None:
    """One JSON object, or a table for people."""
    if as_json:
        sys.stdout.write(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    else:
        table(result)


def show(result: dict[str, Any]) -> None:
    """Print the comparison as a table, with what we want to reach."""
    table = Table(title="course grade beside nbgrader autograde", title_justify="left")
    names = [name for name in SUBJECTS if name in result]
    table.add_column("")
    for name in names:
        figures = result[name]
        table.add_column(f"{name}: {figures['submissions']} learners, {figures['jobs']} at once", justify="right")
    for label, cell in _rows():
        table.add_row(label, *(cell(result[name], SUBJECTS[name].target) for name in names))
    out.print(table)
    if "jobs_speedup" in result:
        want = JOBS_TARGET * result["cores"]
        faster = verdict(result["jobs_speedup"], want, "×")
        class_ = f"a class of {result['jobs_class']}"
        out.print(f"On {result['cores']} cores {class_} is graded {faster} as fast as with one job.", soft_wrap=True)
    for name in names:
        if result[name]["drawings_left_out"]:
            out.print(drawing_note(name, result[name]), soft_wrap=True)
        if result[name]["otter"]:
            out.print(f"{name}: {result[name]['otter']}")
        if warned := result[name]["nbgrader_zeroed_for_a_warning"]:
            out.print(f"{name}: nbgrader gave 0 for a mere warning {len(warned)} times, such as {warned[0]}")
        for line in result[name]["other_grades"][:10]:
            out.print(f"{name}: other grade, {line}")


def drawing_note(name: str, figures: dict[str, Any]) -> str:
    """What the comparison owes to cells that only one side runs."""
    return (
        f"{name}: {figures['drawings_left_out']} ungraded cells only draw. nbgrader runs them, which is part of what "
        f"it costs; course grade leaves them out. Running them as well, it is {figures['speedup_with_drawings']:.2f}× "
        f"as fast as nbgrader, with {figures['cpu_seconds_with_drawings']:.2f} s of the cores a submission."
    )


def _rows() -> list[tuple[str, Callable[[dict[str, Any], float], str]]]:
    return [
        ("nbgrader, s a submission", lambda f, _: f"{f['nbgrader_seconds_per_submission']:.2f}"),
        ("otter run, s a submission", lambda f, _: _or_dash(f["otter_seconds_per_submission"])),
        ("course grade, s a submission", lambda f, _: f"{f['seconds_per_submission']:.2f}"),
        ("faster than nbgrader", lambda f, target: verdict(f["speedup_vs_nbgrader"], target, "×")),
        (
            "of the cores, s a submission: nbgrader, course",
            lambda f, _: f"{f['nbgrader_cpu_seconds_per_submission']:.2f}, {f['cpu_seconds_per_submission']:.2f}",
        ),
        ("the cells alone, s a submission", lambda f, _: f"{f['floor_seconds_per_submission']:.3f}"),
        ("over the floor of all workers", lambda f, _: f"{over_the_floor(f):.1f}×"),
        ("same grades", lambda f, _: "✔" if f["same_grades"] else f"✘ {len(f['other_grades'])} differ"),
        ("peak memory, MiB", lambda f, _: f"{f['peak_mib']} {'✔' if f['peak_mib'] <= PEAK_TARGET_MIB else '✘'}"),
        ("nbgrader's peak memory, MiB", lambda f, _: f"{f['nbgrader_peak_mib']}"),
        ("load average before ours, theirs", lambda f, _: f"{f['load']}, {f['nbgrader_load']}"),
    ]


def over_the_floor(figures: dict[str, Any]) -> float:
    """How many times longer a submission takes than its cells would, spread over all workers."""
    floor = figures["floor_seconds_per_submission"] / figures["jobs"]
    return figures["seconds_per_submission"] / floor if floor else float("inf")


def verdict(value: float, target: float, unit: str) -> str:
    """A figure with the one that is wanted."""
    return f"{value:.2f}{unit} {'✔' if value >= target else '✘'} (wanted {target:g}{unit})"


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def show_many(result: dict[str, Any]) -> None:
    """Print what a long run held in memory."""
    many = result["many"]
    table = Table(title=f"{many['submissions']} {many['class']} submissions in one run", title_justify="left")
    table.add_column("submissions done", justify="right")
    table.add_column("memory, MiB", justify="right")
    for mark, mib in many["memory_mib"].items():
        table.add_row(mark, str(mib))
    out.print(table)
    flat = "✔ flat" if many["flat"] else "✘ it grows"
    out.print(f"{flat}; peak {many['peak_mib']} MiB; {many['seconds_per_submission']:.2f} s a submission.")


def run() -> None:
    """Run the command; what a person can mend ends in one sentence."""
    try:
        typer.run(main)
    except CourseError as error:
        err.print(str(error), style="red", soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("Stopped; nothing is left behind.")
        sys.exit(130)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    run()
