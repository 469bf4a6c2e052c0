"""`check.no_loops`: every spelling of a loop is seen, and nothing else is called one."""

import ast
import functools
import inspect
import itertools
import json.decoder
import json.encoder
import statistics
import textwrap
from functools import reduce
from types import FunctionType

import numpy as np
import pytest

from coursekit import check
from coursekit.check.loops import _first_loop, _Part


def for_loop(X):
    out = []
    for row in X:
        out.append(row)
    return out


def while_loop(n):
    while n > 0:
        n -= 1
    return n


def list_comprehension(X):
    return np.array([row.sum() for row in X])


def set_comprehension(X):
    return {row for row in X}  # noqa: C416 - the comprehension is the point


def dict_comprehension(X):
    return {i: row for i, row in enumerate(X)}  # noqa: C416 - the comprehension is the point


def generator_expression(X):
    return sum(row for row in X)


def with_map(X):
    return np.array(list(map(np.sum, X)))


def with_filter(X):
    return list(filter(None, X))


def with_reduce(X):
    return reduce(np.add, X)


def with_module_reduce(X):
    return functools.reduce(np.add, X)


def with_starmap(X):
    return list(itertools.starmap(np.add, X))


def with_vectorize(X):
    return np.vectorize(float)(X)


def with_local_import(X):
    from numpy import apply_along_axis as along

    return along(np.sum, 0, X)


def with_renamed_module(X):
    import numpy as n

    return n.frompyfunc(float, 1, 1)(X)


def with_nditer(X):
    return np.nditer(X)


def with_eval(X):
    return eval("[x for x in X]")


def with_iterrows(df):
    return next(df.iterrows())


@np.vectorize
def vectorized(x):
    return x + 1


made_ufunc = np.frompyfunc(lambda x: x + 1, 1, 1)


def with_vectorized(X):
    return vectorized(X)


def with_made_ufunc(X):
    return made_ufunc(X)


def recursive(X):
    return X[0] + recursive(X[1:]) if len(X) else 0


def ping(n):
    return pong(n - 1)


def pong(n):
    return ping(n - 1)


def inner_recursion(X):
    def total(i):
        return X[i] + total(i + 1) if i < len(X) else 0

    return total(0)


def nested(X):
    def helper(rows):
        for row in rows:
            yield row.sum()

    return np.fromiter(helper(X), dtype=float)


def uses_helper(X):
    return for_loop(X)


def uses_helper_of_helper(X):
    return uses_helper(X)


def uses_lambda(X):
    return (lambda rows: [row for row in rows])(X)  # noqa: C416


class Model:
    def fit(self, X):
        self.total_ = X.sum()
        return self

    def predict(self, X):
        return [x for x in X]  # noqa: C416


def uses_class(X):
    return Model().fit(X)


def vectorised(X, Y):
    """Distances without a loop, for good and all (while it lasts)."""
    if X.shape[1] != Y.shape[1]:
        raise ValueError(f"{X.shape[1]} and {Y.shape[1]} columns")
    try:
        squared = (X**2).sum(axis=1)[:, None] + (Y**2).sum(axis=1) - 2 * X @ Y.T
    except MemoryError:
        raise ValueError("too large") from None
    finally:
        pass
    with np.errstate(invalid="ignore"):
        return np.sqrt(np.maximum(squared, 0.0)) if X.size and Y.size else squared


def reads_attributes(X):
    # `reads_attributes` and `map` are names of attributes here, not calls of the functions so called.
    return X.reads_attributes + X.map + X.filter + X.eval


def uses_clean_helper(X):
    return vectorised(X, X)


async def waits(X):
    async with X as y:
        return await y


def delegates(X):
    yield from X


@functools.lru_cache
def cached(n):
    return np.arange(n).sum()


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (for_loop, ["a loop", "for row in X:"]),
        (while_loop, ["while loop"]),
        (list_comprehension, ["row.sum() for row in X"]),
        (set_comprehension, ["row for row in X"]),
        (dict_comprehension, ["enumerate(X)"]),
        (generator_expression, ["a generator expression"]),
        (with_map, ["a call of map"]),
        (with_filter, ["a call of filter"]),
        (with_reduce, ["functools.reduce"]),
        (with_module_reduce, ["functools.reduce"]),
        (with_starmap, ["itertools.starmap"]),
        (with_vectorize, ["np.vectorize"]),
        (with_local_import, ["apply_along_axis"]),
        (with_renamed_module, ["frompyfunc"]),
        (with_nditer, ["np.nditer"]),
        (with_eval, ["eval"]),
        (with_iterrows, ["iterrows"]),
        (with_vectorized, ["vectorized, made by np.vectorize"]),
        (with_made_ufunc, ["made_ufunc"]),
        (recursive, ["recursive calling itself"]),
        (ping, ["recursion"]),
        (inner_recursion, ["total calling itself"]),
        (nested, ["for row in rows:"]),
        (uses_helper, ["for row in X:"]),
        (uses_helper_of_helper, ["for row in X:"]),
        (uses_lambda, ["row for row in rows"]),
        (uses_class, ["x for x in X"]),
        (Model, ["x for x in X"]),
        (Model.predict, ["x for x in X"]),
        (Model().predict, ["x for x in X"]),
        (functools.partial(for_loop, None), ["for row in X:"]),
        (lambda X: [x for x in X], ["lambda"]),  # noqa: C416
    ],
)
def test_loops_are_seen(function, words, says):
    says(["expected no Python loop", *words, "broadcast instead"], check.no_loops, function, hint="broadcast instead")


@pytest.mark.parametrize(
    "function",
    [vectorised, reads_attributes, uses_clean_helper, cached, Model.fit, waits, delegates, lambda X: X.sum()],
)
def test_functions_without_loops_pass(function):
    check.no_loops(function)


def test_the_function_and_line_are_named(says):
    line = inspect.getsourcelines(for_loop)[1] + 2
    says(f"for_loop: expected no Python loop, got a loop in line {line} (for row in X:)", check.no_loops, for_loop)


def test_further_names_may_be_forbidden(says):
    check.no_loops(vectorised, also=["cdist"])
    says("a call of sqrt", check.no_loops, vectorised, also=["sqrt"])
    says("a call of errstate", check.no_loops, uses_clean_helper, also={"errstate"})


def test_functions_without_source_are_read_all_the_same(says):
    names = {"np": np}
    exec("def slow(X):\n    return [x for x in X]\ndef fast(X):\n    return np.sum(X)", names)
    says("slow: expected no Python loop", check.no_loops, names["slow"])
    check.no_loops(names["fast"])


def test_source_that_was_edited_since_does_not_matter(tmp_path, says):
    path = tmp_path / "answer.py"
    path.write_text("def slow(X):\n    return [x for x in X]\n")
    names = {}
    exec(compile(path.read_text(), path, "exec"), names)
    path.write_text("def slow(X):\n    return X.sum()\n")
    says("expected no Python loop", check.no_loops, names["slow"])


def test_wrapping_a_loop_does_not_hide_it(says):
    def innocent(X):
        return X

    @functools.wraps(innocent)
    def wrapper(X):
        return for_loop(X)

    says("for row in X:", check.no_loops, wrapper)


def test_a_closure_over_a_loop_does_not_hide_it(says):
    def decorate(function):
        def wrapper(X):
            return function(X)

        return wrapper

    says("for row in X:", check.no_loops, decorate(for_loop))


def test_library_functions_are_not_followed():
    def uses_library(X):
        return textwrap.dedent(X)

    check.no_loops(uses_library)


@pytest.mark.parametrize("thing", [None, 3, len, np.add, np.vectorize(float), functools.partial(len)])
def test_what_has_no_code_says_what_to_do(thing, says):
    says(["whose code can be read", "write it with def"], check.no_loops, thing)


LOOPS = (ast.For, ast.While, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SAMPLE = [
    pytest.param(function, id=f"{module.__name__}.{name}")
    for module in (statistics, textwrap, json.decoder, json.encoder, inspect)
    for name, function in sorted(vars(module).items())
    if type(function) is FunctionType and function.__module__ == module.__name__
]


@pytest.mark.parametrize("function", SAMPLE)
def test_bytecode_and_source_agree_on_the_standard_library(function):
    """A function's code, read without its helpers, holds an iteration just where its source spells one.

    A ``while`` that always leaves in its first round compiles to no loop, so the source may claim one more.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    spelled = {type(node) for node in ast.walk(tree)} & set(LOOPS)
    found = _first_loop([_Part(function.__code__, {})], frozenset())
    disguised = found is not None and (found.what.startswith("a call") or "recursion" in found.what)
    if found is not None and not disguised:
        assert spelled
    if spelled - {ast.While}:
        assert found is not None
