"""The audit of one week: every proof, run on one warm process, gathered into one verdict."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.audit.answers import Answer
from coursekit.audit.cheating import finding as cheat_finding
from coursekit.audit.cheating import hand_in, independent_groups
from coursekit.audit.cheats import KINDS
from coursekit.audit.contract import contract_findings
from coursekit.audit.digest import digest_of
from coursekit.audit.equivalents import FILE_NAME, Equivalent
from coursekit.audit.flake import HASH_SEEDS, QUICK_HASH_SEEDS, QUICK_RUNS_EACH, RUNS_EACH, try_seeds
from coursekit.audit.judged import Judged, judge_right, judge_round, rounds
from coursekit.audit.material import Material, read_material
from coursekit.audit.mutants import Mutant, mutants_of, sample
from coursekit.audit.prose import week_prose_findings
from coursekit.audit.stub import release_findings, untouched_findings
from coursekit.audit.trials import Tried, batches, try_mutants
from coursekit.audit.unwritten import unwritten_findings
from coursekit.audit.verdict import (
    EXERCISE_VISIBLE_ALONE,
    EXERCISE_WITH_HIDDEN,
    LEAST_RIGHT,
    LEAST_WRONG,
    VISIBLE_ALONE,
    WITH_HIDDEN,
    ExerciseVerdict,
    Mutation,
    Survivor,
    WeekVerdict,
    WrongShown,
)
from coursekit.audit.workbench import Workbench
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.notebooks.exercises import Exercise
    from coursekit.syllabus import Week

#: With ``--quick``: mutants of an exercise, and rounds of wrong answers; all cheats but the one that takes longest.
QUICK_MUTANTS = 12
#: Called with what is being done, the number of steps done, and of all steps.
Progress = Callable[[str, int, int], None]


def audit_week(
    week: Week, root: Path, *, quick: bool = False, jobs: int | None = None, progress: Progress | None = None
) -> WeekVerdict:
    """Prove a week's graders.

    Parameters
    ----------
    week : which; it may still be planned in the syllabus, if its notebooks are there.
    root : the course.
    quick : a fixed sample of the mutants, fewer seeds, and no endless cheat; the verdict says so.
    jobs : things done at once; by default the number of cores.
    progress : told how far the audit is.

    Raises
    ------
    CourseError
        Where there is nothing to audit, files do not fit together, or a notebook does not run; one sentence.
    """
    # Before there are threads: two that import IPython at once find half of it.
    import IPython.core.inputtransformer2  # noqa: F401

    material = read_material(week, root)
    with Workbench(material) as bench, ThreadPoolExecutor(jobs or os.cpu_count() or 2) as pool:
        return _Audit(material, bench, pool, quick, progress or (lambda *_: None)).run()


class _Audit:
    """One audit on its way: the steps done, and what has been found so far."""

    def __init__(self, material: Material, bench: Workbench, pool: Executor, quick: bool, progress: Progress) -> None:
        self.material, self.bench, self.pool, self.quick = material, bench, pool, quick
        self.tell = progress
        self.verdict = WeekVerdict(
            material.week.folder,
            material.week.title,
            [ExerciseVerdict(e.grade_id, e.number, e.title, e.points) for e in material.all_exercises],
            quick=quick,
            digest=digest_of(material),
        )
        self.by_id = {exercise.grade_id: exercise for exercise in self.verdict.exercises}
        self.sources = {
            nbgrader_of(cell)["grade_id"]: cell.source
            for notebook in material.notebooks.values()
            for cell in notebook.cells
            if cell.cell_type == "code" and nbgrader_of(cell).get("grade_id")
        }
        self.mutants = {e.grade_id: self._mutants(e) for e in material.all_exercises}
        self.kinds = [kind for kind in KINDS if not (quick and kind == "endless")]
        self.seeds = (QUICK_HASH_SEEDS, QUICK_RUNS_EACH) if quick else (HASH_SEEDS, RUNS_EACH)
        self.done = 0
        self.steps = self._count()

    def run(self) -> WeekVerdict:
        """Do everything, the cheapest and most telling first."""
        self._text()
        if unwritten := unwritten_findings(self.material.source):
            self.verdict.findings = [*unwritten, *self.verdict.findings]
            self.verdict.scope = "what can be read; nothing was run, because the week is still being written"
            return self.verdict
        self.tell("running the instructor's version", 0, self.steps)
        self._rehearse()
        prose = None if self.quick else self.pool.submit(week_prose_findings, self.material.source)
        self._untouched()
        self._answers()
        self._mutation()
        self._cheats()
        self._flakiness()
        self.verdict.findings += prose.result() if prose else []
        self._scope()
        return self.verdict

    # ------------------------------------------------------------------------------------------------- the proofs

    def _rehearse(self) -> None:
        self.bench.rehearse()
        self._step("running the instructor's version")

    def _seconds(self, exercise: Exercise) -> float:
        """How long an exercise's own cells take; one second where nobody measured."""
        return sum(self.bench.seconds.get(name, 0.0) for name in _cells_of(exercise)) or 1.0

    def _text(self) -> None:
        """What can be read without running: the release, the contract, and whether there are answers enough."""
        from coursekit.notebooks.twins import differences

        graded = tuple(self.material.notebooks)
        self.verdict.findings += [one for one in differences(self.material.source) if one.startswith(graded)]
        self.verdict.findings += release_findings(self.material)
        self.verdict.findings += contract_findings(self.material.source)
        for exercise in self.material.all_exercises:
            self._enough(exercise, self.by_id[exercise.grade_id])

    def _enough(self, exercise: Exercise, verdict: ExerciseVerdict) -> None:
        answers = self.material.answers
        right = {a.about for a in answers if a.kind == "right" and set(exercise.answers) & set(a.cells)}
        wrong = {a.about for a in answers if a.kind == "wrong" and a.exercise == exercise.grade_id}
        where = f"tests/answers/{self.material.week.folder}/"
        if len(right) < LEAST_RIGHT:
            verdict.findings.append(
                f"{exercise.grade_id} has {len(right)} right answers of different approach in {where}; "
                f"write {LEAST_RIGHT} (right_*.py)."
            )
        if len(wrong) < LEAST_WRONG:
            verdict.findings.append(
                f"{exercise.grade_id} has {len(wrong)} wrong answers with different misconceptions in {where}; "
                f"write {LEAST_WRONG} (wrong_*.py)."
            )

    def _untouched(self) -> None:
        for name, findings in untouched_findings(self.bench, self.material).items():
            self.by_id[name].findings += findings
        self._step("the untouched release")

    def _answers(self) -> None:
        right = [answer for answer in self.material.answers if answer.kind == "right"]
        wrong = [answer for answer in self.material.answers if answer.kind == "wrong"]
        for judged in self.pool.map(self._judge_right, right):
            self._note_right(judged)
        for judged_round in self.pool.map(self._judge_round, rounds(wrong)):
            for judged in judged_round:
                self._note_wrong(judged)

    def _judge_right(self, answer: Answer) -> Judged:
        judged = judge_right(self.bench, answer)
        self._step("right answers")
        return judged

    def _judge_round(self, answers: Sequence[Answer]) -> list[Judged]:
        judged = judge_round(self.bench, self.material, answers)
        self._step("wrong answers")
        return judged

    def _note_right(self, judged: Judged) -> None:
        self.verdict.right_answers += not judged.findings
        for exercise in self.material.all_exercises:
            if set(exercise.answers) & set(judged.answer.cells):
                own = {check.grade_id for check in exercise.checks}
                self.by_id[exercise.grade_id].right_answers += not own & set(judged.lost)
        self.verdict.findings += judged.findings

    def _note_wrong(self, judged: Judged) -> None:
        verdict = self.by_id[judged.answer.exercise]
        verdict.findings += judged.findings
        self.verdict.messages[judged.answer.name] = judged.lost
        if not judged.findings:
            message = next(iter(judged.lost.values()))
            verdict.wrong.append(WrongShown(judged.answer.name, judged.answer.about, judged.answer.loses, message))

    def _mutants(self, exercise: Exercise) -> list[Mutant]:
        return [mutant for name in exercise.answers for mutant in mutants_of(name, self.sources.get(name, ""))]

    def _mutation(self) -> None:
        """Try the mutants, and hold the survivors against the list of equivalents."""
        jobs = []
        for name, notebook in self.material.notebooks.items():
            for exercise in self.material.exercises[name]:
                mutants = self._chosen(exercise.grade_id)
                jobs += [(notebook, exercise, part) for part in batches(mutants)]
        tried: dict[str, list[Tried]] = {}
        for (_, exercise, _), part in zip(jobs, self.pool.map(self._try, jobs), strict=True):
            tried.setdefault(exercise.grade_id, []).extend(part)
        for exercise in self.material.all_exercises:
            self._note_mutation(exercise.grade_id, tried[exercise.grade_id])
        folder = self.material.week.folder
        self.verdict.findings += _below(folder, self.verdict.mutation, WITH_HIDDEN, VISIBLE_ALONE)

    def _chosen(self, name: str) -> list[Mutant]:
        return sample(self.mutants[name], QUICK_MUTANTS) if self.quick else self.mutants[name]

    def _try(self, job: tuple[NotebookNode, Exercise, list[Mutant]]) -> list[Tried]:
        notebook, exercise, mutants = job
        tell, seconds = self._step_by, self._seconds(exercise)
        return try_mutants(
            self.bench, notebook, exercise, mutants, seconds=seconds, on_some=lambda more: tell("mutants", more)
        )

    def _note_mutation(self, name: str, tried: Sequence[Tried]) -> None:
        verdict = self.by_id[name]
        broken = next((one for one in tried if one.mutant is None and one.rejected), None)
        if broken is not None:
            verdict.findings.append(f"{name}: the solution itself fails {broken.where}: {broken.why}")
            return
        listed = [entry for entry in self.material.equivalents if entry.exercise == name]
        for one in tried:
            if one.mutant is not None:
                self._note_mutant(verdict, one, next((e for e in listed if e.fits(name, one.mutant)), None))
        if not self.quick:  # a handful says little about one exercise
            verdict.findings += _below(name, verdict.mutation, EXERCISE_WITH_HIDDEN, EXERCISE_VISIBLE_ALONE)
        for entry in listed:
            if not any(entry.fits(name, mutant) for mutant in self.mutants[name]):
                verdict.findings.append(f"{entry.where} fits no mutant of {name}: {entry.before!r} → {entry.after!r}.")

    def _note_mutant(self, verdict: ExerciseVerdict, one: Tried, entry: Equivalent | None) -> None:
        counts, mutant = verdict.mutation, one.mutant
        if entry is not None and one.rejected:
            verdict.findings.append(
                f"{entry.where} calls a mutant equivalent that {one.where} rejects ({one.why}); remove it from "
                f"{FILE_NAME}."
            )
        elif entry is not None:
            counts.equivalent += 1
            verdict.survivors.append(Survivor(verdict.grade_id, mutant.operator, mutant.diff(), entry.reason))
            return
        elif not one.rejected:
            verdict.survivors.append(Survivor(verdict.grade_id, mutant.operator, mutant.diff()))
        counts.tried += 1
        counts.rejected += one.rejected
        counts.rejected_visibly += one.rejected_visibly
        counts.timeouts += one.outcome == "timeout"

    def _cheats(self) -> None:
        slowest = max(self.bench.seconds.values(), default=5.0)
        groups = independent_groups(self.material)
        jobs = [(kind, group) for kind in sorted(self.kinds, key=lambda kind: kind != "endless") for group in groups]

        def cheat(job: tuple[str, list[Exercise]]) -> dict[str, dict[str, float]]:
            gains = hand_in(self.bench, self.material, job[1], job[0], slowest)
            self._step("cheats")
            return gains

        for (kind, group), gains in zip(jobs, self.pool.map(cheat, jobs), strict=True):
            for exercise in group:
                verdict, won = self.by_id[exercise.grade_id], gains[exercise.grade_id]
                verdict.cheats += 1
                verdict.cheats_rejected += not won
                if won:
                    verdict.findings.append(cheat_finding(self.material, exercise, kind, won))

    def _flakiness(self) -> None:
        hash_seeds, runs_each = self.seeds
        lost = try_seeds(
            self.material,
            self.bench,
            self.pool,
            hash_seeds=hash_seeds,
            runs_each=runs_each,
            on_run=lambda: self._step("seeds"),
        )
        self.verdict.runs, self.verdict.hash_seeds = len(lost), len(hash_seeds)
        for exercise in self.material.all_exercises:
            for check in exercise.checks:
                failed = [run for run in lost if check.grade_id in run]
                if failed:
                    verdict = self.by_id[exercise.grade_id]
                    verdict.flaky |= len(failed) < len(lost)
                    verdict.findings.append(
                        f"{check.grade_id} fails the instructor's own version in {len(failed)} of {len(lost)} runs: "
                        f"{failed[0][check.grade_id]}"
                    )

    # ----------------------------------------------------------------------------------------------------- the steps

    def _scope(self) -> None:
        hash_seeds, runs_each = self.seeds
        runs = f"{len(hash_seeds) * runs_each} runs with {len(hash_seeds)} hash seeds"
        every = sum(map(len, self.mutants.values()))
        tried = sum(len(self._chosen(name)) for name in self.mutants)
        part = f"{tried} of {every} mutants (a fixed sample), no endless cheat, numbers in the text not compared"
        whole = f"all {every} mutants, all cheats, every number in the text"
        self.verdict.scope = f"{runs}, every answer, {part if self.quick else whole}"

    def _count(self) -> int:
        right = sum(answer.kind == "right" for answer in self.material.answers)
        wrong = len(rounds([answer for answer in self.material.answers if answer.kind == "wrong"]))
        mutants = sum(len(self._chosen(name)) for name in self.mutants)
        cheats = len(self.kinds) * len(independent_groups(self.material))
        return 2 + right + wrong + mutants + cheats + len(self.seeds[0]) * self.seeds[1]

    def _step(self, what: str) -> None:
        self._step_by(what, 1)

    def _step_by(self, what: str, more: int) -> None:
        self.done += more
        self.tell(what, self.done, self.steps)


def _cells_of(exercise: Exercise) -> list[str]:
    return [*exercise.answers, *(check.grade_id for check in exercise.checks)]


def _below(name: str, counts: Mutation, with_hidden: float, visible_alone: float) -> list[str]:
    """What falls short of the bar."""
    bars = (
        (counts.score, with_hidden, "all checks"),
        (counts.visible_score, visible_alone, "the visible checks alone"),
    )
    return [
        f"{name}: {which} reject {share:.1%} of the mutants, and {bar:.0%} are asked for; strengthen the checks, or "
        f"list a survivor that means the same in {FILE_NAME}."
        for share, bar, which in bars
        if share is not None and share < bar
    ]
