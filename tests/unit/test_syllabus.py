"""The course as data: what the shipped file must hold, what a wrong file is told, and how weeks are named."""

# ruff: noqa: D103 - the name of a test is its sentence

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import syllabus as module
from coursekit.errors import CourseError
from coursekit.syllabus import (
    NoCourse,
    NoSuchWeek,
    Syllabus,
    SyllabusError,
    course_root,
    installed_course,
    load_syllabus,
    parse_syllabus,
    weeks_table,
    write_table,
)

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = load_syllabus(ROOT / "syllabus.yml")

FOLDERS = """
week01-numpy week02-pandas week03-linear-algebra week04-probability week05-statistics week06-optimization
week07-linear-models week08-trees-and-ensembles week09-feature-engineering week10-model-evaluation
week11-sentiment-analyzer week12-tabular-competition
week13-neural-networks week14-pytorch week15-cnns week16-sequences week17-transformers week18-fine-tuning-bert
week19-experiment-tracking week20-data-pipelines week21-serving week22-scale-and-recommenders
week23-monitoring-and-experiments week24-ai-data-analyst
week25-how-llms-work week26-fine-tuning-llms week27-inference-and-serving week28-capstone
"""

PROMISED_TOOLS = [
    *("NumPy", "pandas", "scikit-learn", "XGBoost", "PyTorch", "transformers", "datasets", "peft"),
    *("MLflow", "Weights & Biases", "DVC", "Great Expectations", "DuckDB", "SQL", "Spark", "Dask"),
    *("FastAPI", "Docker", "Kubernetes", "TorchServe", "Triton", "ONNX Runtime", "Airflow", "Prefect"),
    *("SageMaker", "Vertex AI", "Azure ML"),
]

PROMISED_QUESTIONS = {
    "bias–variance": ([7], ["bias–variance trade-off", "handle"]),
    "class imbalance": ([10], ["class imbalance"]),
    "metrics for fraud": ([10], ["which metrics", "fraud"]),
    "MLOps workflow": ([19, 20, 21], ["an MLOps workflow for a production model"]),
    "batch or online": ([23], ["batch", "online learning"]),
    "drift": ([23], ["detect drift", "handle"]),
}


def small() -> dict[str, Any]:
    """Return a valid syllabus of two phases and three weeks, as YAML would give it."""

    def week(number: int, phase: int, slug: str) -> dict[str, Any]:
        return {
            "number": number,
            "slug": slug,
            "title": f"Week of {slug}",
            "phase": phase,
            "status": "ready" if number == 1 else "planned",
            "notebooks": ["assignment"],
            "summary": "Build this | learn that",
            "objectives": ["Write one", "Write two", "Write three"],
            "tools": ["NumPy", "pandas"],
            "interview_question": "Why?",
            "data": ["co2"],
            "budget": {"hours": 4, "assignment_seconds": 20, "lesson_seconds": 120, "memory_mib": 2048},
            "packages": "core",
        }

    return {
        "course": {"title": "A course", "repository": "https://example.org/a/course", "branch": "main"},
        "phases": [{"number": number, "title": f"Part {number}", "milestone": "Done."} for number in (1, 2)],
        "weeks": [week(1, 1, "numpy"), week(2, 1, "pandas"), week(3, 2, "linear-models")],
    }


# --------------------------------------------------------------------------------------- the shipped file


def test_all_28_weeks_are_named_and_those_are_ready_that_are_written() -> None:
    assert [week.folder for week in SHIPPED.weeks] == FOLDERS.split()
    ready = [week.folder for week in SHIPPED.weeks if week.status == "ready"]
    assert ready == sorted(folder.name for folder in (ROOT / "source").glob("week*"))
    assert SHIPPED.weeks[0].title == "Thinking in arrays"


def test_phases_cover_the_weeks_of_the_plan() -> None:
    spans = {p.number: [w.number for w in SHIPPED.weeks if w.phase == p.number] for p in SHIPPED.phases}
    assert {n: (weeks[0], weeks[-1]) for n, weeks in spans.items()} == {
        1: (1, 6),
        2: (7, 12),
        3: (13, 18),
        4: (19, 24),
        5: (25, 28),
    }


@pytest.mark.parametrize("tool", PROMISED_TOOLS)
def test_each_promised_tool_is_used_in_some_week(tool: str) -> None:
    assert any(tool in week.tools for week in SHIPPED.weeks), f"no week uses {tool}"


def test_a_tool_is_spelt_one_way() -> None:
    spellings = {tool for week in SHIPPED.weeks for tool in week.tools}
    assert len({tool.lower().replace(" ", "") for tool in spellings}) == len(spellings)


@pytest.mark.parametrize("topic", PROMISED_QUESTIONS)
def test_the_six_interview_questions_stand_at_their_weeks(topic: str) -> None:
    weeks, words = PROMISED_QUESTIONS[topic]
    for number in weeks:
        question = SHIPPED.week(str(number)).interview_question.lower()
        assert all(word.lower() in question for word in words), f"week {number} does not ask about {topic}"


def test_no_two_weeks_share_a_title_a_question_a_summary_or_an_objective() -> None:
    for pick in ("title", "interview_question", "summary"):
        assert len({getattr(week, pick) for week in SHIPPED.weeks}) == 28, pick
    objectives = [objective for week in SHIPPED.weeks for objective in week.objectives]
    assert len(set(objectives)) == len(objectives)


def test_objectives_begin_with_a_verb_that_an_exercise_can_test() -> None:
    # What happens inside a head cannot be graded; a gerund or an article is no command.
    untestable = {"understand", "know", "learn", "appreciate", "be", "see", "grasp", "the", "a", "an", "how", "why"}
    for week in SHIPPED.weeks:
        for objective in week.objectives:
            first = objective.split()[0]
            assert first[0].isupper(), f"week {week.number}: {objective}"
            assert first.lower() not in untestable, f"week {week.number}: {objective}"
            assert not first.endswith("ing"), f"week {week.number}: {objective}"


def test_lines_are_short_enough_to_be_read() -> None:
    for week in SHIPPED.weeks:
        assert len(week.summary) <= 130, f"week {week.number}"
        assert len(week.title) <= 60, f"week {week.number}"
        assert max(map(len, week.objectives)) <= 115, f"week {week.number}"
        assert len(week.interview_question) <= 150, f"week {week.number}"


def test_packages_follow_the_dependency_groups_of_the_package() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(module.PACKAGES) <= set(groups)
    order = [module.PACKAGES.index(week.packages) for week in SHIPPED.weeks]
    assert order == sorted(order)


def test_each_data_name_is_one_that_load_knows() -> None:
    registered = tomllib.loads((ROOT / "data" / "registry.toml").read_text(encoding="utf-8"))
    unknown = {(week.folder, name) for week in SHIPPED.weeks for name in week.data if name not in registered}
    assert unknown == set()


def test_the_readme_holds_the_table(tmp_path: Path) -> None:
    assert (ROOT / "README.md").is_file(), "the course has no README.md"
    readme = Path(shutil.copy(ROOT / "README.md", tmp_path))
    assert not write_table(readme, SHIPPED), "README.md's table differs from syllabus.yml: run `make release`"


# --------------------------------------------------------------------------------------- reading


def test_parse_builds_frozen_tuples_and_to_dict_returns_the_same_shape() -> None:
    course = parse_syllabus(small())
    assert course.weeks[2].budget.memory_mib == 2048
    assert course.weeks[0].tools == ("NumPy", "pandas")
    with pytest.raises(FrozenInstanceError):
        course.weeks[0].title = "Another"
    assert hash(course) == hash(parse_syllabus(small()))
    assert course.to_dict() == small()
    assert json.loads(json.dumps(SHIPPED.to_dict())) == SHIPPED.to_dict()
    assert parse_syllabus(SHIPPED.to_dict()) == SHIPPED


def test_parse_leaves_its_input_alone() -> None:
    raw = small()
    parse_syllabus(raw)
    assert raw == small()


def test_importing_the_module_loads_nothing_heavy() -> None:
    code = (
        "import sys, coursekit.syllabus; "
        "print(*sorted({'yaml', 'numpy', 'pandas', 'difflib', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


# --------------------------------------------------------------------------------------- bad input


def _set(*keys: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(raw: dict[str, Any]) -> None:
        for key in keys[:-1]:
            raw = raw[key]
        raw[keys[-1]] = to

    return change


def _drop(*keys: str | int) -> Callable[[dict[str, Any]], None]:
    def change(raw: dict[str, Any]) -> None:
        for key in keys[:-1]:
            raw = raw[key]
        del raw[keys[-1]]

    return change


WRONG = {
    "unknown key of the file": (_set("week", to=[]), ["the file", "'week'", "unknown", "nearest: weeks"]),
    "unknown key of the course": (_set("course", "url", to="x"), ["course", "'url'", "title, repository, branch"]),
    "unknown key of a phase": (_set("phases", 1, "name", to="x"), ["phase 2", "'name'"]),
    "unknown key of a week": (_set("weeks", 1, "objective", to="x"), ["week 2", "'objective'", "nearest: objectives"]),
    "unknown key of a budget": (_set("weeks", 0, "budget", "ram", to=1), ["week 1, budget", "'ram'", "memory_mib"]),
    "a key that is no text": (_set("weeks", 0, 7, to=1), ["week 1", "key 7", "unknown"]),
    "missing list": (_drop("weeks"), ["the file", "weeks is missing"]),
    "missing course title": (_drop("course", "title"), ["course", "title is missing"]),
    "missing milestone": (_drop("phases", 0, "milestone"), ["phase 1", "milestone is missing"]),
    "missing status": (_drop("weeks", 2, "status"), ["week 3", "status is missing", "ready, planned"]),
    "missing budget key": (_drop("weeks", 2, "budget", "hours"), ["week 3, budget", "hours is missing"]),
    "missing number": (_drop("weeks", 1, "number"), ["week at place 2", "number is missing"]),
    "no weeks": (_set("weeks", to=[]), ["weeks must be a list with at least one entry"]),
    "weeks is a mapping": (_set("weeks", to={"1": "numpy"}), ["weeks must be a list"]),
    "a week is text": (_set("weeks", 1, to="numpy"), ["week at place 2", "a mapping"]),
    "a phase is None": (_set("phases", 0, to=None), ["phase at place 1", "a mapping", "None"]),
    "course is a list": (_set("course", to=[]), ["course must be a mapping"]),
    "number is text": (_set("weeks", 1, "number", to="08"), ["place 2", "number must be a whole number", "'08'"]),
    "number is bool": (_set("weeks", 0, "number", to=True), ["place 1", "number must be a whole number", "True"]),
    "number is zero": (_set("weeks", 0, "number", to=0), ["number must be a whole number from 1"]),
    "title is a number": (_set("weeks", 0, "title", to=5), ["week 1", "title must be one line of text", "5"]),
    "title is empty": (_set("weeks", 0, "title", to=""), ["week 1", "title must be"]),
    "title is padded": (_set("weeks", 0, "title", to=" x"), ["week 1", "title", "without spaces around"]),
    "summary has two lines": (_set("weeks", 0, "summary", to="a\nb"), ["week 1", "summary must be one line"]),
    "question is None": (_set("weeks", 0, "interview_question", to=None), ["interview_question must be"]),
    "slug has capitals": (_set("weeks", 0, "slug", to="NumPy"), ["week 1", "slug", "lower-case", "'NumPy'"]),
    "slug has an underscore": (_set("weeks", 0, "slug", to="linear_models"), ["slug", "hyphens"]),
    "slug has a doubled hyphen": (_set("weeks", 0, "slug", to="a--b"), ["slug", "hyphens"]),
    "slug ends in a newline": (_set("weeks", 0, "slug", to="numpy\n"), ["slug", "hyphens"]),
    "slug climbs": (_set("weeks", 0, "slug", to="../numpy"), ["slug", "hyphens"]),
    "status is new": (_set("weeks", 0, "status", to="done"), ["week 1", "status must be one of ready, planned"]),
    "status is a list": (_set("weeks", 0, "status", to=["ready"]), ["status must be one of"]),
    "notebook is a lesson": (
        _set("weeks", 0, "notebooks", to=["lesson"]),
        ["notebooks", "assignment, project and quiz"],
    ),
    "no notebook": (_set("weeks", 0, "notebooks", to=[]), ["notebooks must be"]),
    "notebook twice": (_set("weeks", 0, "notebooks", to=["project"] * 2), ["notebooks", "each once"]),
    "two objectives": (_set("weeks", 0, "objectives", to=["Do", "Go"]), ["objectives must be a list of 3 to 5"]),
    "six objectives": (_set("weeks", 0, "objectives", to=list("abcdef")), ["objectives", "3 to 5"]),
    "objective is a mapping": (_set("weeks", 0, "objectives", to=["a", "b", {"c": "d"}]), ["objectives must be"]),
    "objectives is text": (_set("weeks", 0, "objectives", to="abcd"), ["objectives must be a list"]),
    "no tools": (_set("weeks", 0, "tools", to=[]), ["tools", "at least one"]),
    "a tool twice": (_set("weeks", 0, "tools", to=["NumPy", "NumPy"]), ["tools", "each once"]),
    "data name is a number": (_set("weeks", 0, "data", to=["co2", 3]), ["week 1", "data names in text", "3"]),
    "data is None": (_set("weeks", 0, "data", to=None), ["data must be a list", "or an empty list"]),
    "packages is new": (_set("weeks", 0, "packages", to="gpu"), ["packages must be one of core, deep, mlops, llm"]),
    "budget is a number": (_set("weeks", 0, "budget", to=20), ["week 1", "budget must be a mapping"]),
    "assignment too slow": (
        _set("weeks", 1, "budget", "assignment_seconds", to=21),
        ["week 2, budget", "assignment_seconds", "1 to 20", "before week 13", "21"],
    ),
    "lesson too slow": (_set("weeks", 1, "budget", "lesson_seconds", to=181), ["lesson_seconds", "1 to 180"]),
    "too much memory": (_set("weeks", 1, "budget", "memory_mib", to=2049), ["memory_mib", "1 to 2048"]),
    "seconds are no whole number": (_set("weeks", 1, "budget", "lesson_seconds", to=1.5), ["lesson_seconds", "1.5"]),
    "no hours": (_set("weeks", 1, "budget", "hours", to=0), ["hours must be a number above 0"]),
    "hours are nan": (_set("weeks", 1, "budget", "hours", to=float("nan")), ["hours must be", "nan"]),
    "week twice": (_set("weeks", 1, "number", to=1), ["week 1 stands twice"]),
    "week missing": (_set("weeks", 2, "number", to=4), ["week 3 is missing", "without a gap"]),
    "weeks out of order": (lambda raw: raw["weeks"].insert(0, raw["weeks"].pop(1)), ["[2, 1, 3]", "sort them"]),
    "phase twice": (_set("phases", 1, "number", to=1), ["phase 1 stands twice"]),
    "phase unknown": (_set("weeks", 2, "phase", to=7), ["week 3", "phase 7 is not among", "allowed are 1, 2"]),
    "phase goes back": (_set("weeks", 0, "phase", to=2), ["week 2", "phase 1 comes after phase 2", "together"]),
    "phase without weeks": (_set("weeks", 2, "phase", to=1), ["phase 2 has no weeks"]),
    "slug twice": (_set("weeks", 2, "slug", to="numpy"), ["week 3", "slug numpy belongs to week 1 already"]),
    "repository without https": (_set("course", "repository", to="http://x.org/y"), ["repository", "https"]),
    "repository ends in a slash": (_set("course", "repository", to="https://x.org/y/"), ["repository", "slash"]),
    "branch with a space": (_set("course", "branch", to="my branch"), ["branch must be the name of a git branch"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_told_where_what_and_what_is_allowed(case: str) -> None:
    change, words = WRONG[case]
    raw = small()
    change(raw)
    with pytest.raises(SyllabusError) as caught:
        parse_syllabus(raw, source="my.yml")
    message = str(caught.value)
    assert message.startswith("my.yml")
    assert [word for word in words if word not in message] == []
    assert all(len(line) < 320 and line.endswith((".", "problems:")) for line in message.splitlines())


@pytest.mark.parametrize("raw", [None, [], "course", 3, {}])
def test_a_file_that_is_no_syllabus_at_all_is_refused(raw: object) -> None:
    with pytest.raises(SyllabusError, match="the file"):
        parse_syllabus(raw)


def test_all_problems_are_reported_at_once_each_on_its_line() -> None:
    raw = small()
    raw["weeks"][0]["slug"] = "Num Py"
    raw["weeks"][1]["budget"]["memory_mib"] = 9999
    del raw["weeks"][2]["title"]
    with pytest.raises(SyllabusError) as caught:
        parse_syllabus(raw)
    lines = str(caught.value).splitlines()
    assert lines[0] == "syllabus.yml has 3 problems:"
    assert [line[:9] for line in lines[1:]] == ["- week 1:", "- week 2,", "- week 3:"]


def test_the_limit_for_an_assignment_rises_at_week_13() -> None:
    def course_with(seconds: int, week: int) -> Syllabus:
        raw = SHIPPED.to_dict()
        raw["weeks"][week - 1]["budget"]["assignment_seconds"] = seconds
        return parse_syllabus(raw)

    assert course_with(20, week=12).week("12").budget.assignment_seconds == 20
    assert course_with(60, week=13).week("13").budget.assignment_seconds == 60
    with pytest.raises(SyllabusError, match=r"week 12, budget: .* from 1 to 20 \(the limit before week 13\), not 60"):
        course_with(60, week=12)
    with pytest.raises(SyllabusError, match=r"week 13, budget: .* from 1 to 60 \(the limit from week 13 on\), not 61"):
        course_with(61, week=13)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("course: {title: a\nweeks: [", ["not valid YAML at line"]),
        ("course: a: b", ["not valid YAML at line 1", "column"]),
        ("course: {}\ncourse: {}\n", ["line 2", "'course' stands twice"]),
        ("weeks:\n- number: 1\n  slug: a\n  slug: b\n", ["line 4", "'slug' stands twice"]),
        ("course: 2024-99-99\n", ["not valid YAML"]),
        ("course: !!python/object/apply:os.getcwd []\n", ["not valid YAML", "python/object"]),
        ("", ["the file must be a mapping"]),
    ],
)
def test_broken_yaml_is_one_sentence_with_its_place(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "syllabus.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SyllabusError) as caught:
        load_syllabus(path)
    message = str(caught.value)
    assert str(path) in message
    assert [word for word in words if word not in message] == []


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SyllabusError, match=re.escape(str(tmp_path / "no.yml"))):
        load_syllabus(tmp_path / "no.yml")
    (tmp_path / "latin.yml").write_bytes(b"course: caf\xe9\n")
    with pytest.raises(SyllabusError, match="utf-8"):
        load_syllabus(tmp_path / "latin.yml")


# --------------------------------------------------------------------------------------- naming a week


@given(
    index=st.integers(0, 27),
    zeros=st.integers(0, 3),
    form=st.sampled_from(["{n}", "week{n}", "week{n}-{slug}"]),
    folder=st.sampled_from(["", "source/", "./release/", "/a/week02-pandas/", "C:\\course\\source\\"]),
    end=st.sampled_from(["", "/", "\\", " ", "/lesson.ipynb", "/assignment.nb.py"]),
    upper=st.booleans(),
)
@settings(database=None, deadline=None, max_examples=150)
def test_every_way_of_writing_a_week_finds_it(
    index: int, zeros: int, form: str, folder: str, end: str, upper: bool
) -> None:
    week = SHIPPED.weeks[index]
    text = folder + form.format(n="0" * zeros + str(week.number), slug=week.slug) + end
    assert SHIPPED.week(text.upper() if upper else text) is week


@given(st.text(max_size=40))
@settings(database=None, deadline=None, max_examples=150)
def test_any_other_text_gets_one_sentence(text: str) -> None:
    try:
        week = SHIPPED.week(text)
    except NoSuchWeek as error:
        message = str(error)
        assert message.startswith("No week of this course is called")
        assert len(message.splitlines()) == 1
        assert "1 to 28" in message
        assert "week01-numpy" in message
    else:
        assert str(week.number) in text


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("29", "week28-capstone"),
        ("0", "week01-numpy"),
        ("week00", "week01-numpy"),
        ("numpy", "week01-numpy"),
        ("week01-nunpy", "week01-numpy"),
        ("week02-numpy", "week01-numpy"),
        ("source/transformer/", "week17-transformers"),
        ("week09-qqq", "week09-feature-engineering"),
        ("9" * 9, None),
        ("week", None),
        ("-1", None),
        ("1.0", None),
        ("٣", None),
        ("", None),
        ("/", None),
        ("x" * 5000, None),
    ],
)
def test_what_names_no_week_is_refused_with_the_nearest(text: str, nearest: str | None) -> None:
    with pytest.raises(NoSuchWeek) as caught:
        SHIPPED.week(text)
    message = str(caught.value)
    assert re.findall(r"nearest: ([\w-]+)", message) == ([nearest] if nearest else [])
    assert len(message) < 320


# --------------------------------------------------------------------------------------- finding the course


def _a_course(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "syllabus.yml", folder / "syllabus.yml")
    return folder.resolve()


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that the package is installed in a folder outside any checkout, and return the package's folder."""
    package = tmp_path / "site" / "coursekit"
    package.mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(package / "syllabus.py"))
    return package


def test_course_root_walks_up_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = _a_course(tmp_path / "course")
    deep = course / "release" / "week01-numpy"
    deep.mkdir(parents=True)
    assert course_root(deep) == course
    monkeypatch.chdir(deep)
    assert course_root() == course
    assert load_syllabus() == SHIPPED


def test_a_folder_named_like_the_file_is_no_course(tmp_path: Path) -> None:
    (tmp_path / "syllabus.yml").mkdir()
    assert course_root(tmp_path) == ROOT


def test_outside_any_course_the_checkout_of_the_package_is_used(tmp_path: Path) -> None:
    assert course_root(tmp_path) == ROOT


def test_without_any_course_the_sentence_says_where_it_looked(packaged: Path, tmp_path: Path) -> None:
    with pytest.raises(NoCourse, match=f"neither {re.escape(str(tmp_path.resolve()))} nor any folder above it"):
        course_root(tmp_path)
    assert installed_course() is None


def test_an_installed_package_carries_its_own_syllabus(
    packaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoCourse):
        load_syllabus()
    carried = _a_course(packaged / "_course")
    assert installed_course() == carried
    assert load_syllabus() == SHIPPED


def test_the_wheel_puts_the_syllabus_where_it_is_looked_for() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = config["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["syllabus.yml"] == "coursekit/_course/syllabus.yml"


def test_errors_are_course_errors_so_that_the_command_line_prints_them() -> None:
    assert issubclass(NoCourse, SyllabusError)
    assert issubclass(NoSuchWeek, SyllabusError)
    assert issubclass(SyllabusError, CourseError)


# --------------------------------------------------------------------------------------- the README's table


def test_the_table_links_only_weeks_that_are_ready_and_escapes_pipes() -> None:
    assert weeks_table(parse_syllabus(small())).splitlines() == [
        "### Phase 1 · Part 1 (weeks 1–2)",
        "",
        "*Done.*",
        "",
        "| Week | Title | What you build and learn | Tools | Status |",
        "|---:|---|---|---|---|",
        r"| 1 | [Week of numpy](release/week01-numpy/) | Build this \| learn that | NumPy, pandas | ready |",
        r"| 2 | Week of pandas | Build this \| learn that | NumPy, pandas | planned |",
        "",
        "### Phase 2 · Part 2 (week 3)",
        "",
        "*Done.*",
        "",
        "| Week | Title | What you build and learn | Tools | Status |",
        "|---:|---|---|---|---|",
        r"| 3 | Week of linear-models | Build this \| learn that | NumPy, pandas | planned |",
    ]


def test_each_shipped_week_is_one_row() -> None:
    rows = [line for line in weeks_table(SHIPPED).splitlines() if re.match(r"\| \d", line)]
    assert len(rows) == 28
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)


def test_write_table_replaces_only_what_stands_between_the_markers(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# Über\n\n<!-- weeks:begin -->\nold\n<!-- weeks:end -->\n\nafter\n", encoding="utf-8")
    course = parse_syllabus(small())
    assert write_table(readme, course) is True
    text = readme.read_text(encoding="utf-8")
    table = weeks_table(course)
    assert text == f"# Über\n\n<!-- weeks:begin -->\n\n{table}\n<!-- weeks:end -->\n\nafter\n"


def test_a_table_that_is_up_to_date_is_not_written_again(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("<!-- weeks:begin --><!-- weeks:end -->", encoding="utf-8")
    course = parse_syllabus(small())
    assert write_table(readme, course) is True
    first = readme.stat().st_mtime_ns
    assert write_table(readme, course) is False
    assert readme.stat().st_mtime_ns == first
    renamed = replace(course.weeks[1], title="Another title")
    assert write_table(readme, replace(course, weeks=(course.weeks[0], renamed, course.weeks[2]))) is True
    assert "Another title" in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "no markers",
        "<!-- weeks:begin --> no end",
        "no begin <!-- weeks:end -->",
        "<!-- weeks:end --> <!-- weeks:begin -->",
        "<!-- weeks:begin --> <!-- weeks:begin --> <!-- weeks:end -->",
        "<!-- weeks:begin --> <!-- weeks:end --> <!-- weeks:end -->",
    ],
)
def test_a_readme_without_its_two_markers_is_left_alone(tmp_path: Path, text: str) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(text, encoding="utf-8")
    with pytest.raises(SyllabusError, match="<!-- weeks:begin --> once"):
        write_table(readme, SHIPPED)
    assert readme.read_text(encoding="utf-8") == text


def test_a_missing_readme_is_named(tmp_path: Path) -> None:
    with pytest.raises(SyllabusError, match=re.escape(str(tmp_path / "README.md"))):
        write_table(tmp_path / "README.md", SHIPPED)
