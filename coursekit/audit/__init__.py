"""Proves a week's graders: right answers pass, wrong ones fail for the right reason, mutants and cheats do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.errors import CourseError

if TYPE_CHECKING:
    from coursekit.audit.verdict import WeekVerdict
    from coursekit.syllabus import Week


def audit_and_publish(
    week: Week,
    root: Path,
    *,
    quick: bool = False,
    jobs: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> WeekVerdict:
    """Audit a week and, after a whole audit, write what it found where others read it.

    These are the week's page in ``docs/audit/`` if it is proven, and ``messages.json`` beside its answers, by which
    ``course grade`` names misconceptions.

    Raises
    ------
    CourseError
        Where there is nothing to audit, files do not fit together, a notebook does not run, or a tool is missing.
    """
    try:
        from coursekit.audit.material import answers_folder
        from coursekit.audit.pages import write_pages
        from coursekit.audit.week import audit_week
    except ModuleNotFoundError as error:
        raise CourseError(
            f"The audit needs {error.name}, which is not installed here: run `make test-environment`."
        ) from None
    verdict = audit_week(week, root, quick=quick, jobs=jobs, progress=progress)
    if not quick and verdict.messages:
        keep_messages(answers_folder(root, week), verdict)
    write_pages(root, verdict)
    return verdict


def keep_messages(folder: Path, verdict: WeekVerdict) -> None:
    """Write the messages beside the answers, and show on the page what stands there of the check that failed first.

    Numbers in a message may differ from run to run (measured memory, say); those that were kept first stay.
    """
    from coursekit.audit.misconceptions import FILE_NAME, read_misconceptions, write_messages

    write_messages(folder, verdict.messages)
    kept = {mistake.answer: mistake.says for mistake in read_misconceptions(folder / FILE_NAME).mistakes}
    for exercise in verdict.exercises:
        exercise.wrong = [
            replace(wrong, message=kept[wrong.name][next(iter(verdict.messages[wrong.name]))])
            for wrong in exercise.wrong
        ]
