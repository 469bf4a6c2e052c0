"""From ``source/`` to ``release/``: nbgrader's own builder, with the course's header and the lesson beside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.preprocessors import NbGraderPreprocessor

from coursekit.errors import CourseError
from coursekit.notebooks.files import notebook_text, read_notebook
from coursekit.notebooks.header import Address, add_header, course_address
from coursekit.syllabus import Syllabus, Week, course_root, load_syllabus

if TYPE_CHECKING:
    from nbconvert.exporters.exporter import ResourcesDict
    from nbformat import NotebookNode

LESSON = "lesson"


@dataclass(frozen=True)
class Built:
    """What a build of one week did."""

    week: str
    files: tuple[str, ...]
    changed: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        return asdict(self)


def _address_here() -> Address:
    root = course_root()
    return course_address(load_syllabus(root / "syllabus.yml").course, root)


def _release_path(assignment: str, notebook: str) -> str:
    return f"release/{assignment}/{notebook}.ipynb"


class AddHeader(NbGraderPreprocessor):
    """nbgrader preprocessor, last in the build: badges and set-up cell on top, ids and metadata kept lean."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Add the header to the notebook that nbgrader is releasing."""
        names = resources["nbgrader"]
        add_header(nb, _address_here(), _release_path(names["assignment"], names["notebook"]))
        return nb, resources


class ReleaseLesson(NbGraderPreprocessor):
    """nbgrader preprocessor that releases ``lesson.ipynb`` beside the graded notebook.

    The lesson is never matched by nbgrader's glob, so it is in no gradebook and is not run at grading. It travels as
    an output file of the notebook beside it, which nbconvert's writer puts into the release folder.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Attach the lesson, without outputs and with the header, to the resources that are written."""
        lesson = Path(resources["metadata"]["path"]) / f"{LESSON}.ipynb"
        if lesson.is_file():
            notebook = released_lesson(read_notebook(lesson), resources["nbgrader"]["assignment"], _address_here())
            outputs = dict(resources.get("outputs") or {})
            resources["outputs"] = {**outputs, lesson.name: notebook_text(notebook).encode()}
        return nb, resources


def released_lesson(notebook: NotebookNode, week: str, address: Address) -> NotebookNode:
    """The lesson as learners get it: no outputs, the course's header on top."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    add_header(notebook, address, _release_path(week, LESSON))
    return notebook


def build_week(week: Week, root: Path, syllabus: Syllabus) -> Built:
    """Build one week's release with nbgrader and record its exercises in the gradebook of ``root``.

    Parameters
    ----------
    week : the week to build.
    root : folder that holds ``source/`` and gets ``release/``; the course itself or a class folder.
    syllabus : the course, for the notebooks that the week must have.

    Raises
    ------
    CourseError
        Where the week is not written yet, misses a notebook, or nbgrader refuses it; the sentence says which.
    """
    source, release = root / "source" / week.folder, root / "release" / week.folder
    missing = [name for name in week.notebooks if not (source / f"{name}.ipynb").is_file()]
    if missing:
        names = ", ".join(f"{name}.ipynb" for name in missing)
        why = "run `make notebooks`" if source.is_dir() else "the week is not written yet"
        raise CourseError(f"{week.folder} cannot be built: source/{week.folder}/ has no {names} ({why}).")
    before = _contents(release)
    _generate(week.folder, root)
    _settle(release)
    after = _contents(release)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return Built(week.folder, tuple(sorted(after)), tuple(sorted(changed)))


def _generate(folder: str, root: Path) -> None:
    from coursekit.grading.classroom import open_class, why_it_failed

    with open_class(root) as classroom:
        result = classroom.generate_assignment(folder, force=True)
    if not result["success"]:
        raise CourseError(f"nbgrader could not build {folder}: {why_it_failed(result)}")


def _settle(release: Path) -> None:
    """Write every released notebook in the course's one style, so that a rebuild changes nothing by itself."""
    for path in sorted(release.glob("*.ipynb")):
        notebook = read_notebook(path)
        notebook.metadata.pop("language_info", None)
        path.write_text(notebook_text(notebook), encoding="utf-8")


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
