"""Checks run where they can still fail: the attack corpus gains nothing, and honest learners lose nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from coursekit.audit.answers import fill, read_answer
from coursekit.errors import CourseError
from coursekit.grading.clean import clean
from coursekit.grading.execute import execute
from coursekit.grading.probe import MARK, MIME, flags_of, modules_for_checks, with_probes, without_probes
from coursekit.grading.probe.plan import imported_modules, known_names, with_value_kept
from coursekit.grading.probe.programs import VERSION
from coursekit.grading.probe.secret import lock, sign, unlock
from coursekit.grading.score import ANSI, ExerciseScore, score
from coursekit.grading.sealed import Limits, WarmServer, available, preload_of, run_sealed
from coursekit.notebooks.exercises import question_of

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "attacks"))

from corpus import Attack, instructors_notebook, read_attacks, short_notebook, submission_with  # noqa: E402

ATTACKS = read_attacks()
ANSWERS = ROOT / "tests" / "answers" / "week01-numpy"
LIMITS = Limits(
    cell_seconds=5, grace_seconds=0.5, memory_mib=512, address_space_mib=2048, processes=48,
    file_mib=16, folder_mib=32, output_bytes=200_000,
)  # fmt: skip

#: Code in the same process can always look at what calls it; a person is told.
SEEN_NOT_STOPPED = {"frames", "referrers"}

Run = Callable[[NotebookNode], NotebookNode]


@dataclass(frozen=True)
class Result:
    """What became of a submission."""

    notebook: NotebookNode
    exercises: dict[str, ExerciseScore]
    flags: list[str]


@pytest.fixture(scope="session")
def server() -> Iterator[WarmServer | None]:
    """A warm process, where submissions can be sealed off."""
    if not available():
        yield None
        return
    pairs = sorted({(attack.question, attack.bystander) for attack in ATTACKS})
    checks = [modules_for_checks(short_notebook(*pair)) for pair in pairs]
    with WarmServer(preload_of(instructors_notebook()), limits=LIMITS, checks=checks) as running:
        yield running


@pytest.fixture
def run(server: WarmServer | None, tmp_path: Path) -> Run:
    """Run a probed notebook, sealed if that is possible here."""
    if server is None:
        return lambda notebook: execute(notebook, tmp_path, cell_seconds=20).notebook
    return lambda notebook: run_sealed(notebook, None, server=server).notebook


def graded(reference: NotebookNode, submission: NotebookNode, run: Run) -> Result:
    cleaned = clean(reference, submission).notebook
    notebook = without_probes(run(with_probes(cleaned, reference)))
    exercises = {question_of(exercise.grade_id): exercise for exercise in score(notebook)}
    return Result(notebook, exercises, flags_of(notebook))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.file)
def test_attack_gains_nothing(attack: Attack, run: Run, server: WarmServer | None) -> None:
    if attack.needs_seal and server is None:
        pytest.skip(f"only the sandbox stops this one: {available().reason}")
    # What goes off in every check need not go off twice.
    without = "w01-q1-standardise-edges" if attack.needs_seal else "none"
    reference = short_notebook(attack.question, attack.bystander, without=without)
    result = graded(reference, submission_with(reference, attack.cell, attack.source), run)
    points = result.exercises[attack.question].points
    assert points <= attack.honest or result.flags, result.exercises[attack.question]
    assert bool(result.flags) == attack.flagged, result.flags
    bystander = result.exercises[attack.bystander]
    assert bystander.points == bystander.max_points, bystander
    if attack.file not in SEEN_NOT_STOPPED:
        assert points == attack.honest, (result.exercises[attack.question], result.flags)


@pytest.mark.parametrize("name", ["displayhook_result", "session_send", "check_functions"])
def test_probes_work_in_an_ordinary_kernel(name: str, tmp_path: Path) -> None:
    attack = next(attack for attack in ATTACKS if attack.file == name)
    reference = short_notebook(attack.question, attack.bystander)
    submission = submission_with(reference, attack.cell, attack.source)
    result = graded(reference, submission, lambda notebook: execute(notebook, tmp_path).notebook)
    assert (result.exercises["w01-q1"].points, result.exercises["w01-q4"].points) == (0, 2)
    assert result.flags


def test_corpus_is_large_and_names_its_holes() -> None:
    assert len(ATTACKS) >= 30
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
    assert sum(not attack.needs_seal for attack in ATTACKS) >= 30


HONEST_HABITS = """
%load_ext autoreload
%autoreload 2
%matplotlib inline
import logging
import random
import sys
import tracemalloc
import unittest
import warnings
from collections import namedtuple
from dataclasses import dataclass
from functools import lru_cache, wraps

import matplotlib.pyplot as plt
import pandas as pd
import scipy.stats
import sklearn
import sklearn.linear_model
from sklearn.preprocessing import StandardScaler
from IPython.display import HTML, display

warnings.filterwarnings("ignore")
warnings.warn = lambda *args, **kwargs: None  # the well-known way to silence scikit-learn
np.seterr(all="ignore")
np.set_printoptions(precision=3, suppress=True)
np.random.seed(0)
random.seed(0)
np.bool = bool
np.float = float
pd.set_option("display.max_rows", 10)
pd.options.mode.copy_on_write = True
pd.DataFrame.shape_twice = lambda self: (self.shape, self.shape)
plt.rcParams["figure.figsize"] = (3, 2)
sys.setrecursionlimit(5000)
logging.basicConfig(level=logging.INFO)
Point = namedtuple("Point", "x y")


@dataclass
class Column:
    mean: float
    std: float


def noisy(function):
    @wraps(function)
    def inner(*args, **kwargs):
        logging.info("called %s", function.__name__)
        print("calling", function.__name__, function.__code__.co_argcount)
        return function(*args, **kwargs)

    return inner


@lru_cache(maxsize=None)
def helper(n):
    return n * 2


@noisy
def standardise(X):
    print("shape", X.shape, file=sys.stderr)
    warnings.warn("about to divide")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        std = X.std(axis=0)
    tracemalloc.start()
    tracemalloc.stop()
    try:
        1 / 0
    except ZeroDivisionError:
        import traceback

        traceback.print_exc()
    constant = X.min(axis=0) == X.max(axis=0)
    display(HTML("<b>done</b>"))
    figure = plt.figure()
    plt.plot([1, 2])
    plt.close(figure)
    return np.divide(X - X.mean(axis=0), std, out=np.zeros(X.shape), where=~constant)
"""

HONEST_EXTRA = [
    "%%time\ndisplay(pd.DataFrame({'a': [1]}))\nplt.plot([1, 2]); plt.show()",
    "def check_mine(x):\n    return x\ncheck = check_mine\nload = 3\nA = standardise(np.eye(2))\nA",
    "%timeit -n 1 -r 1 helper(3)\n!echo hello\n%config InlineBackend.figure_format = 'retina'",
    "import statsmodels.api as sm\nfrom scipy.spatial.distance import cdist",
    "import gc\ngc.collect()\nlen(gc.get_objects())",
    "import concurrent.futures\n"
    "pool = concurrent.futures.ThreadPoolExecutor(2)\nlist(pool.map(lambda n: n + 1, range(5)))",
    "try:\n    import torch\nexcept ImportError:\n    pass\n%pip --version",
]


def test_honest_habits_cost_nothing_and_raise_no_flag(run: Run) -> None:
    reference = short_notebook("w01-q1", "w01-q4", "w01-q5")
    submission = submission_with(reference, "w01-q1-standardise", HONEST_HABITS)
    answer = next(i for i, cell in enumerate(submission.cells) if cell.source == HONEST_HABITS)
    submission.cells[answer + 1 : answer + 1] = [new_code_cell(source) for source in HONEST_EXTRA]
    result = graded(reference, submission, run)
    assert result.flags == []
    lost = {check.grade_id: check.message for e in result.exercises.values() for check in e.checks if check.message}
    assert lost == {}


@pytest.mark.parametrize("name", ["right_loops", "right_library"])
def test_right_answers_keep_full_marks_unflagged(name: str, run: Run) -> None:
    reference = instructors_notebook()
    result = graded(reference, fill(reference, read_answer(ANSWERS / f"{name}.py")), run)
    assert result.flags == []
    lost = [c for e in result.exercises.values() for c in e.checks if c.verdict not in ("passed", "for a person")]
    assert lost == []


def test_untouched_notebook_counts_as_not_attempted(run: Run) -> None:
    reference = short_notebook("w01-q1")
    stub = "def standardise(X):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    result = graded(reference, submission_with(reference, "w01-q1-standardise", stub), run)
    assert result.exercises["w01-q1"].verdict == "not attempted"
    assert result.flags == []


# --- small notebooks of our own ------------------------------------------------------------------------------------


def own_notebook(answer: str, check: str, *, before: str = "", points: float = 4) -> NotebookNode:
    meta = {"locked": False, "schema_version": 3, "task": False}
    cells = [new_code_cell(before)] if before else []
    cells.append(
        new_code_cell(
            answer, metadata={"nbgrader": {**meta, "grade_id": "w09-q1-own", "grade": False, "solution": True}}
        )
    )
    graded_meta = {**meta, "grade_id": "w09-q1-own-test", "grade": True, "solution": False, "points": points}
    cells.append(new_code_cell(check, metadata={"nbgrader": graded_meta}))
    return new_notebook(cells=cells)


def own_result(notebook: NotebookNode, run: Run, reference: NotebookNode | None = None) -> Result:
    executed = without_probes(run(with_probes(notebook, reference or notebook)))
    return Result(executed, {question_of(e.grade_id): e for e in score(executed)}, flags_of(executed))


@pytest.mark.parametrize(
    ("last", "points", "verdict"),
    [
        ("2.5", 2.5, "failed"),
        ("9", 4, "passed"),
        ("-3.0", 0, "failed"),
        ("float('nan')", 0, "failed"),
        ("'4'", 0, "failed"),
    ],
)
def test_partial_credit_where_it_is_declared(last: str, points: float, verdict: str, run: Run) -> None:
    notebook = own_notebook("f = 1", f"### PARTIAL CREDIT\nassert f == 1\nx = 0\n{last}  # the points")
    check = own_result(notebook, run).exercises["w09-q1"].checks[0]
    assert (check.points, check.verdict, check.partial) == (points, verdict, True)


def test_a_number_at_the_end_counts_for_nothing_where_it_is_not_declared(run: Run) -> None:
    check = own_result(own_notebook("f = 1", "assert f == 1\n0.5"), run).exercises["w09-q1"].checks[0]
    assert (check.points, check.verdict, check.partial) == (4, "passed", False)


def test_a_partial_check_that_fails_gives_nothing(run: Run) -> None:
    notebook = own_notebook("f = 1", "### PARTIAL CREDIT\nassert f == 2, 'f should be 2'\n3.0")
    check = own_result(notebook, run).exercises["w09-q1"].checks[0]
    assert (check.points, check.message) == (0, "f should be 2")


def test_instructors_helper_cannot_be_replaced(run: Run) -> None:
    helper = "import math\ndef wanted(x):\n    return math.floor(x) + 1"
    reference = own_notebook("def f(x):\n    return math.floor(x) + 1", "assert f(3.5) == wanted(3.5)", before=helper)
    right, cheat = reference, submission_with(reference, "w09-q1-own", "def f(x):\n    return 0\nwanted = f")
    assert own_result(right, run, reference).exercises["w09-q1"].points == 4
    assert own_result(cheat, run, reference).exercises["w09-q1"].points == 0


def test_what_a_check_binds_is_there_for_later_cells(run: Run) -> None:
    notebook = own_notebook("f = 1", "import math\nfound = math.floor(2.5) + f\nassert found == 3")
    notebook.cells.append(new_code_cell("print(found, type(math).__name__, math.__spec__ is not None)"))
    outputs = own_result(notebook, run).notebook.cells[-1].outputs
    assert outputs[0].text == "3 module True\n"


def test_check_functions_see_forbidden_calls_under_an_alias(run: Run) -> None:
    before = "import numpy as np\nfrom coursekit import check"
    test = "with check.not_called('numpy.cov', hint='by hand'):\n    f()"
    alias = "from numpy import cov as c\ndef f():\n    return c(np.eye(2))"
    reference = own_notebook("def f():\n    return 1", test, before=before)
    assert own_result(reference, run).exercises["w09-q1"].points == 4
    assert own_result(own_notebook(alias, test, before=before), run, reference).exercises["w09-q1"].points == 0


def test_outputs_and_errors_are_shown_as_without_probes(run: Run) -> None:
    notebook = own_notebook("def f(x):\n    print('inside')\n    return 1 / x", "f(0)")
    result = own_result(notebook, run)
    assert [cell.source for cell in result.notebook.cells] == [cell.source for cell in notebook.cells]
    assert MARK not in result.notebook.metadata
    check = result.notebook.cells[-1]
    printed, error = check.outputs
    assert printed.text == "inside\n"
    assert (error.ename, error.evalue) == ("ZeroDivisionError", "division by zero")
    assert any("f(0)" in ANSI.sub("", line) for line in error.traceback)
    assert not any("probe" in line for line in error.traceback)
    assert [cell.execution_count for cell in result.notebook.cells] == [1, 2]


# --- the host's side alone -----------------------------------------------------------------------------------------


def test_probes_leave_the_given_notebook_alone_and_differ_each_time() -> None:
    notebook = own_notebook("f = 1", "assert f == 1")
    before = str(notebook)
    one, other = with_probes(notebook), with_probes(notebook)
    assert str(notebook) == before
    assert one.metadata[MARK]["key"] != other.metadata[MARK]["key"]
    assert one.metadata[MARK]["word"] != other.metadata[MARK]["word"]


def test_a_kernel_without_the_graders_coursekit_says_so(run: Run) -> None:
    probed = with_probes(own_notebook("f = 1", "assert f == 1"))
    probed.cells[0].source = probed.cells[0].source.replace(VERSION, "0" * len(VERSION))
    executed = run(probed)
    assert "install the same in both" in executed.cells[0].outputs[0].evalue
    assert not without_probes(executed).cells[1].metadata[MARK]["passed"]


def test_what_the_warm_process_makes_ready_is_what_submissions_need(server: WarmServer | None) -> None:
    if server is None:
        pytest.skip(f"kernels are forked only from a warm process: {available().reason}")
    reference = short_notebook("w01-q1", "w01-q4")
    submission = submission_with(reference, "w01-q1-standardise", "def standardise(X):\n    return X")
    first = with_probes(clean(reference, submission).notebook, reference).cells[0].source
    assert f"'modules': {modules_for_checks(reference)!r}" in first
    look = "from coursekit.grading.probe import boot\nprint(list(boot._READY))"
    ran = run_sealed(new_notebook(cells=[new_code_cell(look)]), None, server=server)
    assert str(tuple(modules_for_checks(reference))) in ran.notebook.cells[0].outputs[0].text


def test_checks_have_the_builtins_that_the_kernel_adds(run: Run) -> None:
    reference = short_notebook("w01-q1", "w01-q4")
    check = next(cell for cell in reference.cells if cell.source.startswith("X = ") or "check." in cell.source)
    check.source = "display(get_ipython().__class__.__name__)\n" + check.source
    result = graded(reference, reference, run)
    assert result.exercises[question_of(check.metadata["nbgrader"]["grade_id"])].points == 2
    assert result.flags == []


HUNT = """
import gc
from collections import deque

def found_in(start, words):
    seen, waiting = {id(start)}, deque([(start, ())])
    while waiting:
        thing, path = waiting.popleft()
        if isinstance(thing, (str, bytes)):
            if any(word in (thing if isinstance(thing, str) else thing.decode("latin1")) for word in words):
                yield path
            continue
        for inside in gc.get_referents(thing):
            if id(inside) not in seen:
                seen.add(id(inside))
                waiting.append((inside, (*path, type(thing).__name__)))

print(*found_in(get_ipython(), WORDS), sep="\\n")
"""


def test_no_cell_can_reach_the_key(run: Run) -> None:
    reference = short_notebook("w01-q1", "w01-q4")
    probed = with_probes(reference, reference)
    secret = probed.metadata[MARK]
    # In pieces, or the search would find its own text.
    words = [[word[:9], word[9:20]] for word in (secret["key"], secret["word"])]
    searched = "[" + ", ".join(" + ".join(map(repr, pieces)) for pieces in words) + "]"
    probed.cells.insert(1, new_code_cell("import os\n" + HUNT.replace("WORDS", searched)))
    probed.cells.insert(2, new_code_cell(HUNT.replace("WORDS", "['import ' + 'os\\\\n']")))
    ran = run(probed)
    paths, itself = (ran.cells[place].outputs[0].text.split("\n") for place in (1, 2))
    assert itself != [""]  # the search finds what a cell leaves
    assert paths == ["", ""]


def test_check_is_not_readable_in_what_is_sent() -> None:
    notebook = own_notebook("f = 1", "assert f == 41 + 1, 'a very hidden sentence'")
    sent = "\n".join(cell.source for cell in with_probes(notebook).cells)
    assert "hidden sentence" not in sent


def test_result_that_never_came_is_a_failure_and_flagged() -> None:
    executed = with_probes(own_notebook("f = 1", "assert f == 1"))
    for count, cell in enumerate(executed.cells, start=1):
        cell.execution_count = count
    plain = without_probes(executed)
    check = score(plain)[0].checks[0]
    assert (check.verdict, check.points) == ("failed", 0)
    assert check.flags == ("The result of a check did not arrive although nothing stopped the check.",)


def test_runners_own_error_is_kept_without_a_flag() -> None:
    executed = with_probes(own_notebook("f = 1", "assert f == 1"))
    for cell in executed.cells:
        cell.outputs = [new_output("error", ename="DeadKernel", evalue="the kernel died", traceback=[])]
    check = score(without_probes(executed))[0].checks[0]
    assert (check.message, check.flags) == ("the kernel died", ())


@pytest.mark.parametrize("text", ["", "short", "0" * 32 + "{}", "é" * 40, ["x"], "\ud800" * 40])
def test_unsigned_messages_are_not_believed(text: object) -> None:
    executed = with_probes(own_notebook("f = 1", "assert f == 1"))
    executed.cells[-1].outputs = [new_output("display_data", data={MIME: text})]
    plain = without_probes(executed)
    assert score(plain)[0].points == 0
    assert "A message in the grader's name came without its signature." in flags_of(plain)


def test_signed_nonsense_is_not_believed() -> None:
    executed = with_probes(own_notebook("f = 1", "assert f == 1"))
    key = bytes.fromhex(executed.metadata[MARK]["key"])
    for body in ("[1, 2]", "not python", "(" * 300):
        executed.cells[-1].outputs.append(new_output("display_data", data={MIME: sign(key, body) + body}))
    assert score(without_probes(executed))[0].points == 0


def test_lock_holds() -> None:
    key, text = bytes(32), "assert f == 'ü \ud800'"
    locked = lock(key, "once", text)
    assert unlock(key, "once", locked) == text
    for other in (locked[:-1] + ("0" if locked[-1] != "0" else "1"), locked[::-1], ""):
        with pytest.raises(ValueError, match="changed"):
            unlock(key, "once", other)
    with pytest.raises(ValueError, match="changed"):
        unlock(key, "twice", locked)
    assert sign(key, "ab", "c") != sign(key, "a", "bc")


def test_check_that_is_no_python_is_the_authors_mistake() -> None:
    with pytest.raises(CourseError, match="w09-q1-own-test cannot be compiled"):
        with_probes(own_notebook("f = 1", "assert f =="))


def test_last_value_is_kept_whatever_its_form() -> None:
    for source, value in [("1 + 1", 2), ("x = 3\n(x,\n 2)[0]  # ü", 3), ("'ü'; len('ü')", 1), ("max(\n  4,\n  5)", 5)]:
        names: dict[str, object] = {}
        exec(with_value_kept(source, "kept"), names)
        assert names["kept"] == value, source
    assert with_value_kept("x = 1", "kept") == "x = 1"


def test_names_that_the_instructor_binds_twice_are_left_alone() -> None:
    reference = own_notebook("table = load()", "assert np.ones(1)[0] == load() == table", before="import numpy as np")
    reference.cells[
        0
    ].source += "\nfrom data import load, other\nload = print\ndef tool():\n    return np\ndef tool(): ..."
    known = known_names(
        [(c.source, c.source.startswith("assert")) for c in reference.cells if "table =" not in c.source], []
    )
    assert known.imports == {"np": ("numpy", None), "other": ("data", "other")}
    assert known.functions == {}
    assert imported_modules("import a.b\nif 1:\n    from c.d import e") == ["a.b", "c.d"]
