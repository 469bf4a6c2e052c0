"""From a clean notebook and its files to an executed notebook and a record of what happened. Knows no database."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coursekit.errors import CourseError
from coursekit.grading.sealed.client import Client, Ran
from coursekit.grading.sealed.limits import Limits
from coursekit.grading.sealed.replay import Step, cells_to_replay
from coursekit.grading.sealed.warm import SealedKernel, WarmServer

if TYPE_CHECKING:
    from nbformat import NotebookNode

_DEEPEST_FOLDER = 60
#: What a check may say even if the learner's cells have printed all that a submission may.
_CHECK_BYTES = 256 << 10
#: Part of its memory that a submission may have less after a check than before; beyond, a fresh kernel takes over.
_MOST_LEFT_BEHIND = 0.25

CellStatus = Literal["ok", "error", "timeout", "killed", "memory", "skipped"]


@dataclass(frozen=True)
class Probe:
    """Code that the grader runs just before and just after a cell, without a trace in the notebook.

    What it prints comes back in `CellRecord.probed`. Empty code is not run.
    """

    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Probed:
    """What a probe said: as everything from the kernel, it is a stranger's word."""

    status: str
    text: str


@dataclass
class CellRecord:
    """What happened to one code cell.

    Parameters
    ----------
    index : its place among all cells of the notebook.
    grade_id : nbgrader's name for it, if it has one.
    status
        ``ok``: ran to its end. ``error``: raised. ``timeout``: interrupted when its time was over. ``killed``: the
        kernel died in it, or had to be killed because it did not react to the interrupt. ``memory``: killed for it.
        ``skipped``: not run, because the submission's time or restarts were used up.
    seconds : wall time.
    truncated : whether output was cut off.
    malformed : messages that were none, or not what they said; honest kernels send none.
    replayed : how often it was run again for a fresh kernel.
    detail : for a kernel that died, how (``exit 3``, ``signal 9``, ``no reaction to the interrupt`` …).
    probed : what the probes before and after it said.
    """

    index: int
    grade_id: str | None
    status: CellStatus
    seconds: float = 0.0
    truncated: bool = False
    malformed: int = 0
    replayed: int = 0
    detail: str = ""
    probed: tuple[Probed | None, Probed | None] = (None, None)


@dataclass
class SealedRun:
    """An executed notebook and the record of its run.

    Parameters
    ----------
    notebook : with outputs; a cell that was not finished has an error output that says why.
    seconds : wall time of the cells alone, replays not counted.
    wall_seconds : from the order to the end.
    ready_seconds : until the first kernel was ready.
    peak_mib : largest memory of the submission's processes together, the shared libraries included.
    restarts : fresh kernels after the first.
    cells : a record for each code cell with code in it.
    """

    notebook: NotebookNode
    seconds: float = 0.0
    wall_seconds: float = 0.0
    ready_seconds: float = 0.0
    peak_mib: float = 0.0
    restarts: int = 0
    cells: list[CellRecord] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data, without the notebook."""
        plain = {name: value for name, value in vars(self).items() if name not in ("notebook", "cells")}
        return {**plain, "cells": [asdict(cell) for cell in self.cells]}


def run_sealed(
    notebook: NotebookNode,
    folder: Path | None,
    *,
    server: WarmServer,
    limits: Limits | None = None,
    probe: Callable[[NotebookNode], Probe | None] | None = None,
    on_cell: Callable[[int, int], None] | None = None,
) -> SealedRun:
    """Run every code cell of a notebook in a sandbox; what a cell breaks costs that cell only.

    Tags and metadata of cells do not matter. When the kernel is lost in a cell, a fresh one replays the cells before
    it, without the culprit, and the run goes on with the cell after it.

    Parameters
    ----------
    notebook : what to run; it is not changed.
    folder
        The submission's files. They are copied into the sandbox; nothing is ever written to the folder. None for none.
    server : the warm process.
    limits : what the submission may use up; the server's limits by default.
    probe : asked for each code cell, just before it is run, what to run around it.
    on_cell : called after each code cell with the number of cells done and of all cells.

    Raises
    ------
    CourseError
        Where no sandbox can be built. Nothing that a submission does raises.
    """
    return _Runner(notebook, folder, server, limits or server.limits, probe, on_cell).run()


class _Runner:
    """One run: the kernel that lives now, and what to do when it does not any more."""

    def __init__(
        self,
        notebook: NotebookNode,
        folder: Path | None,
        server: WarmServer,
        limits: Limits,
        probe: Callable[[NotebookNode], Probe | None] | None,
        on_cell: Callable[[int, int], None] | None,
    ) -> None:
        self.result = SealedRun(deepcopy(notebook))
        self.folder, self.server, self.limits = folder, server, limits
        self.probe, self.on_cell = probe, on_cell
        self.steps = _steps(self.result.notebook)
        self.records = {step.index: _record(self.result.notebook, step.index) for step in self.steps}
        self.culprits: set[int] = set()
        self.repeated: set[int] = set()
        self.began = time.monotonic()
        self.output_left = limits.total_output_bytes
        self.kernel: SealedKernel | None = None
        self.client: Client | None = None
        self.done_until = -1
        self.kernels = 0
        self.too_large = _too_large(folder, limits) if folder else ""

    def run(self) -> SealedRun:
        result = self.result
        try:
            for count, step in enumerate(self.steps, start=1):
                self._run_step(step, count)
                self.done_until = step.index
                if self.on_cell:
                    self.on_cell(count, len(self.steps))
        finally:
            self._drop_kernel()
        result.cells = [self.records[step.index] for step in self.steps]
        result.restarts = max(0, self.kernels - 1)
        result.seconds = sum(record.seconds for record in result.cells)
        result.wall_seconds = time.monotonic() - self.began
        return result

    def _run_step(self, step: Step, count: int) -> None:
        cell, record = self.result.notebook.cells[step.index], self.records[step.index]
        cell.outputs, cell.execution_count = [], None
        if not self._kernel_stands():
            record.status = "skipped"
            record.detail = self._used_up()
            cell.outputs = [_error_output("Skipped", f"This cell was not run: {record.detail}.")]
            return
        probe = self.probe(cell) if self.probe else None
        before = self._probed(probe.before) if probe else None
        memory = self.client.watch.now_mib()
        ran = self._run_here(step.source, self._output_bytes(cell))
        if not ran.alive and step.index not in self.repeated and self.kernel.orphaned():
            self.repeated.add(step.index)
            self._run_step(step, count)  # the warm process died, not the submission: no mark may hang on that
            return
        after = self._probed(probe.after) if probe and ran.alive else None
        record.probed = (before, after)
        cell.execution_count = count
        self._note(cell, record, ran)
        ran_out = _ran_out_of_memory(ran)
        if (step.is_check or ran_out) and self._left_behind(memory):
            if ran_out:
                self.culprits.add(step.index)
            if "course_probe" in cell.metadata and not any(output.get("data") for output in cell.outputs):
                sentence = "this cell filled the kernel's memory with output that never came out, and was stopped"
                cell.outputs.append(_error_output("MemoryLimit", sentence))
            self._drop_kernel()

    def _note(self, cell: NotebookNode, record: CellRecord, ran: Ran) -> None:
        record.status, record.seconds = ran.status, ran.seconds
        record.truncated, record.malformed = ran.outputs.truncated, ran.outputs.malformed
        self.output_left = max(0, self.output_left - ran.outputs.used)
        if not ran.alive or ran.status == "timeout":
            record.detail = self._end_of(ran)
            ran.outputs.add_error(*_explained(ran, record.detail, self.limits))
            self.culprits.add(record.index)
        cell.outputs = ran.outputs.finished()
        if ran.alive and ran.outputs.truncated and (ran.interrupted or not ran.settled):
            # What it did not get rid of still fills the kernel's memory, and later cells would pay for it.
            record.detail = record.detail or "it printed more than could be taken from it"
            self.culprits.add(record.index)
            self._drop_kernel()

    def _left_behind(self, memory_mib: float) -> bool:
        """Whether a check, which needs to leave nothing, took so much memory that the next one would lack it.

        Output that a learner's function prints without end is such a case: it stays in the kernel, unsent.
        """
        if not self._alive() or self.kernels > self.limits.restarts // 2:
            return False
        return self.client.watch.now_mib() - memory_mib > self.limits.memory_mib * _MOST_LEFT_BEHIND

    def _run_here(self, source: str, output_bytes: int) -> Ran:
        return self.client.run(source, seconds=self._seconds_left(), output_bytes=output_bytes)

    def _output_bytes(self, cell: NotebookNode) -> int:
        """What a cell may print; the grader's own cells always have room for what they say."""
        left = min(self.limits.output_bytes, self.output_left)
        own = _nbgrader(cell).get("grade") or "course_probe" in cell.metadata
        return max(left, min(_CHECK_BYTES, self.limits.output_bytes)) if own else left

    def _probed(self, code: str) -> Probed | None:
        if not code or self.client is None:
            return None
        ran = self.client.run(code, seconds=self.limits.grace_seconds + 5, silent=True)
        text = "".join(output["text"] for output in ran.outputs.collected if output["output_type"] == "stream")
        return Probed(ran.status, text)

    def _end_of(self, ran: Ran) -> str:
        """How a lost kernel ended; it is closed here."""
        if ran.alive:
            return "interrupted"
        alive = self.kernel.alive()
        status = self._drop_kernel()
        if ran.status == "memory":
            return f"more than {self.limits.memory_mib} MiB"
        if alive:
            return "no reaction to the interrupt"
        return _how_it_ended(status)

    def _kernel_stands(self) -> bool:
        """Make sure that there is a kernel with the state that the next cell needs; False if the budget is used up."""
        while not self._alive():
            if self._used_up():
                return False
            self._drop_kernel()
            self._new_kernel()
            self._replay()
        return not self._used_up()

    def _alive(self) -> bool:
        return self.client is not None and self.kernel is not None and self.kernel.alive()

    def _used_up(self) -> str:
        """What the submission has no more of; empty if it may go on."""
        if self.too_large:
            return self.too_large
        if time.monotonic() - self.began > self.limits.submission_seconds:
            return f"the submission had used up its {self.limits.submission_seconds:g} s"
        if not self._alive() and self.kernels > self.limits.restarts:
            return f"the submission had used up its {self.limits.restarts} fresh kernels"
        return ""

    def _new_kernel(self) -> None:
        self.kernel = self.server.open(self.folder, limits=self.limits)
        self.kernels += 1
        try:
            self.client = Client(self.kernel)
        except CourseError:
            self._drop_kernel()
            raise
        self.result.ready_seconds = self.result.ready_seconds or time.monotonic() - self.began

    def _replay(self) -> None:
        """Bring a fresh kernel to where the last one was; a cell that takes it down now is left out from now on."""
        for step in cells_to_replay(self.steps, self.done_until, frozenset(self.culprits)):
            if self.records[step.index].status == "skipped":
                continue
            self.records[step.index].replayed += 1
            memory = self.client.watch.now_mib()
            ran = self.client.run(step.source, seconds=self._seconds_left(), output_bytes=0)
            if ran.status not in ("ok", "error"):
                self.culprits.add(step.index)
            spoilt = step.is_check and ran.alive and self._left_behind(memory)
            if spoilt:
                self.culprits.add(step.index)
            if spoilt or not ran.alive:
                self._drop_kernel()
                return

    def _seconds_left(self) -> float:
        left = self.limits.submission_seconds - (time.monotonic() - self.began)
        return max(0.1, min(self.limits.cell_seconds, left))

    def _drop_kernel(self) -> int | None:
        status = None
        if self.client is not None:
            self.result.peak_mib = max(self.result.peak_mib, self.client.watch.final_peak_mib())
            self.client.close()
        if self.kernel is not None:
            status = self.kernel.close()
        self.client = None
        return status


def _ran_out_of_memory(ran: Ran) -> bool:
    """Whether a cell failed for want of memory; then its error may have come as text, or not at all."""
    said = ran.outputs.collected
    lost = not any(output["output_type"] == "error" for output in said)
    return ran.status == "error" and (lost or "MemoryError" in str(said))


def _steps(notebook: NotebookNode) -> list[Step]:
    steps = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.source.strip():
            steps.append(Step(index, cell.source, bool(_nbgrader(cell).get("grade"))))
    return steps


def _nbgrader(cell: NotebookNode) -> dict[str, Any]:
    return cell.metadata.get("nbgrader") or {}


def _too_large(folder: Path, limits: Limits) -> str:
    """Why the submission's files do not fit into its sandbox; empty if they do."""
    size = count = 0
    for place, folders, files in os.walk(folder):
        if place.count(os.sep) > _DEEPEST_FOLDER:
            return f"the submission's folders are nested more than {_DEEPEST_FOLDER} deep"
        count += len(folders) + len(files)
        for name in files:
            with contextlib.suppress(OSError):
                size += os.lstat(os.path.join(place, name)).st_size
    if count > limits.files // 2:
        return f"the submission has {count:,} files, and {limits.files // 2:,} are allowed"
    if size > limits.folder_mib << 19:
        return f"the submission's files take {size >> 20} MiB, and {limits.folder_mib // 2} MiB are allowed"
    return ""


def _record(notebook: NotebookNode, index: int) -> CellRecord:
    return CellRecord(index, _nbgrader(notebook.cells[index]).get("grade_id"), "skipped")


def _error_output(name: str, sentence: str) -> NotebookNode:
    from nbformat.v4 import new_output

    return new_output("error", ename=name, evalue=sentence, traceback=[sentence])


def _explained(ran: Ran, detail: str, limits: Limits) -> tuple[str, str]:
    if ran.status == "memory":
        return "MemoryLimit", f"this cell took {detail} of memory and was stopped"
    if ran.interrupted:
        way = "interrupted" if ran.alive else "killed, because it did not react to the interrupt"
        return "CellTimeout", f"this cell ran for more than {limits.cell_seconds:g} s and was {way}"
    return "DeadKernel", f"the kernel died in this cell ({detail}): the code ended the process or used up too much"


def _how_it_ended(status: int | None) -> str:
    if status is None:
        return "it was gone"
    code = os.waitstatus_to_exitcode(status)
    return f"signal {-code}" if code < 0 else f"exit {code}"
