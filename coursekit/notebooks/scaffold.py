"""``course new week07-linear-models``: a week to be written, with everything in its place and one exercise that works.

What is generated keeps the rules of ``course lint`` and runs from top to bottom. Whatever the author has to write
stands behind a pencil (✎), and the audit lists it.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError
from coursekit.notebooks.lint import QUIZ_QUESTIONS
from coursekit.notebooks.twins import TEXT_SUFFIX, write_notebooks
from coursekit.syllabus import FILE_NAME, Budget, Syllabus, Week, load_syllabus, parse_syllabus

if TYPE_CHECKING:
    from jinja2 import Environment

NAME = re.compile(r"week(?P<number>\d{2})-(?P<slug>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
EXERCISES = 5
#: The three exercises between the worked sample and the written question.
NAMES = ("second", "third", "fourth")
#: What the worked sample's answer cell is called behind ``w07-q1-``.
SAMPLE = "share"
_KINDS = {
    "answer": {"grade": False, "locked": False, "solution": True},
    "check": {"grade": True, "locked": True, "solution": False},
    "written": {"grade": True, "locked": False, "solution": True},
    "rubric": {"grade": False, "locked": True, "solution": False},
}


@dataclass(frozen=True)
class Scaffolded:
    """What was made: the week, its files, and whether the syllabus got an entry."""

    week: Week
    files: tuple[Path, ...]
    entry_added: bool


def new_week(name: str, root: Path) -> Scaffolded:
    """Make a week's notebooks and answers, and its entry in ``syllabus.yml`` if it has none.

    Parameters
    ----------
    name : the folder's name, such as ``week07-linear-models``.
    root : the course.

    Returns
    -------
    Scaffolded

    Raises
    ------
    CourseError
        Where the name is not of that form or does not fit the syllabus, or where something of the week is there
        already; nothing is written then.
    """
    syllabus = load_syllabus(root / FILE_NAME)
    week, entry = _week(name, syllabus)
    answers = root / "tests" / "answers" / week.folder
    source = root / "source" / week.folder
    for place in (source, answers, root / "release" / week.folder):
        if place.exists():
            raise CourseError(f"{place.relative_to(root)}/ is there already: `course new` never overwrites anything.")
    syllabus_text = _with_entry(root / FILE_NAME, entry) if entry else ""
    texts, samples = _texts(week)
    _write_source(source, texts)
    answers.mkdir(parents=True)
    for file_name, text in samples.items():
        (answers / file_name).write_text(text, encoding="utf-8")
    if entry:
        (root / FILE_NAME).write_text(syllabus_text, encoding="utf-8")
    return Scaffolded(week, (*sorted(source.iterdir()), *sorted(answers.iterdir())), bool(entry))


# ------------------------------------------------------------------------------------------------------ the syllabus


def _week(name: str, syllabus: Syllabus) -> tuple[Week, str]:
    """The week that is meant, and the text of its entry if the syllabus has none."""
    found = NAME.fullmatch(name)
    if not found or found["number"] == "00":
        raise CourseError(
            f"{name!r} is no name for a week: write week, two digits, a hyphen, and lower-case words joined by "
            "hyphens, such as week07-linear-models."
        )
    number, slug = int(found["number"]), found["slug"]
    known = {week.number: week for week in syllabus.weeks}
    if number in known:
        week = known[number]
        if week.slug != slug:
            raise CourseError(
                f"Week {number} of {FILE_NAME} is called {week.folder}, not {name}: use that name, or change the entry "
                "first if the week was never released."
            )
        return week, ""
    if same := next((week for week in syllabus.weeks if week.slug == slug), None):
        raise CourseError(f"The slug {slug} belongs to {same.folder} already: choose another.")
    last = syllabus.weeks[-1]
    if number != last.number + 1:
        raise CourseError(
            f"Week {number} would leave a gap: the syllabus ends with week {last.number}, so the next one is "
            f"week{last.number + 1:02d}-{slug}."
        )
    week = _planned(number, slug, last)
    return week, _entry(week)


def _planned(number: int, slug: str, last: Week) -> Week:
    title = slug.replace("-", " ").capitalize()
    return Week(
        number=number,
        slug=slug,
        title=title,
        phase=last.phase,
        status="planned",
        notebooks=("assignment",),
        summary="✎ What one builds and learns, in one line for the README",
        objectives=tuple(f"✎ Objective {place}, verb first, tested by an exercise" for place in (1, 2, 3)),
        tools=("NumPy",),
        interview_question="✎ The week's written question, as an interviewer would ask it?",
        data=(),
        budget=Budget(hours=5, assignment_seconds=20, lesson_seconds=120, memory_mib=2048),
        packages=last.packages,
    )


def _entry(week: Week) -> str:
    """A week's entry, in the style of the file."""
    budget = ", ".join(f"{key}: {value}" for key, value in vars(week.budget).items())
    lines = [
        f"  - number: {week.number}",
        f"    slug: {week.slug}",
        f"    title: {week.title}",
        f"    phase: {week.phase}",
        f"    status: {week.status}",
        f"    notebooks: [{', '.join(week.notebooks)}]",
        f"    summary: {json.dumps(week.summary, ensure_ascii=False)}",
        "    objectives:",
        *(f"      - {json.dumps(objective, ensure_ascii=False)}" for objective in week.objectives),
        f"    tools: [{', '.join(week.tools)}]",
        f"    interview_question: {json.dumps(week.interview_question, ensure_ascii=False)}",
        "    data: []",
        f"    budget: {{{budget}}}",
        f"    packages: {week.packages}",
    ]
    return "\n".join(lines) + "\n"


def _with_entry(path: Path, entry: str) -> str:
    """The syllabus with the entry at its end; it is read once more, so that a broken file is never written."""
    import yaml

    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + entry
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CourseError(f"{path} does not end with its list of weeks, so no entry can be added ({error}).") from None
    parse_syllabus(raw, source=str(path))
    return text


# ---------------------------------------------------------------------------------------------------------- the files


def _write_source(source: Path, texts: dict[str, str]) -> None:
    """Write the notebooks beside their place first: a week is there whole or not at all."""
    draft = source.with_name(f".{source.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        for name, text in texts.items():
            (draft / f"{name}{TEXT_SUFFIX}").write_text(text, encoding="utf-8")
        write_notebooks(draft)
        draft.rename(source)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _texts(week: Week) -> tuple[dict[str, str], dict[str, str]]:
    """The text twins by notebook, and the sample's answers by file name."""
    templates = _templates()
    texts = {"lesson": _rendered(templates, "lesson.nb.py.j2", week)}
    samples: dict[str, str] = {}
    first = 1
    for name in week.notebooks:
        if name == "quiz":
            texts[name] = _rendered(templates, "quiz.nb.py.j2", week, first=first, **_quiz(first))
            first += QUIZ_QUESTIONS
            continue
        texts[name] = _rendered(templates, "graded.nb.py.j2", week, name=name, first=first, names=NAMES)
        samples |= _samples(templates, week, first)
        first += EXERCISES
    return texts, samples


def _samples(templates: Environment, week: Week, question: int) -> dict[str, str]:
    names = {"share": f"w{week.number:02d}-q{question}-{SAMPLE}"}
    found = [name for name in templates.list_templates() if name.startswith("answers/")]
    rendered = {Path(name).name.removesuffix(".j2"): templates.get_template(name).render(names=names) for name in found}
    return {re.sub(r"^(right|wrong)_", rf"\1_q{question}_", name): text for name, text in rendered.items()}


def _rendered(templates: Environment, template: str, week: Week, **values: Any) -> str:
    def cell(kind: str, question: int, name: str, points: int | None = None) -> str:
        """The nbgrader metadata of a cell, as jupytext writes it."""
        meta = {
            **_KINDS[kind],
            "grade_id": f"w{week.number:02d}-q{question}-{name}",
            "schema_version": 3,
            "task": False,
        }
        return "nbgrader=" + json.dumps(meta if points is None else {**meta, "points": points}, sort_keys=True)

    return templates.get_template(template).render(week=week, cell=cell, **values).rstrip("\n") + "\n"


def _quiz(first: int) -> dict[str, Any]:
    from coursekit.check.seals import seal

    reasons = {letter: f"✎ say why {letter} is wrong" for letter in "ACD"}
    seals = {number: seal("B", reasons) for number in range(first, first + QUIZ_QUESTIONS)}
    return {"questions": QUIZ_QUESTIONS, "seals": seals}


def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("coursekit.notebooks"),
        autoescape=False,  # Python and Markdown, not HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
