"""Probes around every check: it runs where it can still fail, and its result comes back signed.

``with_probes`` rewrites a clean notebook, ``without_probes`` undoes that in the executed one and leaves in each check
what its result is and what a person should look at. In between, any runner may execute the notebook.

The first cell of a probed notebook sets a guard (`coursekit.grading.probe.guard`) before any of the learner's code.
Each check's source is sent locked; the guard puts back whatever was replaced, tries that assertions still fail, runs
the check with a checker and builtins of its own, tries again, and signs the result with a key that only the host knows
besides.
"""

from __future__ import annotations

import ast
import secrets
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.grading.probe.evidence import cell_file, is_number, sentences
from coursekit.grading.probe.plan import (
    Known,
    Plan,
    declares_partial_credit,
    imported_modules,
    is_check,
    plan_for,
    with_value_kept,
)
from coursekit.grading.probe.programs import VERSION
from coursekit.grading.probe.secret import lock, sign
from coursekit.grading.sealed.replay import names_bound
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Where the notebook, and each cell, keeps what belongs to the probes.
MARK = "course_probe"
MIME = "application/vnd.coursekit.probe"

#: The same checks come with every submission.
_modules_of, _bound_by = lru_cache(maxsize=512)(imported_modules), lru_cache(maxsize=512)(names_bound)
#: A file of the submission that is called like a library must not be taken for it.
_START = """
import os, sys
searched = sys.path[:]
sys.path[:] = [place for place in searched if place and os.path.realpath(place) != os.path.realpath(os.curdir)]
try:
    from coursekit.grading.probe.boot import start
finally:
    sys.path[:] = searched
start(settings)
"""
_TESTING = ("testing", "assert_")
_CUT_OFF = "[output cut off"
_OWN_STOPS = ("CellTimeout", "MemoryLimit", "DeadKernel", "Skipped", "CellTimeoutError")


def with_probes(notebook: NotebookNode, reference: NotebookNode | None = None) -> NotebookNode:
    """A copy of a clean notebook in which a guard runs the checks.

    Its metadata hold the key, so it must not lie where the submission's code can read it.

    Parameters
    ----------
    notebook : as it comes from `coursekit.grading.clean.clean`; it is not changed.
    reference
        The instructor's notebook, by which the instructor's cells are told from those that the learner added. Without
        it, names that a check takes from an ordinary cell are taken as they stand.

    Raises
    ------
    CourseError
        Where a check is no valid Python.
    """
    probed = deepcopy(notebook)
    for cell in probed.cells:
        cell.metadata.pop(MARK, None)
    plan = plan_for(probed, reference)
    secret = {"key": secrets.token_hex(32), "word": f"course.{secrets.token_hex(8)}"}
    names = {"labels": _labels(probed, reference), "instructors": _instructors_files(reference)}
    given = _given(reference)
    cells, clean = [_first_cell(secret, plan, probed)], True
    for cell in probed.cells:
        if is_check(cell):
            cells += [] if clean else [_hidden_cell("None", {"kind": "clear"})]
            _lock_check(cell, plan, secret)
        cells.append(cell)
        if cell.cell_type == "code":
            clean = is_check(cell) or (cell.get("id"), cell.source) in given
    # All results once more: one that was lost in a flood of output arrives after it.
    cells.append(_hidden_cell(_audit(secret), {"kind": "report"}))
    probed.cells = cells
    probed.metadata[MARK] = {**secret, **names}
    return probed


def modules_for_checks(reference: NotebookNode) -> list[str]:
    """The modules that the checks of an instructor's notebook need, for `coursekit.grading.probe.boot.prepare`."""
    return _modules(plan_for(reference, reference), reference)


def without_probes(notebook: NotebookNode) -> NotebookNode:
    """A copy of an executed notebook as the instructor knows it, each check with its result.

    In each check's metadata, ``course_probe`` holds ``passed`` and ``flags``, a list of sentences. Its outputs say the
    same: an error if it failed, and as ``execute_result`` the points of a check that declares partial credit. A
    notebook without probes is only copied.
    """
    plain = deepcopy(notebook)
    secret = plain.metadata.pop(MARK, None)
    if secret is None:
        return plain
    reader = _Reader(secret)
    for cell in plain.cells:
        if cell.cell_type == "code":
            reader.take_out(cell)
    checks = [cell for cell in plain.cells if cell.metadata.get(MARK, {}).get("kind") == "check"]
    for cell in checks:
        reader.settle(cell)
    reader.flag(checks)
    plain.cells = [cell for cell in plain.cells if cell.metadata.get(MARK, {}).get("kind", "check") == "check"]
    _count_again(plain.cells)
    return plain


def flags_of(notebook: NotebookNode) -> list[str]:
    """Everything in a scored notebook that a person should look at, each sentence once, in the checks' order."""
    sentences = [flag for cell in notebook.cells for flag in cell.metadata.get(MARK, {}).get("flags", [])]
    return list(dict.fromkeys(sentences))


def _first_cell(secret: Mapping[str, str], plan: Plan, notebook: NotebookNode) -> NotebookNode:
    """The cell that sets the guard."""
    functions = {name for known in plan.needed.values() for name in known.functions}
    settings = {
        **secret,
        "mime": MIME,
        "own": sorted({*plan.sources, *functions}),
        "modules": _modules(plan, notebook),
        "version": VERSION,
    }
    return _hidden_cell(f"exec({_START!r}, {{'settings': {settings!r}}})", {"kind": "first"})


def _modules(plan: Plan, notebook: NotebookNode) -> list[str]:
    """What the checks will need, to be imported and remembered before any of the learner's code runs."""
    found: list[str] = []
    for known in plan.needed.values():
        for module, attribute in known.imports.values():
            found += [module, f"{module}.{attribute}"] if module == "coursekit" and attribute else [module]
    for source in plan.sources.values():
        found += _modules_of(source)
    testing = any("testing" in cell.source for cell in notebook.cells)
    found += ["numpy.testing"] if testing and "numpy" in found else []
    # Drawing libraries change their own functions, and checks look at what was drawn, not at how.
    return [name for name in dict.fromkeys(found) if name.split(".")[0] not in ("matplotlib", "seaborn", "plotly")]


def _lock_check(cell: NotebookNode, plan: Plan, secret: Mapping[str, str]) -> None:
    """Put the locked order to run a check into its cell."""
    name = nbgrader_of(cell)["grade_id"]
    source, needed = plan.sources[name], plan.needed[name]
    partial = f"_points_{secrets.token_hex(6)}" if declares_partial_credit(cell.source) else ""
    order = {
        "check": name,
        "mark": secrets.token_hex(12),
        "source": with_value_kept(source, partial) if partial else source,
        "partial": partial,
        "bound": sorted({*_bound_by(source), partial}),
        "imports": needed.imports,
        "functions": needed.functions,
        "testing": _may_use_testing(source, needed),
    }
    nonce = secrets.token_hex(12)
    cell.metadata[MARK] = {"kind": "check", "source": cell.source, "order": order["mark"], "partial": bool(partial)}
    locked = lock(bytes.fromhex(secret["key"]), nonce, repr(order))
    cell.source = f"{_audit(secret, nonce, locked)}\n{plan.replay[name]}"


def _may_use_testing(source: str, needed: Known) -> bool:
    """Whether a check can reach ``numpy.testing``: it, an import or a function that it uses names it or assertions."""
    imports = (str(origin) for origin in needed.imports.values())
    return any(word in text for text in (source, *imports, *needed.functions.values()) for word in _TESTING)


def _audit(secret: Mapping[str, str], *message: str) -> str:
    return f"__import__('sys').audit({', '.join(map(repr, (secret['word'], *message)))})"


def _hidden_cell(source: str, mark: dict[str, Any]) -> NotebookNode:
    from nbformat.v4 import new_code_cell

    return new_code_cell(source, metadata={MARK: mark})


def _given(reference: NotebookNode | None) -> set[tuple[str, str]]:
    """What tells the instructor's cells: id and source."""
    cells = reference.cells if reference else ()
    return {(cell.get("id", ""), cell.source) for cell in cells if not nbgrader_of(cell).get("solution")}


def _labels(notebook: NotebookNode, reference: NotebookNode | None) -> dict[str, str]:
    """What to call each of the learner's cells, by the file name of its code."""
    given = _given(reference)
    labels: dict[str, str] = {}
    for place, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code" and not is_check(cell) and (cell.get("id"), cell.source) not in given:
            name = nbgrader_of(cell).get("grade_id")
            labels[cell_file(cell.source)] = f"the cell {name}" if name else f"the cell at place {place}"
    return labels


def _instructors_files(reference: NotebookNode | None) -> list[str]:
    cells = [cell for cell in (reference.cells if reference else ()) if cell.cell_type == "code"]
    return [cell_file(cell.source) for cell in cells if not nbgrader_of(cell).get("solution")]


def _count_again(cells: Iterable[NotebookNode]) -> None:
    count = 0
    for cell in cells:
        if cell.cell_type == "code" and cell.get("execution_count") is not None:
            count += 1
            cell.execution_count = count


class _Reader:
    """Takes the guard's messages out of a notebook, and believes those that are signed."""

    def __init__(self, secret: Mapping[str, Any]) -> None:
        self._key, self._labels = bytes.fromhex(secret["key"]), secret["labels"]
        self._instructors = set(secret["instructors"])
        self._records: dict[str, set[str]] = {}
        self._evidence: list[tuple[str, str, str, int, str]] = []
        self._noted: set[tuple[Any, ...]] = set()
        self._forged = self._cut_off = False

    def take_out(self, cell: NotebookNode) -> None:
        """Read and remove the guard's messages among a cell's outputs."""
        kept = []
        for output in cell.outputs:
            text = output.get("data", {}).get(MIME)
            if text is None:
                kept.append(output)
                self._cut_off |= output.output_type == "stream" and _CUT_OFF in output.text
            elif (message := self._believed(text)) is not None:
                self._take_in(message)
            else:
                self._forged = True
        cell.outputs = kept

    def _believed(self, text: Any, *about: str) -> dict[str, Any] | None:
        """What a message says, if its signature is right and it says something sensible."""
        if not isinstance(text, str):
            return None
        length = len(sign(self._key))
        tag, body = text[:length].encode("utf-8", "replace"), text[length:]
        if not secrets.compare_digest(tag, sign(self._key, *about, body).encode()):
            return None
        try:
            message = ast.literal_eval(body)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None
        return message if isinstance(message, dict) else None

    def _take_in(self, message: dict[str, Any]) -> None:
        for name, record in message["records"].items():
            if isinstance(record, str):
                self._records.setdefault(name, set()).add(record)
        for news in message["evidence"]:
            if news not in self._noted:
                self._noted.add(news)
                self._evidence.append(news)

    def settle(self, cell: NotebookNode) -> None:
        """Give a check its source back, and outputs that say what its result is."""
        mark, name = cell.metadata[MARK], nbgrader_of(cell)["grade_id"]
        cell.source = mark["source"]
        flags: list[str] = []
        self._set_aside_values(cell, flags)
        signed = (self._believed(text, mark["order"]) for text in sorted(self._records.get(name, ())))
        record = next((record for record in signed if record is not None), None)
        passed = False
        if record is None:
            self._missing(cell, flags)
        else:
            passed = self._recorded(cell, record, mark["partial"], flags)
        cell.metadata[MARK] = {"kind": "check", "passed": passed, "flags": flags}

    def _set_aside_values(self, cell: NotebookNode, flags: list[str]) -> None:
        """A result displayed from within a check did not come from the check."""
        from nbformat.v4 import new_output

        for place, output in enumerate(cell.outputs):
            if output.output_type == "execute_result":
                if is_number(output.data.get("text/plain")):
                    flags.append(
                        "A number was displayed from inside a check, as partial credit would be; it was ignored."
                    )
                cell.outputs[place] = new_output("display_data", data=output.data, metadata=output.metadata)

    def _missing(self, cell: NotebookNode, flags: list[str]) -> None:
        if any(output.output_type == "error" for output in cell.outputs):
            return  # the runner says why
        message = "The result of this check did not arrive, so it counts as failed."
        cell.outputs.append(_error("NoResult", message))
        if not self._cut_off:  # which takes messages along
            flags.append("The result of a check did not arrive although nothing stopped the check.")

    def _recorded(self, cell: NotebookNode, record: Mapping[str, Any], partial: bool, flags: list[str]) -> bool:
        from nbformat.v4 import new_output

        stopped = [output for output in cell.outputs if output.output_type == "error" and output.ename in _OWN_STOPS]
        cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
        if record["cannot_fail"]:
            message = "This check was not scored: what it checks with had been changed while it ran."
            cell.outputs.append(_error("CannotFail", message))
            flags.append(f"Around a check these were not as they must be: {', '.join(record['cannot_fail'])}.")
            return False
        if not record["ended"]:
            said = _error(record["ename"], record["evalue"], record["traceback"])
            cell.outputs += stopped if stopped and record["ename"] == "KeyboardInterrupt" else [said]
            return False
        if partial:
            if record["value"] is None:
                cell.outputs.append(
                    _error("NoNumber", "This check declares partial credit, but ended without a number.")
                )
                return False
            data = {"text/plain": repr(record["value"])}
            cell.outputs.append(new_output("execute_result", data=data, execution_count=cell.get("execution_count")))
        return True

    def flag(self, checks: list[NotebookNode]) -> None:
        """Write the evidence to the check in which it was noticed, else to the first check of all."""
        if self._forged and checks:
            checks[0].metadata[MARK]["flags"].append("A message in the grader's name came without its signature.")
        by_name = {nbgrader_of(cell)["grade_id"]: cell for cell in checks}
        news = [entry for entry in self._evidence if Path(entry[2]).name not in self._instructors]
        for during in dict.fromkeys(entry[4] for entry in news):
            flags = by_name.get(during, checks[0]).metadata[MARK]["flags"]
            flags += sentences([entry[:4] for entry in news if entry[4] == during], self._labels)


def _error(name: str, value: str, traceback: list[str] | None = None) -> NotebookNode:
    from nbformat.v4 import new_output

    return new_output("error", ename=name, evalue=value, traceback=traceback or [f"{name}: {value}"])
