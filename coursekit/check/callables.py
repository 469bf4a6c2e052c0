"""`function` and `raises`: the learner's function is there, and refuses what it must refuse."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from coursekit.check.failure import CheckFailed, counted, fail, one_line
from coursekit.check.kinds import FUNCTIONS
from coursekit.check.plain import (
    describe,
    error_message,
    error_text,
    function_name,
    is_class,
    is_lambda,
    listing,
    short,
)

_BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@counted
def function(value: Any, *, name: str, parameters: Sequence[str]) -> None:
    """Check that ``value`` is a function with these parameters, in this order.

    Parameters
    ----------
    value : object
        What the learner defined. Further parameters are accepted if they have defaults.
    name : str
        The name under which it was asked for.
    parameters : sequence of str
        Parameter names in order.

    Raises
    ------
    CheckFailed
        If it is no function, or its parameters are others.

    Examples
    --------
    >>> function(lambda X, y: X, name="fit", parameters=["X", "y"])
    >>> function(None, name="fit", parameters=["X"])
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: fit: expected a function fit(X), got None; define it with def and run its cell
    """
    wanted = f"{name}({', '.join(parameters)})"
    if type(value) not in FUNCTIONS:
        if is_class(value) or not callable(value):
            fail(name, f"a function {wanted}", describe(value), "define it with def and run its cell")
        fail(name, f"a function {wanted}", describe(value), "a plain function made with def is wanted")
    found = _parameters(value)
    if found is None:
        fail(name, wanted, "a function that does not tell its parameters", "write it with def")
    names = [parameter.name for parameter in found]
    if names[: len(parameters)] == list(parameters) and all(_is_optional(extra) for extra in found[len(parameters) :]):
        return
    if sorted(names) == sorted(parameters):
        fail(name, wanted, f"{name}({', '.join(names)})", "the parameters stand in another order")
    fail(name, wanted, f"{name}({', '.join(names)})", "keep the signature as it was given")


def _parameters(value: Any) -> list[inspect.Parameter] | None:
    try:
        return list(inspect.signature(value).parameters.values())
    except (TypeError, ValueError):  # some functions written in C tell nobody their signature
        return None


def _is_optional(parameter: inspect.Parameter) -> bool:
    return parameter.kind in _VARIADIC or parameter.default is not inspect.Parameter.empty


@counted
def raises(
    exception: type[Exception] | tuple[type[Exception], ...],
    function: Callable[..., Any],
    /,
    *args: Any,
    mentions: Sequence[str] = (),
    **kwargs: Any,
) -> None:
    """Check that ``function(*args, **kwargs)`` raises ``exception`` with a message that names what matters.

    Parameters
    ----------
    exception : exception class or tuple of them
        What must be raised; subclasses count.
    function : callable
        The learner's function.
    *args, **kwargs
        What to call it with.
    mentions : sequence of str
        Words that the error message must contain, in any case. A number must stand alone: "3" is not found in "13".

    Raises
    ------
    CheckFailed
        If nothing, something else or a message without those words was raised.
    NotImplementedError
        Passed through: the exercise has not been attempted.

    Examples
    --------
    >>> raises(ValueError, int, "seven", mentions=["seven"])
    >>> raises(ValueError, abs, -1)
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: abs(-1): expected ValueError, got no error but the number 1; ...
    """
    wanted = _names(exception)
    if not callable(function):
        fail(
            "the function",
            f"a function that raises {wanted}",
            describe(function),
            "define it with def and run its cell",
        )
    of = call_text(function, args, kwargs)
    try:
        result = function(*args, **kwargs)
    except NotImplementedError:
        raise
    except Exception as error:  # whatever the learner's code raises is what is being checked
        _check_error(error, exception, mentions, of)
        return
    fail(of, wanted, f"no error but {describe(result)}", "test the input first and raise with a message")


def _check_error(error: Exception, exception: Any, mentions: Sequence[str], of: str) -> None:
    wanted = _names(exception)
    classes = exception if isinstance(exception, tuple) else (exception,)
    if not issubclass(type(error), classes):
        fail(of, wanted, error_text(error), "test the input before computing with it, and raise that error yourself")
    message = error_message(error)
    absent = [word for word in mentions if not _mentioned(str(word), message)]
    if absent:
        got = f"the message {short(message, 60)}" if message else "an empty message"
        fail(of, f"{wanted} whose message mentions {listing(absent)}", got)


def _names(exception: Any) -> str:
    classes = exception if isinstance(exception, tuple) else (exception,)
    return " or ".join(one.__name__ for one in classes)


def _mentioned(word: str, message: str) -> bool:
    if re.fullmatch(r"-?\d+(\.\d+)?", word):
        return re.search(rf"(?<![\d.]){re.escape(word)}(?!\d|\.\d)", message) is not None
    return word.casefold() in message.casefold()


def call_text(function: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None, limit: int = 90) -> str:
    """Render a call as the learner would write it, with long values described.

    Examples
    --------
    >>> call_text(max, (3, [1, 2]), {"default": None})
    'max(3, [1, 2], default=None)'
    """
    if is_lambda(function) and not args and not kwargs:
        return "this call"
    return one_line(f"{function_name(function)}({case_text(args, kwargs or {})})", limit)


def case_text(args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """Render arguments, separated by commas."""
    parts = [short(value, 40) for value in args] + [f"{name}={short(value, 40)}" for name, value in kwargs.items()]
    return ", ".join(parts)


def raised_text(error: Exception) -> str:
    """Say what a call raised: the sentence of a failed check, or the error and its message."""
    if isinstance(error, CheckFailed):
        return error.sentence
    return f"it raised {error_text(error)}"
