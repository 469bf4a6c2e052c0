"""The trusted writer: grades go into nbgrader's gradebook and graded notebooks into ``autograded/``, together or not.

`Ledger` is the room's door. What it writes is first put aside in ``autograded/.staging``, complete and on disk; then
the grades are committed in one transaction; then the folder moves to its place. Killed in between, the next `Ledger`
finds what was put aside and finishes it.
"""

from __future__ import annotations

from coursekit.grading.record.gradebook import Registered, register
from coursekit.grading.record.ledger import Ledger, open_gradebook, open_ledger
from coursekit.grading.record.result import CheckResult, ExerciseResult, NotebookResult, Result

__all__ = [
    "CheckResult",
    "ExerciseResult",
    "Ledger",
    "NotebookResult",
    "Registered",
    "Result",
    "open_gradebook",
    "open_ledger",
    "register",
]
