"""Numbers as people write them: in prose, with units and rounding; in code, as literals; in what a cell printed."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

#: What one of a unit is in the unit without prefix; a stated number may be given in either.
SCALES = {
    "%": 1e-2,
    "per cent": 1e-2,
    "percent": 1e-2,
    **{f"{prefix}B": 1e3**power for power, prefix in enumerate(("", "k", "M", "G", "T", "P"))},
    **{f"{prefix}iB": 1024.0**power for power, prefix in enumerate(("K", "M", "G", "T", "P"), start=1)},
    "KB": 1e3,
    "bytes": 1.0,
    "GB/s": 1e9,
    "MB/s": 1e6,
    "ns": 1e-9,
    "µs": 1e-6,
    "ms": 1e-3,
    "s": 1.0,
    "seconds": 1.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "kHz": 1e3,
    "MHz": 1e6,
    "GHz": 1e9,
    "nm": 1e-9,
    "µm": 1e-6,
    "mm": 1e-3,
    "cm": 1e-2,
    "km": 1e3,
    **dict.fromkeys(("m", "kg", "g", "Hz", "K", "°C", "ppm", "times", "dB", "€", "$", "£", "bits"), 1.0),
}
_UNITS = "|".join(re.escape(unit) for unit in sorted(SCALES, key=len, reverse=True))
_PLAIN = r"(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+−]?\d+)?"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
STATED = re.compile(
    rf"(?<![\w.,])(?P<money>[€$£])?(?P<number>{_PLAIN})(?![{_SUPERSCRIPTS}]|·10)"
    rf"(?:[  -]?(?P<unit>{_UNITS})(?![\w/]))?(?![\w]|[.,]\d)"
)
ANY_NUMBER = re.compile(rf"(?<![A-Za-z_\d.])(?:{_PLAIN}|\.\d+(?:[eE][-+−]?\d+)?)(?P<percent>\s?%)?")
_ROUGHLY = re.compile(r"(?:about|around|roughly|nearly|almost|some|approximately|close to|[~≈])\s*(?:the\s+)?$", re.I)
_MOST_POWER = 4096


@dataclass(frozen=True)
class Stated:
    """A number that prose states.

    Parameters
    ----------
    text : as it is written, with its unit.
    value : without the unit.
    slack : by how much the true value may differ, from the digits given; more after *about*.
    scale : what the unit multiplies it by.
    start : where it begins in the text.
    """

    text: str
    value: float
    slack: float
    scale: float
    start: int

    def is_given_by(self, values: Iterable[float]) -> bool:
        """Whether one of the values rounds to this number, in its unit or in the unit without prefix."""
        most = self.slack * (1 + 1e-9)
        return any(
            abs(abs(value) / scale - self.value) <= most for value in values for scale in {1.0, self.scale} if scale
        )

    @property
    def digits(self) -> int:
        """Significant digits; zeros at the end of a whole number do not count."""
        mantissa = re.sub(r"[^\d.]", "", re.split(r"[eE]", self.text)[0])
        return len((mantissa.replace(".", "") if "." in mantissa else mantissa.rstrip("0")).lstrip("0"))


def stated_in(text: str) -> Iterator[Stated]:
    """Every number of a text, with its unit."""
    for found in STATED.finditer(text):
        plain = found["number"].replace(",", "").replace("_", "").replace("−", "-")
        mantissa = re.split(r"[eE]", plain)[0]
        power = int(plain[len(mantissa) + 1 :] or 0)
        decimals = len(mantissa.partition(".")[2])
        last = 10.0 ** (power - decimals)
        if not decimals and _ROUGHLY.search(text[: found.start()]):
            last = 10.0 ** (len(mantissa) - len(mantissa.rstrip("0"))) if mantissa.strip("0") else 1.0
        unit = found["unit"] or found["money"] or ""
        yield Stated(found[0].strip(), float(plain), last / 2, SCALES.get(unit, 1.0), found.start())


def numbers_in(text: str) -> set[float]:
    """Every number that a text shows, such as what a cell printed; 68 % counts as 68 and as 0.68."""
    values = set()
    for found in ANY_NUMBER.finditer(text):
        plain = found[0].rstrip("% \u00a0").replace(",", "").replace("_", "").replace("−", "-")
        value = float(plain)
        values |= {value, value / 100} if found["percent"] else {value}
    return {value for value in values if math.isfinite(value)}


def literals_in(tree: ast.AST) -> set[float]:
    """Every number that code writes down: literals, arithmetic on literals alone, and numbers inside texts."""
    values: set[float] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            values |= numbers_in(node.value)
        elif isinstance(node, (ast.Constant, ast.BinOp, ast.UnaryOp)) and (value := evaluated(node)) is not None:
            values.add(value)
    return values


_OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_FUNCTIONS = {name: getattr(math, name) for name in ("sqrt", "log", "log2", "log10", "exp", "erf", "comb", "factorial")}


def evaluated(node: ast.AST) -> float | None:
    """The value of arithmetic on numbers alone; None where there is a name, or no finite real result."""
    try:
        value = float(_value(node))
    except (ValueError, TypeError, ArithmeticError):
        return None
    return value if math.isfinite(value) else None


def worked_out(expression: str) -> float | None:
    """The value of an expression on numbers alone, with sqrt, log, log2, log10, exp, erf, comb and factorial."""
    try:
        return evaluated(ast.parse(expression.strip().replace("−", "-"), mode="eval").body)
    except (SyntaxError, ValueError):
        return None


def _value(node: ast.AST) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = _value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Pow) and abs(right) > _MOST_POWER:
            raise ValueError("a power too high to work out")
        return _OPERATORS[type(node.op)](left, right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        arguments = [_value(argument) for argument in node.args]
        if node.func.id in ("comb", "factorial") and max(arguments) > _MOST_POWER:
            raise ValueError("too large to work out")
        return _FUNCTIONS[node.func.id](*arguments)
    raise ValueError("not arithmetic on numbers")
