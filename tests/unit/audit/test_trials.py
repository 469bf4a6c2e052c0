"""Mutants in forks: passed, failed, seen by hidden checks alone, endless, greedy, quitting; none disturbs another."""

from __future__ import annotations

from pathlib import Path

import audit_kit
import pytest

from coursekit.audit.material import read_material
from coursekit.audit.mutants import Mutant
from coursekit.audit.trials import A_KERNEL, Tried, batches, try_mutants
from coursekit.audit.workbench import Workbench, without_pictures

SOLUTION = "    return np.where(x > limit, limit, x)"
BODIES = {
    "same": SOLUTION,
    "wrong": "    return x",
    "hidden only": "    return np.where(x > min(limit, 2.0), limit, x) * np.where(x == 7.0, 2, 1)",
    "endless": "    while True:\n        pass",
    "sleeping": "    import time\n    time.sleep(3600)",
    "greedy": "    hoard = []\n    while True:\n        hoard.append(np.empty(1 << 26))",
    "quits": "    import os\n    os._exit(0)",
    "exits": "    raise SystemExit",
    "spoils": "    import builtins\n    builtins.len = None\n    return None",
    "speaks": "    import os\n    os.write(1, b'@audit@{}' * 1000)\n    print('@audit@')\n" + SOLUTION,
}


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tried]:
    folder = tmp_path_factory.mktemp("trials")
    week = audit_kit.write_course(folder)
    material = read_material(week, folder)
    exercise, notebook = material.all_exercises[0], material.notebooks["assignment"]
    source = next(cell.source for cell in notebook.cells if "return np.where" in cell.source)
    mutants = [Mutant(audit_kit.CLIP, name, "", "", source.replace(SOLUTION, body), 1) for name, body in BODIES.items()]
    counted: list[int] = []
    with Workbench(material) as bench, pytest.MonkeyPatch.context() as patch:
        patch.setattr("coursekit.audit.trials._LEAST_SECONDS", 1.0)  # so that waiting for a sleeper is short
        results = try_mutants(bench, notebook, exercise, mutants, seconds=0.01, on_some=counted.append)
    assert sum(counted) == len(mutants)
    return {one.mutant.operator if one.mutant else "solution": one for one in results}


@pytest.mark.parametrize(
    ("name", "outcome", "seen"),
    [
        ("solution", "passed", "passed"),
        ("same", "passed", "passed"),
        ("wrong", "failed", "failed"),
        ("hidden only", "failed", "passed"),
        ("endless", "timeout", "timeout"),
        ("sleeping", "timeout", "timeout"),
        ("greedy", "failed", "failed"),
        ("quits", "died", "died"),
        ("exits", "failed", "failed"),
        ("spoils", "failed", "failed"),
        ("speaks", "passed", "passed"),
    ],
)
def test_outcome(tried: dict[str, Tried], name: str, outcome: str, seen: str) -> None:
    one = tried[name]
    assert (one.outcome, one.visible) == (outcome, seen), one
    assert (one.rejected, one.rejected_visibly) == (outcome != "passed", seen != "passed")


def test_what_noticed_it_is_named(tried: dict[str, Tried]) -> None:
    assert tried["wrong"].where == "w01-q1-clip-test"
    assert tried["wrong"].why.startswith("AssertionError: clipped: expected [1.0, 2.0]")


def test_batches_are_of_equal_size() -> None:
    parts = batches(list(range(A_KERNEL * 2 + 1)))
    assert sorted(number for part in parts for number in part) == list(range(A_KERNEL * 2 + 1))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert batches([]) == [[]]


def test_pictures_are_left_out(tmp_path: Path) -> None:
    material = read_material(audit_kit.write_course(tmp_path), tmp_path)
    sources = [cell.source for cell in without_pictures(material.notebooks["assignment"]).cells]
    assert not any(source.startswith("picture") for source in sources)
    assert any(source.startswith("import numpy") for source in sources)
