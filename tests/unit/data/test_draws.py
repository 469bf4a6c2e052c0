"""The draws are SplitMix64, whole numbers in the stated ranges, and as even as they should be."""

from __future__ import annotations

import doctest
import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.data import draws, shop
from coursekit.data.draws import Stream

MASK = (1 << 64) - 1


def splitmix64(start: int, n: int) -> int:
    """The n-th output of the published generator, in Python's whole numbers."""
    z = (start + (n + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def test_the_published_first_outputs() -> None:
    """Of the generator started with 1234567, as its author's test vectors give them."""
    assert [splitmix64(1234567, n) for n in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


@settings(max_examples=50)
@given(st.integers(0, 2**60), st.text(max_size=8), st.lists(st.integers(0, 2**62), min_size=1, max_size=5))
def test_bits_are_splitmix64_started_by_seed_and_name(seed: int, name: str, index: list[int]) -> None:
    start = int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:8], "little")
    assert Stream(seed, name).bits(index).tolist() == [splitmix64(start, n) for n in index]


@given(st.integers(1, 2**31), st.integers(0, 10**9))
def test_below_is_below(n: int, index: int) -> None:
    value = Stream(1, "x").below(n, [index])[0]
    assert 0 <= value < n


def test_the_index_is_not_written_to() -> None:
    index = np.arange(5, dtype=np.uint64)
    Stream(1, "x").bits(index)
    assert index.tolist() == [0, 1, 2, 3, 4]


def test_unit_is_even() -> None:
    draws_made = Stream(2, "unit").unit(range(100_000))
    assert 0 <= draws_made.min() < draws_made.max() < 1
    counts = np.histogram(draws_made, 50, (0, 1))[0]
    assert ((counts - 2_000) ** 2 / 2_000).sum() < 95  # χ² with 49 degrees of freedom: beyond it in 1 of 10,000


def test_choice_follows_the_weights() -> None:
    counts = np.bincount(Stream(3, "choice").choice([1, 0, 2, 7], range(100_000)), minlength=4)
    assert counts[1] == 0
    assert np.abs(counts - [10_000, 0, 20_000, 70_000]).max() < 600


def test_bell_has_the_stated_spread() -> None:
    values = Stream(4, "bell").bell(range(100_000))
    assert abs(values.mean()) < 4 * 53_510 / np.sqrt(100_000)
    assert values.std() == pytest.approx(53_510, rel=0.01)
    assert np.abs(values).max() <= 262_140


def test_streams_are_independent() -> None:
    one, other = (Stream(seed, name).unit(range(50_000)) for seed, name in ((5, "a"), (5, "b")))
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(50_000)
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 4 / np.sqrt(50_000)


@pytest.mark.parametrize("module", [draws, shop])
def test_examples(module: object) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
