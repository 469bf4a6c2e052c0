"""Mutation operators: each takes one node of a solution and yields what could wrongly stand in its place.

The families are those of the mutation-testing literature and of cosmic-ray, and three that numerical code needs: the
axis, the dtype, and the end of a slice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst
from libcst import matchers as m

Variants = Iterator[cst.CSTNode]
Operator = Callable[[cst.CSTNode], Variants]

_RELATIONS: dict[type, tuple[type, ...]] = {
    cst.LessThan: (cst.LessThanEqual, cst.GreaterThanEqual),
    cst.LessThanEqual: (cst.LessThan, cst.GreaterThan),
    cst.GreaterThan: (cst.GreaterThanEqual, cst.LessThanEqual),
    cst.GreaterThanEqual: (cst.GreaterThan, cst.LessThan),
    cst.Equal: (cst.NotEqual, cst.LessThanEqual, cst.GreaterThanEqual),
    cst.NotEqual: (cst.Equal, cst.LessThan, cst.GreaterThan),
    cst.Is: (cst.IsNot,),
    cst.IsNot: (cst.Is,),
    cst.In: (cst.NotIn,),
    cst.NotIn: (cst.In,),
}
_ARITHMETIC: dict[type, tuple[type, ...]] = {
    cst.Add: (cst.Subtract, cst.Multiply),
    cst.Subtract: (cst.Add,),
    cst.Multiply: (cst.Divide, cst.Add),
    cst.Divide: (cst.Multiply,),
    cst.FloorDivide: (cst.Multiply, cst.Modulo),
    cst.Modulo: (cst.FloorDivide,),
    cst.Power: (cst.Multiply,),
    cst.MatrixMultiply: (cst.Multiply,),
    cst.BitAnd: (cst.BitOr,),
    cst.BitOr: (cst.BitAnd,),
    cst.BitXor: (cst.BitAnd,),
    cst.LeftShift: (cst.RightShift,),
    cst.RightShift: (cst.LeftShift,),
}
_IN_PLACE: dict[type, type] = {
    cst.AddAssign: cst.SubtractAssign,
    cst.SubtractAssign: cst.AddAssign,
    cst.MultiplyAssign: cst.DivideAssign,
    cst.DivideAssign: cst.MultiplyAssign,
    cst.FloorDivideAssign: cst.MultiplyAssign,
    cst.PowerAssign: cst.MultiplyAssign,
    cst.BitAndAssign: cst.BitOrAssign,
    cst.BitOrAssign: cst.BitAndAssign,
}
#: A dtype that a careless author might write instead: of another kind, or too small.
_DTYPES = {
    "float64": ("int64",),
    "float32": ("int64",),
    "float16": ("float32",),
    "int64": ("int8", "float64"),
    "int32": ("int8", "float64"),
    "int16": ("int8", "float64"),
    "int8": ("float64",),
    "uint8": ("int64",),
    "long": ("float32",),
    "bool": ("int64",),
}
_PLAIN_DTYPES = {"float": ("int",), "int": ("float",), "bool": ("float",)}
#: One more or less of so many is lost in any sensible tolerance.
_LARGE = 1_000
_COMMUTATIVE = (
    m.Name("min")
    | m.Name("max")
    | m.Attribute(attr=m.Name("minimum") | m.Name("maximum") | m.Name("add") | m.Name("multiply"))
    | m.Attribute(attr=m.Name("logical_and") | m.Name("logical_or") | m.Name("hypot") | m.Name("array_equal"))
)
_WHOLE_STATEMENTS = (cst.Expr, cst.Assign, cst.AnnAssign, cst.AugAssign, cst.Return, cst.Raise, cst.Del, cst.Assert)


def relational(node: cst.CSTNode) -> Variants:
    """``a < b`` → ``a <= b``, ``a >= b``; ``==`` → ``!=``, ``<=``, ``>=``; ``is`` and ``in`` → their opposites."""
    if isinstance(node, cst.ComparisonTarget):
        for other in _RELATIONS.get(type(node.operator), ()):
            yield node.with_changes(operator=other())


def arithmetic(node: cst.CSTNode) -> Variants:
    """``a + b`` → ``a - b``, ``a += b`` → ``a -= b``, ``-a`` → ``a``; bits alike."""
    if isinstance(node, cst.BinaryOperation):
        for other in _ARITHMETIC.get(type(node.operator), ()):
            yield node.with_changes(operator=other())
    elif isinstance(node, cst.AugAssign) and type(node.operator) in _IN_PLACE:
        yield node.with_changes(operator=_IN_PLACE[type(node.operator)]())
    elif isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus | cst.BitInvert):
        yield node.expression


def constants(node: cst.CSTNode) -> Variants:
    """A number → one more, one less (a large one → its double, its half); a text → another text, or none."""
    if isinstance(node, cst.Integer):
        value = int(node.value, 0)
        large = value >= _LARGE
        yield cst.Integer(str(2 * value if large else value + 1))
        yield cst.Integer(str(value // 2 if large else value - 1)) if value else _negative(cst.Integer("1"))
    elif isinstance(node, cst.Float):
        value = float(node.value)
        large = value >= _LARGE
        yield cst.Float(repr(2 * value if large else value + 1.0))
        less = value / 2 if large else value - 1.0
        yield cst.Float(repr(less)) if less >= 0.0 else _negative(cst.Float(repr(-less)))
    elif isinstance(node, cst.SimpleString) and isinstance(node.evaluated_value, str):
        yield cst.SimpleString(repr("" if node.evaluated_value else "another"))


def boolean(node: cst.CSTNode) -> Variants:
    """``and`` ↔ ``or``, ``True`` ↔ ``False``, ``not a`` → ``a``."""
    if isinstance(node, cst.BooleanOperation):
        yield node.with_changes(operator=cst.Or() if isinstance(node.operator, cst.And) else cst.And())
    elif m.matches(node, m.Name("True") | m.Name("False")):
        yield cst.Name("False" if node.value == "True" else "True")
    elif m.matches(node, m.UnaryOperation(operator=m.Not())):
        yield node.expression


def negated_condition(node: cst.CSTNode) -> Variants:
    """The condition of ``if``, ``while``, a conditional expression or a comprehension → ``not`` it."""
    if not isinstance(node, cst.If | cst.While | cst.IfExp | cst.CompIf):
        return
    negated = cst.UnaryOperation(operator=cst.Not(), expression=_in_parentheses(node.test))
    space = cst.SimpleWhitespace(" ")
    if isinstance(node, cst.If):
        yield node.with_changes(test=negated, whitespace_before_test=space)
    elif isinstance(node, cst.While):
        yield node.with_changes(test=negated, whitespace_after_while=space)
    else:
        yield node.with_changes(test=negated)


def deleted_statement(node: cst.CSTNode) -> Variants:
    """A statement of one line → ``pass``."""
    if isinstance(node, (*_WHOLE_STATEMENTS, cst.Break, cst.Continue)) and not m.matches(
        node, m.Expr(value=m.SimpleString() | m.ConcatenatedString() | m.Ellipsis())
    ):
        yield cst.Pass()


def dropped_keyword(node: cst.CSTNode) -> Variants:
    """``f(a, key=b)`` → ``f(a)``; ``zip``'s ``strict`` apart, which only says what is so."""
    if not isinstance(node, cst.Call):
        return
    for place, argument in enumerate(node.args):
        if argument.keyword and not _is_strict(argument):
            yield _with_arguments(node, [*node.args[:place], *node.args[place + 1 :]])


def swapped_arguments(node: cst.CSTNode) -> Variants:
    """``f(a, b)`` → ``f(b, a)`` for every two neighbours without names, unless ``f`` does not care."""
    if not isinstance(node, cst.Call) or m.matches(node.func, _COMMUTATIVE):
        return
    for place, (left, right) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if not (left.keyword or right.keyword or left.star or right.star) and not left.value.deep_equals(right.value):
            yield _with_arguments(node, [*node.args[:place], right, left, *node.args[place + 2 :]])


def changed_axis(node: cst.CSTNode) -> Variants:
    """``axis=0`` ↔ ``axis=1``, ``axis=-1`` → ``axis=0``, ``dim`` alike; of several axes the last is left out."""
    if not (isinstance(node, cst.Arg) and is_axis(node)):
        return
    if isinstance(node.value, cst.Integer):
        yield node.with_changes(value=cst.Integer("1" if node.value.value == "0" else "0"))
    elif isinstance(node.value, cst.UnaryOperation):
        yield node.with_changes(value=cst.Integer("0"))
    elif isinstance(node.value, cst.Tuple) and len(node.value.elements) > 1:
        yield node.with_changes(value=node.value.with_changes(elements=node.value.elements[:-1]))
    elif isinstance(node.value, cst.SimpleString):
        yield node.with_changes(value=cst.Integer("0" if node.value.evaluated_value == "columns" else "1"))


def changed_dtype(node: cst.CSTNode) -> Variants:
    """``np.int64`` → ``np.int8``, ``np.float64`` …; ``dtype=float`` → ``int``; names of dtypes as text alike."""
    if isinstance(node, cst.Attribute) and node.attr.value in _DTYPES:
        for other in _DTYPES[node.attr.value]:
            yield node.with_changes(attr=cst.Name(other))
    elif isinstance(node, cst.SimpleString) and node.evaluated_value in _DTYPES:
        for other in _DTYPES[node.evaluated_value]:
            yield cst.SimpleString(repr(other))
    elif isinstance(node, cst.Arg) and m.matches(node, m.Arg(keyword=m.Name("dtype"), value=m.Name())):
        for other in _PLAIN_DTYPES.get(node.value.value, ()):
            yield node.with_changes(value=cst.Name(other))
    elif m.matches(node, m.Call(func=m.Attribute(attr=m.Name("astype")), args=[m.Arg(value=m.Name()), m.ZeroOrMore()])):
        for other in _PLAIN_DTYPES.get(node.args[0].value.value, ()):
            yield _with_arguments(node, [node.args[0].with_changes(value=cst.Name(other)), *node.args[1:]])


def off_by_one(node: cst.CSTNode) -> Variants:
    """``a:b`` → ``a + 1:b``, ``a:b - 1``, ``a:b + 1``; an open end is closed one short; ``range`` alike."""
    if isinstance(node, cst.Slice):
        if node.lower is None and node.upper is None:
            return
        yield node.with_changes(lower=_moved(node.lower, 1) if node.lower else cst.Integer("1"))
        if node.upper is None:
            yield node.with_changes(upper=_negative(cst.Integer("1")))
        else:
            yield node.with_changes(upper=_moved(node.upper, -1))
            yield node.with_changes(upper=_moved(node.upper, 1))
    elif m.matches(node, m.Call(func=m.Name("range"))):
        last = min(len(node.args), 2) - 1
        for by in (-1, 1):
            end = node.args[last].with_changes(value=_moved(node.args[last].value, by))
            yield node.with_changes(args=[*node.args[:last], end, *node.args[last + 1 :]])


OPERATORS: dict[str, Operator] = {
    "relational": relational,
    "arithmetic": arithmetic,
    "constant": constants,
    "boolean": boolean,
    "negated condition": negated_condition,
    "deleted statement": deleted_statement,
    "dropped keyword": dropped_keyword,
    "swapped arguments": swapped_arguments,
    "axis": changed_axis,
    "dtype": changed_dtype,
    "off by one": off_by_one,
}


def is_axis(node: cst.CSTNode) -> bool:
    """Whether an argument chooses an axis: its constant is changed by `changed_axis`, not by `constants`."""
    return m.matches(node, m.Arg(keyword=m.Name("axis") | m.Name("dim")))


def _is_strict(argument: cst.Arg) -> bool:
    return m.matches(argument, m.Arg(keyword=m.Name("strict")))


def _negative(number: cst.BaseNumber) -> cst.UnaryOperation:
    return cst.UnaryOperation(operator=cst.Minus(), expression=number)


def _moved(value: cst.BaseExpression, by: int) -> cst.BaseExpression:
    if isinstance(value, cst.Integer):
        moved = int(value.value, 0) + by
        return cst.Integer(str(moved)) if moved >= 0 else _negative(cst.Integer(str(-moved)))
    operator = cst.Add() if by > 0 else cst.Subtract()
    return cst.BinaryOperation(left=_in_parentheses(value), operator=operator, right=cst.Integer("1"))


def _in_parentheses(value: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(value, cst.Name | cst.Call | cst.Attribute | cst.Subscript | cst.BaseNumber) or value.lpar:
        return value
    return value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _with_arguments(call: cst.Call, arguments: list[cst.Arg]) -> cst.Call:
    """The call with these arguments; the commas are set afresh."""
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    last = len(arguments) - 1
    fresh = [
        argument.with_changes(comma=comma if place < last else cst.MaybeSentinel.DEFAULT)
        for place, argument in enumerate(arguments)
    ]
    return call.with_changes(args=fresh)
