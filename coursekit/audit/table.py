"""An audit's verdict as a person reads it: a table, the survivors as diffs, the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from coursekit.audit.verdict import ExerciseVerdict, Mutation, WeekVerdict

_HEADINGS = ("exercise", "right", "wrong", "cheats", "mutants", "same", "slow", "rejected", "visibly", "")

_LEGEND = (
    "right, wrong: answers that did what they must; same: equivalent mutants, listed with a reason and not counted; "
    "slow: of the rejected, stopped for taking too long; rejected: by all checks; visibly: by those that learners have."
)


def print_verdict(out: Console, verdict: WeekVerdict) -> None:
    """Print everything that was found about a week."""
    out.print(Text(f"{verdict.week} · {verdict.title}", style="bold"))
    out.print(_table(verdict))
    _print_survivors(out, verdict)
    for sentence in verdict.all_findings:
        out.print(Text("✘ ", style="red").append(sentence, style="default"), soft_wrap=True)
    out.print(_conclusion(verdict), soft_wrap=True)
    out.print(Text(_LEGEND, style="dim"), soft_wrap=True)
    out.print(Text(f"Tried: {verdict.scope}.", style="dim"), soft_wrap=True)


def _table(verdict: WeekVerdict) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in _HEADINGS:
        justify = "left" if heading in ("exercise", "") else "right"
        table.add_column(heading, justify=justify, no_wrap=True, overflow="ellipsis")
    for exercise in verdict.exercises:
        table.add_row(*_row(exercise))
    table.add_row(
        "together",
        str(verdict.right_answers),
        str(sum(len(exercise.wrong) for exercise in verdict.exercises)),
        _of(sum(e.cheats_rejected for e in verdict.exercises), sum(e.cheats for e in verdict.exercises)),
        *_mutation(verdict.mutation),
        _sign(verdict.ok),
        style="bold",
    )
    return table


def _row(exercise: ExerciseVerdict) -> tuple[str | Text, ...]:
    return (
        exercise.grade_id,
        str(exercise.right_answers),
        str(len(exercise.wrong)),
        _of(exercise.cheats_rejected, exercise.cheats),
        *_mutation(exercise.mutation),
        _sign(exercise.ok),
    )


def _mutation(counts: Mutation) -> tuple[str, ...]:
    few = (str(count) if count else "" for count in (counts.equivalent, counts.timeouts))
    return (str(counts.tried), *few, percent(counts.score), percent(counts.visible_score))


def percent(share: float | None) -> str:
    """A share as whole per cent and a tenth; a dash where there is none. Only what is complete is 100 %."""
    if share is None:
        return "–"
    return "100 %" if share == 1 else f"{min(99.9, 100 * share):.1f} %"


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}"


def _sign(fine: bool) -> Text:
    return Text("✔", style="green") if fine else Text("✘", style="red")


def _print_survivors(out: Console, verdict: WeekVerdict) -> None:
    for exercise in verdict.exercises:
        for survivor in exercise.survivors:
            if survivor.reason:
                continue
            out.print(Text(f"survived in {survivor.exercise} ({survivor.operator}):", style="yellow"))
            for line in survivor.diff.split("\n"):
                out.print(Text(f"  {line}", style="red" if line.startswith("-") else "green"), soft_wrap=True)


def _conclusion(verdict: WeekVerdict) -> Text:
    if verdict.ok:
        return Text(f"{verdict.week} is proven.", style="green")
    count = len(verdict.all_findings)
    return Text(f"{verdict.week} is not proven: {count} finding{'s' if count > 1 else ''} above.", style="red")
