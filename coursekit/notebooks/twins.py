"""Text twins: ``X.nb.py`` (jupytext py:percent, the truth) and ``X.ipynb`` (what Jupyter and nbgrader open)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError
from coursekit.notebooks.files import notebook_text, read_notebook, write_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nbformat import NotebookNode

TEXT_SUFFIX = ".nb.py"
FORMAT = "py:percent"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def text_twins(week_folder: Path) -> list[Path]:
    """The text twins of a week, in the order of their names."""
    return sorted(week_folder.glob(f"*{TEXT_SUFFIX}"))


def notebook_of(text: Path) -> Path:
    """The ``.ipynb`` that belongs to a text twin."""
    return text.with_name(text.name.removesuffix(TEXT_SUFFIX) + ".ipynb")


def text_to_notebook(text: Path) -> NotebookNode:
    """Read a text twin as a notebook without outputs, with the same cell ids every time."""
    import jupytext
    import nbformat

    try:
        notebook = jupytext.reads(text.read_text(encoding="utf-8"), fmt=FORMAT)
    except Exception as error:  # jupytext passes on whatever its parsers raise
        reason = str(error).strip().splitlines()[0]
        raise CourseError(f"{text} cannot be read as a text notebook ({reason}); see CONTRIBUTING.md.") from error
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell, cell_id in zip(notebook.cells, stable_ids(notebook.cells), strict=True):
        cell["id"] = cell_id
        cell.metadata.pop("lines_to_next_cell", None)  # jupytext's note on blank lines in the text
    return notebook


def stable_ids(cells: Iterable[NotebookNode]) -> list[str]:
    """Cell ids that depend on the cells alone: the grade_id, else a digest of the source, numbered where it repeats."""
    seen: dict[str, int] = {}
    ids = []
    for cell in cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        base = grade_id or hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[base] = seen.get(base, 0) + 1
        ids.append(base if seen[base] == 1 else f"{base}-{seen[base]}")
    return ids


def write_notebooks(week_folder: Path) -> list[Path]:
    """Write every ``X.ipynb`` of a week from its text twin; return those that changed."""
    twins = text_twins(week_folder)
    if not twins:
        raise CourseError(f"{week_folder} has no {TEXT_SUFFIX} files to make notebooks from.")
    changed = []
    for text in twins:
        notebook = text_to_notebook(text)
        path = notebook_of(text)
        if not (path.is_file() and _content(read_notebook(path)) == _content(notebook) and is_clean(path)):
            path.write_text(notebook_text(notebook), encoding="utf-8")
            changed.append(path)
    return changed


def write_texts(week_folder: Path) -> list[Path]:
    """The way back: write every ``X.nb.py`` of a week from its notebook (after editing without pairing)."""
    import jupytext

    changed = []
    for path in sorted(week_folder.glob("*.ipynb")):
        notebook = read_notebook(path)
        notebook.metadata.pop("language_info", None)
        text = path.with_name(path.stem + TEXT_SUFFIX)
        if text.is_file() and _content(text_to_notebook(text)) == _content(notebook):
            continue
        if write_if_changed(text, jupytext.writes(notebook, fmt=FORMAT)):
            changed.append(text)
    return changed


def is_clean(path: Path) -> bool:
    """No outputs, no execution counts: the notebook shows nothing that a run left behind."""
    return all(
        not cell.get("outputs") and cell.get("execution_count") is None
        for cell in read_notebook(path).cells
        if cell.cell_type == "code"
    )


def differences(week_folder: Path) -> list[str]:
    """One sentence for each pair of a week that does not say the same; empty when all agree."""
    sentences = []
    texts = {notebook_of(text): text for text in text_twins(week_folder)}
    for path in sorted({*texts, *week_folder.glob("*.ipynb")}):
        if path not in texts:
            sentences.append(f"{path.name} has no text twin: run `course notebooks --to-text {week_folder.name}`.")
        elif not path.is_file():
            sentences.append(f"{texts[path].name} has no notebook: run `make notebooks`.")
        else:
            sentences.extend(_pair_differences(texts[path], path))
    return sentences


def _pair_differences(text: Path, path: Path) -> list[str]:
    left, right = _content(text_to_notebook(text)), _content(read_notebook(path))
    for number, (a, b) in enumerate(zip(left, right, strict=False), start=1):
        if a != b:
            return [
                f"{text.name} and {path.name} differ at cell {number}: run `make notebooks` (the text is the truth)."
            ]
    if len(left) != len(right):
        return [f"{text.name} has {len(left)} cells and {path.name} has {len(right)}: run `make notebooks`."]
    return []


def _content(notebook: NotebookNode) -> list[tuple[str, str, dict[str, Any]]]:
    """What two twins must share: type, source and metadata of every cell."""
    return [(cell.cell_type, cell.source.strip("\n"), _plain(cell.metadata)) for cell in notebook.cells]


def _plain(metadata: NotebookNode) -> dict[str, Any]:
    """Cell metadata without what JupyterLab and jupytext add by themselves."""
    ignored = ("trusted", "lines_to_next_cell")
    return {
        key: dict(value) if hasattr(value, "keys") else value for key, value in metadata.items() if key not in ignored
    }
