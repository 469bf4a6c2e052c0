"""`estimator`: an object keeps scikit-learn's contract."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from coursekit.check.callables import raised_text
from coursekit.check.failure import CheckFailed, counted, fail
from coursekit.check.plain import describe, error_text, is_class, listing, short
from coursekit.check.values import difference


@counted
def estimator(
    value: Any,
    *,
    name: str,
    methods: Sequence[str] = ("fit", "predict"),
    scikit_learn: bool = False,
    X: Any = None,
    y: Any = None,
) -> None:
    """Check that ``value`` is an estimator: its methods exist, ``fit`` returns it, its parameters survive a round trip.

    Parameters
    ----------
    value : class or instance
        What the learner wrote. A class is called without arguments.
    name : str
        The name under which it was asked for.
    methods : sequence of str
        What it must be able to do. ``get_params`` is checked where it is named here or exists.
    scikit_learn : bool
        Also run scikit-learn's own ``check_estimator`` and report its first failure. Takes seconds.
    X, y : array_like, optional
        Data to fit on; by default 24 rows of 3 random columns and labels 0 and 1.

    Raises
    ------
    CheckFailed
        With the first part of the contract that is broken.
    NotImplementedError
        Passed through: the exercise has not been attempted.

    Examples
    --------
    >>> from sklearn.linear_model import Ridge
    >>> estimator(Ridge, name="Ridge")
    """
    model = _instance(value, name)
    lacking = [method for method in methods if not callable(getattr(model, method, None))]
    if lacking:
        fail(name, f"an estimator with {listing([f'{method}()' for method in lacking])}", describe(value))
    if "get_params" in methods or scikit_learn or hasattr(model, "get_params"):
        _check_parameters(model, name)
    data, target = _data(X, y)
    if "fit" in methods:
        _check_fit(model, data, target, name)
    if "fit" in methods and "predict" in methods:
        _check_predict(model, data, name)
    if scikit_learn:
        _check_by_library(_instance(value, name) if is_class(value) else _again(model, name), name)


def _instance(value: Any, name: str) -> Any:
    if value is None:
        fail(name, "an estimator class", "None", "define it with class and run its cell")
    if not is_class(value):
        return value
    return _run(value, name, f"{name}() without arguments", "every parameter of __init__ needs a default")


def _run(call: Callable[[], Any], name: str, what: str, advice: str = "") -> Any:
    try:
        return call()
    except NotImplementedError:
        raise
    except Exception as error:  # whatever the learner's code raises is a broken contract
        return fail(name, f"{what} to work", raised_text(error), advice)


def _check_parameters(model: Any, name: str) -> None:
    params = _run(lambda: model.get_params(), name, "get_params()", "inherit from sklearn.base.BaseEstimator")
    if type(params) is not dict:
        fail(name, "get_params() to return a dict", describe(params))
    again = _again(model, name)
    for key, wanted in params.items():
        kept = again.get_params().get(key)
        if kept is not wanted and difference(kept, wanted):
            fail(
                name,
                f"the parameter {key!r} to be kept as {short(wanted, 30)}",
                short(kept, 30),
                "__init__ only stores each parameter under its own name",
            )


def _again(model: Any, name: str) -> Any:
    params = {key: value for key, value in model.get_params().items() if "__" not in key}
    what = f"{name}(**get_params())"
    return _run(lambda: type(model)(**params), name, what, "get_params must name the parameters of __init__")


def _data(X: Any, y: Any) -> tuple[Any, Any]:
    if X is not None:
        return X, y
    data = np.random.default_rng(0).normal(size=(24, 3))
    return data, (data[:, 0] + 0.5 * data[:, 1] > 0).astype(int)


def _check_fit(model: Any, data: Any, target: Any, name: str) -> None:
    takes_target = len(inspect.signature(model.fit).parameters) > 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = _run(lambda: model.fit(data, target) if takes_target else model.fit(data), name, "fit(X, y)")
    if result is not model:
        fail(name, "fit to return the estimator itself", describe(result), "end fit with return self")


def _check_predict(model: Any, data: Any, name: str) -> None:
    predicted = _run(lambda: model.predict(data), name, "predict(X) after fit")
    if type(predicted) is not np.ndarray:
        fail(name, "predict to return a NumPy array", describe(predicted))
    if predicted.shape[:1] != (len(data),):
        fail(name, f"predict to return {len(data)} entries, one per row of X", f"shape {predicted.shape}")


def _check_by_library(model: Any, name: str) -> None:
    from sklearn.utils.estimator_checks import check_estimator

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if "on_fail" in inspect.signature(check_estimator).parameters:
            results = check_estimator(model, on_fail=None)
            failed = [(one["check_name"], one["exception"]) for one in results if one["status"] == "failed"]
        else:  # scikit-learn before 1.6 stops at the first failure
            failed = _first_failure(lambda: check_estimator(model))
    for check_name, error in failed:
        if isinstance(error, NotImplementedError):
            raise error
        raise CheckFailed(
            f"{name}: expected to pass scikit-learn's estimator checks, got a failure in {check_name} "
            f"({error_text(error, 150)})"
        )


def _first_failure(call: Callable[[], Any]) -> list[tuple[str, Exception]]:
    try:
        call()
    except NotImplementedError:
        raise
    except Exception as error:  # the library raises errors of many kinds
        return [("check_estimator", error)]
    return []
