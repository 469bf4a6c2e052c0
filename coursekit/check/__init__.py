"""The checks that graders and learners share: type, shape, dtype, value and property, in one sentence each.

Examples
--------
>>> from coursekit import check
>>> check.number(2.0, 2.0, of="mean")
"""

from coursekit.check.arrays import array
from coursekit.check.callables import function, raises
from coursekit.check.conditions import that
from coursekit.check.containers import mapping, members, sequence
from coursekit.check.estimators import estimator
from coursekit.check.failure import CheckFailed
from coursekit.check.figures import figure
from coursekit.check.forbidden import not_called
from coursekit.check.loops import no_loops
from coursekit.check.memory import peak_memory
from coursekit.check.numbers import boolean, number
from coursekit.check.ownership import new_array, unchanged
from coursekit.check.properties import deterministic, property, same_given_seed
from coursekit.check.seals import seal, sealed
from coursekit.check.submissions import submission
from coursekit.check.tables import series, table
from coursekit.check.texts import choice, text
from coursekit.check.values import value

__all__ = [
    "CheckFailed",
    "array",
    "boolean",
    "choice",
    "deterministic",
    "estimator",
    "figure",
    "function",
    "mapping",
    "members",
    "new_array",
    "no_loops",
    "not_called",
    "number",
    "peak_memory",
    "property",
    "raises",
    "same_given_seed",
    "seal",
    "sealed",
    "sequence",
    "series",
    "submission",
    "table",
    "text",
    "that",
    "unchanged",
    "value",
]
