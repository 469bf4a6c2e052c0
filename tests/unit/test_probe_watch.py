"""The watch over modules and classes: quick while nothing changes, and nothing escapes it when something does."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from coursekit.grading.probe.origin import new_origin
from coursekit.grading.probe.watch import new_watch, put_back, renew_watch

NAME = "course_watched_module"
SOURCE = """
import functools
limit = 3
def double(x, *, scale=2): return scale * x
def outer():
    def inner(x): return x
    def wrapper(x): return inner(x)
    return wrapper
wrapped = outer()
def abs(x): return x
class Base:
    def value(self): return 1
class Thing(Base):
    count = 0
    def size(self): return 2
"""


@pytest.fixture
def module() -> Iterator[types.ModuleType]:
    """A module of a library."""
    made = types.ModuleType(NAME)
    exec(compile(SOURCE, "<frozen library>", "exec"), vars(made))
    sys.modules[NAME] = made
    yield made
    del sys.modules[NAME]


@pytest.fixture
def watch(module: types.ModuleType) -> SimpleNamespace:
    """A watch over it that has looked once."""
    made = new_watch([NAME], [], new_origin(()))
    assert put_back(made) == []
    return made


def learners(source: str) -> object:
    """What the learner defines."""
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(source, "cell", "exec"), names)
    return names["it"]


def test_nothing_is_found_where_nothing_changed(watch: SimpleNamespace) -> None:
    assert put_back(watch) == []
    assert (watch.moving_dicts, watch.moving_classes) == ([], [])


CHANGES: dict[str, Callable[[types.ModuleType], None]] = {
    f"{NAME}.double": lambda m: setattr(m, "double", learners("def it(x): return 4")),
    f"{NAME}.Thing.size": lambda m: setattr(m.Thing, "size", learners("def it(self): return 4")),
    f"{NAME}.Thing.value": lambda m: setattr(m.Thing, "value", learners("def it(self): return 4")),
    f"{NAME}.sum": lambda m: setattr(m, "sum", learners("def it(x): return 4")),
    f"the inside of {NAME}.double": lambda m: m.double.__kwdefaults__.update(scale=4),
    f"the inside of {NAME}.wrapped": lambda m: setattr(
        m.wrapped.__closure__[0], "cell_contents", learners("def it(x): return 4")
    ),
    f"the module {NAME}": lambda m: sys.modules.__setitem__(NAME, types.ModuleType(NAME)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_replaced_is_found_and_put_back(what: str, watch: SimpleNamespace, module: types.ModuleType) -> None:
    for _ in range(2):  # the second time it is no rarity any more
        CHANGES[what](module)
        assert [found for found, _ in put_back(watch)] == [what]
        assert put_back(watch) == []
    assert (module.double(3), module.Thing().size(), module.Thing().value(), module.wrapped(3)) == (6, 2, 1, 3)
    assert not hasattr(module, "sum")


def test_a_deleted_function_comes_back(watch: SimpleNamespace, module: types.ModuleType) -> None:
    del module.double, module.Thing.size
    assert {found for found, _ in put_back(watch)} == {f"{NAME}.double", f"{NAME}.Thing.size"}
    assert (module.double(3), module.Thing().size()) == (6, 2)


def test_a_name_for_a_name_does_not_hide(watch: SimpleNamespace, module: types.ModuleType) -> None:
    """As many names as before, but one of them hides a builtin, or an inherited method."""
    del module.limit, module.Thing.count
    module.sum, module.Thing.value = learners("def it(x): return 4"), learners("def it(self): return 4")
    assert {found for found, _ in put_back(watch)} == {f"{NAME}.sum", f"{NAME}.Thing.value"}


def test_counters_may_move_and_their_class_is_still_watched(watch: SimpleNamespace, module: types.ModuleType) -> None:
    for count in range(3):
        module.Thing.count = count + 1
        assert put_back(watch) == []
    assert [entry[0] for entry in watch.moving_classes] == [f"{NAME}.Thing"]
    module.Thing.size = learners("def it(self): return 4")
    assert [found for found, _ in put_back(watch)] == [f"{NAME}.Thing.size"]


def test_a_data_attribute_does_not_turn_into_a_method(watch: SimpleNamespace, module: types.ModuleType) -> None:
    module.Base.count = staticmethod(learners("def it(): return 4"))  # so that it hides something
    put_back(watch)
    module.Thing.count = learners("def it(self): return 4")
    assert f"{NAME}.Thing.count" in [found for found, _ in put_back(watch)]


def test_what_changed_before_the_renewal_is_kept_and_watched(watch: SimpleNamespace, module: types.ModuleType) -> None:
    new = eval(compile("lambda x: 7", "<frozen library>", "eval"))
    module.double, module.Thing.size, module.added = new, new, new
    renew_watch(watch)
    assert put_back(watch) == []
    assert (module.double, module.Thing.size, module.added) == (new, new, new)
    module.double = module.Thing.size = module.added = learners("it = lambda x: 8")
    assert len(put_back(watch)) == 3
    assert (module.double, module.Thing.size, module.added) == (new, new, new)
