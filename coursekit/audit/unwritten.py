"""What `course new` wrote for the author and nobody has replaced yet: everything marked with a pencil, ✎."""

from __future__ import annotations

import re
from pathlib import Path

from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.twins import text_to_notebook, text_twins

PENCIL = "✎"
MAX_WORDS = 14


def unwritten_findings(week_folder: Path) -> list[str]:
    """One sentence for each cell that still speaks to the author.

    Parameters
    ----------
    week_folder : ``source/weekNN-slug``, with the text twins.

    Returns
    -------
    list of str
        Notebook, cell and the beginning of what is to be written there; empty for a week that is written.
    """
    findings = []
    for path in text_twins(week_folder):
        for place, cell in enumerate(text_to_notebook(path).cells, start=1):
            if PENCIL in cell.source:
                name = nbgrader_of(cell).get("grade_id")
                where = f"cell {place} ({name})" if name else f"cell {place}"
                findings.append(
                    f"{week_folder.name}/{path.name}, {where} is still to be written: {_wanted(cell.source)}"
                )
    return findings


def _wanted(source: str) -> str:
    """The first words behind the pencil."""
    text = re.sub(r"\s+#?\s*", " ", source.split(PENCIL, 1)[1].split("\n\n")[0]).strip()
    first = re.split(r"(?<=[.:?!])\s", text, maxsplit=1)[0]
    words = first.rstrip(".:").split()
    return " ".join(words) + "." if len(words) <= MAX_WORDS else " ".join(words[:MAX_WORDS]) + " …"
