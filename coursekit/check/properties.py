"""`property`, `deterministic`, `same_given_seed`: what must hold for every case or every call."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from coursekit.check.callables import case_text, raised_text
from coursekit.check.failure import CheckFailed, checks_run, counted, one_line
from coursekit.check.kinds import BOOLEANS
from coursekit.check.plain import describe
from coursekit.check.values import difference

_CASE_LIMIT = 110
_DESCRIPTION_LIMIT = 120


@counted
def property(description: str, function: Callable[..., Any], cases: Iterable[Any]) -> None:
    """Check that something holds for every case; show the first case where it does not.

    Parameters
    ----------
    description : str
        What must hold, as a statement: "the columns of the result have mean 0".
    function : callable
        Called with each case. It returns True or False, or runs checks of this package and returns None. An error that
        it raises fails the property.
    cases : iterable of tuple, dict or other
        A tuple is spread over positional parameters, a dict over named ones, anything else is the only argument. It may
        be a generator; cases after the first failure are not made.

    Raises
    ------
    CheckFailed
        With the description, the first failing case in short form, and why.
    NotImplementedError
        Passed through: the exercise has not been attempted.
    ValueError
        If there are no cases, for then nothing was checked.

    Examples
    --------
    >>> property("squares are positive", lambda x: x * x > 0, [(1,), (-2,)])
    >>> property("squares are positive", lambda x: x * x > 0, [(1,), (0,)])
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: squares are positive: this does not hold for (0)
    """
    count = 0
    for case in cases:
        count += 1
        args, kwargs = _spread(case)
        reason = _why_not(function, args, kwargs)
        if reason is not None:
            shown = one_line(case_text(args, kwargs), _CASE_LIMIT)
            said = one_line(description, _DESCRIPTION_LIMIT)
            raise CheckFailed(f"{said}: this does not hold for ({shown}){reason}")
    if count == 0:
        raise ValueError(f"property {description!r} was given no cases, so it can never fail")


def _spread(case: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if type(case) is tuple:
        return case, {}
    if type(case) is dict:
        return (), case
    return (case,), {}


def _why_not(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str | None:
    """Return None where the case holds, else "" or the reason as a clause."""
    before = checks_run()
    try:
        result = function(*args, **kwargs)
    except NotImplementedError:
        raise
    except Exception as error:  # an error in the learner's code is a failing case
        return f"; {raised_text(error)}"
    if type(result) in BOOLEANS:
        return None if result else ""
    if result is None and checks_run() > before:
        return None
    return f"; it came out as {describe(result)}, not as True or False"


@counted
def deterministic(function: Callable[..., Any], /, *args: Any, of: str, **kwargs: Any) -> None:
    """Check that two calls with equal arguments give equal results.

    Each call gets its own deep copy of the arguments, so that a generator starts in the same state and a call that
    writes into its input is no excuse. Between the calls the global random states are moved on.

    Parameters
    ----------
    function : callable
        The learner's function.
    *args, **kwargs
        What to call it with.
    of : str
        What is checked.

    Raises
    ------
    CheckFailed
        If the results differ, with the first difference.
    NotImplementedError
        Passed through: the exercise has not been attempted.

    Examples
    --------
    >>> deterministic(sorted, [3, 1, 2], of="sorted")
    """
    first, second = _twice(function, args, kwargs, kwargs)
    if first is None:
        raise CheckFailed(f"{one_line(of, 100)}: expected a result, got None; does the function end without a return?")
    gap = difference(second, first)
    if gap:
        raise CheckFailed(
            f"{one_line(of, 100)}: two calls with the same input gave different results "
            f"({one_line(gap.text('then'), 110)}); draw only from a generator that is passed in"
        )


@counted
def same_given_seed(
    function: Callable[..., Any],
    /,
    *args: Any,
    of: str,
    seed: int = 0,
    parameter: str = "rng",
    differs: bool = True,
    **kwargs: Any,
) -> None:
    """Check that a random function depends on the generator passed in, and on nothing else.

    Parameters
    ----------
    function : callable
        The learner's function; it takes ``numpy.random.Generator`` as ``parameter``.
    *args, **kwargs
        Its other arguments.
    of : str
        What is checked.
    seed : int
        The generator is made by ``numpy.random.default_rng(seed)``.
    parameter : str
        Name of the parameter that takes the generator.
    differs : bool
        Also ask that the seeds ``seed + 1`` and ``seed + 2`` do not both give the same result as ``seed``.

    Raises
    ------
    CheckFailed
        If one seed gives two results, several seeds give one, or the global random state was drawn from.
    NotImplementedError
        Passed through: the exercise has not been attempted.

    Examples
    --------
    >>> same_given_seed(lambda n, rng: rng.normal(size=n), 5, of="noise(5, rng)")
    """
    name = one_line(of, 100)
    seeded = [{**kwargs, parameter: np.random.default_rng(number)} for number in (seed, seed, seed + 1, seed + 2)]
    before = _global_state()
    first = function(*copy.deepcopy(args), **copy.deepcopy(seeded[0]))
    if _global_state() != before:
        raise CheckFailed(f"{name}: the global random state was used; draw every number from {parameter}")
    _move_global_state()
    gap = difference(function(*copy.deepcopy(args), **copy.deepcopy(seeded[1])), first)
    if gap:
        raise CheckFailed(
            f"{name}: the same seed gave different results ({one_line(gap.text('then'), 110)}); "
            f"draw every number from {parameter}"
        )
    if differs and not any(difference(function(*copy.deepcopy(args), **other), first) for other in seeded[2:]):
        raise CheckFailed(
            f"{name}: three different seeds gave the same result; draw from the {parameter} that is passed in"
        )


def _twice(function: Callable[..., Any], args: Any, first: dict[str, Any], second: dict[str, Any]) -> tuple[Any, Any]:
    one = function(*copy.deepcopy(args), **copy.deepcopy(first))
    # A result that is kept and changed by the next call would be equal to itself.
    kept = copy.deepcopy(one)
    _move_global_state()
    return kept, function(*copy.deepcopy(args), **copy.deepcopy(second))


def _move_global_state() -> None:
    """Draw once from each global generator: who used them sees other numbers next time."""
    random.random()
    np.random.random()  # noqa: NPY002 - the legacy global state is the thing being moved


def _global_state() -> tuple[Any, ...]:
    name, keys, position, *rest = np.random.get_state()  # noqa: NPY002 - watched, not used
    return (random.getstate(), name, keys.tobytes(), position, *rest)
