"""`peak_memory`, `not_called`, `unchanged` and `new_array`."""

import contextlib
import tracemalloc

import numpy as np
import pytest
from numpy import cov as covariance

from coursekit import check

# --- peak_memory -----------------------------------------------------------------------------------------------------


def allocate(mib):
    return np.ones(int(mib * 2**20 // 8))


def hungry(limit, need, **more):
    with check.peak_memory(mib=limit, **more):
        allocate(need)


def test_within_the_limit():
    with check.peak_memory(mib=40) as used:
        allocate(20)
        allocate(20)
    assert 19.9 < used.peak < 21


def test_beyond_the_limit(says):
    says(
        ["at most 10 MiB", "got 30.0 MiB", "likely cause: a copy too many"],
        hungry,
        10,
        30,
        hint="a copy too many",
    )


def test_a_peak_that_was_freed_again_counts(says):
    def fleeting():
        with check.peak_memory(mib=10):
            allocate(30).sum()

    says("got 30.0 MiB", fleeting)


def test_what_existed_before_does_not_count():
    before = allocate(30)
    with check.peak_memory(mib=10) as used:
        before += 1
    assert used.peak < 1


def test_tracing_is_off_again_afterwards(says):
    assert not tracemalloc.is_tracing()
    hungry(10, 1)
    assert not tracemalloc.is_tracing()
    says([], hungry, 1, 5)
    assert not tracemalloc.is_tracing()
    with pytest.raises(ZeroDivisionError), check.peak_memory(mib=1):
        1 / 0  # noqa: B018
    assert not tracemalloc.is_tracing()


def test_tracing_that_was_on_stays_on():
    tracemalloc.start()
    try:
        held = allocate(20)
        with check.peak_memory(mib=10) as used:
            allocate(5)
        assert tracemalloc.is_tracing()
        assert 4.9 < used.peak < 6
        assert held.size
    finally:
        tracemalloc.stop()


def test_limits_may_be_nested(says):
    def nested():
        with check.peak_memory(mib=100), check.peak_memory(mib=10):
            allocate(30)

    says("at most 10 MiB", nested)


def test_errors_inside_go_through():
    def unfinished():
        with check.peak_memory(mib=1):
            allocate(5)
            raise NotImplementedError

    pytest.raises(NotImplementedError, unfinished)


def test_running_out_of_memory_is_told_in_one_sentence(says):
    def absurd():
        with check.peak_memory(mib=10, hint="an array of all pairs"):
            np.empty((2**28, 2**30))

    says(["at most 10 MiB", "MemoryError", "Unable to allocate", "all pairs"], absurd)


def test_switching_the_measurement_off_does_not_help(says):
    def sly():
        with check.peak_memory(mib=10):
            tracemalloc.stop()
            allocate(30)

    says("leave tracemalloc alone", sly)
    assert not tracemalloc.is_tracing()


@pytest.mark.parametrize("limit", [0, -1, float("nan")])
def test_a_limit_must_be_positive(limit):
    with pytest.raises(ValueError, match="positive"):
        check.peak_memory(mib=limit)


# --- not_called ------------------------------------------------------------------------------------------------------


def call_in(path, function):
    with check.not_called(path, hint="use the definition"):
        return function()


@pytest.mark.parametrize(
    ("path", "function"),
    [
        ("numpy.cov", lambda: np.cov(np.eye(2))),
        ("numpy.cov", lambda: covariance(np.eye(2))),
        ("numpy.linalg.inv", lambda: np.linalg.inv(np.eye(2))),
        ("numpy.linalg.inv", lambda: list(map(np.linalg.inv, [np.eye(2)]))),
        ("builtins.sorted", lambda: sorted([2, 1])),
        ("builtins.map", lambda: map(abs, [2, 1])),
        ("numpy.vectorize", lambda: np.vectorize(abs)([2, 1])),
        ("fractions.Fraction.from_float", lambda: __import__("fractions").Fraction.from_float(0.5)),
        ("fractions.Fraction", lambda: __import__("fractions").Fraction(1, 2)),
        ("statistics.NormalDist.zscore", lambda: __import__("statistics").NormalDist().zscore(1.0)),
        ("pandas.DataFrame.apply", lambda: pytest.importorskip("pandas").DataFrame({"x": [1]}).apply(sum)),
    ],
)
def test_a_forbidden_call_fails(path, function, says):
    function()
    says([path, "use the definition"], call_in, path, function)
    function()


@pytest.mark.parametrize("path", ["numpy.cov", "numpy.linalg.inv", "fractions.Fraction.from_float"])
def test_what_was_forbidden_is_put_back_exactly(path):
    module, _, name = path.rpartition(".")
    owner = __import__("fractions").Fraction if "Fraction" in module else __import__(module, fromlist=["x"])
    before = vars(owner)[name]
    with check.not_called(path):
        assert vars(owner)[name] is not before
    assert vars(owner)[name] is before
    with pytest.raises(ZeroDivisionError), check.not_called(path):
        1 / 0  # noqa: B018
    assert vars(owner)[name] is before


def test_names_imported_directly_are_put_back():
    before = covariance
    with check.not_called("numpy.cov"):
        assert covariance is not before
    assert covariance is before


def test_an_inherited_method_leaves_no_trace():
    class Base:
        def work(self):
            return 1

    class Child(Base):
        pass

    import sys
    import types

    sys.modules["made_up"] = types.ModuleType("made_up")
    sys.modules["made_up"].Child = Child
    try:
        with check.not_called("made_up.Child.work"), contextlib.suppress(check.CheckFailed):
            pass
        assert "work" not in vars(Child)
        assert Child().work() == 1
    finally:
        del sys.modules["made_up"]


def test_other_functions_may_be_called():
    assert call_in("numpy.cov", lambda: np.mean([1.0, 3.0])) == 2.0


def test_the_library_itself_may_go_on():
    assert call_in("numpy.cov", lambda: np.corrcoef(np.eye(2)).shape) == (2, 2)
    assert call_in("builtins.sorted", lambda: __import__("statistics").median([3, 1, 2])) == 2


def test_isinstance_of_a_forbidden_class_goes_on():
    import fractions

    half = fractions.Fraction(1, 2)
    assert call_in("fractions.Fraction", lambda: isinstance(half, fractions.Fraction))
    assert not call_in("fractions.Fraction", lambda: isinstance(1, fractions.Fraction))
    assert call_in("fractions.Fraction", lambda: issubclass(type(half), fractions.Fraction))


def test_the_library_of_a_forbidden_class_may_go_on():
    from fractions import Fraction

    half = Fraction(1, 2)
    assert call_in("fractions.Fraction", lambda: half + half) == 1


def test_a_forbidden_class_under_another_name_or_as_a_parent(says):
    from fractions import Fraction as Ratio

    class Mine(Ratio):
        pass

    says("fractions.Fraction", call_in, "fractions.Fraction", lambda: Ratio(1, 2))
    says("fractions.Fraction", call_in, "fractions.Fraction", lambda: Mine(1, 2))
    assert Ratio(1, 2) == Mine(2, 4)
    assert "__init__" not in vars(Ratio)


def test_a_forbidden_estimator(says):
    linear = pytest.importorskip("sklearn.linear_model")
    path = "sklearn.linear_model.LinearRegression"
    says(path, call_in, path, lambda: linear.LinearRegression())
    says(path, call_in, path, lambda: linear.LinearRegression(fit_intercept=False))
    assert call_in(path, lambda: linear.Ridge(alpha=2.0).get_params()["alpha"]) == 2.0
    assert linear.LinearRegression(fit_intercept=False).get_params()["fit_intercept"] is False


def test_swallowing_the_failure_does_not_help(says):
    def sly():
        try:
            return np.cov(np.eye(2))
        except Exception:  # the cheat under test
            return np.eye(2)

    says("numpy.cov", call_in, "numpy.cov", sly)


def test_several_functions(says):
    def both():
        with check.not_called("numpy.cov", "numpy.var"):
            np.var([1.0])

    says("numpy.var", both)
    assert np.var([1.0]) == 0.0


def test_inside_an_exit_stack(says):
    def stacked():
        with contextlib.ExitStack() as stack:
            stack.enter_context(check.not_called("numpy.cov"))
            covariance(np.eye(2))

    says("numpy.cov", stacked)


def test_not_attempted_goes_through():
    def later():
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        call_in("numpy.cov", later)


@pytest.mark.parametrize("path", ["numpy.covv", "nowhere.at.all", "cov", "numpy.linalg.nothing.here"])
def test_a_path_that_leads_nowhere_is_the_authors_mistake(path):
    with pytest.raises(ValueError, match="leads nowhere"):
        check.not_called(path)


def test_what_cannot_be_replaced_is_the_authors_mistake():
    before = np.mean
    with pytest.raises(ValueError, match="cannot be replaced"), check.not_called("numpy.mean", "numpy.ndarray.sort"):
        pass
    assert np.mean is before
    with pytest.raises(ValueError, match="at least one"):
        check.not_called()


# --- unchanged -------------------------------------------------------------------------------------------------------


def test_an_untouched_input_passes():
    X = np.array([[1.0, np.nan], [np.inf, -0.0]])
    check.unchanged(X, X.copy(), of="X")
    check.unchanged([1, [2, 3]], [1, [2, 3]], of="rows")
    check.unchanged({"a": np.arange(3)}, {"a": np.arange(3)}, of="options")
    check.unchanged({1, 2}, {1, 2}, of="labels")


def test_the_first_change_is_named(says):
    X = np.ones((2, 2))
    before = X.copy()
    X[1, 0] = 5.0
    sentence = says([], check.unchanged, X, before, of="X")
    assert sentence == (
        "X: expected an input that is left as it was, but 1.0 at [1, 0] became 5.0 (1 of 4 entries differs); "
        "work on a copy"
    )


@pytest.mark.parametrize(
    ("after", "before", "words"),
    [
        (np.ones(3) * (1 + 1e-12), np.ones(3), "became"),
        (np.ones(3, dtype=np.float32), np.ones(3), "dtype float64 became dtype float32"),
        (np.ones((3, 1)), np.ones(3), "shape (3,) became shape (3, 1)"),
        (np.array([1.0, 0.0]), np.array([1.0, np.nan]), "nan at [1] became 0.0"),
        ([3, 1, 2], [1, 2, 3], "[0] 1 became 3"),
        ([1, 2], [1, 2, 3], "3 items became 2 items"),
        ({"a": 1, "b": 2}, {"a": 1}, "'b'"),
    ],
)
def test_every_change_is_seen(after, before, words, says):
    says(["left as it was", words], check.unchanged, after, before, of="input")


def test_changes_of_a_table_are_seen(says):
    pd = pytest.importorskip("pandas")
    before = pd.DataFrame({"x": [1, 2], "y": ["a", None], "f": [1.0, 2.0]})
    check.unchanged(before.copy(), before, of="df")
    for after in (
        before.assign(x=[1, 3]),
        before.assign(f=[1.0 + 1e-15, 2.0]),
        before.assign(z=0),
        before.astype({"x": "int32"}),
        before.iloc[::-1],
        before.fillna("b"),
        before.rename(index={0: "first"}),
    ):
        says("left as it was", check.unchanged, after, before, of="df")


def test_comparing_an_object_with_itself_is_the_authors_mistake():
    X = np.ones(3)
    with pytest.raises(ValueError, match="same object"):
        check.unchanged(X, X, of="X")


# --- new_array -------------------------------------------------------------------------------------------------------


def test_new_arrays_pass():
    X = np.arange(6.0).reshape(2, 3)
    check.new_array(X + 0, X, of="result")
    check.new_array(X.copy(), X, of="result")
    check.new_array(X[:, [0, 1]], X, of="result")
    check.new_array(np.zeros((0, 3)), X, of="result")


@pytest.mark.parametrize(
    "make",
    [
        lambda X: X[1:],
        lambda X: X.T,
        lambda X: X.reshape(-1),
        lambda X: X[::-1],
        lambda X: X.view(np.int64),
        lambda X: X[1:, 2:],
    ],
)
def test_views_are_refused(make, says):
    X = np.arange(6.0).reshape(2, 3)
    says(["memory of its own", "view", ".copy()"], check.new_array, make(X), np.ones(3), X, of="result")


def test_the_input_itself_is_refused(says):
    X = np.arange(6.0)
    says("the input itself", check.new_array, X, X, of="result")


def test_interleaved_views_share_nothing():
    X = np.arange(6.0)
    check.new_array(X[::2], X[1::2], of="result")


def test_views_too_tangled_to_tell_count_as_overlapping(says, monkeypatch):
    monkeypatch.setattr("coursekit.check.ownership._EFFORT", 1)
    buffer = np.zeros(4_000_000, dtype=np.int8)
    windows = [
        np.lib.stride_tricks.as_strided(buffer[start:], shape=(90, 90, 90), strides=(3_667, 6_111, 8_557))
        for start in (0, 1)
    ]
    says("view", check.new_array, *windows, of="result")


def test_views_of_a_table_are_refused(says):
    pd = pytest.importorskip("pandas")
    df = pd.DataFrame({"x": [1.0, 2.0]})
    says("view", check.new_array, df["x"].to_numpy(), df, of="result")
    says("view", check.new_array, df["x"].to_numpy(), df["x"], of="result")
    check.new_array(df["x"].to_numpy().copy(), df, of="result")


def test_only_arrays(says):
    says("np.array", check.new_array, [1, 2], np.ones(2), of="result")
