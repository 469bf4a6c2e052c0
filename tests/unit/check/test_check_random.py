"""Properties that hold for arrays of any dtype and shape, searched by Hypothesis."""

import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from coursekit import check
from coursekit.check import CheckFailed
from coursekit.check.plain import describe, short

quick = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
FILLED = hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=6)
DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(),
    hnp.unsigned_integer_dtypes(),
    hnp.floating_dtypes(),
    hnp.complex_number_dtypes(),
    hnp.datetime64_dtypes(),
    hnp.timedelta64_dtypes(),
    hnp.unicode_string_dtypes(max_len=5),
    hnp.byte_string_dtypes(max_len=5),
)
MODEST = st.floats(-1e6, 1e6, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-6)
NUMBERS = hnp.arrays(np.float64, FILLED, elements=MODEST)


def fails(call, *args, **kwargs):
    """Run a check that must fail, and return its sentence."""
    with pytest.raises(CheckFailed) as caught:
        call(*args, **kwargs)
    sentence = str(caught.value)
    assert len(sentence) <= 300
    assert "\n" not in sentence
    return sentence


def passes_or_says(call, *args, **kwargs):
    """Run a check that may pass or fail but must not break; tell whether it passed."""
    try:
        call(*args, **kwargs)
    except CheckFailed as failure:
        sentence = str(failure)
    else:
        return True
    assert 0 < len(sentence) <= 300
    return False


@quick
@given(hnp.arrays(DTYPES, SHAPES))
def test_an_array_equals_its_copy(x):
    check.array(x.copy(), x, of="x")
    check.array(x.copy(order="F"), x, of="x")
    check.array(x.copy(), x, of="x", rtol=0.0, atol=0.0)
    check.array(x.copy(), x, of="x", dtype=x.dtype, hide=True)
    check.unchanged(x, x.copy(), of="x")


@quick
@given(hnp.arrays(DTYPES, FILLED), st.data())
def test_another_entry_is_always_seen(x, data):
    where = tuple(data.draw(st.integers(0, n - 1)) for n in x.shape)
    other = data.draw(hnp.from_dtype(x.dtype))
    changed = x.copy()
    changed[where] = other
    before, after = x[where], changed[where]
    if before == after or (before != before and after != after):
        return
    assert "1 of" in fails(check.array, changed, x, of="x", rtol=0.0, atol=0.0)
    fails(check.unchanged, changed, x, of="x")


@quick
@given(NUMBERS, st.data(), st.sampled_from([1e-3, 1e-6, 1e-9]), st.sampled_from([0.0, 1e-8]))
def test_one_entry_beyond_tolerance_fails_and_within_it_passes(x, data, rtol, atol):
    where = tuple(data.draw(st.integers(0, n - 1)) for n in x.shape)
    room = atol + rtol * abs(x[where])
    sign = data.draw(st.sampled_from([-1.0, 1.0]))
    within, beyond = x.copy(), x.copy()
    within[where] += sign * 0.9 * room
    beyond[where] += sign * (1.1 * room + 4 * np.spacing(abs(x[where])) + 1e-300)
    check.array(within, x, of="x", rtol=rtol, atol=atol)
    sentence = fails(check.array, beyond, x, of="x", rtol=rtol, atol=atol)
    assert f"at [{', '.join(map(str, where))}]" in sentence


@quick
@given(NUMBERS)
def test_float32_answers_pass(x):
    check.array(x.astype(np.float32), x, of="x")


@quick
@given(hnp.arrays(np.float64, FILLED), st.data())
def test_gaps_must_stay_where_they_are(x, data):
    where = tuple(data.draw(st.integers(0, n - 1)) for n in x.shape)
    with_gap, filled = x.copy(), x.copy()
    with_gap[where] = np.nan
    filled[where] = 1.0
    fails(check.array, with_gap, filled, of="x")
    fails(check.array, filled, with_gap, of="x")
    check.array(with_gap.copy(), with_gap, of="x")


@quick
@given(st.integers(2, 8), st.integers(2, 8), st.integers(0, 2**32 - 1))
def test_a_transpose_is_diagnosed(rows, columns, seed):
    x = np.random.default_rng(seed).normal(size=(rows, columns))
    assert "transpose" in fails(check.array, x.T, x, of="x")


@quick
@given(
    st.sampled_from(
        [
            (lambda x: -x, "flipped"),
            (lambda x: x[::-1], "reversed"),
            (lambda x: x**2, "squares"),
            (lambda x: 3.7 * x, "3.7 times"),
            (lambda x: x + 0.25, "0.25 too high"),
            (lambda x: np.roll(x, 1), "one place too late"),
            (lambda x: x.astype(int), "cut off"),
        ]
    ),
    st.integers(4, 40),
    st.integers(0, 2**32 - 1),
)
def test_plain_mistakes_are_diagnosed_whatever_the_data(mistake, size, seed):
    x = np.random.default_rng(seed).uniform(1.5, 9.0, size=size)
    wrong, words = mistake[0](x), mistake[1]
    assert words in fails(check.array, wrong, x, of="x")


@quick
@given(SHAPES, SHAPES)
def test_another_shape_never_passes(left, right):
    if left == right:
        check.array(np.zeros(left), np.zeros(right), of="x")
    else:
        assert "shape" in fails(check.array, np.zeros(left), np.zeros(right), of="x")


@quick
@given(hnp.arrays(DTYPES, FILLED), hnp.arrays(DTYPES, FILLED))
def test_any_two_arrays_give_a_sentence_or_pass(left, right):
    """No pair of arrays makes the check itself fall over, whatever detector it reaches."""
    passes_or_says(check.array, left, right, of="x")


@quick
@given(hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4), st.data())
def test_any_two_float_arrays_of_one_shape_give_a_sentence_or_pass(shape, data):
    left = data.draw(hnp.arrays(np.float64, shape))
    right = data.draw(hnp.arrays(np.float64, shape))
    if np.array_equal(left, right, equal_nan=True):
        check.array(left, right, of="x")
    elif (np.isfinite(left) != np.isfinite(right)).any():
        fails(check.array, left, right, of="x")


SCALARS = st.one_of(st.integers(), st.floats(), st.complex_numbers(allow_nan=False, max_magnitude=1e6))


@quick
@given(SCALARS, SCALARS)
def test_numbers_equal_themselves_and_give_sentences(left, right):
    check.number(left, left, of="n")
    if type(left) is int and type(right) is int and left != right:
        fails(check.number, left, right, of="n")
    passes_or_says(check.number, left, right, of="n")


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)


@quick
@given(PLAIN)
def test_containers_equal_themselves(x):
    check.value(x, x, of="x")
    check.deterministic(lambda: [x], of="f")


@quick
@given(PLAIN, PLAIN)
def test_containers_that_differ_are_told_apart(left, right):
    if passes_or_says(check.value, left, right, of="x", rtol=0.0, atol=0.0):
        # Only numbers of equal value, and nan, may stand for each other.
        assert type(left) is type(right) or {type(left), type(right)} <= {int, float}
        assert repr(left) == repr(right) or left == right or "nan" in repr(left)


@quick
@given(st.one_of(PLAIN, hnp.arrays(DTYPES, SHAPES), st.dates(), st.just(datetime)))
def test_everything_can_be_described(x):
    assert 0 < len(describe(x)) <= 120
    text = short(x)
    assert 0 < len(text) <= 120
    assert "\n" not in text


@settings(quick, max_examples=20)
@given(st.data())
def test_tables_equal_their_copies_and_shuffles(data):
    pd = pytest.importorskip("pandas")
    rows = data.draw(st.integers(0, 6))
    columns = {
        "i": data.draw(hnp.arrays(np.int64, rows)),
        "x": data.draw(hnp.arrays(np.float64, rows, elements=st.floats(-1e9, 1e9) | st.just(float("nan")))),
        "t": data.draw(st.lists(st.text(max_size=4) | st.none(), min_size=rows, max_size=rows)),
        "d": data.draw(hnp.arrays("M8[s]", rows, elements=st.integers(0, 2**31).map(lambda n: np.datetime64(n, "s")))),
    }
    table = pd.DataFrame(columns)
    check.table(table.copy(), table, of="t")
    order = data.draw(st.permutations(range(rows)))
    shuffled = table.iloc[list(order)]
    check.table(shuffled, table, of="t", check_order=False)
    if rows:
        row = data.draw(st.integers(0, rows - 1))
        wrong = table.copy()
        wrong.loc[row, "i"] = wrong.loc[row, "i"] ^ 1
        assert f"in column 'i', row {row}" in fails(check.table, wrong, table, of="t")
