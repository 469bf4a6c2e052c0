"""The class's week as one HTML page: points per learner and exercise, and per exercise what went wrong most often."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.report.gradetable import summaries

if TYPE_CHECKING:
    from coursekit.grading.pipeline import Graded


def write_class_page(graded: Graded, path: Path) -> None:
    """Write the page; it needs nothing beside it and runs nothing of what learners wrote."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("coursekit.report"), autoescape=True, trim_blocks=True)
    template = environment.get_template("class.html.j2")
    path.write_text(template.render(graded=graded, exercises=summaries(graded)), encoding="utf-8")
