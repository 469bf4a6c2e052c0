"""The types that count as plain, and membership by identity.

``kind in {int, float}`` asks the metaclass of ``kind`` whether it equals ``int``, and a metaclass can lie. `Kinds`
compares identities, which nobody can.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from types import BuiltinFunctionType, FunctionType, MethodType

import numpy as np


class Kinds:
    """A set of types whose membership is decided by identity.

    Examples
    --------
    >>> bool in Kinds([int, float]), int in Kinds([int, float])
    (False, True)
    """

    def __init__(self, kinds: Iterable[type]) -> None:
        self._kinds = tuple(kinds)
        self._ids = frozenset(id(kind) for kind in self._kinds)

    def __contains__(self, kind: object) -> bool:
        return id(kind) in self._ids

    def __iter__(self) -> Iterator[type]:
        return iter(self._kinds)

    def __or__(self, other: Iterable[type]) -> Kinds:
        return Kinds([*self._kinds, *other])


def _scalars(family: type) -> list[type]:
    # A duration is formally a signed integer; it is not a number here.
    return [kind for kind in NUMPY_SCALARS if issubclass(kind, family) and kind is not np.timedelta64]


NUMPY_SCALARS = Kinds({kind for kind in np.sctypeDict.values() if kind not in (np.object_, np.void)})
INTEGERS = Kinds([int, *_scalars(np.integer)])
FLOATS = Kinds([float, *_scalars(np.floating)])
COMPLEXES = Kinds([complex, *_scalars(np.complexfloating)])
NUMBERS = INTEGERS | FLOATS | COMPLEXES
BOOLEANS = Kinds([bool, np.bool_])
TEXTS = Kinds([str, np.str_])
DATES = Kinds([np.datetime64, np.timedelta64])
SEQUENCES = Kinds([list, tuple])
SETS = Kinds([set, frozenset])
MAPPINGS = Kinds([dict, OrderedDict, defaultdict, Counter])
FUNCTIONS = Kinds([FunctionType, MethodType, BuiltinFunctionType])
ARRAYS = Kinds([np.ndarray])
# What may name a column or be a key.
LABELS = BOOLEANS | INTEGERS | FLOATS | TEXTS | [type(None), bytes]
