"""`text` and `choice`: answers in words and letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursekit.check.failure import CheckFailed, counted, fail, one_line
from coursekit.check.kinds import TEXTS
from coursekit.check.plain import describe
from coursekit.check.refusals import plain_advice

_WINDOW = 24


@counted
def text(actual: Any, expected: str, *, of: str, hide: bool = False) -> None:
    """Check that ``actual`` is exactly this text.

    Parameters
    ----------
    actual : object
        A plain str or NumPy str.
    expected : str
        The right answer.
    of : str
        What is checked.
    hide : bool
        Leave the expected text out of the message.

    Raises
    ------
    CheckFailed
        With both texts, or the places where long texts part.

    Examples
    --------
    >>> text("ridge", "ridge", of="name")
    >>> text("Ridge", "ridge", of="name")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: name: expected 'ridge', got 'Ridge'; likely cause: upper and lower case differ
    """
    if type(actual) not in TEXTS:
        fail(of, "a text", describe(actual), plain_advice(actual, "str"))
    have, wanted = str.__str__(actual), str.__str__(expected)
    if have == wanted:
        return
    if hide:
        fail(of, "another text", repr(have), cause=_text_cause(have, wanted))
    if max(len(have), len(wanted)) <= 2 * _WINDOW:
        fail(of, repr(wanted), repr(have), cause=_text_cause(have, wanted))
    start = _parting(have, wanted)
    fail(of, f"{_around(wanted, start)} at character {start}", _around(have, start), cause=_text_cause(have, wanted))


def _parting(have: str, wanted: str) -> int:
    pairs = zip(have, wanted, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(have), len(wanted)))


def _around(whole: str, start: int) -> str:
    begin = max(0, start - _WINDOW // 3)
    part = whole[begin : begin + _WINDOW]
    if start >= len(whole):
        return f"the end of the text after {('…' if begin else '') + part!r}"
    return repr(("…" if begin else "") + part + ("…" if begin + _WINDOW < len(whole) else ""))


def _text_cause(have: str, wanted: str) -> str:
    if not have:
        return "the text is empty"
    if have.strip() == wanted.strip():
        return "spaces or line breaks at the ends differ"
    if have.split() == wanted.split():
        return "spaces or line breaks differ"
    if have.casefold() == wanted.casefold():
        return "upper and lower case differ"
    if have.strip("'\"`") == wanted:
        return "quotation marks are part of the text"
    return ""


@counted
def choice(actual: Any, correct: str, *, options: Mapping[str, str], of: str) -> None:
    """Check the letter chosen in a multiple-choice question; a wrong letter is told why it is wrong.

    Parameters
    ----------
    actual : object
        The learner's letter; case and surrounding spaces do not matter.
    correct : str
        The right letter.
    options : mapping of str to str
        Each distractor's letter and why it is wrong. The right letter may be left out.
    of : str
        The question.

    Raises
    ------
    CheckFailed
        If nothing or no option was chosen, or a wrong one.

    Examples
    --------
    >>> choice("b", "B", options={"A": "a view owns no memory", "C": "dtype is no part of it"}, of="question 1")
    >>> choice("A", "B", options={"A": "a view owns no memory", "C": "dtype is no part of it"}, of="question 1")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: question 1: A is not the answer: a view owns no memory
    """
    right = correct.strip().casefold()
    reasons = {letter.strip().casefold(): (letter.strip(), reason) for letter, reason in options.items()}
    letters = sorted(
        {letter for letter, _ in reasons.values()} | ({correct.strip()} if right not in reasons else set())
    )
    menu = f"one of the letters {', '.join(letters)}"
    if type(actual) not in TEXTS:
        advice = "choose a letter" if actual is None or actual is Ellipsis else "write the letter in quotation marks"
        fail(of, menu, describe(actual), advice)
    chosen = str.__str__(actual).strip().casefold()
    if chosen == right:
        return
    if chosen not in reasons:
        fail(of, menu, describe(actual), "choose a letter")
    letter, reason = reasons[chosen]
    raise CheckFailed(f"{one_line(of, 100)}: {letter} is not the answer: {reason}")
