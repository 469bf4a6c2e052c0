"""One submission, from bytes to marks. Runs in a worker process; knows no database and no class folder."""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from coursekit.errors import CourseError
from coursekit.grading import drawings
from coursekit.grading.record.result import CheckResult, ExerciseResult, NotebookResult
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.files import notebook_text
from coursekit.notebooks.jupyter import nbformat_module

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.grading.score import ExerciseScore

MESSAGE_LIMIT = 500
OUTPUT_LINES = 1000
_CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-Z\\-_]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Ran(Protocol):
    """What an executor gives back."""

    @property
    def notebook(self) -> NotebookNode:
        """The notebook with outputs."""

    @property
    def seconds(self) -> float:
        """Time of the cells."""

    @property
    def peak_mib(self) -> float:
        """Largest memory."""


class Executor(Protocol):
    """Runs a clean notebook in a folder. It is pickled into the worker processes, so it holds settings and no state.

    ``ready()``, where there is one, is called before a run and raises `CourseError` where nothing can be executed here;
    ``close()`` is called in each worker at its end.

    Attributes
    ----------
    sealed : whether submissions run in a sandbox.
    probed : whether the checks are guarded by probes, which need an IPython kernel.
    """

    sealed: bool
    probed: bool

    def __call__(self, notebook: NotebookNode, folder: Path) -> Ran:
        """Run every code cell; what a cell breaks is in the outputs."""


@dataclass(frozen=True)
class Marked:
    """An executed notebook, its scores, and evidence of tampering for a person."""

    notebook: NotebookNode
    exercises: list[ExerciseScore]
    seconds: float = 0.0
    peak_mib: float = 0.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What all submissions of a run have in common.

    Parameters
    ----------
    week : the week's folder name.
    references : the instructor's notebooks as text, by name.
    files : the instructor's other files, by path.
    checksums : nbgrader's checksum of each cell as released, by notebook and grade_id.
    kernelspecs : the kernelspec of each notebook.
    keep : files that a learner may bring in place of the instructor's.
    """

    week: str
    references: Mapping[str, str]
    executor: Executor
    files: Mapping[str, bytes] = field(default_factory=dict)
    checksums: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kernelspecs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """One submission to grade: its files by path, and remarks on what was left out of them."""

    student: str
    files: Mapping[str, bytes]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a job: a result and the graded notebook's text for each notebook, or one problem for all."""

    student: str
    notebooks: tuple[NotebookResult, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def grade_one(context: Context, job: Job) -> Outcome:
    """Grade one submission. Whatever is wrong with it is said in the outcome; nothing is raised for it."""
    results, texts = [], {}
    for name, reference in context.references.items():
        with tempfile.TemporaryDirectory(prefix="course-grade-", ignore_cleanup_errors=True) as scratch:
            try:
                result, text = _grade_notebook(context, job, name, reference, Path(scratch))
            except CourseError as error:
                result, text = NotebookResult(name, problem=printable(str(error).replace(f"{scratch}/", ""))), None
            except Exception as error:  # a submission may break anything; it never ends the run
                why = printable(f"{type(error).__name__}: {error}")
                result, text = NotebookResult(name, problem=f"It could not be graded ({why})."), None
        results.append(result)
        if text is not None:
            texts[name] = text
    return Outcome(job.student, tuple(results), texts)


def _grade_notebook(
    context: Context, job: Job, name: str, reference_text: str, scratch: Path
) -> tuple[NotebookResult, str]:
    reference = nbformat_module().reads(reference_text, as_version=4)
    submitted, work = scratch / "submitted", scratch / "work"
    _write_files(submitted, job.files)
    cleaned, remarks = _cleaned(reference, submitted, name)
    _restore_metadata(cleaned, context.checksums.get(name, {}), context.kernelspecs.get(name, {}))
    files, flags = working_files(context, job.files, reference)
    work.mkdir()
    _write_files(work, files)
    unanswered, answers = _unanswered(cleaned)
    marked = mark(context.executor, cleaned, reference, work)
    result = NotebookResult(
        name=name,
        remarks=tuple(printable(remark) for remark in remarks),
        flags=tuple(printable(flag) for flag in (*flags, *marked.flags)),
        seconds=round(marked.seconds, 3),
        peak_mib=round(marked.peak_mib, 1),
        answers=answers,
        unanswered=unanswered,
        exercises=tuple(_exercise(exercise, reference) for exercise in marked.exercises),
    )
    _limit_output(marked.notebook)
    return result, notebook_text(marked.notebook)


def mark(executor: Executor, notebook: NotebookNode, reference: NotebookNode, folder: Path) -> Marked:
    """Run and score a clean notebook; what looks like tampering is in the flags."""
    from coursekit.grading.probe import flags_of, with_probes, without_probes
    from coursekit.grading.score import score

    notebook = drawings.set_aside(notebook, reference)
    if not executor.probed:
        ran = executor(notebook, folder)
        plain = drawings.put_back(ran.notebook)
        return Marked(plain, score(plain), ran.seconds, ran.peak_mib)
    ran = executor(with_probes(notebook, reference), folder)
    plain = drawings.put_back(without_probes(ran.notebook))
    return Marked(plain, score(plain), ran.seconds, ran.peak_mib, tuple(flags_of(plain)))


def _cleaned(reference: NotebookNode, folder: Path, name: str) -> tuple[NotebookNode, tuple[str, ...]]:
    """The fresh copy with the learner's answers, and remarks.

    Raises
    ------
    CourseError
        Where there is no notebook or it cannot be read: that is for a person, and not worth 0 points by itself.
    """
    from coursekit.grading.clean import clean, find_notebook
    from coursekit.grading.clean.reading import Unreadable, read_document

    path, found = find_notebook(folder, name)
    if path is None:
        raise CourseError(" ".join(found))
    try:
        document, read = read_document(path)
    except Unreadable as reason:
        raise CourseError(f"{path.name} cannot be read as a notebook, because {reason}.") from None
    cleaned = clean(reference, document)
    return cleaned.notebook, (*found, *read, *cleaned.remarks)


def _restore_metadata(notebook: NotebookNode, checksums: Mapping[str, str], kernelspec: Mapping[str, Any]) -> None:
    """What nbgrader's own autograder writes over a submission's metadata: checksums and kernelspec."""
    for cell in notebook.cells:
        grade_id = nbgrader_of(cell).get("grade_id")
        if grade_id in checksums:
            cell.metadata["nbgrader"]["checksum"] = checksums[grade_id]
    if kernelspec:
        notebook.metadata["kernelspec"] = dict(kernelspec)


def working_files(
    context: Context, submitted: Mapping[str, bytes], reference: NotebookNode
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files beside the notebook: the learner's, under the instructor's, without what would pose as a library."""
    own = {path: content for path, content in submitted.items() if not path.endswith(".ipynb")}
    posing = _posing_as_library(own, context.files, reference)
    files = {path: content for path, content in own.items() if path not in posing}
    files.update(
        {path: content for path, content in context.files.items() if path not in context.keep or path not in own}
    )
    flags = tuple(
        f"The submitted file {path} has the name of a library that the checks use; it was left out."
        for path in sorted(posing)
    )
    return files, flags


def _posing_as_library(files: Mapping[str, bytes], given: Mapping[str, bytes], reference: NotebookNode) -> set[str]:
    """Submitted files that Python would import in place of a library."""
    from coursekit.grading.sealed.preload import preload_of

    if not files:
        return set()
    ours = {path.split("/")[0].split(".")[0] for path in given}
    libraries = {name.split(".")[0] for name in preload_of(reference)} | set(sys.stdlib_module_names)
    libraries |= {"coursekit", "IPython", "ipykernel", "numpy", "traitlets", "sitecustomize", "usercustomize"}
    posing = set()
    for path in files:
        first, _, rest = path.partition("/")
        importable = rest or first.endswith((".py", ".pyc", ".so"))
        stem = first if rest else first.split(".")[0]
        if importable and stem in libraries - ours:
            posing.add(path)
    return posing


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _unanswered(notebook: NotebookNode) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The answer cells that are as released, and all answer cells."""
    answers = [cell for cell in notebook.cells if nbgrader_of(cell).get("solution")]
    same = [cell for cell in answers if nbgrader_of(cell).get("checksum") == checksum_of(cell)]
    return tuple(nbgrader_of(cell)["grade_id"] for cell in same), tuple(
        nbgrader_of(cell)["grade_id"] for cell in answers
    )


def checksum_of(cell: NotebookNode) -> str:
    """The checksum that nbgrader gives a cell; computed here because importing nbgrader takes longer than grading."""
    meta = nbgrader_of(cell)
    grade, solution = meta.get("grade", False), meta.get("solution", False)
    locked = False if solution else True if grade else meta.get("locked", False)
    parts = [cell.source, cell.cell_type, str(grade), str(solution), str(locked), meta["grade_id"]]
    if grade:
        parts.append(str(float(meta["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _exercise(exercise: ExerciseScore, reference: NotebookNode) -> ExerciseResult:
    hidden = {nbgrader_of(c).get("grade_id") for c in reference.cells if "### BEGIN HIDDEN TESTS" in c.source}
    manual = _manual_cells(reference)
    checks = tuple(
        CheckResult(
            check.grade_id,
            check.verdict,
            float(check.points),
            float(check.max_points),
            printable(check.message),
            check.grade_id in hidden,
            check.grade_id in manual,
        )
        for check in exercise.checks
    )
    return ExerciseResult(
        exercise.grade_id,
        exercise.number,
        exercise.title,
        exercise.verdict,
        float(exercise.points),
        float(exercise.max_points),
        printable(exercise.message),
        checks,
    )


def _manual_cells(reference: NotebookNode) -> set[str]:
    cells = [cell for cell in reference.cells if nbgrader_of(cell).get("grade")]
    return {
        nbgrader_of(cell)["grade_id"]
        for cell in cells
        if nbgrader_of(cell).get("solution") or cell.cell_type == "markdown"
    }


def _limit_output(notebook: NotebookNode) -> None:
    """Keep at most `OUTPUT_LINES` lines of printed text a cell, as nbgrader does."""
    for cell in notebook.cells:
        left = OUTPUT_LINES
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                lines = output.text.split("\n")
                if len(lines) > left:
                    lines = [*lines[: max(0, left - 1)], "... Output truncated ..."]
                    output.text = "\n".join(lines)
                left -= min(left, len(lines))
            elif output.output_type == "error" and len(output.traceback) > 100:
                output.traceback = [*output.traceback[:50], "... Traceback truncated ...", *output.traceback[-49:]]


def printable(text: str) -> str:
    """A stranger's text on one line, without sequences that steer a terminal, and not too long."""
    flat = " ".join(_CONTROLS.sub("", text).split())
    return flat if len(flat) <= MESSAGE_LIMIT else flat[: MESSAGE_LIMIT - 1] + "…"
