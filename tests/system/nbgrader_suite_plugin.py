"""Pytest plugin: nbgrader's own tests, with the preprocessors that ``nbgrader_config.py`` gives to the course.

nbgrader's tests run its apps inside the test process, each with a configuration file of its own, so the course's
configuration is never read. This plugin changes the defaults of the same traits instead.
"""

from __future__ import annotations

from nbgrader.converters.autograde import Autograde
from nbgrader.converters.generate_feedback import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, Execute

from coursekit.grading.repair import FreshCopy
from coursekit.grading.sealed import available
from coursekit.grading.sealed.preprocessor import SealedExecute


def configure() -> None:
    """Give nbgrader's steps the course's preprocessors, sealed only where there is a sandbox."""
    Autograde.sanitize_preprocessors.default_args[0].insert(0, FreshCopy)
    if available():
        steps = Autograde.autograde_preprocessors.default_args[0]
        steps[:] = [SealedExecute if step is Execute else step for step in steps]
    GenerateFeedback.preprocessors.default_args[0].insert(0, ClearHiddenTests)


configure()
