"""Feedback pages: what each check said, what a person gave and wrote, and the learner's own work. No scripts.

A page never holds the source of a hidden check, a traceback or anything of a learner's that a browser would run: text
is escaped, and of pictures only real PNG files are shown.
"""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError
from coursekit.grading.record.ledger import open_gradebook
from coursekit.grading.record.result import CheckResult, ExerciseResult, NotebookResult, Result, read_result
from coursekit.notebooks.exercises import nbgrader_of, read_exercises
from coursekit.notebooks.files import read_notebook

if TYPE_CHECKING:
    from jinja2 import Template
    from nbformat import NotebookNode
    from nbgrader.api import Gradebook, SubmittedNotebook

    from coursekit.syllabus import Week

#: Beside the page, as `nbgrader release_feedback` needs them.
COMPANIONS = ("timestamp.txt", "submission_secret.txt")
PNG = b"\x89PNG\r\n\x1a\n"
MAX_PICTURE_BYTES = 2 << 20
MAX_PICTURES = 20
MAX_LINES = 60
MAX_CHARACTERS = 8_000
_EXPECTED_GOT = re.compile(r"^(?P<of>.+?): expected (?P<expected>.+?), got (?P<got>[^;]+)(?:; (?P<advice>.+))?$", re.S)
_CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b.|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Piece:
    """A piece of the learner's own work: text, or a picture as base64."""

    kind: str
    content: str


@dataclass(frozen=True)
class CheckPage:
    """One graded cell on a page; ``expected`` and ``got`` only for visible checks whose message has them."""

    grade_id: str
    verdict: str
    points: float
    max_points: float
    message: str
    hidden: bool
    of: str = ""
    expected: str = ""
    got: str = ""
    advice: str = ""
    by_person: bool = False


@dataclass(frozen=True)
class ExercisePage:
    """One exercise on a page."""

    number: int
    title: str
    points: float
    max_points: float
    waiting: bool
    checks: tuple[CheckPage, ...]
    comments: tuple[str, ...]
    work: tuple[Piece, ...]


@dataclass(frozen=True)
class Page:
    """One feedback page."""

    week: str
    title: str
    notebook: str
    student: str
    points: float
    max_points: float
    penalty: float
    waiting: bool
    timestamp: str
    remarks: tuple[str, ...]
    exercises: tuple[ExercisePage, ...]


@dataclass(frozen=True)
class Written:
    """What was written: pages by learner, and why there is none for others."""

    pages: dict[str, tuple[Path, ...]]
    missing: dict[str, str]


def write_feedback(
    folder: Path,
    week: Week,
    students: Sequence[str] | None = None,
    *,
    db_url: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Written:
    """Write ``feedback/STUDENT/WEEK/NOTEBOOK.html`` for graded submissions, where nbgrader puts its own.

    Parameters
    ----------
    folder : the class folder.
    week : the week.
    students : only these; everybody with a graded submission by default.
    db_url : address of the gradebook, if it is not the class's own.
    progress : called with the pages done, all pages, and the learner.

    Raises
    ------
    CourseError
        Where nothing of the week has been graded by `course grade`.
    """
    from nbgrader.api import MissingEntry

    folder = folder.resolve()
    have = sorted(path.parent.parent.name for path in (folder / "autograded").glob(f"*/{week.folder}/result.json"))
    if not have:
        raise CourseError(f"Nothing of {week.folder} has been graded yet: run `course grade {week.number}` first.")
    chosen = have if students is None else list(students)
    pages: dict[str, tuple[Path, ...]] = {}
    missing: dict[str, str] = {}
    with open_gradebook(folder, db_url) as (gradebook, _):
        for done, student in enumerate(chosen):
            if progress:
                progress(done, len(chosen), student)
            result = read_result(folder / "autograded" / student / week.folder) if student in have else None
            if result is None:
                missing[student] = "nothing of theirs has been graded"
            else:
                try:
                    pages[student] = _write_pages(gradebook, folder, week, result)
                except MissingEntry:
                    missing[student] = f"the gradebook does not have them: run `course grade {week.number}` again"
    return Written(pages, missing)


def _write_pages(gradebook: Gradebook, folder: Path, week: Week, result: Result) -> tuple[Path, ...]:
    graded = folder / "autograded" / result.student / week.folder
    target = folder / "feedback" / result.student / week.folder
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for notebook in result.notebooks:
        if not notebook.problem:
            page = _page(gradebook, week, result, notebook, read_notebook(graded / f"{notebook.name}.ipynb"))
            path = target / f"{notebook.name}.html"
            temporary = path.with_suffix(".html.new")
            temporary.write_text(_template().render(page=page), encoding="utf-8")
            temporary.replace(path)
            written.append(path)
    for name in COMPANIONS:
        if (graded / name).is_file():
            (target / name).unlink(missing_ok=True)
            shutil.copyfile(graded / name, target / name)
    gradebook.db.rollback()
    gradebook.db.expunge_all()
    return tuple(written)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("coursekit.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("feedback.html.j2")


def _page(gradebook: Gradebook, week: Week, result: Result, notebook: NotebookResult, graded: NotebookNode) -> Page:
    submitted = gradebook.find_submission_notebook(notebook.name, week.folder, result.student)
    grades = {grade.cell.name: grade for grade in submitted.grades}
    comments = {comment.cell.name: comment.comment for comment in submitted.comments if comment.comment}
    work = _work(graded)
    exercises = tuple(_exercise(exercise, grades, comments, work) for exercise in notebook.exercises)
    penalty = submitted.late_submission_penalty or 0.0
    return Page(
        week=week.folder,
        title=week.title,
        notebook=notebook.name,
        student=shown(result.student),
        points=max(0.0, submitted.score - penalty),
        max_points=submitted.max_score,
        penalty=penalty,
        waiting=any(exercise.waiting for exercise in exercises),
        timestamp=_handed_in(submitted),
        remarks=tuple(shown(remark) for remark in notebook.remarks),
        exercises=exercises,
    )


def _handed_in(submitted: SubmittedNotebook) -> str:
    stamp = submitted.assignment.timestamp
    return f"{stamp:%Y-%m-%d %H:%M} UTC" if stamp else ""


def _exercise(
    exercise: ExerciseResult, grades: dict[str, Any], comments: dict[str, str], work: dict[str, tuple[Piece, ...]]
) -> ExercisePage:
    checks = tuple(_check(check, grades.get(check.grade_id)) for check in exercise.checks)
    known = [grades[check.grade_id] for check in exercise.checks if check.grade_id in grades]
    question = exercise.grade_id
    names = [name for name in comments if _same_exercise(name, question)]
    return ExercisePage(
        exercise.number,
        exercise.title,
        sum(grade.score for grade in known),
        exercise.max_points,
        any(grade.needs_manual_grade for grade in known),
        checks,
        tuple(shown(comments[name]) for name in names),
        work.get(question, ()),
    )


def _same_exercise(name: str, question: str) -> bool:
    from coursekit.notebooks.exercises import question_of

    return question_of(name) == question_of(question)


def _check(check: CheckResult, grade: Any) -> CheckPage:
    page = CheckPage(
        check.grade_id,
        check.verdict,
        grade.score if grade is not None else check.points,
        check.max_points,
        shown(check.message),
        check.hidden,
    )
    if grade is not None and grade.manual_score is not None:
        return replace(page, verdict="marked by a person", by_person=True)
    found = None if check.hidden or check.verdict != "failed" else _EXPECTED_GOT.match(page.message)
    return replace(page, **{key: value or "" for key, value in found.groupdict().items()}) if found else page


def _work(notebook: NotebookNode) -> dict[str, tuple[Piece, ...]]:
    """The learner's answers and what these printed, by the exercise's grade_id. Checks are never shown."""
    cells = {nbgrader_of(cell).get("grade_id"): cell for cell in notebook.cells}
    result, pictures = {}, MAX_PICTURES
    for exercise in read_exercises(notebook):
        pieces: list[Piece] = []
        for name in exercise.answers:
            cell = cells[name]
            pieces.append(Piece("code" if cell.cell_type == "code" else "words", shown(cell.source)))
            for output in cell.get("outputs", []):
                piece = _output(output, pictures > 0)
                pictures -= piece is not None and piece.kind == "picture"
                pieces += [piece] if piece else []
        result[exercise.grade_id] = tuple(pieces)
    return result


def _output(output: NotebookNode, picture_allowed: bool) -> Piece | None:
    """An output as text, or as a picture if it is one; HTML, SVG and scripts are shown as the text beside them."""
    if output.output_type == "stream":
        return Piece("output", shown(output.text))
    if output.output_type == "error":
        return Piece("output", shown(f"{output.ename}: {output.evalue}"))
    data = output.get("data", {})
    picture = _png(data.get("image/png", "")) if picture_allowed else ""
    if picture:
        return Piece("picture", picture)
    return Piece("output", shown(str(data["text/plain"]))) if data.get("text/plain") else None


def _png(encoded: object) -> str:
    """The picture as clean base64; empty if it is no PNG file or too large."""
    try:
        content = base64.b64decode("".join(str(encoded).split()), validate=True)
    except ValueError:
        return ""
    fits = content.startswith(PNG) and len(content) <= MAX_PICTURE_BYTES
    return base64.b64encode(content).decode() if fits else ""


def shown(text: str) -> str:
    """A stranger's text without control characters, and not too long; the page escapes it."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    lines = plain[:MAX_CHARACTERS].split("\n")
    cut = len(lines) > MAX_LINES or len(plain) > MAX_CHARACTERS
    return "\n".join(lines[:MAX_LINES]) + ("\n… (shortened)" if cut else "")
