"""`mapping`, `sequence`, `members`: dicts, lists and sets of plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from coursekit.check.failure import counted, fail
from coursekit.check.kinds import LABELS, MAPPINGS, SEQUENCES, SETS, Kinds
from coursekit.check.plain import describe, listing, plural, short
from coursekit.check.refusals import plain_advice


@counted
def mapping(
    actual: Any,
    expected: Mapping[Any, Any],
    *,
    of: str,
    rtol: float = 1e-7,
    atol: float = 0.0,
    check_order: bool = False,
    hide: bool = False,
) -> None:
    """Check that ``actual`` is a dict with these keys and values.

    Parameters
    ----------
    actual : object
        dict, OrderedDict, defaultdict or Counter; other mappings are refused.
    expected : mapping
        The right answer; its values may be numbers, text, booleans, None, arrays, tables or containers of these.
    of : str
        What is checked.
    rtol, atol : float
        Tolerance for numbers, as in `number` and `array`.
    check_order : bool
        Also compare the order of the keys.
    hide : bool
        Leave expected values out of the message.

    Raises
    ------
    CheckFailed
        With missing keys, unknown keys, or the first value that differs.

    Examples
    --------
    >>> mapping({"mean": 2.0}, {"mean": 2.0}, of="summary")
    >>> mapping({"avg": 2.0}, {"mean": 2.0}, of="summary")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: summary: expected the key 'mean', got the key 'avg'
    """
    if type(actual) not in MAPPINGS:
        fail(of, f"a dict with {plural(len(expected), 'key')}", describe(actual), plain_advice(actual, "dict"))
    # A fresh dict of plain keys: the lookups below then never run code of the learner's.
    have = {_plain_key(key, of): value for key, value in type(actual).items(actual)}
    lacking = [key for key in expected if key not in have]
    extra = [key for key in have if key not in expected]
    if lacking:
        fail(of, _keys(lacking), _keys(extra) if extra else f"a dict with {plural(len(have), 'key')}")
    if extra:
        fail(of, f"{plural(len(expected), 'key')}", f"{_keys(extra)} as well")
    if check_order and list(have) != list(expected):
        fail(of, f"the keys in the order {listing(list(expected), 4)}", f"the order {listing(list(have), 4)}")
    for key, wanted in expected.items():
        _value(have[key], wanted, f"{of}[{short(key, 30)}]", rtol, atol, hide)


def _plain_key(key: Any, of: str) -> Any:
    kind = type(key)
    if kind is tuple:
        return tuple(_plain_key(part, of) for part in key)
    if kind not in LABELS:
        fail(of, "keys that are plain text or numbers", f"a key that is {describe(key)}")
    return key.item() if hasattr(key, "item") else key


def _keys(keys: Sequence[Any]) -> str:
    return f"the key{'s' if len(keys) > 1 else ''} {listing(keys)}"


@counted
def sequence(
    actual: Any,
    expected: Sequence[Any],
    *,
    of: str,
    rtol: float = 1e-7,
    atol: float = 0.0,
    container: type | None = None,
    hide: bool = False,
) -> None:
    """Check that ``actual`` is a list or tuple with these items in this order.

    Parameters
    ----------
    actual : object
        A plain list or tuple.
    expected : sequence
        The right answer; its items may be of any kind that `mapping` takes as values.
    of : str
        What is checked.
    rtol, atol : float
        Tolerance for numbers.
    container : {list, tuple}, optional
        Accept only this type.
    hide : bool
        Leave expected values out of the message.

    Raises
    ------
    CheckFailed
        With the wrong length or the first item that differs.

    Examples
    --------
    >>> sequence((1, 2), [1, 2], of="pair")
    >>> sequence([2, 1], [1, 2], of="pair")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: pair[0]: expected 1, got 2; likely cause: off by one
    """
    kinds = Kinds([container]) if container else SEQUENCES
    word = container.__name__ if container else "list or tuple"
    if type(actual) not in kinds:
        fail(of, f"a {word} of {plural(len(expected), 'item')}", describe(actual), plain_advice(actual, word))
    if len(actual) != len(expected):
        fail(of, plural(len(expected), "item"), plural(len(actual), "item"))
    for place, (have, wanted) in enumerate(zip(actual, expected, strict=True)):
        _value(have, wanted, f"{of}[{place}]", rtol, atol, hide)


@counted
def members(actual: Any, expected: Collection[Any], *, of: str) -> None:
    """Check that ``actual`` is a set with these members.

    Parameters
    ----------
    actual : object
        A plain set or frozenset.
    expected : collection
        The right members: numbers, text, or tuples of them.
    of : str
        What is checked.

    Raises
    ------
    CheckFailed
        With members that are missing or too many.

    Examples
    --------
    >>> members({1, 2}, {1, 2}, of="labels")
    """
    if type(actual) not in SETS:
        fail(of, f"a set of {plural(len(expected), 'member')}", describe(actual), plain_advice(actual, "set"))
    have = {_plain_key(item, of) for item in actual}
    lacking = [item for item in expected if item not in have]
    extra = [item for item in have if item not in expected]
    if lacking:
        fail(
            of,
            f"the member{'s' if len(lacking) > 1 else ''} {listing(lacking)}",
            "a set without " + ("them" if len(lacking) > 1 else "it"),
        )
    if extra:
        fail(of, plural(len(expected), "member"), f"{listing(extra)} as well")


def _value(actual: Any, expected: Any, of: str, rtol: float, atol: float, hide: bool) -> None:
    # Containers hold values and values may be containers: the import waits until both modules exist.
    from coursekit.check.values import value

    value(actual, expected, of=of, rtol=rtol, atol=atol, hide=hide)
