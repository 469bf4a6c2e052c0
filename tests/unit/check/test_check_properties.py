"""`check.property`, `check.deterministic` and `check.same_given_seed`."""

import itertools
import random

import numpy as np
import pytest

from coursekit import check


def not_attempted(*args, **kwargs):
    raise NotImplementedError


# --- property --------------------------------------------------------------------------------------------------------


def test_cases_of_every_form():
    seen = []

    def record(*args, **kwargs):
        seen.append((args, kwargs))
        return True

    check.property("holds", record, [(1, 2), {"x": 3}, [4, 5], 6])
    assert seen == [((1, 2), {}), ((), {"x": 3}), (([4, 5],), {}), ((6,), {})]


def test_the_first_failing_case_is_shown(says):
    sentence = says([], check.property, "squares exceed their root", lambda x: x * x > x, [2.0, 0.5, 0.25])
    assert sentence == "squares exceed their root: this does not hold for (0.5)"


def test_named_and_long_cases_are_shown_short(says):
    case = {"X": np.zeros((50, 3)), "window": 4, "names": ["a"] * 40}
    says(
        ["(X=an array of shape (50, 3), window=4, names=a list of 40 items)"],
        check.property,
        "p",
        lambda **_: False,
        [case],
    )


def test_an_error_is_a_failing_case(says):
    says(["for (0)", "ZeroDivisionError: division by zero"], check.property, "p", lambda x: 1 / x > 0, [1, 0])


def test_a_failed_check_gives_its_sentence(says):
    says(
        ["for (3)", "double: expected 6, got 9"],
        check.property,
        "doubling",
        lambda n: check.number(n * n, 2 * n, of="double"),
        [2, 3],
    )


def test_numpy_booleans_count():
    check.property("p", lambda x: np.all(x > 0), [(np.ones(3),)])


@pytest.mark.parametrize("result", [1, "yes", [True], np.array([True]), None])
def test_other_results_do_not_count(result, says):
    says("not as True or False", check.property, "p", lambda: result, [()])


def test_a_function_that_checks_may_return_nothing():
    check.property("p", lambda x: check.that(x > 0, "positive"), [1, 2])


def test_lazy_cases_stop_at_the_first_failure(says):
    counter = itertools.count()
    says("for (3)", check.property, "p", lambda n: n < 3, counter)
    assert next(counter) == 4


def test_no_cases_is_the_authors_mistake():
    with pytest.raises(ValueError, match="no cases"):
        check.property("p", lambda: True, [])


def test_long_descriptions_keep_the_case(says):
    says("for (7)", check.property, "word " * 100, lambda n: False, [7])


@pytest.mark.parametrize(
    "check_it",
    [
        lambda f: check.property("p", f, [(1,)]),
        lambda f: check.deterministic(f, 1, of="f"),
        lambda f: check.same_given_seed(f, 1, of="f"),
        lambda f: check.raises(ValueError, f, 1),
        lambda f: check.estimator(type("Model", (), {"fit": f, "predict": f}), name="Model"),
    ],
)
def test_not_attempted_is_not_wrong(check_it):
    with pytest.raises(NotImplementedError):
        check_it(not_attempted)


# --- deterministic ---------------------------------------------------------------------------------------------------


def test_functions_of_their_input_pass():
    check.deterministic(np.cumsum, np.arange(5), of="cumsum")
    check.deterministic(lambda n, rng: rng.normal(size=n), 4, np.random.default_rng(0), of="noise")
    check.deterministic(lambda: {"a": [np.nan, None, "x", (1, 2.5)]}, of="summary")


def test_writing_into_the_input_is_no_excuse():
    def double(x):
        x *= 2
        return x

    x = np.arange(3)
    check.deterministic(double, x, of="double")
    assert x.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "function",
    [
        lambda: np.random.normal(size=3),  # noqa: NPY002 - the mistake under test
        lambda: random.random(),
        lambda: np.random.default_rng().normal(size=3),
        lambda memory=[0]: memory.append(0) or len(memory),  # noqa: B006 - the mistake under test
        lambda memory=np.zeros(2): np.add(memory, 1, out=memory),  # noqa: B008 - one array for all calls
    ],
    ids=["global numpy", "global python", "fresh generator", "growing default", "one buffer"],
)
def test_hidden_state_is_seen(function, says):
    says(["f: two calls", "different results", "then"], check.deterministic, function, of="f")


def test_returning_nothing_is_not_deterministic_enough(says):
    says("got None", check.deterministic, lambda: None, of="f")


def test_objects_that_cannot_be_compared_are_not_called_equal(says):
    class Anything:
        def __eq__(self, other):
            return True

        __hash__ = None

    says("cannot be compared", check.deterministic, Anything, of="f")


# --- same_given_seed -------------------------------------------------------------------------------------------------


def walk(n, rng):
    return rng.choice([-1, 1], size=n).cumsum()


def test_a_function_of_the_generator_passes():
    check.same_given_seed(walk, 30, of="walk(30, rng)")
    check.same_given_seed(walk, n=30, of="walk(30, rng)", seed=7)
    check.same_given_seed(lambda generator: generator.normal(), of="noise", parameter="generator")


def test_the_global_state_is_left_alone_by_the_check():
    before = random.getstate()
    check.same_given_seed(lambda rng: 1, of="constant", differs=False)
    assert random.getstate() != before, "the state is moved on between the calls"


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda rng: np.random.normal(), "the global random state was used"),  # noqa: NPY002 - the mistake under test
        (lambda rng: random.random(), "the global random state was used"),
        (lambda rng: np.random.seed(0) or rng.normal(), "the global random state was used"),  # noqa: NPY002
        (lambda rng: np.random.default_rng().normal(), "the same seed gave different results"),
        (lambda rng: np.random.default_rng(0).normal(), "different seeds gave the same result"),
        (lambda rng: 4, "different seeds gave the same result"),
        (lambda rng: None, "different seeds gave the same result"),
    ],
)
def test_other_sources_of_randomness_are_seen(function, words, says):
    says(["noise", words], check.same_given_seed, function, of="noise")


def test_a_coin_may_fall_alike_for_two_seeds():
    seeds = {seed: int(np.random.default_rng(seed).integers(2)) for seed in range(50)}
    alike = next(seed for seed in range(40) if seeds[seed] == seeds[seed + 1] != seeds[seed + 2])
    check.same_given_seed(lambda rng: int(rng.integers(2)), of="coin", seed=alike)
