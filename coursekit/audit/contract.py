"""A hidden check asks for nothing that the text does not say: it quotes, above itself, the words that it tests.

::

    ### BEGIN HIDDEN TESTS
    # contract: "Labels are any integers: negative, with gaps […] They are names, not
    # contract: positions."
    check.array(...)
    ### END HIDDEN TESTS

A quote stands word for word in the exercise's markdown outside its hints, or in a docstring of its answer cells; line
breaks, spaces and Markdown's marks do not count, and ``[…]`` leaves something out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.notebooks.exercises import HEADING, nbgrader_of, question_of
from coursekit.notebooks.twins import text_to_notebook, text_twins

if TYPE_CHECKING:
    from nbformat import NotebookNode

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
MARK = re.compile(r"^\s*#\s*contract:\s*(?P<words>.*?)\s*$")
COMMENT = re.compile(r"^\s*#\s?(?P<words>.*?)\s*$")
OMISSION = re.compile(r"\[(?:…|\.\.\.)\]")
LEAST_WORDS = 3
#: What a learner does not read as the contract: hints, and what the release leaves out.
NOT_CONTRACT = re.compile(
    r"<details>.*?</details>|### BEGIN SOLUTION.*?### END SOLUTION|BEGIN MARK SCHEME.*?END MARK SCHEME|<!--.*?-->",
    re.DOTALL,
)


@dataclass(frozen=True)
class Quote:
    """Words quoted from the contract, and the first and last line of the cell on which they stand (from 1)."""

    words: str
    first: int
    last: int
    complete: bool = True


@dataclass
class _Text:
    """What a learner can read of one exercise."""

    number: str = "?"
    parts: list[str] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """The sentences, and the items of lists."""
        pieces = [piece for part in self.parts for piece in re.split(r"(?<=[.:;?!])\s+|\n\s*\n|\n\s*(?=- )", part)]
        return [" ".join(piece.split()).removeprefix("- ") for piece in pieces]


def contract_findings(week_folder: Path) -> list[str]:
    """What is wrong with the quotes in a week's hidden checks; empty when each check tests what the text says.

    Parameters
    ----------
    week_folder : ``source/weekNN-slug``, with the text twins.

    Returns
    -------
    list of str
        One sentence for each finding, naming the notebook, the exercise and the cell.
    """
    findings: list[str] = []
    for path in text_twins(week_folder):
        if not path.name.startswith("lesson"):
            findings.extend(
                f"{week_folder.name}/{path.name}, {finding}" for finding in _findings(text_to_notebook(path))
            )
    return findings


def _findings(notebook: NotebookNode) -> Iterator[str]:
    texts = _texts(notebook)
    helpers = _checking_functions(notebook)
    for place, cell in enumerate(notebook.cells, start=1):
        meta = nbgrader_of(cell)
        if cell.cell_type != "code" or not meta.get("grade") or meta.get("solution"):
            continue
        text = texts.get(question_of(meta["grade_id"]), _Text())
        where = f"exercise {text.number}, cell {place} ({meta['grade_id']})"
        quotes = read_quotes(cell.source)
        yield from (f"{where}: {finding}" for quote in quotes for finding in _quote_findings(quote, text))
        yield from (f"{where}: {finding}" for finding in _cover_findings(cell.source, quotes, helpers))


# ---------------------------------------------------------------------------------------------------- the contract


def _texts(notebook: NotebookNode) -> dict[str, _Text]:
    """For each exercise (``w01-q2``) its markdown and the docstrings of its answer cells."""
    texts: dict[str, _Text] = {}
    loose = _Text()  # what stands under a heading, before the exercise's first named cell
    for cell in notebook.cells:
        heading = HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        if heading:
            loose = _Text(heading["number"])
        if cell.cell_type == "markdown":
            loose.parts.append(NOT_CONTRACT.sub(" ", cell.source))
        if grade_id := nbgrader_of(cell).get("grade_id"):
            loose = texts.setdefault(question_of(grade_id), loose)
            if nbgrader_of(cell).get("solution") and cell.cell_type == "code":
                loose.parts.extend(_docstrings(cell.source))
    return texts


def _docstrings(source: str) -> list[str]:
    documented = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    tree = _tree(source)
    found = [ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, documented)] if tree else []
    return [text for text in found if text]


def normal(text: str) -> str:
    """Text without what a quote may leave out: line breaks, list marks, emphasis, code marks."""
    lines = [re.sub(r"^\s*(?:[-*+]|\d+\.|>)\s+", "", line) for line in text.splitlines()]
    return " ".join(re.sub(r"[*_`]", "", " ".join(lines)).split())


def _quote_findings(quote: Quote, text: _Text) -> Iterator[str]:
    if not quote.complete:
        yield f'the quote that begins with "{_start(quote.words)}" has no quotation mark at its beginning or its end.'
        return
    if len(re.findall(r"\w+", quote.words)) < LEAST_WORDS and not quote.words.endswith("."):
        yield f'the quote "{quote.words}" is too short to say what is tested: quote the sentence.'
        return
    if not stands_in(quote.words, " ".join(normal(part) for part in text.parts)):
        near = _nearest(quote.words, text.sentences)
        yield (
            f'the quote "{quote.words}" stands neither in the text of the exercise nor in the docstring of its answer'
            f"{near}: quote it word for word, or say it to the learner too."
        )


def stands_in(quote: str, text: str) -> bool:
    """Whether the pieces of a quote, between its omissions, stand in a text (as `normal` gives it) in this order."""
    start = 0
    for piece in OMISSION.split(quote):
        found = text.find(normal(piece), start)
        if found < 0:
            return False
        start = found + len(normal(piece))
    return True


def _nearest(words: str, sentences: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(" ".join(words.split()), sentences, n=1, cutoff=0.5)
    return f' (it says "{near[0]}")' if near else ""


def _start(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"


# ------------------------------------------------------------------------------------------------------- the quotes


def read_quotes(source: str) -> list[Quote]:
    """The quotes of a check cell, each put together from its lines."""
    quotes: list[Quote] = []
    open_words: list[str] = []
    first = 0
    for number, line in enumerate(source.splitlines(), start=1):
        mark = MARK.match(line)
        following = mark or (COMMENT.match(line) if open_words else None)
        if open_words and not following:
            quotes.append(Quote(" ".join(open_words), first, number - 1, complete=False))
            open_words = []
        if not following:
            continue
        words = following["words"]
        if not open_words:
            first = number
            if not words.startswith('"'):
                quotes.append(Quote(words, number, number, complete=False))
                continue
            words = words[1:]
        if words.endswith('"'):
            quotes.append(Quote(" ".join([*open_words, words[:-1]]), first, number))
            open_words = []
        else:
            open_words.append(words)
    if open_words:
        quotes.append(Quote(" ".join(open_words), first, len(source.splitlines()), complete=False))
    return quotes


# ------------------------------------------------------------------------------------------- which checks they cover


def _cover_findings(source: str, quotes: list[Quote], helpers: set[str]) -> Iterator[str]:
    tree = _tree(source)
    if tree is None:
        yield "the cell is not valid Python, so its checks cannot be read."
        return
    checks = sorted(set(_check_lines(tree, helpers)))
    lines = source.splitlines()
    for first, last in _hidden_regions(lines):
        starts = [quote.first for quote in quotes if first <= quote.first <= last]
        inside = [line for line in checks if first <= line <= last]
        if inside and not starts:
            yield 'its hidden checks name no sentence of the contract: write # contract: "…" above each.'
            continue
        for line in inside:
            if not any(start < line for start in starts):
                yield f"the hidden check `{_start(lines[line - 1].strip())}` has no # contract: quote above it."


def _hidden_regions(lines: list[str]) -> list[tuple[int, int]]:
    """First and last line of each region that the release leaves out."""
    regions, begin = [], None
    for number, line in enumerate(lines, start=1):
        if BEGIN in line:
            begin = number
        elif END in line and begin is not None:
            regions.append((begin, number))
            begin = None
    return regions + ([(begin, len(lines))] if begin is not None else [])


def _check_lines(tree: ast.AST, helpers: set[str]) -> Iterator[int]:
    """Lines on which something is checked; what a function would check counts where the function is called."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if _checks(node, helpers):
            yield node.lineno
        yield from _check_lines(node, helpers)


def _checks(node: ast.AST, helpers: set[str]) -> bool:
    if isinstance(node, (ast.Raise, ast.Assert)):
        return True
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute):
        return isinstance(called.value, ast.Name) and called.value.id == "check"
    return isinstance(called, ast.Name) and called.id in helpers


def _checking_functions(notebook: NotebookNode) -> set[str]:
    """Names of the notebook's own functions that check something when they are called, directly or through another."""
    functions = {
        node.name: node
        for cell in notebook.cells
        if cell.cell_type == "code" and not nbgrader_of(cell).get("solution") and (tree := _tree(cell.source))
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    names: set[str] = set()
    while True:
        found = {
            name for name, node in functions.items() if any(_calls_check(inner, names) for inner in ast.walk(node))
        }
        if found == names:
            return names
        names = found


def _calls_check(node: ast.AST, helpers: set[str]) -> bool:
    """As `_checks`, but an error that a helper raises for its own reasons is no check."""
    return isinstance(node, ast.Call) and _checks(node, helpers)


def _tree(source: str) -> ast.Module | None:
    """The syntax tree, with IPython's magics left out; None where it is not Python."""
    plain = "\n".join(re.sub(r"^(\s*)[%!].*$", r"\1pass", line) for line in source.splitlines())
    try:
        return ast.parse(plain)
    except SyntaxError:
        return None
