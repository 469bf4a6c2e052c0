"""Text and figures agree: a number that prose states as a result is computed beside it, or is declared.

A stated number counts as computed where a code cell around it shows it (in what it printed, or as a literal of its
source), at the precision that the text gives. What no cell can show is declared by the author, in one of three ways:

``# in the text: 2,225 weeks``
    in the code cell that computes it and shows it elsewhere, such as in a figure;
``<!-- worked out: 288 MiB = 900 * 700 * 60 * 8 / 2**20 -->``
    in the text's own cell, for plain arithmetic, which is done again here (``# in the text: … = …`` works too);
``<!-- fact: 64 bytes; a cache line, as most processors have it -->``
    in the text's own cell, for what the notebook does not compute, with where it is from.

Several stand apart by semicolons. A declaration that the text no longer uses is a finding as well. Arithmetic that the
text itself does, such as 200 + 80 = 280, is done again. What a written question tells its story with is given, not
computed, and its model answer is marked by a person: both are left out.
"""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.audit.quantities import SCALES, Stated, literals_in, numbers_in, stated_in, worked_out
from coursekit.errors import CourseError
from coursekit.notebooks.exercises import HEADING, nbgrader_of
from coursekit.notebooks.twins import TEXT_SUFFIX, text_to_notebook, text_twins

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Code cells on each side of a text that may give its numbers (in a graded notebook: those of the same exercise).
REACH = 3
#: With so many digits a number may be given anywhere in the notebook: it will not stand there by accident.
TELLING_DIGITS = 4
LEAST_BARE = 100
YEARS = range(1500, 2101)

_LEFT_OUT = [
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"### BEGIN SOLUTION.*?(?:### END SOLUTION|\Z)",
        r"BEGIN MARK SCHEME.*?(?:END MARK SCHEME|\Z)",
        # like the written question of an assignment
        r"^## The interview question$.*?(?=^## |\Z)",
        r"<!--.*?-->",
        r"```.*?```",
        r"`[^`]*`",
        r"\$\$.*?\$\$",
        r"\$[^$\n]*(?:\n[^$\n]+)?\$",
        r"<code>.*?</code>",
        r"<[^>]+>",
        r"\]\([^)]*\)",
        r"^#{1,6} [^\n]*$",
        r"^[ \t]*\|[^\n]*$",
        r"^[ \t]*\d+\.[ \t]",
        # names, not quantities: week 4, exercises 2 and 4, Python 3.11
        r"(?i)\b(?:weeks?|exercises?|sections?|steps?|rows?|columns?|hints?|chapters?|figures?|tables?|parts?|questions?"
        r"|versions?|python|numpy|pandas|phases?|seeds?|axis|axes|pages?|cells?)\s+"
        r"\d[\d.]*(?:\s*(?:,|and|to|or|–|-)\s*\d[\d.]*\b)*",
        r"\b(?:1[5-9]|20)\d0s\b",  # the 1970s
        # what a learner plans with, not what a cell computes
        r"\b\d[\d.,]*(?:\s*(?:–|-|to)\s*\d[\d.,]*)?\s*(?:minutes?|min|hours?|h|points?|words)\b",
    )
]
_DECLARED = re.compile(r"<!--\s*(?P<kind>fact|worked out):(?P<body>.*?)-->", re.DOTALL)
_IN_THE_TEXT = re.compile(r"^\s*#\s*in the text:\s*(?P<body>.+?)\s*$", re.MULTILINE)


_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SIGN = r"[-+−×·*/]"
#: 200 + 80 = 280: numbers alone on both sides, and nothing more to compute before or after them.
_EQUATION = re.compile(
    rf"(?<![\w.,])(?<!{_SIGN} )(?P<sum>{_NUMBER}(?:\s*{_SIGN}\s*{_NUMBER})+)\s*=\s*(?P<result>{_NUMBER})"
    rf"(?![\w^])(?!\s*{_SIGN}\s*[\w(])"
)


@dataclass(frozen=True)
class _Declared:
    """A number that the author declares, and what it is worked out from."""

    number: Stated
    expression: str
    kind: str


def prose_findings(executed: NotebookNode, name: str = "lesson") -> list[str]:
    """Numbers of the text that nothing in the notebook gives.

    Parameters
    ----------
    executed : the instructor's notebook, after a run.
    name : what the sentences call it.

    Returns
    -------
    list of str
        One sentence for each finding, naming the notebook and the cell.

    Raises
    ------
    CourseError
        Where the notebook was not run.
    """
    code = [cell for cell in executed.cells if cell.cell_type == "code" and cell.source.strip()]
    if code and all(cell.get("execution_count") is None and not cell.get("outputs") for cell in code):
        raise CourseError(f"{name} has no outputs: its text can be compared with its results only after it was run.")
    return [f"{name}, {finding}" for finding in _findings(executed.cells)]


def week_prose_findings(week_folder: Path, cell_seconds: int = 180) -> list[str]:
    """Run a week's lesson and graded notebooks, as the instructor has them, and compare their text with what came.

    A quiz is left out: its options are no results.

    Parameters
    ----------
    week_folder : ``source/weekNN-slug``.
    cell_seconds : a cell that takes longer is stopped, and that is a finding.
    """
    from coursekit.grading.execute import execute

    findings = []
    for text in text_twins(week_folder):
        name = f"{week_folder.name}/{text.name}"
        if text.name.startswith("quiz"):
            continue
        with tempfile.TemporaryDirectory(prefix="course-prose-") as scratch:
            folder = Path(scratch) / "work"
            shutil.copytree(week_folder, folder, ignore=shutil.ignore_patterns("*.ipynb", f"*{TEXT_SUFFIX}"))
            executed = execute(text_to_notebook(text), folder, cell_seconds=cell_seconds).notebook
        broken = [
            f"{name}, cell {place} does not run: {' '.join(f'{output.ename}: {output.evalue}'.split())}"
            for place, cell in enumerate(executed.cells, start=1)
            for output in cell.get("outputs", [])
            if output.output_type == "error"
        ]
        findings += broken or prose_findings(executed, name)
    return findings


def _findings(cells: Sequence[NotebookNode]) -> Iterator[str]:
    given = [_given(cell) for cell in cells]
    everywhere = set().union(*given)
    parts = _parts(cells)
    around = _neighbours(cells, parts)
    told = _written_questions(cells, parts)
    in_code = {place: _declared_in_code(cell.source) for place, cell in enumerate(cells) if cell.cell_type == "code"}
    said: dict[int, list[Stated]] = {}
    for place, cell in enumerate(cells):
        if cell.cell_type != "markdown" or place in told:
            continue
        said[place] = claims(cell.source)
        own = _declared_in_text(cell.source)
        declared = [*own, *(one for near in around[place] for one in in_code[near])]
        near = set().union(*(given[other] for other in around[place]))
        for number in said[place]:
            values = everywhere if number.digits >= TELLING_DIGITS else near
            if not number.is_given_by(values) and not any(_same(number, one.number) for one in declared):
                yield f"cell {place + 1}: {_not_given(number, cell.source)}"
        others = [*_without_source(cell.source), *_wrong_arithmetic(cell.source), *_stale(own, said[place])]
        yield from (f"cell {place + 1}: {finding}" for finding in others)
    for place, declared in in_code.items():
        texts = [number for other, near in around.items() if place in near for number in said.get(other, [])]
        yield from (f"cell {place + 1}: {finding}" for finding in _stale(declared, texts))


def claims(markdown: str) -> list[Stated]:
    """The numbers of a text that state a size or a result.

    These have a unit, decimals or thousands, or are 100 and more. Years, headings, tables, numbering, code, formulas,
    links, names (week 4) and a learner's minutes and points are none.
    """
    text = _EQUATION.sub(_blank, _running_text(markdown))
    return [number for number in stated_in(text) if _is_claim(number)]


def _running_text(markdown: str) -> str:
    """The text with everything that is not prose blanked out, so that places stay what they were."""
    for pattern in _LEFT_OUT:
        markdown = pattern.sub(_blank, markdown)
    return markdown


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _wrong_arithmetic(markdown: str) -> Iterator[str]:
    for found in _EQUATION.finditer(_running_text(markdown)):
        expression = re.sub("[×·]", "*", found["sum"]).replace(",", "")
        value, stated = worked_out(expression), next(stated_in(found["result"]))
        if value is not None and not stated.is_given_by([value]):
            yield f'the text says "{found[0]}", but it is {value:,.6g}.'


def _is_claim(number: Stated) -> bool:
    if any(number.text.endswith(unit) for unit in SCALES) or re.search(r"[.,€$£]|\de", number.text):
        return True
    return number.value >= LEAST_BARE and number.value not in YEARS


# ------------------------------------------------------------------------------------------------- what a cell gives


def _given(cell: NotebookNode) -> set[float]:
    """The numbers that a code cell shows: in its source and in what it printed."""
    if cell.cell_type != "code":
        return set()
    plain = "\n".join(re.sub(r"^(\s*)[%!].*$", r"\1pass", line) for line in cell.source.splitlines())
    try:
        values = literals_in(ast.parse(plain))
    except SyntaxError:
        values = numbers_in(plain)
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        values |= numbers_in(str(output.get("text", "")))
        values |= numbers_in(str(data.get("text/plain", "")) if "image/png" not in data else "")
        values |= numbers_in(re.sub(r"<[^>]+>", " ", str(data.get("text/html", ""))))
    return values


def _parts(cells: Sequence[NotebookNode]) -> list[int]:
    """For each cell, which exercise it belongs to; 0 before the first."""
    part, parts = 0, []
    for cell in cells:
        part += bool(cell.cell_type == "markdown" and HEADING.search(cell.source))
        parts.append(part)
    return parts


def _written_questions(cells: Sequence[NotebookNode], parts: Sequence[int]) -> set[int]:
    """Places of the cells of exercises in which a person marks everything."""
    by_person: dict[int, bool] = {}
    for part, cell in zip(parts, cells, strict=True):
        if nbgrader_of(cell).get("grade"):
            by_person[part] = by_person.get(part, True) and cell.cell_type == "markdown"
    return {place for place, part in enumerate(parts) if by_person.get(part)}


def _neighbours(cells: Sequence[NotebookNode], parts: Sequence[int]) -> dict[int, list[int]]:
    """For each text, the places of the code cells around it; what opens a graded notebook speaks of all of it."""
    graded = any(nbgrader_of(cell) for cell in cells)
    code = [place for place, cell in enumerate(cells) if cell.cell_type == "code"]
    around = {}
    for place, cell in enumerate(cells):
        if cell.cell_type != "markdown":
            continue
        before, after = [p for p in code if p < place], [p for p in code if p > place]
        near = {*before[-REACH:], *after[:REACH]}
        if graded:
            around[place] = [p for p in code if parts[place] in (0, parts[p])]
        else:
            around[place] = [p for p in code if p in near]
    return around


# ------------------------------------------------------------------------------------------------ what is declared


def _declared_in_text(markdown: str) -> list[_Declared]:
    found = _DECLARED.finditer(markdown)
    return [declared for one in found for declared in _declarations(one["body"], one["kind"])]


def _without_source(markdown: str) -> Iterator[str]:
    for found in _DECLARED.finditer(markdown):
        if found["kind"] == "fact" and not (";" in found["body"] and found["body"].rpartition(";")[2].strip()):
            body = found["body"].strip()
            yield f"the fact {body!r} does not say where it is from: write <!-- fact: 64 bytes; where from -->."


def _declared_in_code(source: str) -> list[_Declared]:
    return [
        declared for found in _IN_THE_TEXT.finditer(source) for declared in _declarations(found["body"], "in the text")
    ]


def _declarations(body: str, kind: str) -> Iterator[_Declared]:
    """``288 MiB = 3 * 96; 5 MiB = 5`` declares 288 and 5 with what each is; of a fact the last piece is its source."""
    pieces = body.split(";")
    for piece in pieces[:-1] if kind == "fact" else pieces:
        stated, equals, expression = piece.partition("=")
        for number in stated_in(stated):
            yield _Declared(number, expression.strip() if equals else "", kind)


def _same(said: Stated, declared: Stated) -> bool:
    return said.value == declared.value and said.scale == declared.scale


def _stale(declared: Sequence[_Declared], said: Sequence[Stated]) -> Iterator[str]:
    for one in declared:
        value = worked_out(one.expression) if one.expression else None
        if one.kind == "worked out" and value is None:
            yield (
                f'"{one.number.text}" is declared as worked out, but not from an expression on numbers alone: write '
                f"<!-- worked out: {one.number.text} = 2 * 3 -->, with its own arithmetic."
            )
        elif value is not None and not one.number.is_given_by([value]):
            yield f'"{one.number.text}" is declared as {one.expression}, which is {value:,.6g}.'
        elif not any(_same(number, one.number) for number in said):
            yield f'"{one.number.text}" is declared, but no text states it: remove it or write the same number.'


def _not_given(number: Stated, markdown: str) -> str:
    start = max(0, markdown.rfind(" ", 0, max(0, number.start - 30)))
    context = " ".join(markdown[start : number.start + len(number.text) + 30].split())
    return (
        f'no code cell around it gives "{number.text}" (in "…{context}…"): let one show it, correct it, or declare it '
        "with # in the text, <!-- worked out: … = … --> or <!-- fact: … -->."
    )
