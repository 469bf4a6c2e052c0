"""A class's week: which submissions have to be graded, the grading, and the recording as results come in."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coursekit.errors import CourseError
from coursekit.grading.handed_in import HandedIn, read_handed_in
from coursekit.grading.record import fingerprint
from coursekit.grading.record.gradebook import Standing
from coursekit.grading.record.ledger import Ledger, open_ledger
from coursekit.grading.record.result import ExerciseResult, Fingerprints, NotebookResult, Result
from coursekit.grading.scheduling import Scheduler, scheduler_for
from coursekit.grading.worker import Context, Executor, Job, Outcome, printable, working_files
from coursekit.notebooks.files import read_notebook

if TYPE_CHECKING:
    from coursekit.audit.misconceptions import Misconceptions
    from coursekit.syllabus import Week

State = Literal["graded", "unchanged", "recorded again", "would be graded", "could not be graded"]


@dataclass(frozen=True)
class ExerciseLine:
    """What one learner got for one exercise.

    Parameters
    ----------
    misconceptions : what failed checks speak of; several in one place mean that it is one of them.
    """

    number: int
    title: str
    verdict: str
    points: float
    max_points: float
    message: str
    misconceptions: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Row:
    """One learner after a run.

    Parameters
    ----------
    state, why : what was done and the reason for it.
    points, max_points : as the gradebook has them, with what persons gave, after lateness.
    problem : why it could not be graded; empty where it could.
    needs_person : sentences on what a person has to look at.
    """

    student: str
    state: State
    why: str = ""
    points: float = 0.0
    max_points: float = 0.0
    penalty: float = 0.0
    sealed: bool = True
    problem: str = ""
    flags: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    needs_person: tuple[str, ...] = ()
    exercises: tuple[ExerciseLine, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()}
        return {**plain, "exercises": [dict(vars(exercise)) for exercise in self.exercises]}


@dataclass(frozen=True)
class Graded:
    """A week of a class after a run."""

    week: str
    title: str
    rows: tuple[Row, ...]
    seconds: float
    dry_run: bool = False
    recovered: tuple[str, ...] = ()

    def count(self, state: State) -> int:
        """How many learners are in a state."""
        return sum(row.state == state for row in self.rows)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        return {
            "week": self.week,
            "title": self.title,
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 2),
            "recovered": list(self.recovered),
            "learners": [row.to_dict() for row in self.rows],
        }


@dataclass(frozen=True)
class Step:
    """Progress of a run: ``done`` of ``total`` submissions that are to be graded; ``left`` seconds, once known."""

    done: int
    total: int
    student: str = ""
    left: float | None = None


@dataclass(frozen=True)
class _Plan:
    student: str
    state: State
    why: str
    before: Result | None = None


def grade_class(
    folder: Path,
    week: Week,
    *,
    executor: Executor,
    students: Sequence[str] | None = None,
    jobs: int | None = None,
    scheduler: str | Scheduler | None = None,
    force: bool = False,
    dry_run: bool = False,
    db_url: str | None = None,
    submission_seconds: float = 1800.0,
    misconceptions: Misconceptions | None = None,
    progress: Callable[[Step], None] | None = None,
) -> Graded:
    """Grade what is new or changed of a week, and record it in nbgrader's gradebook and ``autograded/``.

    It may be interrupted or killed at any moment and started again: what is done stays done, nothing is done twice.

    Parameters
    ----------
    folder : the class folder, with ``source/`` and ``submitted/``.
    week : the week to grade.
    executor : how submissions are run (`Sealed`, `Unsealed`).
    students : only these; all who handed something in by default.
    jobs : worker processes, the number of cores by default; 0 grades in this process.
    scheduler : the address of a Dask scheduler, to grade on a cluster; or a scheduler of one's own.
    force : grade again what is done and unchanged, too.
    dry_run : only say what would be done; nothing is graded or recorded.
    db_url : address of the gradebook; ``gradebook.db`` in the class folder by default.
    submission_seconds : the longest that one submission may take.
    misconceptions : what is known of the week's wrong answers, to name what failed checks speak of.
    progress : called when the work begins and after each submission.

    Raises
    ------
    CourseError
        Where the week has no instructor's notebooks here, nobody handed anything in, or another run is at work.
    """
    began = time.monotonic()
    folder = folder.resolve()
    notebooks = _reference_paths(folder, week)
    chosen = _chosen(folder, week, students)
    if not dry_run and (ready := getattr(executor, "ready", None)):
        ready()
    where = scheduler if hasattr(scheduler, "outcomes") else scheduler_for(jobs, scheduler, submission_seconds)
    with contextlib.ExitStack() as stack:
        if not dry_run and (force or _obviously_new(folder, week, chosen)) and hasattr(where, "begin"):
            stack.callback(where.end)
            where.begin(executor, len(chosen))
        ledger = stack.enter_context(open_ledger(folder, db_url))
        run = _Run(ledger, week, notebooks, executor, force, misconceptions)
        recovered = () if dry_run else tuple(result.student for result in ledger.recover())
        plans = [run.plan(student) for student in chosen]
        if dry_run:
            states, problems = {plan.student: replace(plan, state=_dry(plan.state)) for plan in plans}, {}
        else:
            states, problems = run.carry_out(plans, where, progress or (lambda step: None))
        rows = run.rows(chosen, states, problems)
    return Graded(week.folder, week.title, rows, time.monotonic() - began, dry_run, recovered)


def _obviously_new(folder: Path, week: Week, students: Sequence[str]) -> bool:
    """Whether there is surely something to grade, told by names alone; so that workers can start at once."""
    return any(not (folder / "autograded" / name / week.folder / "result.json").is_file() for name in students)


class _Run:
    """One run over one week: what all its submissions share, and the record that it writes to."""

    def __init__(
        self,
        ledger: Ledger,
        week: Week,
        notebooks: Mapping[str, Path],
        executor: Executor,
        force: bool,
        misconceptions: Misconceptions | None = None,
    ) -> None:
        self.ledger, self.week, self.paths, self.executor, self.force = ledger, week, notebooks, executor, force
        self.misconceptions = misconceptions
        self.config = ledger.config
        self.ignore = _ignored(self.config)
        self.notebooks = {name: read_notebook(path) for name, path in notebooks.items()}
        self.files = _course_files(next(iter(notebooks.values())).parent, self.ignore)
        self.reference = fingerprint.of_reference(self.notebooks, self.files)
        self.checks = fingerprint.of_checks(self.notebooks)

    def rows(
        self, students: Sequence[str], states: Mapping[str, _Plan], problems: Mapping[str, Result]
    ) -> tuple[Row, ...]:
        """Every learner as the gradebook and ``result.json`` have them now."""
        week = self.week.folder
        known = any(assignment.name == week for assignment in self.ledger.gradebook.assignments)
        standings = self.ledger.standings(week) if known else {}
        return tuple(
            _row(states[name], self._named(problems.get(name) or self.ledger.recorded(week, name)), standings.get(name))
            for name in students
        )

    def _named(self, result: Result | None) -> Result | None:
        """With the misconceptions that are known today, whenever it was graded."""
        if result is None or self.misconceptions is None:
            return result
        return replace(result, notebooks=self.misconceptions.name_in(result.notebooks))

    def handed_in(self, student: str) -> HandedIn:
        """What a learner handed in, as it is on disk now."""
        return read_handed_in(self.ledger.folder / "submitted" / student / self.week.folder, self.ignore)

    def plan(self, student: str) -> _Plan:
        """Whether a submission has to be graded, and why."""
        handed_in = self.handed_in(student)
        before = self.ledger.recorded(self.week.folder, student)
        if handed_in.problem:
            return _Plan(student, "could not be graded", handed_in.problem, before)
        if reason := self._reason(handed_in, before):
            return _Plan(student, "graded", reason, before)
        stamp, _ = _timestamp(handed_in.files)
        if stamp != before.timestamp:
            return _Plan(student, "recorded again", "its time of submission changed", before)
        if self.ledger.gradebook_lacks(before):
            return _Plan(student, "recorded again", "the gradebook or the due date changed", before)
        return _Plan(student, "unchanged", "", before)

    def _reason(self, handed_in: HandedIn, before: Result | None) -> str:
        """Why it must be run (again); empty if it need not."""
        if before is None:
            return "not graded yet"
        if self.force:
            return "asked for"
        prints = before.fingerprints
        if prints.submission != fingerprint.of_submission(handed_in.files):
            return "handed in again"
        if prints.reference != self.reference:
            return _what_changed(prints.checks, self.checks)
        if prints.coursekit != fingerprint.of_coursekit():
            return "the grading code changed"
        if self.executor.sealed and not before.sealed:
            return "it was graded without a sandbox"
        if any(notebook.problem for notebook in before.notebooks):
            return "a notebook could not be graded"
        return ""

    def carry_out(
        self, plans: list[_Plan], scheduler: Scheduler, progress: Callable[[Step], None]
    ) -> tuple[dict[str, _Plan], dict[str, Result]]:
        """Grade and record; what could not be graded is among the second, by learner."""
        states = {plan.student: plan for plan in plans}
        problems: dict[str, Result] = {}
        todo = [plan for plan in plans if plan.state == "graded"]
        again = [plan for plan in plans if plan.state == "recorded again"]
        if todo or again:
            registered = self.ledger.register(self.week.folder, self.paths)
        for plan in again:
            self.ledger.record_again(self._with_timestamp(plan))
        for plan in plans:
            if plan.state == "could not be graded":
                problems[plan.student] = self._unreadable(plan.student, plan.why)
        if todo:
            context = self._context(registered.checksums, registered.kernelspecs)
            clock = _Clock(len(todo), progress)
            with contextlib.closing(scheduler.outcomes(context, self._jobs(todo, states, problems, clock))) as outcomes:
                for job, outcome in outcomes:
                    result = self._result(outcome, job, states[job.student].before)
                    if result.graded:
                        self.ledger.record(result, self._published(context, job, outcome))
                    if not result.graded or result.problem:
                        problems[job.student] = result
                        states[job.student] = replace(states[job.student], state="could not be graded")
                    clock.tick(job.student)
            self.ledger.folders.tidy()
        return states, problems

    def _jobs(
        self, todo: list[_Plan], states: dict[str, _Plan], problems: dict[str, Result], clock: _Clock
    ) -> Iterator[Job]:
        """Read submissions when their turn comes, so that never more than a few are in memory."""
        for plan in todo:
            handed_in = self.handed_in(plan.student)
            if handed_in.problem:
                problems[plan.student] = self._unreadable(plan.student, handed_in.problem)
                states[plan.student] = replace(plan, state="could not be graded", why=handed_in.problem)
                clock.tick(plan.student)
                continue
            yield Job(plan.student, handed_in.files, handed_in.remarks)

    def _context(
        self, checksums: Mapping[str, Mapping[str, str]], kernelspecs: Mapping[str, Mapping[str, Any]]
    ) -> Context:
        from coursekit.notebooks.files import notebook_text

        keep = self.config.Autograde.get("exclude_overwriting", {}).get(self.week.folder, [])
        texts = {name: notebook_text(notebook) for name, notebook in self.notebooks.items()}
        return Context(
            self.week.folder,
            texts,
            self.executor,
            self.files,
            checksums,
            kernelspecs,
            tuple(str(name) for name in keep),
        )

    def _unreadable(self, student: str, problem: str) -> Result:
        return self._result(Outcome(student, problem=problem), Job(student, {}), None)

    def _result(self, outcome: Outcome, job: Job, before: Result | None) -> Result:
        stamp, complaint = _timestamp(job.files)
        submission = fingerprint.of_submission(job.files)
        remarks = job.remarks + ((complaint,) if complaint else ())
        notebooks = _absent_as_absent(outcome.notebooks, job.files)
        problems = [f"{notebook.name}: {notebook.problem}" for notebook in notebooks if notebook.problem]
        result = Result(
            week=self.week.folder,
            student=outcome.student,
            sealed=self.executor.sealed,
            fingerprints=Fingerprints(submission, self.reference, fingerprint.of_coursekit(), self.checks),
            notebooks=notebooks,
            problem=outcome.problem or " ".join(problems),
            timestamp=stamp,
            answer_changed=before is None or before.fingerprints.submission != submission,
            remarks=tuple(printable(remark) for remark in remarks)
            + _unsteady(before, notebooks, submission, self.checks),
        )
        return self._named(result)

    def _with_timestamp(self, plan: _Plan) -> Result:
        stamp, complaint = _timestamp(self.handed_in(plan.student).files)
        remarks = plan.before.remarks + ((complaint,) if complaint and complaint not in plan.before.remarks else ())
        return replace(plan.before, timestamp=stamp, remarks=remarks)

    def _published(self, context: Context, job: Job, outcome: Outcome) -> dict[str, bytes]:
        """What stands in ``autograded/``: the graded notebooks and the files they were run with."""
        first = next(iter(self.notebooks.values()))
        files, _ = working_files(context, job.files, first)
        files.update({f"{name}.ipynb": text.encode() for name, text in outcome.texts.items()})
        files.pop("result.json", None)
        return files


class _Clock:
    """Counts submissions and guesses the time left from those that are done."""

    def __init__(self, total: int, report: Callable[[Step], None]) -> None:
        self.total, self.report, self.done, self.began = total, report, 0, time.monotonic()
        report(Step(0, total))

    def tick(self, student: str) -> None:
        self.done += 1
        each = (time.monotonic() - self.began) / self.done
        self.report(Step(self.done, self.total, student, each * (self.total - self.done)))


def _reference_paths(folder: Path, week: Week) -> dict[str, Path]:
    paths = {name: folder / "source" / week.folder / f"{name}.ipynb" for name in week.notebooks}
    missing = [path.name for path in paths.values() if not path.is_file()]
    if missing:
        raise CourseError(
            f"{week.folder} cannot be graded: {folder / 'source' / week.folder} has no {', '.join(missing)}. "
            "Run `course notebooks`, or grade in the folder of the class."
        )
    return paths


def _chosen(folder: Path, week: Week, students: Sequence[str] | None) -> list[str]:
    """Who is to be graded, sorted.

    A folder is a learner's if it holds the week; a name on the command line must be one of these, so that no name can
    lead out of ``submitted/``.
    """
    place = folder / "submitted"
    have = sorted(path.parent.name for path in place.glob(f"*/{week.folder}") if path.is_dir())
    if not have:
        raise CourseError(f"Nobody handed in {week.folder}: there is no {place}/STUDENT/{week.folder}.")
    if students is None:
        return have
    unknown = [printable(name) for name in students if name not in have]
    if unknown:
        raise CourseError(f"No submission of {week.folder} in {place} by {', '.join(unknown)}.")
    return sorted(set(students))


def _ignored(config: Any) -> list[str]:
    return [str(name) for name in config.CourseDirectory.get("ignore", [])] or [".ipynb_checkpoints", "*.pyc"]


def _course_files(folder: Path, ignore: Sequence[str]) -> dict[str, bytes]:
    read = read_handed_in(folder, [*ignore, "*.ipynb"])
    if read.problem:
        raise CourseError(f"The files in {folder} cannot be given to submissions: {read.problem}")
    return dict(read.files)


def _timestamp(files: Mapping[str, bytes]) -> tuple[str | None, str]:
    """When it was handed in, in UTC, read as nbgrader reads ``timestamp.txt``; and a complaint if that is no time."""
    from nbgrader.utils import parse_utc

    content = files.get(fingerprint.TIMESTAMP, b"")
    text = content.decode("utf-8", "replace").strip()
    if not text:
        return None, ""
    try:
        return parse_utc(text).isoformat(), ""
    except (ValueError, OverflowError, TypeError):
        return None, "timestamp.txt holds no time, so lateness is unknown."


def _absent_as_absent(notebooks: tuple[NotebookResult, ...], files: Mapping[str, bytes]) -> tuple[NotebookResult, ...]:
    """Of several notebooks, one that was not handed in at all scores 0, as in nbgrader, if another one was."""
    if len(notebooks) < 2 or not any(not notebook.problem for notebook in notebooks):
        return notebooks
    return tuple(n for n in notebooks if not n.problem or any(path.endswith(f"{n.name}.ipynb") for path in files))


def _unsteady(
    before: Result | None, notebooks: Sequence[NotebookResult], submission: str, checks: Mapping[str, str]
) -> tuple[str, ...]:
    """Checks that now give other points although neither they nor the submission changed."""
    if before is None or before.fingerprints.submission != submission:
        return ()
    then = _points(before.notebooks)
    return tuple(
        f"{name} gave {then[name]:g} points before and {now:g} now, although neither the check nor the submission "
        "changed: look at both."
        for name, now in _points(notebooks).items()
        if name in then and then[name] != now and before.fingerprints.checks.get(name) == checks.get(name)
    )


def _points(notebooks: Sequence[NotebookResult]) -> dict[str, float]:
    return {c.grade_id: c.points for book in notebooks for e in book.exercises for c in e.checks if not c.manual}


def _what_changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if not changed:
        return "the course's notebook or files changed"
    return f"changed: {', '.join(changed)}"


def _dry(state: State) -> State:
    return "would be graded" if state == "graded" else state


def _row(plan: _Plan, result: Result | None, standing: Standing | None) -> Row:
    lines: tuple[ExerciseLine, ...] = ()
    if result is not None:
        lines = tuple(
            ExerciseLine(e.number, e.title, e.verdict, e.points, e.max_points, e.message, _misconceptions(e))
            for notebook in result.notebooks
            for e in notebook.exercises
        )
    problem = (result.problem if result else "") or (plan.why if plan.state == "could not be graded" else "")
    return Row(
        student=plan.student,
        state=plan.state,
        why=plan.why,
        points=standing.points if standing else 0.0,
        max_points=standing.max_points if standing else 0.0,
        penalty=standing.penalty if standing else 0.0,
        sealed=result.sealed if result else True,
        problem=problem,
        flags=result.flags if result else (),
        remarks=result.all_remarks if result else (),
        needs_person=_needs_person(problem, result, standing, plan.state),
        exercises=lines,
    )


def _misconceptions(exercise: ExerciseResult) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(check.misconceptions for check in exercise.checks if check.misconceptions))


def _needs_person(problem: str, result: Result | None, standing: Standing | None, state: State) -> tuple[str, ...]:
    needs = []
    if problem:
        older = "; the grade shown is an earlier one" if standing and state == "could not be graded" else ""
        needs.append(f"could not be graded: {problem}{older}")
    if result is not None:
        needs.extend(result.flags)
        needs.extend(result.all_remarks)
    if standing and standing.needs_person:
        needs.append("answer to mark")
    return tuple(needs)
