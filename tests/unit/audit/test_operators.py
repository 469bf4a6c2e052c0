"""Each mutation operator alone: what it makes of a line, and what it leaves alone."""

from __future__ import annotations

import libcst as cst
import pytest

from coursekit.audit import operators


class _Nodes(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        self.found.append(node)
        return True


def changed(operator: operators.Operator, line: str) -> set[str]:
    """Every variant that an operator makes of a line of code."""
    module = cst.parse_module(line)
    visitor = _Nodes()
    module.visit(visitor)
    return {module.deep_replace(node, variant).code.strip() for node in visitor.found for variant in operator(node)}


@pytest.mark.parametrize(
    ("operator", "line", "expected"),
    [
        (operators.relational, "a < b", {"a <= b", "a >= b"}),
        (operators.relational, "a == b", {"a != b", "a <= b", "a >= b"}),
        (operators.relational, "a is None", {"a is not None"}),
        (operators.relational, "a not in b", {"a in b"}),
        (operators.relational, "a + b", set()),
        (operators.arithmetic, "a + b", {"a - b", "a * b"}),
        (operators.arithmetic, "a @ b", {"a * b"}),
        (operators.arithmetic, "a // b", {"a * b", "a % b"}),
        (operators.arithmetic, "a += 1", {"a -= 1"}),
        (operators.arithmetic, "-a", {"a"}),
        (operators.arithmetic, "~mask & other", {"mask & other", "~mask | other"}),
        (operators.constants, "f(3)", {"f(4)", "f(2)"}),
        (operators.constants, "0", {"1", "-1"}),
        (operators.constants, "0.5", {"1.5", "-0.5"}),
        (operators.constants, "2.0", {"3.0", "1.0"}),
        (operators.constants, "10_000", {"20000", "5000"}),
        (operators.constants, "1e6", {"2000000.0", "500000.0"}),
        (operators.constants, "f('mean')", {"f('')"}),
        (operators.constants, "f('')", {"f('another')"}),
        (operators.constants, "b'x'", set()),
        (operators.boolean, "a and b", {"a or b"}),
        (operators.boolean, "f(True)", {"f(False)"}),
        (operators.boolean, "not a", {"a"}),
        (operators.negated_condition, "if a < b: pass", {"if not (a < b): pass"}),
        (operators.negated_condition, "if(a): pass", {"if not(a): pass", "if not (a): pass"}),
        (operators.negated_condition, "while a: pass", {"while not a: pass"}),
        (operators.negated_condition, "a if b else c", {"a if not b else c"}),
        (operators.negated_condition, "[a for a in b if a]", {"[a for a in b if not a]"}),
        (operators.deleted_statement, "a = 1", {"pass"}),
        (operators.deleted_statement, "return a", {"pass"}),
        (operators.deleted_statement, "raise ValueError", {"pass"}),
        (operators.deleted_statement, "'a docstring'", set()),
        (operators.deleted_statement, "import numpy", set()),
        (operators.dropped_keyword, "f(a, axis=0, out=b)", {"f(a, out=b)", "f(a, axis=0)"}),
        (operators.dropped_keyword, "zip(a, b, strict=True)", set()),
        (operators.dropped_keyword, "f(a, b)", set()),
        (operators.swapped_arguments, "f(a, b, c)", {"f(b, a, c)", "f(a, c, b)"}),
        (operators.swapped_arguments, "f(a, a)", set()),
        (operators.swapped_arguments, "f(a, *b)", set()),
        (operators.swapped_arguments, "np.maximum(a, b)", set()),
        (operators.changed_axis, "x.mean(axis=0)", {"x.mean(axis=1)"}),
        (operators.changed_axis, "x.mean(axis=-1)", {"x.mean(axis=0)"}),
        (operators.changed_axis, "x.mean(dim=1)", {"x.mean(dim=0)"}),
        (operators.changed_axis, "x.mean(axis=(0, 2))", {"x.mean(axis=(0, ))"}),
        (operators.changed_axis, "x.drop(axis='columns')", {"x.drop(axis=0)"}),
        (operators.changed_axis, "x.mean(keepdims=0)", set()),
        (operators.changed_dtype, "np.uint8", {"np.int64"}),
        (operators.changed_dtype, "np.int64", {"np.int8", "np.float64"}),
        (operators.changed_dtype, "x.astype(float)", {"x.astype(int)"}),
        (operators.changed_dtype, "f(dtype=int)", {"f(dtype=float)"}),
        (operators.changed_dtype, "f(dtype='float64')", {"f(dtype='int64')"}),
        (operators.changed_dtype, "float(x)", set()),
        (operators.off_by_one, "x[a:b]", {"x[a + 1:b]", "x[a:b - 1]", "x[a:b + 1]"}),
        (operators.off_by_one, "x[1:]", {"x[2:]", "x[1:-1]"}),
        (operators.off_by_one, "x[:n]", {"x[1:n]", "x[:n - 1]", "x[:n + 1]"}),
        (operators.off_by_one, "x[:]", set()),
        (operators.off_by_one, "range(n)", {"range(n - 1)", "range(n + 1)"}),
        (operators.off_by_one, "range(1, n, 2)", {"range(1, n - 1, 2)", "range(1, n + 1, 2)"}),
    ],
)
def test_operator(operator: operators.Operator, line: str, expected: set[str]) -> None:
    if line.startswith("if("):
        (only,) = changed(operator, line)
        assert only in expected
    else:
        assert changed(operator, line) == expected


def test_every_operator_is_listed() -> None:
    assert len(operators.OPERATORS) == 11
