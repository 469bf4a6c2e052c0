"""The class's week as one HTML page: which mistakes were made in each exercise, and what each learner got."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from coursekit.report.summary import summaries

if TYPE_CHECKING:
    from coursekit.grading.pipeline import Graded, Row
    from coursekit.syllabus import Week

BINS = 10


@dataclass(frozen=True)
class Bin:
    """A bar of the histogram of points: how many learners have from ``low`` to ``high`` points."""

    low: float
    high: float
    learners: int
    share: float


@dataclass(frozen=True)
class Overview:
    """The class in a few numbers; ``waiting`` have an answer that a person must mark."""

    graded: int
    not_graded: int
    waiting: int
    middle: float
    max_points: float
    bins: tuple[Bin, ...]


def class_page_path(folder: Path, week: Week) -> Path:
    """Where `course grade` writes the page of a class: apart from what learners are given."""
    return folder / "reports" / f"{week.folder}.html"


def write_class_page(graded: Graded, path: Path) -> None:
    """Write the page; it needs nothing beside it and runs nothing of what learners wrote."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("coursekit.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    template = environment.get_template("class.html.j2")
    text = template.render(graded=graded, exercises=summaries(graded), overview=overview(graded))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def overview(graded: Graded) -> Overview:
    """Count who was graded and who waits, and sort the points into bars."""
    rows = [row for row in graded.rows if row.max_points and not (row.problem and not row.points)]
    most = max((row.max_points for row in rows), default=0.0)
    waiting = sum("answer to mark" in row.needs_person for row in rows)
    middle = median([row.points for row in rows]) if rows else 0.0
    return Overview(len(rows), len(graded.rows) - len(rows), waiting, middle, most, _bins(rows, most))


def _bins(rows: list[Row], most: float) -> tuple[Bin, ...]:
    """Bars of equal width from 0 to the most points; the last one holds those with all points too."""
    if not most:
        return ()
    counts = [0] * BINS
    for row in rows:
        counts[min(BINS - 1, max(0, int(BINS * row.points / most)))] += 1
    return tuple(
        Bin(most * place / BINS, most * (place + 1) / BINS, count, count / max(counts))
        for place, count in enumerate(counts)
    )
