"""The instructor's version again and again, under other hash seeds and other seeds of every generator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from coursekit.audit.material import Material
from coursekit.audit.workbench import Workbench

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Hash seeds, and runs with each. A hash seed needs an interpreter of its own; the other seeds only a fork.
HASH_SEEDS, RUNS_EACH = (0, 1, 7, 1234, 4_294_967_295), 4
QUICK_HASH_SEEDS, QUICK_RUNS_EACH = (0, 1234), 1

_SEED = """
import random as _random, sys as _sys
_random.seed({seed})
if "numpy" in _sys.modules:
    _sys.modules["numpy"].random.seed({seed})
if "torch" in _sys.modules:
    _sys.modules["torch"].manual_seed({seed})
"""


def try_seeds(
    material: Material,
    bench: Workbench,
    pool: Executor,
    *,
    hash_seeds: Sequence[int],
    runs_each: int,
    on_run: Callable[[], None] = lambda: None,
) -> list[dict[str, str]]:
    """Run the instructor's notebooks once for each hash seed and run; what failed in each, by check.

    Parameters
    ----------
    bench : the week's own, which has hash seed 0.
    pool : runs with one hash seed are shared out to it.
    on_run : called after each run.
    """
    lost: list[dict[str, str]] = []
    for place, hash_seed in enumerate(hash_seeds):
        seeds = [1 + place * runs_each + run for run in range(runs_each)]
        if hash_seed == 0:
            lost += _runs(bench, pool, seeds, on_run)
            continue
        with Workbench(material, hash_seed=hash_seed, preload=bench.preload) as other:
            lost += _runs(other, pool, seeds, on_run)
    return lost


def _runs(bench: Workbench, pool: Executor, seeds: Sequence[int], on_run: Callable[[], None]) -> list[dict[str, str]]:
    def run(seed: int) -> dict[str, str]:
        lost: dict[str, str] = {}
        for reference in bench.references.values():
            lost |= _lost(bench.run(_seeded(reference, seed)))
        on_run()
        return lost

    return list(pool.map(run, seeds))


def _seeded(notebook: NotebookNode, seed: int) -> NotebookNode:
    """A copy that seeds the global generators in a first cell of its own."""
    from nbformat.v4 import new_code_cell

    seeded = notebook.copy()
    seeded.cells = [new_code_cell(_SEED.format(seed=seed)), *notebook.cells]
    return seeded


def _lost(executed: NotebookNode) -> dict[str, str]:
    from coursekit.grading.score import score

    checks = [check for exercise in score(executed) for check in exercise.checks if check.verdict != "for a person"]
    return {check.grade_id: check.message for check in checks if check.points < check.max_points}
