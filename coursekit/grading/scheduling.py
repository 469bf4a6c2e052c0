"""Where submissions are graded: in this process, in worker processes of this machine, or on a Dask cluster.

All of them take jobs as they need them, a few at a time, and give outcomes as they come, so that memory does not grow
with the class.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import recv_handle, send_handle
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from coursekit.errors import CourseError
from coursekit.grading.worker import Context, Executor, Job, Outcome, grade_one, printable

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from coursekit.grading.sealed.warm import Loan

_ATTEMPTS = 2
_STOP_SECONDS = 5.0
_ANSWER_SECONDS = 10
_WARM_SECONDS = 600.0
#: What a worker imports while the warm process imports the week's libraries.
_TOOLS = (
    "IPython.core.inputtransformer2", "zmq", "coursekit.grading.clean", "coursekit.grading.probe",
    "coursekit.grading.score", "coursekit.grading.sealed.run",
)  # fmt: skip
#: Submissions, where it is not known how many there will be.
_MANY = 1000


class Scheduler(Protocol):
    """Grades jobs somewhere. Outcomes come in any order, one for each job."""

    def outcomes(self, context: Context, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Grade all jobs; closing the iterator ends what is still at work."""


def scheduler_for(jobs: int | None, address: str | None, submission_seconds: float) -> Scheduler:
    """The scheduler that options ask for.

    Parameters
    ----------
    jobs : worker processes; the number of cores by default. 0 grades in this process.
    address : of a Dask scheduler, such as ``tcp://10.0.0.5:8786``; then ``jobs`` bounds what is sent at once.
    submission_seconds : a worker that takes longer for one submission is ended, and the submission reported.
    """
    if address:
        return DaskCluster(address, jobs)
    if jobs == 0:
        return Here()
    return Workers(jobs or cores(), submission_seconds)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Here:
    """Grades in this process, one after another."""

    def outcomes(self, context: Context, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Grade all jobs."""
        try:
            for job in jobs:
                yield job, grade_one(context, job)
        finally:
            _close(context.executor)


class _Preparation:
    """What workers share is prepared in a thread while they start: the executor's warm process, if it lends one.

    Once it is lent, the thread goes on to make it better while the first submissions are graded.

    Parameters
    ----------
    executor : as it is in this process.
    submissions : how many are to be graded.
    """

    def __init__(self, executor: Executor, submissions: int) -> None:
        self.executor = executor
        self._loan: Loan | None = None
        self._problem: Exception | None = None
        self._there = threading.Event()
        self._thread = threading.Thread(target=self._prepare, args=(submissions,), daemon=True)
        self._thread.start()

    def loan(self) -> Loan | None:
        """Wait until it is there.

        Raises
        ------
        CourseError
            Where it cannot be prepared.
        """
        self._there.wait()
        if self._problem is not None:
            raise self._problem
        return self._loan

    def end(self) -> None:
        """End what workers shared; call it when they have ended."""
        if self._thread.is_alive() and (stop := getattr(self.executor, "stop", None)):
            stop()
        self._thread.join()
        _close(self.executor)

    def _prepare(self, submissions: int) -> None:
        try:
            if lend := getattr(self.executor, "lend", None):
                self._loan = lend()
        except Exception as problem:  # raised where the loan is asked for
            self._problem = problem
        finally:
            self._there.set()
        if self._loan is not None and (prepare := getattr(self.executor, "prepare", None)):
            prepare(submissions)


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    job: Job | None = None
    attempts: int = 0
    ready: bool = False
    deadline: float = 0.0


@dataclass
class Workers:
    """Worker processes on this machine. One that dies costs no submission but the one that keeps killing it.

    Parameters
    ----------
    count : how many at once.
    submission_seconds : the longest that one submission may take; only a worker that hangs gets there.
    """

    count: int
    submission_seconds: float = 1800.0
    _all: list[_Worker] = field(default_factory=list)
    _preparation: _Preparation | None = None

    def begin(self, executor: Executor, most: int) -> None:
        """Start workers, for at most that many jobs, before it is known what these share: libraries load meanwhile."""
        self._preparation = self._preparation or _Preparation(executor, most)
        while len(self._all) < min(self.count, most):
            self._start(executor)

    def outcomes(self, context: Context, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Grade all jobs; workers that are not there yet start as jobs come."""
        waiting = iter(jobs)
        self._preparation = self._preparation or _Preparation(context.executor, _MANY)
        try:
            for worker in self._all:
                self._introduce(worker, context)
            self._fill(context, waiting)
            while self._all:
                finished = self._finished(context)
                # Workers get their next submission first; what they have done is recorded while they are at it.
                self._fill(context, waiting)
                yield from finished
        finally:
            self.end()

    def end(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in list(self._all):
            self._end(worker)
        if self._preparation is not None:
            self._preparation.end()
            self._preparation = None

    def _fill(self, context: Context, waiting: Iterator[Job]) -> None:
        """Give every idle worker a job; end those for which there is none."""
        for worker in [worker for worker in self._all if worker.job is None]:
            job = next(waiting, None)
            if job is None:
                self._end(worker)
            else:
                self._give(worker, job, 1)
        while len(self._all) < self.count and (job := next(waiting, None)) is not None:
            self._give(self._introduce(self._start(context.executor), context), job, 1)

    def _finished(self, context: Context) -> list[tuple[Job, Outcome]]:
        """Wait until at least one worker has something to say, has died or is out of time."""
        soonest = min(worker.deadline for worker in self._all)
        ready = set(wait([worker.pipe for worker in self._all], timeout=max(0.0, soonest - time.monotonic())))
        found = []
        for worker in list(self._all):
            job, outcome = worker.job, None
            if worker.pipe in ready:
                try:
                    outcome = worker.pipe.recv()
                    if outcome is None:  # it is warm now: its submission's time begins
                        worker.ready, worker.deadline = True, time.monotonic() + self.submission_seconds
                except (EOFError, OSError, pickle.UnpicklingError):
                    outcome = self._replace(worker, context)
            elif time.monotonic() > worker.deadline:
                self._end(worker)
                problem = f"It took more than {self.submission_seconds:g} s and was stopped."
                outcome = Outcome(job.student, problem=problem)
            if outcome is not None:
                worker.job = None
                found.append((job, outcome))
        return found

    def _replace(self, worker: _Worker, context: Context) -> Outcome | None:
        """A worker died: try its submission once more in a fresh one, then report it."""
        self._end(worker)
        code = worker.process.exitcode
        if worker.attempts < _ATTEMPTS:
            fresh = self._introduce(self._start(context.executor), context)
            self._give(fresh, worker.job, worker.attempts + 1)
            return None
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return Outcome(worker.job.student, problem=f"The grading process ended over it, {_ATTEMPTS} times ({how}).")

    def _start(self, executor: Executor) -> _Worker:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=_serve, args=(theirs, executor), daemon=False)
        with _without_main(executor):
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._all.append(worker)
        return worker

    def _introduce(self, worker: _Worker, context: Context) -> _Worker:
        loan = self._preparation.loan()
        with contextlib.suppress(OSError):  # a dead worker is found when its answer is waited for
            worker.pipe.send(context)
            worker.pipe.send(loan)
            if loan is not None:
                send_handle(worker.pipe, loan.control, worker.process.pid)
        return worker

    def _give(self, worker: _Worker, job: Job, attempt: int) -> None:
        worker.job, worker.attempts = job, attempt
        worker.deadline = time.monotonic() + (self.submission_seconds if worker.ready else _WARM_SECONDS)
        with contextlib.suppress(OSError):
            worker.pipe.send(job)

    def _end(self, worker: _Worker) -> None:
        if worker in self._all:
            self._all.remove(worker)
        worker.pipe.close()
        busy = worker.job is not None or not worker.ready
        worker.process.join(0 if busy else _STOP_SECONDS)
        if worker.process.is_alive():
            worker.process.terminate()
            worker.process.join(_STOP_SECONDS)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


@contextlib.contextmanager
def _without_main(executor: Executor) -> Iterator[None]:
    """Have a new process not import the program that this one was started with (the whole `course` command)."""
    main = vars(sys.modules["__main__"])
    needed = type(executor).__module__ == "__main__" or "__file__" not in main
    file = None if needed else main.pop("__file__")
    try:
        yield
    finally:
        if file is not None:
            main["__file__"] = file


def _serve(pipe: Connection, executor: Executor) -> None:
    """A worker process: grades what comes through the pipe until it closes or the parent is gone."""
    # Ctrl-C is for the parent, which ends its workers; a handler (not SIG_IGN) is not inherited by kernels.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, _leave)
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    atexit.register(gc.freeze)  # else Python looks for garbage in everything that was imported, only to end
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError, _LeavingError):
        try:
            _load_tools()
            pipe.send(None)
            common = replace(pipe.recv(), executor=executor)
            if (loan := pipe.recv()) is not None:
                executor.borrow(replace(loan, control=recv_handle(pipe)))
            while True:
                pipe.send(grade_one(common, pipe.recv()))
        finally:
            _close(executor)


def _load_tools() -> None:
    """Import what grading needs, before there is anything to grade."""
    from coursekit.notebooks.jupyter import nbformat_module

    nbformat_module()
    for name in _TOOLS:
        importlib.import_module(name)


class _LeavingError(BaseException):
    pass


def _leave(*_: Any) -> None:
    raise _LeavingError


def _end_with_parent() -> None:
    """Do not go on alone when the parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_STOP_SECONDS)
        os._exit(1)


def _close(executor: Executor) -> None:
    close = getattr(executor, "close", None)
    if close is not None:
        close()


@dataclass
class DaskCluster:
    """Workers of a Dask cluster, on this or other machines. Nothing needs to be shared: jobs carry their files.

    Parameters
    ----------
    address : of the scheduler.
    at_once : how many jobs are sent ahead; two for each of the cluster's threads by default.
    """

    address: str
    at_once: int | None = None

    def outcomes(self, context: Context, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Grade all jobs on the cluster.

        Raises
        ------
        CourseError
            Where dask.distributed is not installed, no cluster answers, or its workers have another coursekit.
        """
        distributed = _import_distributed()
        try:
            client = distributed.Client(self.address, timeout=_ANSWER_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise CourseError(
                f"No Dask scheduler answers at {self.address} ({_printable_error(error)}): start one with "
                "`dask scheduler`, and workers with `dask worker ADDRESS`, in environments like this one."
            ) from None
        with client:
            _check_cluster(client, self.address)
            _rehearse_here(context.executor)
            yield from self._stream(distributed, client, context, jobs)

    def _stream(
        self, distributed: Any, client: Any, context: Context, jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Outcome]]:
        common = client.scatter(context, broadcast=True, hash=False)
        run = uuid4().hex
        limit = self.at_once or 2 * max(1, sum(client.nthreads().values()))
        waiting, sent = iter(jobs), {}
        stream = distributed.as_completed(with_results=False)

        def send() -> bool:
            job = next(waiting, None)
            if job is not None:
                future = client.submit(_grade_on_cluster, run, common, job, pure=False, retries=1)
                sent[future.key] = job
                stream.add(future)
            return job is not None

        try:
            while len(sent) < limit and send():
                pass
            for future in stream:
                job = sent.pop(future.key)
                yield job, _outcome_of(future, job)
                future.release()
                send()
        finally:
            client.cancel(list(stream.futures), force=True)
            with contextlib.suppress(Exception):  # a cluster that is gone keeps nothing
                client.run(_end_run, run)


#: On a cluster's worker: the executor of each run, so that what it keeps warm serves all of its submissions.
_EXECUTORS: dict[str, Executor] = {}


def _grade_on_cluster(run: str, context: Context, job: Job) -> Outcome:
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    executor = _EXECUTORS.setdefault(run, context.executor)
    return grade_one(replace(context, executor=executor), job)


def _end_run(run: str) -> None:
    executor = _EXECUTORS.pop(run, None)
    if executor is not None:
        _close(executor)


def _rehearse_here(executor: Executor) -> None:
    """Find out on this machine what the cluster's warm processes shall import; the executor carries the names there."""
    if prepare := getattr(executor, "prepare", None):
        try:
            prepare(_MANY)
        finally:
            _close(executor)


def _outcome_of(future: Any, job: Job) -> Outcome:
    """A job that ended its worker again and again is reported like any other that cannot be run."""
    try:
        return future.result()
    except Exception as error:  # dask passes on whatever happened to the worker
        return Outcome(job.student, problem=f"The cluster could not grade it ({_printable_error(error)}).")


def _printable_error(error: BaseException) -> str:
    return printable(f"{type(error).__name__}: {error}")


def _import_distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise CourseError(
            "Grading on a cluster needs dask.distributed, which is not installed here: install the course's group "
            "mlops (`pip install 'coursekit[mlops]'`), or leave --scheduler out to grade on this machine."
        ) from None
    return distributed


def _check_cluster(client: Any, address: str) -> None:
    from coursekit.grading.record.fingerprint import of_coursekit

    try:
        versions = client.run(of_coursekit)
    except Exception as error:  # whatever keeps a worker from importing coursekit
        raise CourseError(
            f"A worker of {address} cannot use coursekit ({_printable_error(error)}): start the workers in an "
            "environment where this course's coursekit is installed."
        ) from None
    if not versions:
        raise CourseError(f"The cluster at {address} has no workers: start some with `dask worker {address}`.")
    other = [worker for worker, version in versions.items() if version != of_coursekit()]
    if other:
        raise CourseError(f"These workers have another version of coursekit than this machine: {', '.join(other)}.")
