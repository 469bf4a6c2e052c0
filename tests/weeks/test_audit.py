"""Every week's grader, graded: a quick audit with all answers and cheats, and pages that state the present state.

A worker audits a week once; the tests look at what it found.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from coursekit.audit.pages import outdated
from coursekit.audit.verdict import LEAST_RIGHT, LEAST_WRONG, VISIBLE_ALONE, WITH_HIDDEN, WeekVerdict
from coursekit.audit.week import audit_week
from coursekit.syllabus import Week

ROOT = Path(__file__).resolve().parents[2]


@cache
def audited(week: Week) -> WeekVerdict:
    """With other workers beside this one a core belongs to each."""
    return audit_week(week, ROOT, quick=True, jobs=1 if "PYTEST_XDIST_WORKER" in os.environ else None)


def test_nothing_is_found(week: Week) -> None:
    assert audited(week).all_findings == []


def test_right_and_wrong_answers_do_what_they_must(week: Week) -> None:
    for exercise in audited(week).exercises:
        assert exercise.right_answers >= LEAST_RIGHT, exercise.grade_id
        assert len({wrong.misconception for wrong in exercise.wrong}) >= LEAST_WRONG, exercise.grade_id


def test_mutants_are_rejected(week: Week) -> None:
    verdict = audited(week)
    assert all(exercise.mutation.tried > 0 for exercise in verdict.exercises)
    assert verdict.mutation.score >= WITH_HIDDEN
    assert verdict.mutation.visible_score >= VISIBLE_ALONE


def test_cheats_gain_nothing(week: Week) -> None:
    for exercise in audited(week).exercises:
        assert exercise.cheats_rejected == exercise.cheats > 0, exercise.grade_id


def test_page_states_the_present_state(week: Week) -> None:
    assert outdated(ROOT, [week]) == []
