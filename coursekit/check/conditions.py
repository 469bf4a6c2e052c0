"""`that`: any condition, in the author's own words."""

from __future__ import annotations

from typing import Any

from coursekit.check.failure import CheckFailed, counted
from coursekit.check.kinds import ARRAYS, BOOLEANS
from coursekit.check.plain import describe


@counted
def that(condition: Any, message: str) -> None:
    """Check that ``condition`` is true.

    Parameters
    ----------
    condition : bool or numpy.bool_
        Nothing else counts as true: an object that merely claims to be true fails.
    message : str
        The whole sentence to show.

    Raises
    ------
    CheckFailed
        With ``message``.

    Examples
    --------
    >>> that(1 + 1 == 2, "arithmetic is broken")
    >>> that(False, "some distances are negative")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: some distances are negative
    """
    if type(condition) not in BOOLEANS:
        several = type(condition) in ARRAYS and condition.size != 1
        advice = "; .all() or .any() makes one truth of many" if several else ""
        raise CheckFailed(f"{message} (the condition came out as {describe(condition)}, not as True or False{advice})")
    if not condition:
        raise CheckFailed(message)
