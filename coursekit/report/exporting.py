"""Grades in the forms that other systems import, as nbgrader export plugins.

``course export`` uses them, and so can ``nbgrader export --exporter=coursekit.report.exporting.CanvasExporter``.
A score is what nbgrader counts: checks, a person's marks and extra credit, less the late penalty, and never below 0.
"""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.plugins import ExportPlugin

from coursekit.errors import CourseError
from coursekit.grading.record.ledger import open_gradebook
from coursekit.grading.record.result import CheckResult, Result, read_result

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, Student


@dataclass(frozen=True)
class Score:
    """One learner's assignment; ``handed_in`` is false where there is no submission."""

    student: str
    assignment: str
    raw: float
    penalty: float
    max_points: float
    timestamp: str
    needs_person: bool
    handed_in: bool = True

    @property
    def points(self) -> float:
        """Points after lateness."""
        return max(0.0, self.raw - self.penalty)


class CourseExporter(ExportPlugin):
    """What the exporters share: who and what is exported, and files that are whole or not there."""

    default_name = "grades.csv"

    @property
    def target(self) -> Path:
        """Where to write to."""
        return Path(self.to or self.default_name)

    def chosen_assignments(self, gradebook: Gradebook) -> list[tuple[str, float]]:
        """Names and greatest points of the assignments asked for, by name."""
        asked = {str(name) for name in self.assignment}
        found = sorted((a.name, float(a.max_score)) for a in gradebook.assignments)
        _refuse_unknown("assignment", asked, [name for name, _ in found])
        return [pair for pair in found if not asked or pair[0] in asked]

    def chosen_students(self, gradebook: Gradebook) -> list[Student]:
        """The learners asked for, by name and id."""
        asked = {str(name) for name in self.student}
        students = sorted(gradebook.students, key=lambda s: (s.last_name or "", s.first_name or "", s.id))
        _refuse_unknown("learner", asked, [student.id for student in students])
        return [student for student in students if not asked or student.id in asked]

    def scores(self, gradebook: Gradebook) -> dict[tuple[str, str], Score]:
        """Every score by assignment and learner; a query or two for each assignment."""
        return {
            (score.assignment, score.student): score
            for name, maximum in self.chosen_assignments(gradebook)
            for score in _scores_of(gradebook, name, maximum)
        }


def _refuse_unknown(kind: str, asked: set[str], known: Sequence[str]) -> None:
    if missing := sorted(asked - set(known)):
        raise CourseError(f"The gradebook has no {kind} {', '.join(missing)}; it has: {', '.join(known) or 'none'}.")


def _scores_of(gradebook: Gradebook, assignment: str, maximum: float) -> Iterator[Score]:
    penalties = {
        submission.student_id: float(submission.late_submission_penalty or 0.0)
        for submission in gradebook.assignment_submissions(assignment)
    }
    for row in gradebook.submission_dicts(assignment):
        stamp = row["timestamp"]
        yield Score(
            row["student"],
            assignment,
            float(row["score"]),
            penalties.get(row["student"], 0.0),
            maximum,
            stamp.isoformat(sep=" ", timespec="seconds") if stamp else "",
            bool(row["needs_manual_grade"]),
        )


class CsvExporter(CourseExporter):
    """One line for each learner and assignment, with the columns of nbgrader's own exporter, quoted as CSV should be.

    nbgrader's exporter writes commas and quotes of names as they are, which breaks the file.
    """

    COLUMNS = (
        "assignment",
        "duedate",
        "timestamp",
        "student_id",
        "last_name",
        "first_name",
        "email",
        "raw_score",
        "late_submission_penalty",
        "score",
        "max_score",
        "needs_manual_grade",
    )

    def export(self, gradebook: Gradebook) -> None:
        """Write the table."""
        scores, students = self.scores(gradebook), self.chosen_students(gradebook)
        due = {assignment.name: assignment.duedate for assignment in gradebook.assignments}
        rows = [
            _csv_row(student, scores.get((name, student.id)), name, maximum, due[name])
            for name, maximum in self.chosen_assignments(gradebook)
            for student in students
        ]
        _write_table(self.target, self.COLUMNS, rows)


def _csv_row(student: Student, score: Score | None, name: str, maximum: float, due: Any) -> list[Any]:
    who = [student.id, student.last_name or "", student.first_name or "", student.email or ""]
    if score is None:
        return [name, due or "", "", *who, 0.0, 0.0, 0.0, maximum, False]
    what = [score.raw, score.penalty, score.points, maximum, score.needs_person]
    return [name, due or "", score.timestamp, *who, *what]


class CanvasExporter(CourseExporter):
    """Canvas's gradebook file: Grades → Import. A column for each assignment, and a row "Points Possible".

    Canvas finds a learner by ``ID`` (nbgrader's ``lms_user_id``) or by ``SIS Login ID`` (the learner's id here), and an
    assignment by its title. Who handed nothing in has an empty cell, and keeps the grade that Canvas has.
    """

    default_name = "canvas.csv"
    STUDENT_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

    def export(self, gradebook: Gradebook) -> None:
        """Write the table."""
        scores, assignments = self.scores(gradebook), self.chosen_assignments(gradebook)
        rows: list[list[Any]] = [["    Points Possible", "", "", "", "", *(_number(most) for _, most in assignments)]]
        for student in self.chosen_students(gradebook):
            cells = [_points_or_nothing(scores.get((name, student.id))) for name, _ in assignments]
            rows.append([_sortable_name(student), student.lms_user_id or "", "", student.id, "", *cells])
        _write_table(self.target, [*self.STUDENT_COLUMNS, *(name for name, _ in assignments)], rows)


class MoodleExporter(CourseExporter):
    """Moodle's grade import: Grades → Import → CSV file, mapping ``Email address`` or ``ID number`` to the user.

    A column for each assignment, named as in Moodle's own export: ``Assignment: NAME (Real)``.
    """

    default_name = "moodle.csv"
    STUDENT_COLUMNS = ("First name", "Last name", "ID number", "Email address")

    def export(self, gradebook: Gradebook) -> None:
        """Write the table; Moodle reads ``-`` as no grade."""
        scores, assignments = self.scores(gradebook), self.chosen_assignments(gradebook)
        header = [*self.STUDENT_COLUMNS, *(f"Assignment: {name} (Real)" for name, _ in assignments)]
        rows = []
        for student in self.chosen_students(gradebook):
            cells = [_points_or_nothing(scores.get((name, student.id))) or "-" for name, _ in assignments]
            rows.append([student.first_name or "", student.last_name or "", student.id, student.email or "", *cells])
        _write_table(self.target, header, rows)


class GradescopeExporter(CourseExporter):
    """Gradescope's ``results.json`` as its autograder harness reads it, at ``TO/ASSIGNMENT/STUDENT/results.json``.

    A ``run_autograder`` script that copies the learner's file to ``/autograder/results/`` hands the grade over. Marks
    by persons, extra credit and lateness are in the total.
    """

    default_name = "gradescope"

    def export(self, gradebook: Gradebook) -> None:
        """Write a file for each submission."""
        root = Path(gradebook.engine.url.database or ".").resolve().parent
        graded = getattr(self, "autograded", None) or root / "autograded"
        students = {student.id for student in self.chosen_students(gradebook)}
        for (assignment, student), score in sorted(self.scores(gradebook).items()):
            if student in students:
                result = read_result(Path(graded) / student / assignment)
                path = self.target / _file_name(assignment) / _file_name(student) / "results.json"
                _write_whole(path, json.dumps(gradescope_results(score, result), ensure_ascii=False, indent=1) + "\n")


def gradescope_results(score: Score, result: Result | None) -> dict[str, Any]:
    """One submission in Gradescope's format; the checks are listed where `course grade` has graded it."""
    checks = [(e, check) for book in result.notebooks for e in book.exercises for check in e.checks] if result else []
    return {
        "score": score.points,
        "output": "Some answers wait for a person to mark them." if score.needs_person else "",
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(sum(book.seconds for book in result.notebooks)) if result else 0,
        "tests": [_gradescope_test(f"{e.number} · {e.title}", check) for e, check in checks if not check.manual],
        "extra_data": {"max_score": score.max_points, "late_penalty": score.penalty},
    }


def _gradescope_test(exercise: str, check: CheckResult) -> dict[str, Any]:
    return {
        "score": check.points,
        "max_score": check.max_points,
        "status": "passed" if check.verdict == "passed" else "failed",
        "name": f"{exercise} · {check.grade_id}",
        "name_format": "text",
        "output": check.message or ("Not attempted." if check.verdict == "not attempted" else ""),
        "output_format": "text",
        "visibility": "after_published" if check.hidden else "visible",
    }


EXPORTERS: Mapping[str, type[CourseExporter]] = {
    "csv": CsvExporter,
    "canvas": CanvasExporter,
    "moodle": MoodleExporter,
    "gradescope": GradescopeExporter,
}


def export(
    folder: Path,
    to: str,
    path: Path | None = None,
    *,
    weeks: Iterable[str] = (),
    students: Iterable[str] = (),
    db_url: str | None = None,
) -> Path:
    """Export a class's grades.

    Parameters
    ----------
    folder : the class folder.
    to : ``csv``, ``canvas``, ``moodle`` or ``gradescope``.
    path : file to write (for Gradescope a folder); by default a name that tells the system, in the class folder.
    weeks, students : only these; all by default.
    db_url : address of the gradebook, if it is not the class's own.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    CourseError
        Where the system, a week or a learner is unknown, or the file cannot be written.
    """
    if to not in EXPORTERS:
        raise CourseError(f"Grades can be exported to {', '.join(EXPORTERS)}, not to {to}.")
    kind = EXPORTERS[to]
    target = (path or folder / kind.default_name).resolve()
    with open_gradebook(folder, db_url) as (gradebook, config):
        exporter = kind(config=config)
        exporter.to, exporter.assignment, exporter.student = str(target), list(weeks), list(students)
        exporter.autograded = folder.resolve() / "autograded"
        try:
            exporter.export(gradebook)
        except OSError as error:
            raise CourseError(f"{target} cannot be written ({error.strerror}).") from None
    return target


def _points_or_nothing(score: Score | None) -> str:
    return _number(score.points) if score is not None else ""


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def _sortable_name(student: Student) -> str:
    parts = [part for part in (student.last_name, student.first_name) if part]
    return ", ".join(parts) or student.id


def _file_name(text: str) -> str:
    """A name that stays in its folder and that every system can write."""
    return re.sub(r"[^\w.@+-]+", "_", text).lstrip(".") or "_"


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from io import StringIO

    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    _write_whole(path, text.getvalue())


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with open(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.chmod(temporary, 0o644)
    Path(temporary).replace(path)
