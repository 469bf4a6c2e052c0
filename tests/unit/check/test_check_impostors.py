"""Lookalikes gain nothing: no check trusts what an object says about itself."""

import numpy as np
import pytest

from coursekit import check
from coursekit.check import CheckFailed
from coursekit.check.plain import class_name, describe, module_name, short

RIGHT = np.array([1.0, 2.0, 3.0])


class AlwaysEqual:
    """Agrees with everything, in every way that Python asks."""

    shape, dtype, ndim, size = (3,), np.dtype(float), 1, 3

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __lt__(self, other):
        return True

    __le__ = __gt__ = __ge__ = __lt__

    def __bool__(self):
        return True

    def __hash__(self):
        return 0

    def __float__(self):
        return 1.0

    def __int__(self):
        return 1

    def __index__(self):
        return 1

    def __len__(self):
        return 3

    def __getitem__(self, item):
        return self

    def __iter__(self):
        return iter([1.0, 2.0, 3.0])

    def __call__(self, *args, **kwargs):
        return self

    def __sub__(self, other):
        return 0.0

    def __array__(self, dtype=None, copy=None):
        return RIGHT.copy()

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.bool_(True)

    def __array_function__(self, function, types, args, kwargs):
        return True


def disguised(real):
    """Return an always-equal object whose __class__ claims to be ``real``."""
    return type("Disguise", (AlwaysEqual,), {"__class__": real})()


def namesake(real):
    """Return an object of a class with the name and module of ``real``."""
    return type(real.__name__, (AlwaysEqual,), {"__module__": real.__module__})()


class YesArray(np.ndarray):
    """An array whose comparisons are always right."""

    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape, dtype=bool)


class YesFloat(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __hash__(self):
        return 0


class YesInt(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


class YesText(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("right")


class YesList(list):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


class YesDict(dict):
    def __eq__(self, other):
        return True

    def __getitem__(self, key):
        return 1.0

    def __hash__(self):
        return 0


def metamorph(real):
    """Return an always-equal object whose class claims to be ``real``, down to its hash."""

    class Meta(type):
        def __eq__(cls, other):
            return True

        def __ne__(cls, other):
            return False

        def __hash__(cls):
            return hash(real)

        def __getattribute__(cls, name):
            if name in ("__name__", "__module__", "__mro__"):
                raise RuntimeError("nothing to see here")
            return super().__getattribute__(name)

    class Metamorph(AlwaysEqual, metaclass=Meta):
        pass

    return Metamorph()


IMPOSTORS = [
    pytest.param(AlwaysEqual(), id="always equal"),
    pytest.param(disguised(np.ndarray), id="disguised as array"),
    pytest.param(disguised(float), id="disguised as float"),
    pytest.param(disguised(bool), id="disguised as bool"),
    pytest.param(disguised(str), id="disguised as str"),
    pytest.param(disguised(dict), id="disguised as dict"),
    pytest.param(disguised(type), id="disguised as class"),
    pytest.param(namesake(np.ndarray), id="another class called ndarray"),
    pytest.param(namesake(float), id="another class called float"),
    pytest.param(RIGHT.view(YesArray), id="array subclass"),
    pytest.param(np.ma.masked_array(RIGHT, mask=True), id="masked array"),
    pytest.param(np.array(RIGHT).view(np.matrix), id="matrix"),
    pytest.param(YesFloat(1.0), id="float subclass"),
    pytest.param(YesInt(1), id="int subclass"),
    pytest.param(YesText("right"), id="str subclass"),
    pytest.param(YesList([1.0, 2.0, 3.0]), id="list subclass"),
    pytest.param(YesDict(a=1.0), id="dict subclass"),
    pytest.param(None, id="None"),
    pytest.param(NotImplemented, id="NotImplemented"),
    pytest.param(Ellipsis, id="Ellipsis"),
    pytest.param(AlwaysEqual, id="a class"),
    pytest.param(lambda *args: RIGHT, id="a function"),
    *[
        pytest.param(metamorph(real), id=f"metaclass lies to be {real.__name__}")
        for real in (np.ndarray, float, np.float64, int, bool, str, list, set, dict, type(lambda: 0))
    ],
]


def answer(value):
    """An answer to a question; three dots would be none."""
    return None if value is ... else value


LETTER, NUMBER = check.seal("A", {"B": "no"}), check.seal(1.0, {2.0: "no"}, digits=2)


@pytest.mark.parametrize("impostor", IMPOSTORS)
@pytest.mark.parametrize(
    "check_it",
    [
        pytest.param(lambda x: check.array(x, RIGHT, of="answer"), id="array"),
        pytest.param(lambda x: check.array(x, ["a", "b", "c"], of="answer"), id="array of text"),
        pytest.param(lambda x: check.number(x, 1.0, of="answer"), id="number"),
        pytest.param(lambda x: check.number(x, 1, of="answer", integer=True), id="integer"),
        pytest.param(lambda x: check.boolean(x, True, of="answer"), id="boolean"),
        pytest.param(lambda x: check.text(x, "right", of="answer"), id="text"),
        pytest.param(lambda x: check.choice(x, "A", options={"A": "", "B": ""}, of="answer"), id="choice"),
        pytest.param(lambda x: check.sealed(answer(x), LETTER, letters="AB", of="answer"), id="sealed letter"),
        pytest.param(lambda x: check.sealed(answer(x), NUMBER, digits=2, of="answer"), id="sealed number"),
        pytest.param(lambda x: check.sequence(x, [1.0, 2.0, 3.0], of="answer"), id="sequence"),
        pytest.param(lambda x: check.mapping(x, {"a": 1.0}, of="answer"), id="mapping"),
        pytest.param(lambda x: check.members(x, {1.0}, of="answer"), id="members"),
        pytest.param(lambda x: check.that(x, "answer"), id="that"),
        pytest.param(lambda x: check.new_array(x, RIGHT, of="answer"), id="new_array"),
        pytest.param(lambda x: check.unchanged(x, RIGHT, of="answer"), id="unchanged"),
        pytest.param(lambda x: check.no_loops(type(x) if x is AlwaysEqual else 3), id="no_loops"),
        pytest.param(lambda x: check.property("p", lambda: x, [()]), id="property"),
    ],
)
def test_no_check_accepts_an_impostor(check_it, impostor, says):
    says([], check_it, impostor)


@pytest.mark.parametrize("impostor", [i for i in IMPOSTORS if i.id not in ("a function",)])
def test_no_function_check_accepts_an_impostor(impostor, says):
    says("a function solve(X)", check.function, impostor, name="solve", parameters=["X"])


@pytest.mark.parametrize("impostor", IMPOSTORS)
def test_impostors_inside_containers(impostor, says):
    says([], check.sequence, [1.0, impostor], [1.0, 2.0], of="answer")
    says([], check.mapping, {"a": impostor}, {"a": 1.0}, of="answer")
    says([], check.value, {"a": [impostor]}, {"a": [RIGHT]}, of="answer")
    says([], check.array, np.array([impostor, None, None], dtype=object)[:3], RIGHT, of="answer")


@pytest.mark.parametrize(
    "impostor",
    [AlwaysEqual(), YesFloat(1.0), YesText("a"), disguised(float), metamorph(float), metamorph(str)],
    ids=["always-equal", "yes-float", "yes-text", "disguised", "metamorph-float", "metamorph-str"],
)
def test_impostors_inside_object_arrays(impostor, says):
    hidden = np.empty(3, dtype=object)
    hidden[:] = [impostor] * 3
    says("dtype object", check.array, hidden, RIGHT, of="answer")
    says("dtype object", check.array, hidden, ["a", "a", "a"], of="answer")


def test_impostors_as_keys(says):
    says("a key that is", check.mapping, {YesText("right"): 1.0}, {"right": 1.0}, of="answer")
    says("a key that is", check.members, {YesInt(1)}, {1}, of="answer")


@pytest.mark.parametrize("impostor", IMPOSTORS)
def test_impostors_inside_tables(impostor, says):
    pd = pytest.importorskip("pandas")
    right = pd.DataFrame({"x": [1.0, 2.0], "t": ["a", "b"]})
    says([], check.table, impostor, right, of="answer")
    for label in ("x", "t"):
        wrong = right.astype({label: object})
        wrong[label] = pd.Series([impostor, impostor], dtype=object)
        says([], check.table, wrong, right, of="answer")
        says([], check.table, wrong, right, of="answer", check_dtype="ignore")


def test_a_table_subclass_is_refused(says):
    pd = pytest.importorskip("pandas")

    class YesTable(pd.DataFrame):
        def equals(self, other):
            return True

        def __eq__(self, other):
            return True

    says("an object of class YesTable", check.table, YesTable({"x": [9.0]}), pd.DataFrame({"x": [1.0]}), of="answer")


def test_a_table_whose_methods_were_overwritten_is_seen_as_it_is(says):
    pd = pytest.importorskip("pandas")
    right = pd.DataFrame({"x": [1.0, 2.0]})
    wrong = pd.DataFrame({"x": [1.0, 9.0]})
    for name in ("copy", "equals", "_constructor_from_mgr"):
        object.__setattr__(wrong, name, lambda *args, **kwargs: right)
    says("expected 2.0", check.table, wrong, right, of="answer")
    column = pd.Series([1.0, 9.0])
    object.__setattr__(column, "to_numpy", lambda *args, **kwargs: np.array([1.0, 2.0]))
    object.__setattr__(column, "isna", lambda: np.array([False, False]))
    says("expected 2.0", check.series, column, right["x"], of="answer")


def test_raises_is_not_fooled(says):
    class Sly(Exception):
        def __str__(self):
            raise RuntimeError("broken on purpose")

    class Liar(KeyError):
        __class__ = ValueError

    def sly():
        raise Sly

    def liar():
        raise Liar

    says(["expected ValueError", "Sly"], check.raises, ValueError, sly)
    says(["expected ValueError", "Liar"], check.raises, ValueError, liar)
    says("mentions", check.raises, Sly, sly, mentions=["broken"])


@pytest.mark.parametrize(
    ("name", "fake"),
    [
        *[(name, lambda *args, **kwargs: True) for name in ("array_equal", "allclose", "isclose", "equal")],
        ("abs", lambda x: x * 0),
        ("absolute", lambda x: x * 0),
        ("isnan", lambda x: np.ones(np.shape(x), dtype=bool)),
        ("isfinite", lambda x: np.ones(np.shape(x), dtype=bool)),
        ("asarray", lambda x, *args: RIGHT),
        ("ndarray", AlwaysEqual),
        ("float64", AlwaysEqual),
        ("bool_", AlwaysEqual),
    ],
)
def test_patching_numpy_does_not_help(name, fake, monkeypatch):
    monkeypatch.setattr(np, name, fake)
    with pytest.raises(CheckFailed):
        check.array(RIGHT + 1, RIGHT, of="answer")
    with pytest.raises(CheckFailed):
        check.array(AlwaysEqual(), RIGHT, of="answer")
    with pytest.raises(CheckFailed):
        check.number(AlwaysEqual(), 1.0, of="answer")


@pytest.mark.parametrize("impostor", IMPOSTORS)
def test_describing_never_fails_and_is_short(impostor):
    assert 0 < len(describe(impostor)) < 120
    assert 0 < len(short(impostor)) < 120


def test_real_names():
    assert class_name(type(metamorph(int))) == "Metamorph"
    assert module_name(np.ndarray) == "numpy"
    assert module_name(type("X", (), {"__module__": 3})) == ""
