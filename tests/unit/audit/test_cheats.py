"""Cheats are made from any answer cell: functions, methods, values; and the replay really knows the visible outputs."""

from __future__ import annotations

import numpy as np
import pytest

from coursekit.audit.cheating import finding, independent_groups
from coursekit.audit.cheats import KINDS, cheat_for, functions_in
from coursekit.audit.recording import Recorder

CELL = '''
import math

SCALE = 2


def given(a):
    return a * SCALE


class Model:
    """A model."""

    def __init__(self, depth=2):
        self.depth = depth

    def fit(self, X, y=None):
        ### BEGIN SOLUTION
        self.mean_ = sum(X) / len(X)
        return self
        ### END SOLUTION

    def predict(self, X):
        """Predict."""
        ### BEGIN SOLUTION
        return [self.mean_ for _ in X]
        ### END SOLUTION


def asked(a, *, b=3):
    """Mentions columns."""
    ### BEGIN SOLUTION
    def inner(x):
        return x + b

    if a < 0:
        raise ValueError("negative")
    return inner(a)
    ### END SOLUTION


### BEGIN SOLUTION
number = asked(4)
### END SOLUTION
'''


def run(source: str, **names: object) -> dict:
    scope = dict(names)
    exec(source, scope)
    return scope


def test_the_functions_that_a_cell_asks_for() -> None:
    assert functions_in(CELL) == ["Model.fit", "Model.predict", "asked"]
    whole = (
        "### BEGIN SOLUTION\ndef f():\n    return 1\n\n\nclass A:\n    def b(self):\n        return 2\n### END SOLUTION"
    )
    assert functions_in(whole) == ["f", "A.b"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("endless", "raises", "patches", "replay")])
def test_cheats_keep_what_is_given_and_every_signature(kind: str) -> None:
    scope = run(cheat_for(kind, CELL))
    assert scope["given"](3) == 6
    assert scope["Model"](5).depth == 5
    scope["asked"](1, b=2)
    assert "number" in scope


def test_what_cheats_return() -> None:
    assert run(cheat_for("none", CELL))["asked"](1) is None
    argument = run(cheat_for("argument", CELL))
    assert argument["asked"](7) == 7
    assert argument["Model"]().fit("X") == "X"
    agreeing = run(cheat_for("always equal", CELL))
    assert agreeing["asked"](1) == 99
    assert agreeing["number"] == "anything"
    array = run(cheat_for("lookalike", CELL))["asked"](np.ones((2, 3)))
    assert isinstance(array, np.ndarray)
    assert array.shape == (2, 3)
    assert (array == 5).all()


def test_cheats_that_do_not_return() -> None:
    raising = cheat_for("raises", CELL)
    with pytest.raises(ValueError, match="no"):
        run(raising)
    scope = run(raising.replace("raise ValueError('no')", ""))
    with pytest.raises(ValueError, match="'a': 5.*Mentions columns"):
        scope["asked"](5)
    assert "while True:" in cheat_for("endless", CELL)
    assert "_patch()" in cheat_for("patches", CELL)


def recorded(use: object) -> dict:
    """The cell's names as a cheat has them that saw what ``use`` did with the real ones."""
    real = run(CELL, __name__="__main__")
    import __main__

    __main__.Model = real["Model"]  # where pickle looks for what a notebook defines
    recorder = Recorder(functions_in(CELL), real)
    recorder.listen(lambda: use(real))
    cheat = run(cheat_for("replay", CELL, recorder.table()), __name__="__main__")
    __main__.Model = cheat["Model"]
    return cheat


def test_replay_knows_what_the_visible_checks_asked_and_nothing_else() -> None:
    cheat = recorded(lambda real: (real["asked"](1), real["asked"](2, b=5)))
    assert (cheat["asked"](1), cheat["asked"](2, b=5)) == (4, 7)
    assert cheat["asked"](100) in (4, 7)


def test_replay_raises_what_was_raised() -> None:
    def use(real: dict) -> None:
        with pytest.raises(ValueError, match="negative"):
            real["asked"](-1)

    with pytest.raises(ValueError, match="negative"):
        recorded(use)["asked"](-1)


def test_replay_plays_an_object() -> None:
    def use(real: dict) -> None:
        real["Model"]().fit([1, 2, 3]).predict([0, 0])

    model = recorded(use)["Model"]()
    assert model.fit([1, 2, 3]) is model
    assert model.mean_ == 2.0
    assert model.predict([0, 0]) == [2.0, 2.0]


def test_exercises_that_build_on_each_other_are_cheated_apart(tmp_path) -> None:
    import audit_kit

    from coursekit.audit.material import read_material

    week = audit_kit.write_course(tmp_path)
    assert [len(group) for group in independent_groups(read_material(week, tmp_path))] == [2]
    leaning = audit_kit.NOTEBOOK.replace("counter = Counter()\n", "counter = Counter()\nclipped(np.zeros(1), 1)\n")
    material = read_material(audit_kit.write_course(tmp_path, leaning), tmp_path)
    assert [[e.grade_id for e in group] for group in independent_groups(material)] == [
        ["w01-q1-clip"],
        ["w01-q2-count"],
    ]
    sentence = finding(material, material.all_exercises[0], "none", {"w01-q1-clip-test": 2.0})
    assert sentence.startswith("w01-q1-clip: an answer that returns None gains 2 of 2 points in w01-q1-clip-test")
