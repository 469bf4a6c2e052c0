"""The one error that rooms raise when something outside the code is wrong and a person can mend it."""

from __future__ import annotations


class CourseError(Exception):
    """A sentence for a person: what was wrong, where, and what to do. The command line prints it and exits 1."""
