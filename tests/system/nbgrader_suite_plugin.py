"""Pytest plugin: nbgrader's own tests, with the preprocessors that ``nbgrader_config.py`` gives to the course.

nbgrader's tests run its apps inside the test process, each from a folder with a configuration of its own, so the
course's configuration is never read. This plugin changes the defaults of the same settings instead. Into the report of
each test it writes which of our steps truly did something, so that a plugin that changes nothing cannot go unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any

import pytest
from nbgrader import api
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.generate_feedback import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, Execute

from coursekit.grading import repair
from coursekit.grading.sealed import available
from coursekit.grading.sealed.preprocessor import SealedExecute

_at_work: set[str] = set()


class HideTests(ClearHiddenTests):
    """ClearHiddenTests by another name, to tell its work on feedback from its work on releases."""


def _noted(name: str, function: Callable) -> Callable:
    @wraps(function)
    def noting(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        _at_work.add(name)
        return result

    return noting


def _configure() -> None:
    Autograde.sanitize_preprocessors.default_args[0].insert(0, repair.FreshCopy)
    repair.clean = _noted("FreshCopy", repair.clean)
    GenerateFeedback.preprocessors.default_args[0].insert(0, HideTests)
    HideTests.preprocess = _noted("ClearHiddenTests", HideTests.preprocess)
    if available():
        steps = Autograde.autograde_preprocessors.default_args[0]
        steps[:] = [SealedExecute if step is Execute else step for step in steps]
        SealedExecute.preprocess = _noted("SealedExecute", SealedExecute.preprocess)
    # Each new gradebook asks an `alembic` process for a constant of the installed nbgrader: half of the suite's time.
    api.get_alembic_version = cache(api.get_alembic_version)


_configure()


@pytest.fixture(autouse=True)
def steps_at_work(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Write into the report which of the course's steps ran in this test."""
    _at_work.clear()
    yield
    for name in sorted(_at_work):
        record_property("step", name)
