"""The ``course`` command: every verb is one call into a room, then printing."""

from __future__ import annotations

import atexit
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from coursekit.errors import CourseError

if TYPE_CHECKING:
    from rich.progress import Progress as ProgressBar

    from coursekit.syllabus import Syllabus, Week

app = typer.Typer(
    help="The course's command: check your work, load data, build releases, grade a class.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
data_app = typer.Typer(help="The course's data sets.", no_args_is_help=True)
app.add_typer(data_app, name="data")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

Weeks = Annotated[list[str] | None, typer.Argument(metavar="[WEEK]…", help="1, week01 or week01-numpy; default: all.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def main() -> None:
    """Run the command; whatever a person can mend ends in one sentence and exit code 1."""
    as_json = "--json" in sys.argv[1:]
    atexit.register(gc.freeze)  # else Python looks for garbage in everything that was imported, only to end
    try:
        app()
    except CourseError as error:
        if as_json:
            print_json({"ok": False, "error": str(error)})
        else:
            err.print(Text(str(error), style="red"), soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("Stopped.")
        sys.exit(130)


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on standard output, whatever the terminal's width."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _course() -> tuple[Path, Syllabus]:
    from coursekit.syllabus import course_root, load_syllabus

    root = course_root()
    return root, load_syllabus(root / "syllabus.yml")


def _named(weeks: list[str] | None, syllabus: Syllabus) -> list[Week]:
    """The weeks named, or all that are written."""
    if weeks:
        return [syllabus.week(text) for text in weeks]
    return [week for week in syllabus.weeks if week.status == "ready"]


@app.command()
def check(
    weeks: Weeks = None,
    notebook: Annotated[
        Path | None, typer.Option(help="Check this notebook file instead of the one in release/.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check your own work: which exercises pass, and one sentence about each that does not."""
    from coursekit.grading.selfcheck import check_notebook
    from coursekit.report.progress import print_progress, print_summary

    results = []
    for target in _targets(weeks, notebook):
        with _bar(as_json) as bar:
            task = bar.add_task(f"{target.week}: running your notebook", total=None)
            results.append(
                check_notebook(target, lambda done, of, t=task, b=bar: b.update(t, completed=done, total=of))
            )
        if not as_json:
            print_progress(out, results[-1])
    complete = all(result.complete for result in results)
    if as_json:
        print_json({"ok": complete, "notebooks": [result.to_dict() for result in results]})
    elif len(results) > 1:
        print_summary(out, results)
    raise typer.Exit(0 if complete else 1)


def _targets(weeks: list[str] | None, notebook: Path | None) -> list:
    from coursekit.grading.selfcheck import target_of_file, targets_of_week
    from coursekit.syllabus import NoCourse, NoSuchWeek

    if notebook is None:
        root, syllabus = _course()
        return [target for week in _named(weeks, syllabus) for target in targets_of_week(week, root)]
    try:
        root, syllabus = _course()
        week = syllabus.week(weeks[0] if weeks else str(notebook.resolve()))
    except (NoCourse, NoSuchWeek):
        if weeks:
            raise
        root, week = None, None
    return [target_of_file(notebook, week, root)]


@app.command()
def build(weeks: Weeks = None, as_json: AsJson = False) -> None:
    """Build the students' release from source/ and write the README's table of weeks."""
    from coursekit.notebooks.release import build_week
    from coursekit.notebooks.twins import write_notebooks
    from coursekit.syllabus import write_table

    root, syllabus = _course()
    built = []
    with _bar(as_json) as bar:
        chosen = _named(weeks, syllabus)
        task = bar.add_task("building", total=len(chosen))
        for week in chosen:
            bar.update(task, description=f"building {week.folder}")
            if (root / "source" / week.folder).is_dir():
                write_notebooks(root / "source" / week.folder)
            built.append(build_week(week, root, syllabus))
            bar.advance(task)
    table_changed = write_table(root / "README.md", syllabus)
    if as_json:
        print_json({"ok": True, "weeks": [week.to_dict() for week in built], "readme_changed": table_changed})
        return
    for week in built:
        changes = ", ".join(week.changed) or "nothing changed"
        out.print(f"release/{week.week}: {len(week.files)} files; {changes}")
    _note_address(root, syllabus)


def _note_address(root: Path, syllabus: Syllabus) -> None:
    from coursekit.notebooks.header import course_address

    if not course_address(syllabus.course, root).github:
        out.print(
            "No public GitHub address is known, so no Colab and Binder badges were written: add an origin to this "
            "clone or fill in course.repository in syllabus.yml, then build again.",
            soft_wrap=True,
            style="dim",
        )


@app.command()
def notebooks(
    weeks: Weeks = None,
    to_text: Annotated[bool, typer.Option("--to-text", help="The way back: text twins from the notebooks.")] = False,
) -> None:
    """Write every X.ipynb of source/ from its text twin X.nb.py."""
    from coursekit.notebooks.twins import write_notebooks, write_texts

    root, syllabus = _course()
    for week in _named(weeks, syllabus):
        changed = (write_texts if to_text else write_notebooks)(root / "source" / week.folder)
        out.print(f"source/{week.folder}: {', '.join(path.name for path in changed) or 'nothing changed'}")


@app.command()
def lint(weeks: Weeks = None) -> None:
    """Check the rules for notebooks that a machine can check."""
    from coursekit.notebooks.lint import lint_week
    from coursekit.notebooks.twins import differences

    root, syllabus = _course()
    findings = []
    for week in _named(weeks, syllabus):
        folder = root / "source" / week.folder
        findings += lint_week(folder) + differences(folder)
    for finding in findings:
        out.print(finding, soft_wrap=True)
    if findings:
        raise typer.Exit(1)
    out.print("No findings.")


@app.command()
def audit(
    weeks: Annotated[list[str], typer.Argument(metavar="WEEK…", help="1, week01 or week01-numpy.")],
    quick: Annotated[
        bool, typer.Option("--quick", help="A fixed sample of the mutants, fewer seeds, no endless cheat.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(help="Things done at once; default: the number of cores.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object for each week (several: one a line) and nothing else.")
    ] = False,
) -> None:
    """Prove a week's graders: right answers pass, wrong ones fail for the right reason, mutants and cheats do not."""
    from coursekit.audit import audit_and_publish
    from coursekit.audit.table import print_verdict

    root, syllabus = _course()
    verdicts = []
    for week in [syllabus.week(text) for text in weeks]:
        with _bar(as_json) as bar:
            task = bar.add_task(f"auditing {week.folder}", total=None)
            verdicts.append(
                audit_and_publish(
                    week,
                    root,
                    quick=quick,
                    jobs=jobs,
                    progress=lambda what, done, of, b=bar, t=task: b.update(
                        t, description=what, completed=done, total=of
                    ),
                )
            )
        if not as_json:
            print_verdict(out, verdicts[-1])
        elif len(weeks) > 1:
            sys.stdout.write(json.dumps(verdicts[-1].to_dict(), ensure_ascii=False) + "\n")
    if as_json and len(weeks) == 1:
        print_json(verdicts[0].to_dict())
    raise typer.Exit(0 if all(verdict.ok for verdict in verdicts) else 1)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="WEEK", help="The folder's name, such as week07-linear-models.")],
) -> None:
    """Begin a week: a lesson, the graded notebooks, answers and an entry in the syllabus, ready to be written."""
    from coursekit.notebooks.scaffold import new_week

    root, _ = _course()
    made = new_week(name, root)
    for path in made.files:
        out.print(str(path.relative_to(root)), soft_wrap=True)
    folder, entry = made.week.folder, "was added to" if made.entry_added else "stands in"
    out.print(
        f"\n{folder} can be written now; its entry {entry} syllabus.yml. Edit the .nb.py files: what begins with ✎ is "
        f"for you. `course notebooks {folder}` writes the .ipynb, `course audit {folder}` lists what is left to "
        "write, and CONTRIBUTING.md says the rest.",
        soft_wrap=True,
    )


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check this environment and say how to mend what is wrong."""
    from coursekit.report.doctor import examine
    from coursekit.syllabus import NoCourse, course_root

    try:
        root = course_root()
    except NoCourse:
        root = None
    findings = examine(root)
    healthy = all(finding.level != "wrong" for finding in findings)
    if as_json:
        print_json({"ok": healthy, "findings": [finding.to_dict() for finding in findings]})
    else:
        signs = {"ok": ("✔", "green"), "note": ("!", "yellow"), "wrong": ("✘", "red")}
        for finding in findings:
            sign, colour = signs[finding.level]
            line = Text(f"{sign} ", style=colour).append(f"{finding.name}: {finding.state}", style="default")
            out.print(line.append(f" → {finding.mend}" if finding.mend else "", style="dim"), soft_wrap=True)
    raise typer.Exit(0 if healthy else 1)


@app.command()
def demo() -> None:
    """Grade a small class for week 1 from beginning to end, in the folder demo/."""
    from coursekit.demo import run_demo
    from coursekit.grading.sealed import available
    from coursekit.report.gradetable import print_grades

    root, syllabus = _course()
    if not available():
        out.print(Text(f"Not sealed off: {available().reason}", style="yellow"), soft_wrap=True)
    with _bar(False) as bar:
        task = bar.add_task("starting", total=None)
        shown = run_demo(
            syllabus.week("1"),
            root,
            syllabus,
            lambda text, done, of: bar.update(task, description=text, completed=done, total=of),
        )
    print_grades(out, shown.graded)
    for label, path in (
        ("gradebook", shown.gradebook),
        ("feedback pages", shown.folder / "feedback"),
        ("class report", shown.report),
    ):
        out.print(f"{label + ':':<16}{path.relative_to(root)}", soft_wrap=True)
    out.print("formgrader:     make lab CLASS=demo, then the menu Nbgrader → Formgrader")


ClassFolder = Annotated[
    Path | None,
    typer.Option("--class", envvar="COURSE_CLASS", help="The class's folder; by default the course's own."),
]
Students = Annotated[list[str] | None, typer.Option("--student", help="Only this learner; may be repeated.")]


def _class_folder(root: Path, folder: Path | None) -> Path:
    """The class's folder; an empty COURSE_CLASS means the course's own, as in nbgrader_config.py."""
    chosen = (root / folder).resolve() if folder and str(folder) != "." else root
    if not chosen.is_dir():
        raise CourseError(f"There is no class folder {chosen}: make it, with source/ and submitted/ in it.")
    return chosen


@app.command()
def grade(
    weeks: Annotated[list[str], typer.Argument(metavar="WEEK…", help="1, week01 or week01-numpy.")],
    student: Students = None,
    jobs: Annotated[int | None, typer.Option(help="Submissions graded at once; default: the number of cores.")] = None,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask cluster, such as tcp://host:8786.")] = "",
    force: Annotated[bool, typer.Option(help="Grade again what is graded and unchanged.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only say what would be graded.")] = False,
    unsandboxed: Annotated[
        bool, typer.Option(help="Run submissions with your own rights; marks every grade so.")
    ] = False,
    class_folder: ClassFolder = None,
    as_json: AsJson = False,
) -> None:
    """Grade a class: every submission sealed off, in parallel; what is done and unchanged is not done again."""
    from coursekit.audit.misconceptions import messages_path, read_misconceptions
    from coursekit.grading.executors import Sealed, Unsealed
    from coursekit.grading.pipeline import grade_class
    from coursekit.report.classreport import class_page_path, write_class_page
    from coursekit.report.gradetable import print_grades

    root, syllabus = _course()
    folder = _class_folder(root, class_folder)
    results = []
    for week in [syllabus.week(text) for text in weeks]:
        with _bar(as_json) as bar:
            task = bar.add_task(f"grading {week.folder}", total=None)
            results.append(
                grade_class(
                    folder,
                    week,
                    executor=Unsealed() if unsandboxed else Sealed.for_week(folder, week),
                    students=student,
                    jobs=jobs,
                    scheduler=scheduler or None,
                    force=force,
                    dry_run=dry_run,
                    misconceptions=read_misconceptions(messages_path(root, week)),
                    progress=lambda step, b=bar, t=task: b.update(t, completed=step.done, total=step.total),
                )
            )
        if not as_json:
            print_grades(out, results[-1])
        if not (dry_run or student):
            report = class_page_path(folder, week)
            write_class_page(results[-1], report)
            if not as_json:
                out.print(f"class report: {report}", soft_wrap=True)
    if as_json:
        print_json({"ok": True, "weeks": [result.to_dict() for result in results]})


@app.command()
def feedback(
    weeks: Annotated[list[str], typer.Argument(metavar="WEEK…", help="1, week01 or week01-numpy.")],
    student: Students = None,
    class_folder: ClassFolder = None,
) -> None:
    """Write the feedback pages of a graded week."""
    from coursekit.report.feedback import write_feedback

    root, syllabus = _course()
    folder = _class_folder(root, class_folder)
    for week in [syllabus.week(text) for text in weeks]:
        with _bar(False) as bar:
            task = bar.add_task(f"feedback of {week.folder}", total=None)
            written = write_feedback(
                folder, week, student, progress=lambda done, of, _, b=bar, t=task: b.update(t, completed=done, total=of)
            )
        pages = sum(len(paths) for paths in written.pages.values())
        out.print(f"{week.folder}: {pages} pages in {folder / 'feedback'}", soft_wrap=True)
        for name, why in written.missing.items():
            out.print(Text(f"{name}: {why}", style="yellow"), soft_wrap=True)


@app.command()
def export(
    to: Annotated[str, typer.Option(help="csv, canvas, moodle or gradescope.")] = "csv",
    path: Annotated[Path | None, typer.Option(help="The file to write; by default one named after the system.")] = None,
    weeks: Weeks = None,
    student: Students = None,
    class_folder: ClassFolder = None,
) -> None:
    """Export a class's grades for another system."""
    from coursekit.report.exporting import export as export_grades

    root, syllabus = _course()
    folder = _class_folder(root, class_folder)
    names = [syllabus.week(text).folder for text in weeks or []]
    out.print(export_grades(folder, to, path, weeks=names, students=student or []), soft_wrap=True)


@data_app.command("list")
def data_list(as_json: AsJson = False) -> None:
    """List the data sets, where each is now, and its licence."""
    from coursekit.data import listing

    rows = listing()
    if as_json:
        print_json({"ok": True, "sets": [row.to_dict() for row in rows]})
        return
    from rich.table import Table

    table = Table("name", "title", "at hand in", "licence", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(row.name, row.title, row.place, row.licence)
    out.print(table)


@data_app.command("fetch")
def data_fetch(
    names: Annotated[list[str] | None, typer.Argument(help="Names of data sets; default: all downloads.")] = None,
    ready: Annotated[bool, typer.Option("--ready", help="Only what the weeks that are written need.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put downloads into the cache, from the mirror or the network, checked by sha256."""
    from coursekit.data import fetch

    if ready:
        _, syllabus = _course()
        names = sorted({name for week in _named(None, syllabus) for name in week.data})
    with _bar(as_json) as bar:
        task = bar.add_task("fetching", total=None)
        results = fetch(names, progress=lambda p: bar.update(task, description=p.name, completed=p.done, total=p.total))
    _print_results(results, as_json)


@data_app.command("verify")
def data_verify(
    names: Annotated[list[str] | None, typer.Argument(help="Names of data sets; default: all that are here.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read every data set that is here and check its hash, rows and columns."""
    from coursekit.data import verify

    _print_results(verify(names), as_json)


def _print_results(results: list, as_json: bool) -> None:
    fine = all(result.ok for result in results)
    if as_json:
        print_json({"ok": fine, "sets": [result.to_dict() for result in results]})
    else:
        for result in results:
            sign, colour = ("✔", "green") if result.ok else ("✘", "red")
            out.print(
                Text(f"{sign} ", style=colour).append(f"{result.name}: {result.message}", style="default"),
                soft_wrap=True,
            )
    raise typer.Exit(0 if fine else 1)


def _bar(hidden: bool) -> ProgressBar:
    """A progress bar on standard error, so that what is printed can be piped; none for --json or without a terminal."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} of {task.total}"))
    return Progress(
        *columns,
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        console=err,
        transient=True,
        disable=hidden or not err.is_terminal,
    )


if __name__ == "__main__":
    main()
