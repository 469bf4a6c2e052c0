"""Which known mistake a failed check speaks of: each wrong answer's messages, kept beside it and compared at grading.

``course audit`` runs every wrong answer and keeps what the checks really said in ``messages.json``. A submission's
message names a misconception where the same check said the same to the wrong answer, up to the numbers in it. Nothing
is guessed: a message that no wrong answer got names nothing, and one that several got names them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError

if TYPE_CHECKING:
    from coursekit.grading.record.result import CheckResult, ExerciseResult, NotebookResult
    from coursekit.syllabus import Week

FILE_NAME = "messages.json"
SCHEMA = 1
NOTE = "Written by `course audit`: what the checks said to each wrong answer; from it `course grade` names mistakes."
NUMBER = re.compile(r"(?<!\w)[-−+]?[0-9]+(?:[,_][0-9]+)*(?:\.[0-9]*)?(?:e[-+]?[0-9]+)?", re.IGNORECASE)
#: A learner's own line, which a message may quote; and which of Python's loops it was.
OWN_LINE = re.compile(r"(?<= in line #) \(.*?\)(?=; |$)")
KIND_OF_LOOP = re.compile(r"(?<=expected no Python loop, got ).*?(?= in line #)")
#: A message that ends in a cause or an advice means the same with other numbers. One that only says what was expected
#: and what came does not: every mistake gets it, each with its own numbers.
TELLING = re.compile(r"; likely cause: |\bexpected .*, (?:got|but) .*; ", re.DOTALL)


@dataclass(frozen=True)
class Mistake:
    """One wrong answer: what its learner believes, and what each check that it loses said.

    Parameters
    ----------
    answer : the name of its file, without the ending.
    exercise : grade_id of the answer cell.
    misconception : one sentence, from the file's header.
    says : message by the check's grade_id.
    """

    answer: str
    exercise: str
    misconception: str
    says: Mapping[str, str]


def messages_path(root: Path, week: Week) -> Path:
    """Where a course keeps the messages of a week's wrong answers."""
    return root / "tests" / "answers" / week.folder / FILE_NAME


def masked(message: str) -> str:
    """A message with every number replaced by #, for two runs of one mistake on other numbers."""
    return NUMBER.sub("#", " ".join(message.split()))


def form_of(message: str) -> str:
    """What is left of a message without its numbers and without the learner's own line."""
    return KIND_OF_LOOP.sub("…", OWN_LINE.sub("", masked(message)))


def telling(message: str) -> bool:
    """Whether a message means the same with other numbers."""
    return bool(TELLING.search(message))


# ------------------------------------------------------------------------------------------------ written by the audit


def write_messages(folder: Path, messages: Mapping[str, Mapping[str, str]]) -> bool:
    """Bring ``messages.json`` of a week's answers up to date.

    A wrong answer that is not in ``messages`` keeps its entry; an entry whose file is gone is dropped; a message that
    changed in its numbers alone is left, so that a second audit writes nothing.

    Parameters
    ----------
    folder : ``tests/answers/weekNN-slug``.
    messages : for each wrong answer (its file's name without the ending) the message of each check that failed.

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    CourseError
        Where ``messages`` names an answer that is not there.
    """
    from coursekit.audit.answers import read_answers
    from coursekit.notebooks.files import write_if_changed

    answers = {answer.name: answer for answer in read_answers(folder) if answer.kind == "wrong"}
    if unknown := sorted(set(messages) - set(answers)):
        raise CourseError(f"{folder} has no wrong answer {', '.join(unknown)}: its messages cannot be kept.")
    path = folder / FILE_NAME
    known = {mistake.answer: mistake.says for mistake in _read(path)} if path.is_file() else {}
    mistakes = [
        {
            "answer": name,
            "exercise": answer.exercise,
            "misconception": answer.about,
            "says": _settled(messages.get(name, known.get(name, {})), known.get(name, {})),
        }
        for name, answer in answers.items()
        if name in messages or name in known
    ]
    plain = {"schema": SCHEMA, "note": NOTE, "mistakes": mistakes}
    return write_if_changed(path, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")


def _settled(now: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The messages of this run, but the old one where only its numbers differ."""
    flat = {check: " ".join(message.split()) for check, message in now.items()}
    return {
        check: before[check] if masked(before.get(check, "")) == masked(message) else message
        for check, message in sorted(flat.items())
    }


# --------------------------------------------------------------------------------------------------- used at grading


@dataclass(frozen=True)
class Misconceptions:
    """What is known of a week's mistakes; without any, nothing is named."""

    mistakes: tuple[Mistake, ...] = ()

    @cached_property
    def _by_check(self) -> dict[str, list[Mistake]]:
        found: dict[str, list[Mistake]] = {}
        for mistake in self.mistakes:
            for check in mistake.says:
                found.setdefault(check, []).append(mistake)
        return found

    def matches(self, check: str, message: str) -> tuple[Mistake, ...]:
        """The mistakes to which a check said this: word for word, or, if it says enough, with other numbers."""
        flat = " ".join(message.split())
        known = self._by_check.get(check, [])
        same = tuple(mistake for mistake in known if mistake.says[check] == flat)
        if same or not telling(flat):
            return same
        form = form_of(flat)
        return tuple(mistake for mistake in known if form_of(mistake.says[check]) == form)

    def name_in(self, notebooks: tuple[NotebookResult, ...]) -> tuple[NotebookResult, ...]:
        """The same results, in which every failed check names the misconceptions that its message fits."""
        return tuple(
            replace(notebook, exercises=tuple(self._named(exercise) for exercise in notebook.exercises))
            for notebook in notebooks
        )

    def _named(self, exercise: ExerciseResult) -> ExerciseResult:
        found = {
            check.grade_id: self.matches(check.grade_id, check.message)
            for check in exercise.checks
            if check.verdict == "failed" and check.message
        }
        checks = tuple(replace(check, misconceptions=_best(check, found)) for check in exercise.checks)
        return replace(exercise, checks=checks)


def _best(check: CheckResult, found: Mapping[str, tuple[Mistake, ...]]) -> tuple[str, ...]:
    """The misconceptions that explain a failed check, and as much as can be of the exercise's other failures."""
    candidates = found.get(check.grade_id, ())
    if not candidates:
        return ()
    explained = {id(mistake): sum(mistake in mistakes for mistakes in found.values()) for mistake in candidates}

    def rank(mistake: Mistake) -> tuple[bool, int]:
        return explained[id(mistake)] == len(mistake.says), explained[id(mistake)]

    best = max(map(rank, candidates))
    return tuple(dict.fromkeys(mistake.misconception for mistake in candidates if rank(mistake) == best))


def read_misconceptions(path: Path) -> Misconceptions:
    """What ``messages.json`` knows; nothing where there is no such file, as in a clone without the answers.

    Raises
    ------
    CourseError
        Where the file is there and is not what `write_messages` writes.
    """
    return Misconceptions(_read(path)) if path.is_file() else Misconceptions()


def _read(path: Path) -> tuple[Mistake, ...]:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["schema"] != SCHEMA:
            raise ValueError(f"its schema is {plain['schema']!r}")
        return tuple(_mistake(entry) for entry in plain["mistakes"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"{path} is not as `course audit` writes it ({type(error).__name__}: {error}): delete it and run the "
            "audit again; without it, grading names no misconceptions."
        ) from None


def _mistake(entry: Mapping[str, Any]) -> Mistake:
    texts = (entry["answer"], entry["exercise"], entry["misconception"], *entry["says"].values())
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("an entry holds something other than text")
    return Mistake(entry["answer"], entry["exercise"], entry["misconception"], dict(entry["says"]))
