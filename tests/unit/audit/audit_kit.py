"""A course of one tiny week whose graders can be proven in seconds, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

from coursekit.notebooks.twins import write_notebooks
from coursekit.syllabus import Week, load_syllabus

ROOT = Path(__file__).resolve().parents[3]
WEEK = "week01-numpy"

HEADER = """# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

"""
ANSWER = '"grade": false, "grade_id": "{}", "locked": false, "schema_version": 3, "solution": true, "task": false'
CHECK = (
    '"grade": true, "grade_id": "{}", "locked": true, "points": {}, "schema_version": 3, "solution": false, '
    '"task": false'
)
NOTEBOOK = f"""# %% [markdown]
# # Week 1 · Mini

# %%
import numpy as np

# %% [markdown]
# ## 1 · Clip ●○○ · 5 min · 2 points
#
# Write `clipped(x, limit)`: every value above the limit becomes the limit. A limit below 0 raises a `ValueError`.

# %% nbgrader={{{ANSWER.format("w01-q1-clip")}}}
def clipped(x: np.ndarray, limit: float) -> np.ndarray:
    \"\"\"Values cut off at the limit; a negative limit is refused.\"\"\"
    ### BEGIN SOLUTION
    if limit < 0:
        raise ValueError("negative limit")
    return np.where(x > limit, limit, x)
    ### END SOLUTION


# %%
picture = clipped(np.arange(3.0), 1.0)

# %% nbgrader={{{CHECK.format("w01-q1-clip-test", 2)}}}
def same(actual, expected, what):
    if type(actual) is not np.ndarray or actual.tolist() != expected:
        raise AssertionError(f"{{what}}: expected {{expected}}; likely cause: the limit")


same(clipped(np.array([1.0, 5.0]), 2.0), [1.0, 2.0], "clipped")
same(clipped(np.array([1.0, 0.5]), 0.0), [0.0, 0.0], "clipped at 0")
try:
    clipped(np.array([1.0]), -0.5)
except ValueError:
    pass
else:
    raise AssertionError("a negative limit was accepted")
### BEGIN HIDDEN TESTS
# contract: "every value above the limit becomes the limit"
same(clipped(np.array([7.0, -3.0, 9.0]), 8.0), [7.0, -3.0, 8.0], "clipped")
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Count ●○○ · 5 min · 1 point
#
# Write the class `Counter`: `add(n)` returns the counter itself, `total` is the sum of all that was added.

# %% nbgrader={{{ANSWER.format("w01-q2-count")}}}
class Counter:
    \"\"\"Adds up.\"\"\"

    def __init__(self) -> None:
        self.total = 0

    def add(self, n: int) -> "Counter":
        \"\"\"Add a number and return the counter.\"\"\"
        ### BEGIN SOLUTION
        self.total += n
        return self
        ### END SOLUTION


# %% nbgrader={{{CHECK.format("w01-q2-count-test", 1)}}}
counter = Counter()
if counter.add(2) is not counter or counter.add(3).total != 5:
    raise AssertionError("total after 2 and 3: expected 5")
### BEGIN HIDDEN TESTS
# contract: "`total` is the sum of all that was added"
if Counter().add(4).add(7).total != 11:
    raise AssertionError("total after 4 and 7: expected 11")
### END HIDDEN TESTS
"""
CLIP, COUNT = "w01-q1-clip", "w01-q2-count"
RIGHT = {
    "loop": (
        "def clipped(x, limit):\n    if limit < 0:\n        raise ValueError(limit)\n"
        "    return np.array([min(float(v), limit) for v in x])",
        "class Counter:\n    def __init__(self):\n        self.all = []\n\n    def add(self, n):\n"
        "        self.all.append(n)\n        return self\n\n    @property\n    def total(self):\n"
        "        return sum(self.all)",
    ),
    "library": (
        "def clipped(x, limit):\n    if limit < 0:\n        raise ValueError(limit)\n    return np.minimum(x, limit)",
        "class Counter:\n    total = 0\n\n    def add(self, n):\n        self.total = self.total + n\n"
        "        return self",
    ),
}
WRONG = {
    "q1_lower": (
        CLIP,
        "def clipped(x, limit):\n    if limit < 0:\n        raise ValueError\n    return np.maximum(x, limit)",
    ),
    "q1_list": (
        CLIP,
        "def clipped(x, limit):\n    if limit < 0:\n        raise ValueError\n    return [min(v, limit) for v in x]",
    ),
    "q1_open": (CLIP, "def clipped(x, limit):\n    return np.minimum(x, limit)"),
    "q2_last": (COUNT, "class Counter:\n    def add(self, n):\n        self.total = n\n        return self"),
    "q2_none": (COUNT, "class Counter:\n    total = 0\n\n    def add(self, n):\n        self.total += n"),
    "q2_twice": (
        COUNT,
        "class Counter:\n    total = 0\n\n    def add(self, n):\n        self.total += 2 * n\n        return self",
    ),
}

EQUIVALENT = """[[equivalent]]
exercise = "w01-q1-clip"
before = "return np.where(x > limit, limit, x)"
after = "return np.where(x >= limit, limit, x)"
reason = "A value that is the limit becomes the limit."
"""


def write_course(folder: Path, notebook: str = NOTEBOOK) -> Week:
    """Write the course; the week that it holds."""
    source = folder / "source" / WEEK
    source.mkdir(parents=True, exist_ok=True)
    for name in ("syllabus.yml", "nbgrader_config.py"):
        copy(ROOT / name, folder / name)
    (source / "assignment.nb.py").write_text(HEADER + notebook)
    (source / "lesson.nb.py").write_text(HEADER + "# %% [markdown]\n# # Week 1 · Mini\n")
    write_notebooks(source)
    release(folder)
    (answers(folder) / "equivalent.toml").write_text(EQUIVALENT)
    for name, cells in RIGHT.items():
        write_right(folder, name, dict(zip((CLIP, COUNT), cells, strict=True)))
    for name, (exercise, source_text) in WRONG.items():
        write_wrong(folder, name, exercise, source_text)
    return load_syllabus(folder / "syllabus.yml").week("1")


def release(folder: Path) -> None:
    """The notebook as learners get it, in place of nbgrader's build, which takes longer than all the rest."""
    from coursekit.audit.regions import stub_of
    from coursekit.notebooks.files import notebook_text, read_notebook

    notebook = read_notebook(folder / "source" / WEEK / "assignment.ipynb")
    for cell in notebook.cells:
        cell.source = stub_of(cell)
    target = folder / "release" / WEEK
    target.mkdir(parents=True, exist_ok=True)
    (target / "assignment.ipynb").write_text(notebook_text(notebook))


def answers(folder: Path) -> Path:
    """Where the course's answers lie."""
    place = folder / "tests" / "answers" / WEEK
    place.mkdir(parents=True, exist_ok=True)
    return place


def write_right(folder: Path, name: str, cells: dict[str, str]) -> None:
    """Write a right answer."""
    header = f'# /// answer\n# kind = "right"\n# approach = "{name}"\n# ///\n'
    body = "".join(f"# %% {grade_id}\n{source}\n\n" for grade_id, source in cells.items())
    (answers(folder) / f"right_{name}.py").write_text(header + body)


def write_wrong(
    folder: Path, name: str, exercise: str, source: str, *, loses: str = "", says: str = "expected"
) -> None:
    """Write a wrong answer; by default it loses its exercise's only check."""
    says = "accepted" if name == "q1_open" and says == "expected" else says
    lines = [
        "# /// answer",
        '# kind = "wrong"',
        f'# exercise = "{exercise}"',
        f'# misconception = "{name}"',
        f'# loses = ["{loses or exercise + "-test"}"]',
        f'# says = ["{says}"]',
        "# ///",
        f"# %% {exercise}",
        source,
    ]
    (answers(folder) / f"wrong_{name}.py").write_text("\n".join(lines) + "\n")
