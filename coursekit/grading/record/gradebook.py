"""One submission's grades into nbgrader's gradebook, in one transaction, with nbgrader's meaning of every column."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError
from coursekit.grading.record.result import CheckResult, NotebookResult, Result
from coursekit.notebooks.files import read_notebook

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook
    from traitlets.config import Config

NO_RESPONSE = "No response."


@dataclass(frozen=True)
class Registered:
    """What the gradebook knows of a week: for each notebook the checksums of its released cells, and a kernelspec."""

    checksums: Mapping[str, Mapping[str, str]]
    kernelspecs: Mapping[str, Mapping[str, Any]]


def register(gradebook: Gradebook, config: Config, week: str, notebooks: Mapping[str, Path]) -> Registered:
    """Make the gradebook know a week's graded cells as the instructor's notebooks state them now.

    nbgrader does this when it builds a release; done again, it takes over checks that were mended since.

    Raises
    ------
    CourseError
        Where graded cells were added or removed although submissions are recorded: nbgrader cannot do that.
    """
    from nbgrader.api import MissingEntry

    try:
        gradebook.find_assignment(week)
    except MissingEntry:
        gradebook.update_or_create_assignment(week, course_id=gradebook.course_id)
    url = str(config.CourseDirectory.db_url)
    for name, path in notebooks.items():
        _save_cells(week, name, path, url, config)
    gradebook.db.rollback()  # SaveCells has a connection of its own: see what it wrote
    found = gradebook.find_assignment(week).notebooks
    return Registered(
        {book.name: {cell.name: cell.checksum for cell in book.source_cells} for book in found},
        {book.name: json.loads(book.kernelspec or "{}") for book in found},
    )


def _save_cells(week: str, name: str, path: Path, url: str, config: Config) -> None:
    """Run those of nbgrader's steps for a release that end in the gradebook; the release itself is left alone."""
    from nbgrader.preprocessors import ClearOutput, ClearSolutions, ComputeChecksums, LockCells, SaveCells

    notebook = read_notebook(path)
    resources = {
        "metadata": {"name": name, "path": str(path.parent)},
        "nbgrader": {"assignment": week, "notebook": name, "student": ".", "db_url": url},
    }
    for step in (LockCells, ClearSolutions, ClearOutput, ComputeChecksums):
        notebook, resources = step(config=config).preprocess(notebook, resources)
    try:
        SaveCells(config=config).preprocess(notebook, resources)
    except RuntimeError as error:
        raise CourseError(
            f"{week}/{name}: graded cells were added, removed or renamed after submissions were recorded ({error}). "
            "Give the cells their old grade_ids back, or delete the assignment's submissions with `nbgrader db`."
        ) from None


class Writer:
    """Writes results into an open gradebook.

    Parameters
    ----------
    gradebook : nbgrader's gradebook.
    config : nbgrader's configuration, for the plugin that gives late penalties.
    """

    def __init__(self, gradebook: Gradebook, config: Config) -> None:
        from nbgrader.preprocessors import AssignLatePenalties

        self.gradebook, self.db = gradebook, gradebook.db
        self._penalties = AssignLatePenalties(config=config)
        self._penalties.init_plugin()

    def write(self, result: Result) -> None:
        """Record one submission: everything or nothing. Doing it twice changes nothing more."""
        if not result.graded:
            return
        try:
            submission = self._submission(result)
            by_name = {notebook.name: notebook for notebook in result.notebooks}
            for submitted in submission.notebooks:
                notebook = by_name.get(submitted.name)
                if notebook is None:
                    self._nothing_handed_in(submitted)
                elif not notebook.problem:
                    self._grade(submitted, notebook, result.answer_changed)
                    self._penalise(submission, submitted)
            self.db.commit()
        except BaseException:
            self.db.rollback()
            raise
        finally:
            self.db.expunge_all()

    def _submission(self, result: Result) -> SubmittedAssignment:
        from nbgrader.api import MissingEntry, Student, SubmittedAssignment

        with self.db.no_autoflush:  # all new rows at once, not before each question
            if self.db.get(Student, result.student) is None:
                self.db.add(Student(id=result.student))
            try:
                submission = self.gradebook.find_submission(result.week, result.student)
            except MissingEntry:
                assignment = self.gradebook.find_assignment(result.week)
                submission = SubmittedAssignment(assignment=assignment, student_id=result.student)
                self.db.add(submission)
            self._mirror(submission)
            if result.timestamp:
                submission.timestamp = datetime.fromisoformat(result.timestamp)
        self.db.flush()
        return submission

    def _mirror(self, submission: SubmittedAssignment) -> None:
        """Give the submission a row for every notebook and cell of the assignment, as nbgrader does."""
        from nbgrader.api import Comment, Grade, SubmittedNotebook

        have = {submitted.notebook_id: submitted for submitted in submission.notebooks}
        for notebook in submission.assignment.notebooks:
            submitted = have.get(notebook.id) or SubmittedNotebook(notebook=notebook, assignment=submission)
            self.db.add(submitted)
            graded = {grade.cell_id for grade in submitted.grades}
            commented = {comment.cell_id for comment in submitted.comments}
            for cell in [*notebook.grade_cells, *notebook.task_cells]:
                if cell.id not in graded:
                    self.db.add(Grade(cell_id=cell.id, notebook=submitted))
            for cell in [*notebook.solution_cells, *notebook.task_cells]:
                if cell.id not in commented:
                    self.db.add(Comment(cell_id=cell.id, notebook=submitted))

    def _nothing_handed_in(self, submitted: SubmittedNotebook) -> None:
        for grade in submitted.grades:
            grade.auto_score, grade.needs_manual_grade = 0, False

    def _grade(self, submitted: SubmittedNotebook, notebook: NotebookResult, answer_changed: bool) -> None:
        checks = {check.grade_id: check for exercise in notebook.exercises for check in exercise.checks}
        for grade in submitted.grades:
            if check := checks.get(grade.cell.name):
                score = auto_score(check, notebook.unanswered)
                before, grade.auto_score = grade.auto_score, score
                if grade.manual_score is None:
                    grade.needs_manual_grade = score is None
                elif answer_changed or before != score:
                    # A person's mark stands; that it was given to something else is for the person to see.
                    grade.needs_manual_grade = True
        for comment in submitted.comments:
            if comment.cell.name in notebook.answers:
                comment.auto_comment = NO_RESPONSE if comment.cell.name in notebook.unanswered else None
        if notebook.flags:
            submitted.flagged = True
        self.db.flush()

    def _penalise(self, submission: SubmittedAssignment, submitted: SubmittedNotebook) -> None:
        """What nbgrader's `AssignLatePenalties` does, inside this transaction."""
        submitted.late_submission_penalty = None
        late = submission.total_seconds_late
        if late <= 0:
            return
        self.db.flush()
        self.db.refresh(submitted, ["score"])
        penalty = self._penalties.plugin_inst.late_submission_penalty(submission.student_id, submitted.score, late)
        if penalty is not None:
            submitted.late_submission_penalty = self._penalties._check_late_penalty(submitted, penalty)

    def penalties_differ(self, week: str, student: str) -> bool:
        """Whether a changed due date, extension or penalty plugin would give another late penalty now."""
        from nbgrader.api import MissingEntry

        try:
            submission = self.gradebook.find_submission(week, student)
        except MissingEntry:
            return False
        try:
            before = [submitted.late_submission_penalty for submitted in submission.notebooks]
            if submission.duedate is None and not any(before):
                return False
            for submitted in submission.notebooks:
                self._penalise(submission, submitted)
            return before != [submitted.late_submission_penalty for submitted in submission.notebooks]
        finally:
            self.db.rollback()
            self.db.expunge_all()


def auto_score(check: CheckResult, unanswered: Iterable[str]) -> float | None:
    """What nbgrader's ``auto_score`` column holds: None waits for a person, and no answer to mark is worth 0."""
    if not check.manual:
        return float(check.points)
    return 0.0 if check.grade_id in unanswered else None


@dataclass(frozen=True)
class Standing:
    """A learner's week as the gradebook has it: with a person's marks, extra credit and the late penalty."""

    points: float
    max_points: float
    penalty: float
    needs_person: bool


def auto_scores(gradebook: Gradebook, week: str) -> dict[str, dict[tuple[str, str], float | None]]:
    """All automatic scores of a week: student → (notebook, grade_id) → score."""
    from nbgrader.api import Assignment, BaseCell, Grade, Notebook, SubmittedAssignment, SubmittedNotebook

    rows = (
        gradebook.db.query(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score)
        .select_from(Grade)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(Assignment.name == week)
    )
    scores: dict[str, dict[tuple[str, str], float | None]] = defaultdict(dict)
    for student, notebook, cell, score in rows:
        scores[student][notebook, cell] = score
    gradebook.db.rollback()
    return dict(scores)


def standings(gradebook: Gradebook, week: str) -> dict[str, Standing]:
    """Every learner's week, read in two queries however many there are."""
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import func

    penalties = dict(
        gradebook.db.query(SubmittedAssignment.student_id, func.sum(SubmittedNotebook.late_submission_penalty))
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == week)
        .group_by(SubmittedAssignment.student_id)
        .all()
    )
    found = {}
    for row in gradebook.submission_dicts(week):
        penalty = float(penalties.get(row["student"]) or 0.0)
        score, maximum = float(row["score"]), float(row["max_score"])
        found[row["student"]] = Standing(max(0.0, score - penalty), maximum, penalty, bool(row["needs_manual_grade"]))
    gradebook.db.rollback()
    return found
