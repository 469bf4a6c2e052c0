"""The examples in the documentation run as written."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

from coursekit import check

MODULES = [f"coursekit.check.{module.name}" for module in pkgutil.iter_modules(check.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, extraglobs={"np": np}, optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_there_are_examples_to_run():
    runs = [
        doctest.testmod(importlib.import_module(name), extraglobs={"np": np}, optionflags=doctest.ELLIPSIS)
        for name in MODULES
    ]
    assert sum(run.attempted for run in runs) > 50
