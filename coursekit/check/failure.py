"""The one exception of this package, and how its sentence is put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

SENTENCE_LIMIT = 300
_PART_LIMITS = (110, 80, 60, 40, 25)


class CheckFailed(AssertionError):  # noqa: N818 - the name reads as the sentence it prints
    """A check did not hold; its text is one sentence for the learner.

    Parameters
    ----------
    sentence : str
        What was expected, what came and the likely cause. Line breaks become spaces and anything beyond
        300 characters is cut.

    Attributes
    ----------
    sentence : str
        The text as shown.
    parts : tuple of three str, or None
        What was checked, what was expected and what came, where the sentence is made of these.

    Examples
    --------
    >>> CheckFailed("mean: expected 2.0, got 3.0").sentence
    'mean: expected 2.0, got 3.0'
    """

    def __init__(self, sentence: str) -> None:
        self.sentence = one_line(sentence, SENTENCE_LIMIT)
        self.parts: tuple[str, str, str] | None = None
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return self.sentence

    def _render_traceback_(self) -> list[str]:
        """Give IPython the sentence in place of a traceback."""
        return [f"✘ {self.sentence}"]


class _Tally:
    """How many checks have run: tells a function that checks from one that merely returns None."""

    count = 0


def one_line(text: str, limit: int) -> str:
    """Return ``text`` on one line and at most ``limit`` characters, cut between words.

    Examples
    --------
    >>> one_line("too many words here", 14)
    'too many …'
    """
    flat = " ".join(str(text).split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 2]
    # A very long last "word" (an array, say) is cut where it stands rather than dropped.
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:") + " …"


def fail(of: str, expected: str, got: str, advice: str = "", *, cause: str = "") -> NoReturn:
    """Raise `CheckFailed` with "of: expected …, got …; advice" (or "; likely cause: …").

    Parameters
    ----------
    of : str
        What is being checked, as the learner would write it.
    expected, got : str
        The two sides; each is shortened before the advice is.
    advice : str
        What to do about it, when that is certain.
    cause : str
        A guess at what went wrong, shown as "likely cause".

    Raises
    ------
    CheckFailed
        Always.
    """
    tail = f"; likely cause: {cause}" if cause else f"; {advice}" if advice else ""
    failure = CheckFailed(_fitted(of, expected, got, tail))
    failure.parts = (of, expected, got)
    raise failure from None


def _fitted(of: str, expected: str, got: str, tail: str) -> str:
    """Join the parts, shortening the two sides and the name until the advice fits behind them."""
    sentence = ""
    for limit in _PART_LIMITS:
        sentence = f"{one_line(of, limit)}: expected {one_line(expected, limit)}, got {one_line(got, limit)}{tail}"
        if len(sentence) <= SENTENCE_LIMIT:
            break
    return sentence


def counted(function: Callable[P, R]) -> Callable[P, R]:
    """Mark ``function`` as a check, so that `checks_run` counts its calls."""

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        _Tally.count += 1
        return function(*args, **kwargs)

    return checked


def checks_run() -> int:
    """Return how many checks have been called in this process."""
    return _Tally.count
