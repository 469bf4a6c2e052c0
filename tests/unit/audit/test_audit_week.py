"""A whole audit of a tiny week: proven when its checks are good, and found out when they are not."""

from __future__ import annotations

from pathlib import Path

import audit_kit
import pytest

from coursekit.audit import audit_and_publish
from coursekit.audit.pages import outdated
from coursekit.audit.verdict import WeekVerdict
from coursekit.audit.week import audit_week
from coursekit.grading.sealed import available
from coursekit.syllabus import Week


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Week]:
    folder = tmp_path_factory.mktemp("audit") / "course"
    return folder, audit_kit.write_course(folder)


@pytest.fixture(scope="module")
def proven(course: tuple[Path, Week]) -> WeekVerdict:
    folder, week = course
    return audit_and_publish(week, folder, jobs=1)


def test_good_graders_are_proven(proven: WeekVerdict) -> None:
    assert proven.all_findings == []
    clip, count = proven.exercises
    assert (clip.right_answers, count.right_answers, proven.right_answers) == (2, 2, 2)
    assert {wrong.name for wrong in clip.wrong} == {"wrong_q1_lower", "wrong_q1_list", "wrong_q1_open"}
    assert (clip.mutation.score, count.mutation.score) == (1.0, 1.0)
    assert clip.mutation.tried >= 10
    assert [(survivor.operator, survivor.reason) for survivor in clip.survivors] == [
        ("relational", "A value that is the limit becomes the limit.")
    ]
    assert (clip.cheats_rejected, clip.cheats) == (8, 8)
    assert (proven.runs, proven.hash_seeds, proven.flaky) == (20, 5, False)


def test_verdict_is_plain_data_with_the_promised_keys(proven: WeekVerdict) -> None:
    data = proven.to_dict()
    promised = {
        "mutation_score",
        "visible_mutation_score",
        "right_answers",
        "wrong_answers",
        "cheats_rejected",
        "flaky",
    }
    assert promised | {"week", "ok"} <= set(data)
    assert all(promised | {"exercise", "ok"} <= set(exercise) for exercise in data["exercises"])
    assert (data["week"], data["ok"], data["mutation_score"], data["wrong_answers"]) == (audit_kit.WEEK, True, 1.0, 6)


def test_a_proven_week_has_a_page_that_states_it(course: tuple[Path, Week], proven: WeekVerdict) -> None:
    folder, week = course
    page = (folder / "docs" / "audit" / f"{audit_kit.WEEK}.md").read_text()
    assert "q1_lower" in page
    assert "| 1 · Clip | 2 | 2 | 3 |" in page
    assert audit_kit.WEEK in (folder / "docs" / "audit" / "README.md").read_text()
    assert outdated(folder, [week]) == []
    audit_kit.write_wrong(folder, "q2_more", audit_kit.COUNT, "class Counter:\n    pass")
    assert "out of date" in " ".join(outdated(folder, [week]))
    (audit_kit.answers(folder) / "wrong_q2_more.py").unlink()
    assert outdated(folder, [week]) == []


def test_weak_checks_are_found_out(tmp_path: Path) -> None:
    """Hidden checks gone, an answer that passes where it should fail, words that nobody reads, a listed mutant."""
    notebook = audit_kit.NOTEBOOK
    while "### BEGIN HIDDEN" in notebook:
        before, _, rest = notebook.partition("### BEGIN HIDDEN TESTS\n")
        notebook = before + rest.partition("### END HIDDEN TESTS\n")[2]
    notebook = notebook.replace('same(clipped(np.array([1.0, 0.5]), 0.0), [0.0, 0.0], "clipped at 0")\n', "")
    week = audit_kit.write_course(tmp_path, notebook)
    audit_kit.write_wrong(tmp_path, "q1_fine", audit_kit.CLIP, audit_kit.RIGHT["library"][0])
    audit_kit.write_wrong(tmp_path, "q2_last", *audit_kit.WRONG["q2_last"], says="never said")
    audit_kit.write_right(tmp_path, "loop", {audit_kit.CLIP: "def clipped(x, limit):\n    return x"})
    entry = "[[equivalent]]\nexercise = '{}'\nbefore = '{}'\nafter = '{}'\nreason = 'just so'\n"
    (audit_kit.answers(tmp_path) / "equivalent.toml").write_text(
        entry.format(audit_kit.CLIP, "if limit < 0:", "if limit >= 0:") + entry.format(audit_kit.CLIP, "gone", "away")
    )
    verdict = audit_week(week, tmp_path, quick=True, jobs=1)
    found = "\n".join(verdict.all_findings)
    assert not verdict.ok
    assert "an answer that replays the outputs of the visible checks gains 2 of 2 points in w01-q1-clip-test" in found
    assert "an answer that replays the outputs of the visible checks gains 1 of 1 points in w01-q2-count-test" in found
    assert "wrong_q1_fine.py should lose w01-q1-clip-test and passes" in found
    assert "wrong_q2_last.py expects the words 'never said'" in found
    assert "right_loop.py is a right answer and fails w01-q1-clip-test" in found
    assert "w01-q2-count has 1 right answers of different approach" in found
    assert "calls a mutant equivalent that w01-q1-clip-test rejects" in found
    assert "Entry 2 of equivalent.toml fits no mutant" in found
    assert outdated(tmp_path, [week]) != []


def test_a_week_that_is_still_being_written_gets_a_list_and_is_not_run(tmp_path: Path) -> None:
    notebook = audit_kit.NOTEBOOK.replace("return np.where(x > limit, limit, x)", 'raise KeyError("✎ the solution")')
    week = audit_kit.write_course(tmp_path, notebook)
    for path in audit_kit.answers(tmp_path).iterdir():
        path.unlink()
    verdict = audit_week(week, tmp_path)
    assert "is still to be written: the solution" in verdict.all_findings[0]
    assert "w01-q1-clip has 0 right answers" in "\n".join(verdict.all_findings)
    assert (verdict.runs, verdict.mutation.tried) == (0, 0)


@pytest.mark.skipif(not available(), reason="without a sandbox kernels take the hash seed of whoever starts them")
def test_a_flaky_check_and_one_that_does_not_reach_the_answer_are_found_out(tmp_path: Path) -> None:
    """The hash of "a" is odd with hash seed 0 and even with 1234; the untouched release meets that check first."""
    notebook = audit_kit.NOTEBOOK.replace(
        "counter = Counter()\n", 'if hash("a") % 2 == 0:\n    raise AssertionError("even")\ncounter = Counter()\n'
    ).replace("same(clipped(np.array([1.0, 5.0])", 'assert 1 == 2, "early"\nsame(clipped(np.array([1.0, 5.0])')
    verdict = audit_week(audit_kit.write_course(tmp_path, notebook), tmp_path, quick=True, jobs=1)
    found = "\n".join(verdict.all_findings)
    assert [exercise.flaky for exercise in verdict.exercises] == [False, True]
    assert "w01-q2-count-test fails the instructor's own version in 1 of 2 runs: even" in found
    assert "w01-q1-clip: the solution itself fails w01-q1-clip-test" in found
    assert "w01-q1-clip-test fails with 'early' where nothing was written" in found
