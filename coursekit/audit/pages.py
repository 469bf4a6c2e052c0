"""The audit in the docs: a page for each proven week and an index, without anything that varies from run to run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from coursekit.audit.cheats import KINDS
from coursekit.audit.digest import digest_of
from coursekit.audit.material import read_material
from coursekit.audit.table import percent
from coursekit.audit.verdict import VISIBLE_ALONE, WITH_HIDDEN, ExerciseVerdict, Survivor, WeekVerdict
from coursekit.notebooks.files import write_if_changed
from coursekit.syllabus import Week

FOLDER = Path("docs") / "audit"
_STATE = re.compile(r"<!-- audit: (?P<digest>\w+) -->")
_ROW = re.compile(r"<!-- index: (?P<row>.*) -->")
_INTRO = f"""# How good are the graders?

Every week's checks are checked before a learner meets them. `course audit` solves each exercise in several right ways
and in the ways in which people get it wrong, changes the solution line by line to see whether a check notices, and
hands in cheats. At least {WITH_HIDDEN:.0%} of the changed solutions must be rejected, at least {VISIBLE_ALONE:.0%} by
the checks that learners see.

| week | exercises | right answers | misconceptions | mutants | rejected | by visible checks | cheats that gained |
|---|---:|---:|---:|---:|---:|---:|---:|
"""


def write_pages(root: Path, verdict: WeekVerdict) -> list[Path]:
    """Write a proven week's page and the index; the files that changed.

    A quick audit, or one with findings, writes nothing: a page states what was proven.
    """
    if verdict.quick or not verdict.ok:
        return []
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    page, index = folder / f"{verdict.week}.md", folder / "README.md"
    changed = [page] if write_if_changed(page, page_of(verdict)) else []
    return changed + ([index] if write_if_changed(index, index_of(folder)) else [])


def outdated(root: Path, weeks: Iterable[Week]) -> list[str]:
    """Which of these weeks' pages state something else than what there is now, a sentence each; runs nothing."""
    findings = []
    for week in weeks:
        page = root / FOLDER / f"{week.folder}.md"
        found = _STATE.search(page.read_text(encoding="utf-8")) if page.is_file() else None
        if found is None or found["digest"] != digest_of(read_material(week, root)):
            findings.append(f"docs/audit/{week.folder}.md is out of date: run `course audit week{week.number:02d}`.")
    index = root / FOLDER / "README.md"
    if not index.is_file() or index.read_text(encoding="utf-8") != index_of(root / FOLDER):
        findings.append("docs/audit/README.md is out of date: run `course audit` for any week.")
    return findings


def index_of(folder: Path) -> str:
    """The index, from the pages that are there."""
    rows = []
    for page in sorted(folder.glob("week*.md")):
        if found := _ROW.search(page.read_text(encoding="utf-8")):
            rows.append(found["row"])
    return _INTRO + "\n".join(rows) + "\n"


def page_of(verdict: WeekVerdict) -> str:
    """A week's page as Markdown."""
    counts = verdict.mutation
    lines = [
        f"<!-- audit: {verdict.digest} -->",
        f"<!-- index: {_index_row(verdict)} -->",
        f"# {verdict.week}: {verdict.title}",
        "",
        f"Written by `course audit {verdict.week.split('-')[0]}`. {verdict.right_answers} complete right answers of "
        f"different approach score full marks; {_wrong(verdict)} wrong ones lose exactly what they should. Of "
        f"{counts.tried} mutants of the solutions the checks reject {percent(counts.score)}, the visible ones alone "
        f"{percent(counts.visible_score)}; {counts.timeouts} of them ran for too long and were stopped. The "
        f"instructor's version scored full marks in {verdict.runs} runs with {verdict.hash_seeds} hash seeds, the "
        "untouched release nothing.",
        "",
        *_exercise_table(verdict.exercises),
        "",
        "## Cheats",
        "",
        f"Handed in for every exercise, none gained a point: an answer that {_listed(list(KINDS.values()))}.",
        "",
        "## Misconceptions, and what the learner reads",
        "",
    ]
    for exercise in verdict.exercises:
        lines += [f"### {exercise.number} · {exercise.title}", "", *_misconceptions(exercise), ""]
    survivors = [survivor for exercise in verdict.exercises for survivor in exercise.survivors]
    lines += ["## Mutants that no check rejects", "", *_survivors(survivors)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _index_row(verdict: WeekVerdict) -> str:
    counts = verdict.mutation
    gained = sum(exercise.cheats - exercise.cheats_rejected for exercise in verdict.exercises)
    cells = (
        f"[{verdict.week}]({verdict.week}.md)",
        len(verdict.exercises),
        verdict.right_answers,
        _wrong(verdict),
        counts.tried,
        percent(counts.score),
        percent(counts.visible_score),
        gained,
    )
    return f"| {' | '.join(map(str, cells))} |"


def _wrong(verdict: WeekVerdict) -> int:
    return sum(len(exercise.wrong) for exercise in verdict.exercises)


def _exercise_table(exercises: Iterable[ExerciseVerdict]) -> list[str]:
    lines = [
        "| exercise | points | right | wrong | mutants | equivalent | rejected | by visible checks |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for exercise in exercises:
        counts = exercise.mutation
        cells = (
            f"{exercise.number} · {_cell(exercise.title)}",
            f"{exercise.points:g}",
            exercise.right_answers,
            len(exercise.wrong),
            counts.tried,
            counts.equivalent,
            percent(counts.score),
            percent(counts.visible_score),
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def _misconceptions(exercise: ExerciseVerdict) -> list[str]:
    rows = [f"| {_cell(wrong.misconception)} | {_cell(wrong.message)} |" for wrong in exercise.wrong]
    return ["| misconception | message |", "|---|---|", *rows]


def _survivors(survivors: list[Survivor]) -> list[str]:
    if not survivors:
        return ["None."]
    lines = []
    for survivor in survivors:
        reason = f"Equivalent: {survivor.reason}" if survivor.reason else "Not rejected."
        lines += [f"`{survivor.exercise}`, {survivor.operator}. {reason}", "", "```diff", survivor.diff, "```", ""]
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])}, or {words[-1]}"
