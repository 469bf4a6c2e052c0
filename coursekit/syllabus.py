"""The course as data: find, read and validate ``syllabus.yml``; name a week; write the README's table of weeks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from coursekit.errors import CourseError

FILE_NAME = "syllabus.yml"
TABLE_BEGIN = "<!-- weeks:begin -->"
TABLE_END = "<!-- weeks:end -->"

STATUSES = ("ready", "planned")
NOTEBOOKS = ("assignment", "project", "quiz")
PACKAGES = ("core", "deep", "mlops", "llm")

# The most that a week's budget may ask for, on two cores.
FIRST_LONG_WEEK = 13
MAX_EARLY_ASSIGNMENT_SECONDS = 20
MAX_ASSIGNMENT_SECONDS = 60
MAX_LESSON_SECONDS = 180
MAX_MEMORY_MIB = 2048


class SyllabusError(CourseError):
    """The syllabus cannot be read, or something in it is wrong; one sentence for each thing to mend."""


class NoCourse(SyllabusError):  # noqa: N818 - reads as the sentence it is
    """No ``syllabus.yml`` was found: neither here, nor above, nor beside the package."""


class NoSuchWeek(SyllabusError):  # noqa: N818 - reads as the sentence it is
    """The text names no week of the course."""


@dataclass(frozen=True)
class Course:
    """The course as a whole; an empty ``repository`` means the address of the clone's git origin."""

    title: str
    repository: str
    branch: str


@dataclass(frozen=True)
class Phase:
    """A group of weeks and the milestone a learner reaches at its end."""

    number: int
    title: str
    milestone: str


@dataclass(frozen=True)
class Budget:
    """What a week may cost: a learner's hours, and limits for executing one graded notebook and the lesson."""

    hours: float
    assignment_seconds: int
    lesson_seconds: int
    memory_mib: int


@dataclass(frozen=True)
class Week:
    """One week as `syllabus.yml` states it; ``notebooks`` are the graded ones, a lesson is always there."""

    number: int
    slug: str
    title: str
    phase: int
    status: str
    notebooks: tuple[str, ...]
    summary: str
    objectives: tuple[str, ...]
    tools: tuple[str, ...]
    interview_question: str
    data: tuple[str, ...]
    budget: Budget
    packages: str

    @property
    def folder(self) -> str:
        """The name of the week's folder in ``source/`` and ``release/``, such as ``week01-numpy``."""
        return f"week{self.number:02d}-{self.slug}"


@dataclass(frozen=True)
class Syllabus:
    """The whole course: what it is called, its phases, and its weeks in order."""

    course: Course
    phases: tuple[Phase, ...]
    weeks: tuple[Week, ...]

    def week(self, text: str) -> Week:
        """Return the week that ``text`` names.

        Parameters
        ----------
        text : str
            ``1``, ``01``, ``week1``, ``week01``, ``week01-numpy``, or a path to such a folder or to a notebook in it.

        Returns
        -------
        Week

        Raises
        ------
        NoSuchWeek
            If no week is meant; the message names the nearest one and what is accepted.
        """
        name = _folder_part(text)
        match = _WEEK_NAME.fullmatch(name)
        for week in self.weeks:
            if match and int(match["number"]) == week.number and match["slug"] in (None, week.slug):
                return week
        raise NoSuchWeek(_no_such_week(text, name, self.weeks))

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts and lists in the shape of ``syllabus.yml``, ready for JSON."""
        return _plain(asdict(self))


def _plain(value: Any) -> Any:
    """Turn tuples into lists, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


# ---------------------------------------------------------------------------------------------- naming a week

# Leading zeros are free; the digits that count are bounded, so that no text can ask for a huge conversion.
_WEEK_NAME = re.compile(r"(?:week)?0*(?P<number>[1-9][0-9]{0,5}|0)(?:-(?P<slug>.+))?")


def _folder_part(text: str) -> str:
    """Return the part of a path that could name a week: the last one, or the folder of a notebook."""
    parts = [part for part in re.split(r"[/\\]+", text.strip().lower()) if part not in ("", ".")]
    if parts and parts[-1].endswith((".ipynb", ".py")):
        parts.pop()
    return parts[-1] if parts else ""


def _no_such_week(text: str, name: str, weeks: tuple[Week, ...]) -> str:
    nearest = _nearest_week(name, weeks)
    hint = f" (nearest: {nearest.folder})" if nearest else ""
    first, last = weeks[0], weeks[-1]
    return (
        f"No week of this course is called {_short(text)}{hint}: give a number from {first.number} to {last.number}, "
        f"or week{first.number:02d}, or {first.folder}, or a path to that folder."
    )


def _nearest_week(name: str, weeks: tuple[Week, ...]) -> Week | None:
    """Return the week that ``name`` resembles: by its slug if it has one, else by its number."""
    match = _WEEK_NAME.fullmatch(name)
    slug = match["slug"] if match else name
    by_name = {known: week for week in weeks for known in (week.slug, week.folder)}
    nearest = _nearest(slug, by_name) if slug else None
    if nearest:
        return by_name[nearest]
    return min(weeks, key=lambda week: abs(week.number - int(match["number"]))) if match else None


def _nearest(text: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(text[:80], list(known), n=1, cutoff=0.6)), None)


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."


# ---------------------------------------------------------------------------------------------- finding and reading


def course_root(start: Path | None = None) -> Path:
    """Return the folder that holds ``syllabus.yml``.

    Parameters
    ----------
    start : Path, optional
        Where to look first, then in each folder above it. Default: the current folder.

    Returns
    -------
    Path
        Absolute. If neither ``start`` nor a folder above it is a course: the checkout this package sits in.

    Raises
    ------
    NoCourse
        If there is no such folder.
    """
    start = (start or Path.cwd()).resolve()
    checkout = Path(__file__).resolve().parents[1]
    for folder in (start, *start.parents, checkout):
        # os.path.isfile and not Path.is_file: a folder that may not be read counts as one without the file.
        if os.path.isfile(folder / FILE_NAME):
            return folder
    raise NoCourse(
        f"There is no course here: neither {start} nor any folder above it holds {FILE_NAME}; "
        "change into a clone of the course and try again."
    )


def installed_course() -> Path | None:
    """Return the folder of the course's facts inside an installed package, which holds ``syllabus.yml``, or None."""
    folder = Path(__file__).resolve().parent / "_course"
    return folder if os.path.isfile(folder / FILE_NAME) else None


def load_syllabus(path: Path | None = None) -> Syllabus:
    """Read and validate the syllabus.

    Parameters
    ----------
    path : Path, optional
        A syllabus file. Default: the one in `course_root`, else the one that an installed package carries.

    Returns
    -------
    Syllabus

    Raises
    ------
    NoCourse
        If no path is given and no syllabus is found.
    SyllabusError
        If the file cannot be read or anything in it is wrong; one sentence for each problem.
    """
    path = Path(path) if path is not None else _default_file()
    return parse_syllabus(_read(path), source=str(path))


def _default_file() -> Path:
    try:
        return course_root() / FILE_NAME
    except NoCourse:
        installed = installed_course()
        if installed is None:
            raise
        return installed / FILE_NAME


def _read(path: Path) -> object:
    """Parse a YAML file; any failure becomes one sentence with the line where it happened."""
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_strict_loader())
    except OSError as error:
        raise SyllabusError(f"The syllabus {path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        reason = getattr(error, "problem", None) or str(error)
        raise SyllabusError(f"The syllabus {path} is not valid YAML{place}: {reason}.") from error


def _strict_loader() -> type:
    """Return a safe YAML loader that refuses a key written twice, where plain YAML silently keeps the last."""
    import yaml

    class StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            seen = set()
            for key, _ in node.value:
                if (name := str(key.value)) in seen:
                    problem = f"the key {name!r} stands twice in one mapping"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(name)
            return super().construct_mapping(node, deep=deep)

    return StrictLoader


def parse_syllabus(raw: object, source: str = FILE_NAME) -> Syllabus:
    """Validate plain data in the shape of ``syllabus.yml`` and return it as a `Syllabus`.

    Parameters
    ----------
    raw : object
        Dicts, lists, text and numbers, as YAML gives them.
    source : str
        Where the data came from, for the error message.

    Returns
    -------
    Syllabus

    Raises
    ------
    SyllabusError
        One sentence for each problem found.
    """
    problems = _problems(raw)
    if len(problems) == 1:
        raise SyllabusError(f"{source}: {problems[0]}")
    if problems:
        raise SyllabusError("\n- ".join([f"{source} has {len(problems)} problems:", *problems]))
    return Syllabus(
        course=Course(**raw["course"]),
        phases=tuple(Phase(**phase) for phase in raw["phases"]),
        weeks=tuple(_week(week) for week in raw["weeks"]),
    )


def _week(raw: Mapping[str, Any]) -> Week:
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    return Week(**{**raw, **lists, "budget": Budget(**raw["budget"])})


# ---------------------------------------------------------------------------------------------- validating


class _Rule(NamedTuple):
    """What a key's value must be: in words for the message, and as a test."""

    allowed: str
    holds: Callable[[object], bool]


def _is_text(value: object) -> bool:
    return type(value) is str and value != "" and value == value.strip() and len(value.splitlines()) == 1


def _matches(pattern: str) -> Callable[[object], bool]:
    return lambda value: type(value) is str and re.fullmatch(pattern, value) is not None


def _whole(high: int, allowed: str = "") -> _Rule:
    # type() and not isinstance(): YAML's yes and true are bool, which is an int.
    return _Rule(allowed or f"a whole number from 1 to {high}", lambda value: type(value) is int and 1 <= value <= high)


def _one_of(options: tuple[str, ...]) -> _Rule:
    return _Rule(f"one of {', '.join(options)}", lambda value: type(value) is str and value in options)


def _different(what: str, item: Callable[[object], bool], low: int, high: int = 99) -> _Rule:
    def holds(value: object) -> bool:
        if type(value) is not list or not all(map(item, value)):
            return False
        return low <= len(value) <= high and len(set(value)) == len(value)

    return _Rule(f"a list of {what}, each once", holds)


_TEXT = _Rule("one line of text without spaces around it", _is_text)
_LIST = _Rule("a list with at least one entry", lambda value: type(value) is list and len(value) > 0)
_MAPPING = _Rule("a mapping of keys to values", lambda value: type(value) is dict)

_FILE_RULES = {"course": _MAPPING, "phases": _LIST, "weeks": _LIST}
_COURSE_RULES = {
    "title": _TEXT,
    "repository": _Rule(
        "empty or an https address without a slash at its end", _matches(r"(https://[^\s/]+(/[^\s/]+)*)?")
    ),
    "branch": _Rule("the name of a git branch", _matches(r"[^\s~^:?*\[\\]+")),
}
_PHASE_RULES = {"number": _whole(99), "title": _TEXT, "milestone": _TEXT}
_WEEK_RULES = {
    "number": _whole(99),
    "slug": _Rule(
        "lower-case words joined by hyphens, such as linear-models", _matches(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
    ),
    "title": _TEXT,
    "phase": _whole(99),
    "status": _one_of(STATUSES),
    "notebooks": _different("one or more of assignment, project and quiz", _one_of(NOTEBOOKS).holds, low=1),
    "summary": _TEXT,
    "objectives": _different("3 to 5 lines of text", _is_text, low=3, high=5),
    "tools": _different("at least one tool's name", _is_text, low=1),
    "interview_question": _TEXT,
    "data": _different("data names in text, or an empty list", _is_text, low=0),
    "budget": _MAPPING,
    "packages": _one_of(PACKAGES),
}


def _budget_rules(week: int) -> dict[str, _Rule]:
    early = week < FIRST_LONG_WEEK
    assignment = MAX_EARLY_ASSIGNMENT_SECONDS if early else MAX_ASSIGNMENT_SECONDS
    since = f"the limit {'before' if early else 'from'} week {FIRST_LONG_WEEK}{'' if early else ' on'}"
    return {
        "hours": _Rule("a number above 0, at most 99", lambda value: type(value) in (int, float) and 0 < value <= 99),
        "assignment_seconds": _whole(assignment, f"a whole number from 1 to {assignment} ({since})"),
        "lesson_seconds": _whole(MAX_LESSON_SECONDS),
        "memory_mib": _whole(MAX_MEMORY_MIB),
    }


def _problems(raw: object) -> list[str]:
    """Return a sentence for each thing that is wrong; none if the syllabus is right."""
    problems = _check("the file", raw, _FILE_RULES)
    if problems:
        return problems
    problems += _check("course", raw["course"], _COURSE_RULES)
    for place, phase in enumerate(raw["phases"], start=1):
        problems += _check(_label("phase", place, phase), phase, _PHASE_RULES)
    for place, week in enumerate(raw["weeks"], start=1):
        problems += _check_week(_label("week", place, week), week)
    return problems or _check_together(raw["phases"], raw["weeks"])


def _label(kind: str, place: int, raw: object) -> str:
    """Name an entry by its number, or by its place in the file if the number cannot be trusted."""
    number = raw.get("number") if type(raw) is dict else None
    return f"{kind} {number}" if _WEEK_RULES["number"].holds(number) else f"{kind} at place {place} of the list"


def _check(where: str, raw: object, rules: Mapping[str, _Rule]) -> list[str]:
    if not _MAPPING.holds(raw):
        return [f"{where} must be {_MAPPING.allowed}, not {_short(raw)}."]
    unknown = [_unknown_key(where, key, rules) for key in raw if key not in rules]
    missing = [
        f"{where}: the key {key} is missing; give {rule.allowed}." for key, rule in rules.items() if key not in raw
    ]
    wrong = [
        f"{where}: {key} must be {rule.allowed}, not {_short(raw[key])}."
        for key, rule in rules.items()
        if key in raw and not rule.holds(raw[key])
    ]
    return unknown + missing + wrong


def _unknown_key(where: str, key: object, rules: Mapping[str, _Rule]) -> str:
    nearest = _nearest(str(key), rules)
    hint = f" (nearest: {nearest})" if nearest else ""
    return f"{where}: the key {_short(key)} is unknown{hint}; allowed are {', '.join(rules)}."


def _check_week(where: str, raw: object) -> list[str]:
    problems = _check(where, raw, _WEEK_RULES)
    if _MAPPING.holds(raw) and _MAPPING.holds(raw.get("budget")) and _WEEK_RULES["number"].holds(raw.get("number")):
        problems += _check(f"{where}, budget", raw["budget"], _budget_rules(raw["number"]))
    return problems


def _check_together(phases: list[dict[str, Any]], weeks: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong between entries that are each right alone."""
    problems = _check_numbers("phase", phases) + _check_numbers("week", weeks)
    numbers = [phase["number"] for phase in phases]
    last_phase, slugs = 0, {}
    for week in weeks:
        where, phase, slug = f"week {week['number']}", week["phase"], week["slug"]
        if phase not in numbers:
            listed = ", ".join(map(str, numbers))
            problems.append(f"{where}: phase {phase} is not among the phases; allowed are {listed}.")
        elif phase < last_phase:
            problems.append(f"{where}: phase {phase} comes after phase {last_phase}; a phase's weeks stand together.")
        if slug in slugs:
            problems.append(f"{where}: the slug {slug} belongs to {slugs[slug]} already; choose another.")
        last_phase, slugs[slug] = max(phase, last_phase), where
    unused = sorted(set(numbers) - {week["phase"] for week in weeks})
    return problems + [f"phase {number} has no weeks; give it one or remove it." for number in unused]


def _check_numbers(kind: str, entries: list[dict[str, Any]]) -> list[str]:
    numbers = [entry["number"] for entry in entries]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    absent = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
    problems = [f"{kind} {number} stands twice; each {kind} has a number of its own." for number in twice]
    problems += [f"{kind} {number} is missing; the numbers run from 1 without a gap." for number in absent]
    if not problems and numbers != sorted(numbers):
        problems.append(f"the {kind}s stand in the order {numbers}; sort them by number.")
    return problems


# ---------------------------------------------------------------------------------------------- the README's table


def weeks_table(syllabus: Syllabus) -> str:
    """Return the weeks as Markdown: for each phase a heading, its milestone and a table; ready weeks are linked."""
    return "\n".join(_phase_table(syllabus, phase) for phase in syllabus.phases)


def _phase_table(syllabus: Syllabus, phase: Phase) -> str:
    weeks = [week for week in syllabus.weeks if week.phase == phase.number]
    first, last = weeks[0].number, weeks[-1].number
    span = f"week {first}" if first == last else f"weeks {first}–{last}"
    lines = [
        f"### Phase {phase.number} · {phase.title} ({span})",
        "",
        f"*{phase.milestone}*",
        "",
        "| Week | Title | What you build and learn | Tools | Status |",
        "|---:|---|---|---|---|",
        *map(_table_row, weeks),
    ]
    return "\n".join(lines) + "\n"


def _table_row(week: Week) -> str:
    title = _cell(week.title)
    if week.status == "ready":
        title = f"[{title}](release/{week.folder}/)"
    return f"| {week.number} | {title} | {_cell(week.summary)} | {_cell(', '.join(week.tools))} | {week.status} |"


def _cell(text: str) -> str:
    """Escape what would end a table's cell."""
    return text.replace("|", r"\|")


def write_table(readme: Path, syllabus: Syllabus) -> bool:
    """Replace what stands between the markers of ``readme`` by the table of weeks.

    Parameters
    ----------
    readme : Path
        A Markdown file holding ``<!-- weeks:begin -->`` and, below it, ``<!-- weeks:end -->``, each once.
    syllabus : Syllabus

    Returns
    -------
    bool
        Whether the file changed; a file that is up to date is not written.

    Raises
    ------
    SyllabusError
        If the file cannot be read or the markers are not there.
    """
    try:
        text = readme.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SyllabusError(f"The table of weeks cannot be written: {readme} cannot be read ({error}).") from error
    before, begin, rest = text.partition(TABLE_BEGIN)
    _, end, after = rest.partition(TABLE_END)
    if not (begin and end) or TABLE_BEGIN in rest or TABLE_END in before + after:
        raise SyllabusError(
            f"The table of weeks has no place in {readme}: it needs the line {TABLE_BEGIN} once and, below it, "
            f"{TABLE_END} once."
        )
    updated = f"{before}{begin}\n\n{weeks_table(syllabus)}\n{end}{after}"
    if updated == text:
        return False
    readme.write_text(updated, encoding="utf-8")
    return True
