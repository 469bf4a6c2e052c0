"""Seeing what a value really is, and saying it briefly.

Nothing here trusts the value: the real type comes from ``type(x)``, names come from ``type`` itself, and no method of a
class that is not known to be plain is called.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FunctionType, GeneratorType
from typing import Any

import numpy as np

from coursekit.check.failure import one_line
from coursekit.check.kinds import (
    ARRAYS,
    BOOLEANS,
    COMPLEXES,
    DATES,
    FUNCTIONS,
    INTEGERS,
    MAPPINGS,
    NUMBERS,
    NUMPY_SCALARS,
    SEQUENCES,
    SETS,
    TEXTS,
)

_SHOWN_ENTRIES = 8


def class_name(kind: type) -> str:
    """Return the name that ``type`` itself has for a class, whatever its metaclass says."""
    return type.__dict__["__name__"].__get__(kind)


def is_class(value: Any) -> bool:
    """Tell whether a value is a class; unlike ``isinstance`` this asks the real type, not ``__class__``."""
    return issubclass(type(value), type)


def bases(kind: type) -> tuple[type, ...]:
    """Return the real method resolution order of a class."""
    return type.__dict__["__mro__"].__get__(kind)


def is_subclass_of_array(kind: type) -> bool:
    """Tell whether a class inherits from ``numpy.ndarray``."""
    return any(base is np.ndarray for base in bases(kind))


def module_name(kind: type) -> str:
    """Return the top-level package in which a class was written, or ''."""
    module = type.__dict__["__module__"].__get__(kind)
    return module.split(".")[0] if type(module) is str else ""


def is_a(value: Any, package: str, *names: str) -> bool:
    """Tell whether the real class of ``value`` is ``package``'s ``names``, without importing the package."""
    kind = type(value)
    return module_name(kind) == package and class_name(kind) in names


def plural(count: int, word: str, many: str = "") -> str:
    """Return "1 item" or "3 items".

    Examples
    --------
    >>> plural(1, "entry", "entries"), plural(2, "entry", "entries")
    ('1 entry', '2 entries')
    """
    return f"{count:,} {word}" if count == 1 else f"{count:,} {many or word + 's'}"


def with_article(name: str) -> str:
    """Return ``name`` behind "a" or "an"."""
    vowel = name[:1].lower() in "aeiou" or name.startswith("nd")  # "an ndarray"
    return f"{'an' if vowel else 'a'} {name}"


def listing(names: Sequence[Any], limit: int = 5) -> str:
    """Return names as "'a', 'b' and 3 more"."""
    shown = ", ".join(short(name, 24) for name in list(names)[:limit])
    rest = len(names) - limit
    return f"{shown} and {rest} more" if rest > 0 else shown


def describe(value: Any) -> str:
    """Say what a value is, as a noun phrase: "a list of 3 items", "an array of shape (2, 3)".

    Examples
    --------
    >>> describe([1, 2, 3]), describe(None), describe(np.zeros((2, 3)))
    ('a list of 3 items', 'None', 'an array of shape (2, 3)')
    """
    kind = type(value)
    if value is None or value is NotImplemented or value is Ellipsis:
        return repr(value)
    if kind in ARRAYS:
        return f"an array of shape {value.shape}"
    if kind in BOOLEANS:
        return f"the boolean {bool(value)}"
    if kind in NUMBERS:
        return f"the number {number_text(value)}"
    if kind in TEXTS:
        return f"the text {short(value, 40)}"
    if kind in SEQUENCES or kind in SETS:
        return f"{with_article(class_name(kind))} of {plural(len(value), 'item')}"
    if kind in MAPPINGS:
        return f"a dict with {plural(len(value), 'key')}"
    if kind is GeneratorType:
        return "a generator"
    if kind in FUNCTIONS:
        return "a lambda" if is_lambda(value) else f"the function {function_name(value)}"
    if is_class(value):
        return f"the class {class_name(value)}"
    return _describe_object(kind)


def _describe_object(kind: type) -> str:
    package, name = module_name(kind), class_name(kind)
    if package == "numpy":
        return f"a numpy.{name}"
    if package in ("pandas", "torch", "polars", "scipy", "sklearn"):
        return f"a {package} {name}"
    if package == "builtins":
        return with_article(name)
    if is_subclass_of_array(kind):
        return f"an object of class {name}, a subclass of numpy.ndarray"
    return f"an object of class {name}"


def is_lambda(value: Any) -> bool:
    """Tell whether a value is a function without a name."""
    return type(value) is FunctionType and value.__name__ == "<lambda>"


def function_name(function: Any) -> str:
    """Return the plain name of a function, or that of its class."""
    if type(function) in FUNCTIONS:
        return "lambda" if is_lambda(function) else str(function.__name__)
    if is_class(function):
        return class_name(function)
    return class_name(type(function))


def number_text(value: Any, digits: int = 6) -> str:
    """Render a number: integers whole, others with ``digits`` significant digits.

    Examples
    --------
    >>> number_text(np.float64(2.0)), number_text(1 / 3), number_text(7)
    ('2.0', '0.333333', '7')
    """
    kind = type(value)
    if kind in BOOLEANS:
        return str(bool(value))
    if kind in INTEGERS:
        return _whole_text(int(value))
    if kind in COMPLEXES:
        return format(complex(value), f".{digits}g")
    text = format(float(value), f".{digits}g") if np.isfinite(value) else str(float(value))
    return text if any(mark in text for mark in ".en") else text + ".0"


def _whole_text(whole: int) -> str:
    # Turning a very long integer into decimals is slow, and refused by Python beyond 4,300 digits.
    if whole.bit_length() <= 130:
        return str(whole)
    return f"an integer of {whole.bit_length():,} bits ending in {abs(whole) % 10**6:06d}"


def date_text(value: Any) -> str:
    """Render a NumPy date or duration without the zeros that say nothing.

    Examples
    --------
    >>> date_text(np.datetime64("2020-01-02T00:00:00.000000")), date_text(np.datetime64("2020-01-02T03:04:00.500"))
    ('2020-01-02', '2020-01-02T03:04:00.5')
    """
    text = str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.removesuffix("T00:00:00")


def two_numbers(expected: Any, got: Any) -> tuple[str, str]:
    """Render two different numbers with just enough digits to look different."""
    for digits in (6, 9, 12, 17):
        pair = number_text(expected, digits), number_text(got, digits)
        if pair[0] != pair[1]:
            break
    return pair


def short(value: Any, limit: int = 60) -> str:
    """Render a value on one line within ``limit`` characters; never raises.

    Examples
    --------
    >>> short(np.array([1.0, 2.5])), short([1, 2, 3]), short(np.zeros((100, 3)))
    ('[1. , 2.5]', '[1, 2, 3]', 'an array of shape (100, 3)')
    """
    kind = type(value)
    if kind in ARRAYS:
        return one_line(_short_array(value), limit)
    if kind in NUMBERS or kind in BOOLEANS:
        return number_text(value)
    if kind in TEXTS:
        text = str.__str__(value)
        return repr(text if len(text) <= limit else text[: limit - 1] + "…")
    if kind in SEQUENCES:
        return one_line(_short_items(value, limit), limit)
    if kind in MAPPINGS or kind in SETS:
        return one_line(repr(value), limit) if len(value) <= _SHOWN_ENTRIES else describe(value)
    if kind in DATES:
        return date_text(value)
    if kind in NUMPY_SCALARS:
        return one_line(str(value), limit)
    pandas = sys.modules.get("pandas")
    if pandas is not None and (kind is pandas.DataFrame or kind is pandas.Series):
        return f"a {class_name(kind)} of shape {kind.shape.__get__(value)}"
    return describe(value)


def _short_array(value: np.ndarray) -> str:
    if value.dtype.kind == "O" or value.size > _SHOWN_ENTRIES or value.dtype.kind == "V":
        return describe(value)
    if value.size == 0:
        return f"an empty array of shape {value.shape}"
    return np.array2string(value, precision=4, separator=", ", max_line_width=10_000)


def _short_items(value: list | tuple, limit: int) -> str:
    if len(value) > _SHOWN_ENTRIES:
        return describe(value)
    inside = ", ".join(short(item, limit) for item in value)
    if type(value) is list:
        return f"[{inside}]"
    return f"({inside},)" if len(value) == 1 else f"({inside})"


def error_text(error: BaseException, limit: int = 90) -> str:
    """Render an exception as "ValueError: its message", even if its ``__str__`` raises."""
    name = class_name(type(error))
    message = error_message(error)
    return one_line(f"{name}: {message}" if message else name, limit)


def error_message(error: BaseException) -> str:
    """Return ``str(error)``, or '' where that itself raises."""
    try:
        return str(str(error))
    except Exception:  # a learner's own exception class may have a broken __str__
        return ""
