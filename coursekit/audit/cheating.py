"""Hands in the universal cheats and notes what they gain; nothing, if the checks are worth their points."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.audit.cheats import KINDS, cheat_for, functions_in
from coursekit.audit.judged import mark_all
from coursekit.audit.material import Material
from coursekit.audit.regions import has_hidden, visible
from coursekit.audit.slices import cells_needed, cells_of
from coursekit.audit.workbench import Workbench
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.notebooks.exercises import Exercise

_MARK = "@table@"
_LEAST_SECONDS, _TIMES_SLOWEST = 1.5, 3.0

#: Points gained, by check, of an exercise's cheat of one kind.
Gains = dict[str, float]


def independent_groups(material: Material) -> list[list[Exercise]]:
    """Exercises whose cheats may be handed in together, because the checks of none need an answer to another."""
    alone: list[list[Exercise]] = []
    together: list[Exercise] = []
    for name, exercises in material.exercises.items():
        notebook = material.notebooks[name]
        for exercise in exercises:
            needed = {_name(notebook, place) for place in cells_needed(notebook, cells_of(notebook, exercise))}
            foreign = {grade_id for other in exercises if other is not exercise for grade_id in other.answers}
            (alone.append([exercise]) if needed & foreign else together.append(exercise))
    return [*([together] if together else []), *alone]


def hand_in(
    bench: Workbench, material: Material, exercises: Iterable[Exercise], kind: str, slowest: float
) -> dict[str, Gains]:
    """Mark one kind of cheat for some exercises at once.

    Parameters
    ----------
    slowest : seconds of the slowest cell of the instructor's version; an endless cheat gets a little more.

    Returns
    -------
    dict
        For each exercise's grade_id the points that it gained, by check; empty as it should be.
    """
    exercises = list(exercises)
    sources = {name: source for exercise in exercises for name, source in _cheats(bench, material, exercise, kind)}
    limits = {"cell_seconds": max(_LEAST_SECONDS, _TIMES_SLOWEST * slowest)} if kind == "endless" else {}
    scores = mark_all(bench, sources, **limits)
    return {
        exercise.grade_id: {
            check.grade_id: scores[check.grade_id].points
            for check in exercise.checks
            if check.grade_id in scores and scores[check.grade_id].points > 0
        }
        for exercise in exercises
    }


def finding(material: Material, exercise: Exercise, kind: str, gains: Gains) -> str:
    """What a cheat's gain says about the checks."""
    cells = _sources(material)
    bare = [name for name in gains if not has_hidden(cells[name])]
    won = f"gains {sum(gains.values()):g} of {exercise.points:g} points in {', '.join(gains)}"
    if kind == "replay" and bare == list(gains):
        why = "no hidden check asks for anything else; add one that varies the data"
    elif kind == "replay":
        why = "the hidden checks ask what the visible ones ask; let them vary the data"
    else:
        why = "check type and value before anything else"
    return f"{exercise.grade_id}: an answer that {KINDS[kind]} {won}: {why}."


def _cheats(bench: Workbench, material: Material, exercise: Exercise, kind: str) -> list[tuple[str, str]]:
    cells = _sources(material)
    table = _table(bench, material, exercise) if kind == "replay" else ""
    return [(name, cheat_for(kind, cells[name], table)) for name in exercise.answers if name in cells]


def _table(bench: Workbench, material: Material, exercise: Exercise) -> str:
    """What the instructor's functions returned to the visible checks, packed."""
    from nbformat.v4 import new_code_cell, new_notebook

    notebook = next(nb for name, nb in material.notebooks.items() if exercise in material.exercises[name])
    targets = cells_of(notebook, exercise)
    last_answer = max(place for place in targets if nbgrader_of(notebook.cells[place]).get("solution"))
    needed = cells_needed(notebook, targets)
    functions = [n for name in exercise.answers for n in functions_in(_sources(material)[name])]
    inside = Path(__file__).with_name("recording.py").read_text(encoding="utf-8")
    start = (
        f"_audit = {{'__name__': 'recording'}}\nexec({inside!r}, _audit)\n"
        f"_audit['recorder'] = _audit['Recorder']({functions!r}, globals())"
    )
    listen = "_audit['recorder'].listen(lambda: get_ipython().run_cell({source!r}, silent=True))"
    recording = new_notebook(metadata=dict(notebook.metadata))
    sources = [notebook.cells[place].source for place in needed if place <= last_answer]
    later = [visible(notebook.cells[place].source) for place in needed if place > last_answer]
    sources += [start, *(listen.format(source=source) for source in later)]
    sources.append(f"print({_MARK!r} + _audit['recorder'].table() + {_MARK!r})")
    recording.cells = [new_code_cell(source) for source in sources]
    executed = bench.run(recording)
    text = "".join(o.text for o in executed.cells[-1].get("outputs", []) if o.output_type == "stream")
    return text.split(_MARK)[1] if text.count(_MARK) >= 2 else _nothing()


def _nothing() -> str:
    """A table without entries: then the cheat knows no answer."""
    import base64
    import pickle
    import zlib

    return base64.b85encode(zlib.compress(pickle.dumps({}))).decode()


def _sources(material: Material) -> dict[str, str]:
    cells = (cell for notebook in material.notebooks.values() for cell in notebook.cells)
    return {
        nbgrader_of(c)["grade_id"]: c.source for c in cells if c.cell_type == "code" and nbgrader_of(c).get("grade_id")
    }


def _name(notebook: NotebookNode, place: int) -> str:
    return nbgrader_of(notebook.cells[place]).get("grade_id", "")
