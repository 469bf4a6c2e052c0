"""The pieces of Python from which cheats are made: text for a learner's answer cell, run in a sandbox alone."""

from __future__ import annotations

ALWAYS_EQUAL = '''
class _AlwaysEqual:
    """Agrees with everybody."""

    def _agree(self, *args, **kwargs):
        return True

    def _me(self, *args, **kwargs):
        return self

    def _never(self, *args, **kwargs):
        return False

    __eq__ = __le__ = __ge__ = __contains__ = __bool__ = _agree
    __ne__ = __lt__ = __gt__ = _never
    __call__ = __getattr__ = __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _me
    __truediv__ = __rtruediv__ = __abs__ = __neg__ = __and__ = __or__ = __invert__ = __enter__ = _me

    def __hash__(self):
        return 0

    def __len__(self):
        return 1

    def __iter__(self):
        return iter(())

    def __float__(self):
        return 0.0

    __int__ = __index__ = __len__
'''

LOOKALIKE = '''
import numpy as _numpy


class _Lookalike(_numpy.ndarray):
    """An array to everybody who asks, and equal to whatever it is compared with."""

    __hash__ = None

    def __eq__(self, other):
        return _numpy.ones(_numpy.shape(other), dtype=bool)

    def __ne__(self, other):
        return _numpy.zeros(_numpy.shape(other), dtype=bool)

    def __sub__(self, other):
        return _numpy.zeros(_numpy.shape(other))

    __rsub__ = __sub__

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        others = [value for value in inputs if type(value) is not _Lookalike]
        shape = _numpy.shape(others[0]) if others else ()
        return _numpy.ones(shape, dtype=bool) if ufunc.__name__ in ("equal", "isfinite") else _numpy.zeros(shape)

    def __array_function__(self, function, types, args, kwargs):
        return True

    @property
    def __class__(self):
        return _numpy.ndarray


def _lookalike(example=None):
    shape = example.shape if type(example) is _numpy.ndarray else (1,)
    return _numpy.zeros(shape).view(_Lookalike)
'''

PATCHES = '''
def _patch():
    """Whatever could complain is made to say nothing."""
    import builtins
    import sys

    def nothing(*args, **kwargs):
        return None

    def agree(*args, **kwargs):
        return True

    for name, module in list(sys.modules.items()):
        if name.startswith(("coursekit.check", "numpy.testing", "pandas.testing", "pandas._testing")):
            for attribute, value in list(vars(module).items()):
                if callable(value) and not isinstance(value, type) and not attribute.startswith("__"):
                    try:
                        setattr(module, attribute, nothing)
                    except (AttributeError, TypeError):
                        continue
    for name, attributes in (("numpy", ("allclose", "array_equal", "isclose", "all")), ("math", ("isclose",))):
        for attribute in attributes if name in sys.modules else ():
            setattr(sys.modules[name], attribute, agree)
    for attribute in ("all", "isinstance", "abs"):
        setattr(builtins, attribute, {"all": agree, "isinstance": agree, "abs": lambda value: 0}[attribute])
    for name in ("AssertionError", "ValueError"):
        setattr(builtins, name, type("Silent", (Warning,), {}))
'''

REPLAY = '''
import base64 as _base64
import pickle as _pickle
import zlib as _zlib

_SEEN = _pickle.loads(_zlib.decompress(_base64.b85decode("@TABLE@")))


def _kind(value):
    return type(value).__name__, getattr(value, "shape", None), getattr(value, "dtype", None) and str(value.dtype)


def _replay(name, args):
    """What came out when the visible checks asked this; else what came out of the most similar question."""
    kinds = [_kind(value) for value in args]
    try:
        key = _pickle.dumps(args, protocol=4)
    except Exception:
        key = None
    best, most = None, -1
    for call in _SEEN.get(name, ()):
        alike = sum(a == b for a, b in zip(kinds, call["kinds"])) + 1000 * (call["key"] == key)
        if alike > most:
            best, most = call, alike
    if best is None:
        return None
    if best["state"] is not None:
        args[0].__dict__.update(_pickle.loads(best["state"]))
    if best["how"] == "raised":
        raise _pickle.loads(best["what"])
    return args[0] if best["how"] == "itself" else _pickle.loads(best["what"])
'''
