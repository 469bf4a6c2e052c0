"""The two sides: plain ``nbgrader autograde`` and ``course grade``, each a command on a class of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from bench.classes import NOTEBOOK, Class
from bench.watching import OFTEN_SECONDS, Watched, watch
from coursekit.errors import CourseError
from coursekit.grading.drawings import only_draws, set_aside
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.files import notebook_text, read_notebook

#: One thread per library on both sides, as `make` sets it.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
#: nbgrader as it comes: no preprocessors of ours, one minute a cell as in the course's configuration.
_PLAIN_CONFIG = """\
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "ml-engineering"
c.CourseDirectory.notebook_id = "[!l]*"
c.Execute.timeout = 60
"""


def nbgrader_side(lesson: Class, on_progress: Callable[[int], None]) -> Watched:
    """``nbgrader autograde WEEK``: all submissions in one process, one after another, with nbgrader's own steps."""
    (lesson.folder / "nbgrader_config.py").write_text(_PLAIN_CONFIG, encoding="utf-8")
    watched = watch(
        [_tool("nbgrader"), "autograde", lesson.week.folder],
        lesson.folder,
        done=lambda: _count(lesson, f"{NOTEBOOK}.ipynb"),
        on_progress=on_progress,
        environment={**ENVIRONMENT, "PATH": _path()},
    )
    _expect_all(lesson, _count(lesson, f"{NOTEBOOK}.ipynb"), "nbgrader autograde")
    return watched


def our_side(
    lesson: Class,
    jobs: int,
    on_progress: Callable[[int], None],
    *,
    sealed: bool = True,
    every: float = OFTEN_SECONDS,
) -> Watched:
    """``course grade WEEK --jobs JOBS``: sealed unless said otherwise; ``every``: seconds between looks at memory."""
    open_to_all = [] if sealed else ["--unsandboxed"]
    watched = watch(
        [_tool("course"), "grade", lesson.week.folder, "--jobs", str(jobs), "--json", *open_to_all],
        lesson.folder,
        done=lambda: _count(lesson, "result.json"),
        on_progress=on_progress,
        environment={**ENVIRONMENT, "COURSE_CLASS": "", **_forgotten(lesson.folder)},
        every=every,
    )
    _expect_all(lesson, len(our_results(lesson)), "course grade")
    return watched


def _forgotten(folder: Path) -> dict[str, str]:
    """A cache without what earlier runs found out about the class, but with what is the machine's (fonts, data)."""
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kept = {"MPLCONFIGDIR": usual / "matplotlib", "COURSE_DATA_CACHE": usual / "coursekit"}
    return {"XDG_CACHE_HOME": str(folder / "cache")} | {
        name: os.environ.get(name) or str(path) for name, path in kept.items() if path.is_dir()
    }


def drawing_cells(lesson: Class) -> int:
    """How many cells of the instructor's notebook only draw."""
    return sum(only_draws(cell) for cell in read_notebook(_instructors(lesson)).cells)


def without_tags(lesson: Class) -> Class:
    """Take all tags out of a class's instructor's notebook, so that every cell is run."""
    path = _instructors(lesson)
    notebook = read_notebook(path)
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)
    path.write_text(notebook_text(notebook), encoding="utf-8")
    return lesson


def _instructors(lesson: Class) -> Path:
    return lesson.folder / "source" / lesson.week.folder / f"{NOTEBOOK}.ipynb"


def our_results(lesson: Class) -> dict[str, dict]:
    """Each graded learner's ``result.json``."""
    paths = {name: lesson.folder / "autograded" / name / lesson.week.folder / "result.json" for name in lesson.learners}
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in paths.items() if path.is_file()}


def floor_seconds(lesson: Class) -> float:
    """Mean time of a submission's cells alone: in a kernel that has everything imported, without probes, one by one.

    Each different submission is run once. Cells that only draw are not among them: `course grade` leaves them out.
    """
    from coursekit.grading.clean import clean
    from coursekit.grading.executors import Sealed
    from coursekit.grading.sealed import rehearse, run_sealed

    instructors = read_notebook(_instructors(lesson))
    executor = Sealed.for_week(lesson.folder, lesson.week)
    executor.ready()
    took: dict[str, float] = {}
    total = 0.0
    try:
        server = executor.warm()
        rehearse(instructors, None, server=server)
        for learner in lesson.learners:
            path = lesson.submission(learner)
            text = path.read_text(encoding="utf-8")
            if text not in took:
                notebook = set_aside(clean(instructors, read_notebook(path)).notebook, instructors)
                took[text] = run_sealed(notebook, None, server=server).seconds
            total += took[text]
    finally:
        executor.close()
    return total / len(lesson.learners)


def auto_scores(folder: Path, week: str) -> dict[tuple[str, str], float | None]:
    """The automatic score of each learner and cell, as a class's gradebook has them."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "ml-engineering") as book:
        return {
            (submission.student.id, grade.cell.name): grade.auto_score
            for submission in book.assignment_submissions(week)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def differences(
    ours: dict[tuple[str, str], float | None], theirs: dict[tuple[str, str], float | None]
) -> dict[tuple[str, str], str]:
    """Where two gradebooks differ: learner and cell, with what each says."""
    found = {}
    for learner, cell in sorted({*ours, *theirs}):
        mine, other = ours.get((learner, cell), "no grade"), theirs.get((learner, cell), "no grade")
        if mine != other:
            found[learner, cell] = f"{learner} {cell}: course grade {mine}, nbgrader {other}"
    return found


def zeroed_for_a_warning(theirs: Class, learner: str, cell_name: str) -> bool:
    """Whether nbgrader took a check's points for text on standard error alone: the check itself raised nothing.

    nbgrader 0.9.6 does so for any warning; `course grade` must not.
    """
    path = theirs.folder / "autograded" / learner / theirs.week.folder / f"{NOTEBOOK}.ipynb"
    cells = [cell for cell in read_notebook(path).cells if nbgrader_of(cell).get("grade_id") == cell_name]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    warned = any(output.output_type == "stream" and output.name == "stderr" for output in outputs)
    return warned and not any(output.output_type == "error" for output in outputs)


def _count(lesson: Class, name: str) -> int:
    return sum(1 for _ in (lesson.folder / "autograded").glob(f"*/{lesson.week.folder}/{name}"))


def _expect_all(lesson: Class, done: int, who: str) -> None:
    if done != len(lesson.learners):
        raise CourseError(f"{who} graded {done} of {len(lesson.learners)} submissions: the sides cannot be compared.")


def _tool(name: str) -> str:
    path = Path(sys.executable).parent / name
    if not path.is_file():
        raise CourseError(f"{name} is not installed beside {sys.executable}: run `make bench`.")
    return str(path)


def _path() -> str:
    """The search path with this environment first: nbgrader calls ``alembic`` by name."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
