"""`sealed`: the right answer of a quiz question, checked where learners can read the check; `seal` makes the seal.

A seal holds, for the right answer and for each wrong one with a known reason, what to say about it, encrypted under
the answer itself. Whoever has an answer can open its line, and nobody can read the others without guessing them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from coursekit.check.failure import CheckFailed, counted, fail, one_line
from coursekit.check.kinds import FLOATS, INTEGERS, TEXTS
from coursekit.check.plain import describe, number_text
from coursekit.check.refusals import number_advice

_SALT, _MARK = 8, 8
_RIGHT = b"\x00"


def seal(correct: str | float, reasons: Mapping[str | float, str], *, digits: int | None = None) -> str:
    """Make the seal of one question.

    Parameters
    ----------
    correct : str or number
        The right letter, or the right number.
    reasons : mapping
        For wrong letters or numbers that are to be expected, why each is wrong.
    digits : int, optional
        For numbers: decimals that count.

    Returns
    -------
    str
        Text for `sealed`. It is another one each time; all of them do.

    Raises
    ------
    ValueError
        If the right answer stands among the wrong ones, once rounded.

    Examples
    --------
    >>> sealed("b", seal("B", {"A": "a view owns no memory"}), letters="AB", of="question 1")
    """
    right = _canonical(correct, digits)
    wrong = {_canonical(answer, digits): reason for answer, reason in reasons.items()}
    if right in wrong:
        raise ValueError(f"{right} is given both as the right answer and with a reason why it is wrong.")
    salt = secrets.token_bytes(_SALT)
    # Lines of one length in the order of their bytes: nothing but the answer tells the right one from the others.
    length = max([1, *(len(reason.encode()) for reason in wrong.values())])
    said = {right: _RIGHT, **{answer: reason.encode() for answer, reason in wrong.items()}}
    lines = sorted(_encrypted(salt, answer, words.ljust(length, b"\x00")) for answer, words in said.items())
    return base64.b85encode(salt + length.to_bytes(2, "big") + b"".join(lines)).decode()


@counted
def sealed(actual: Any, key: str, *, of: str, letters: Sequence[str] | None = None, digits: int | None = None) -> None:
    """Check an answer against a seal; a wrong one that was foreseen is told why it is wrong.

    Parameters
    ----------
    actual : object
        The learner's letter (case and surrounding spaces do not matter) or number.
    key : str
        What `seal` made. Line breaks in it do not matter.
    of : str
        The question.
    letters : sequence of str
        For a choice: the letters to choose from.
    digits : int
        For a number: the decimals that count. The answer is rounded, so 0.12 and 0.1234 are the same for 2.

    Raises
    ------
    CheckFailed
        If nothing was answered, or something wrong.
    NotImplementedError
        If the three dots still stand where the answer should: the question has not been attempted.

    Examples
    --------
    >>> key = seal(0.5, {0.25: "that is the variance"}, digits=2)
    >>> sealed(0.5, key, digits=2, of="question 2")
    >>> sealed(0.25, key, digits=2, of="question 2")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: question 2: 0.25 is not the answer: that is the variance
    """
    if (letters is None) == (digits is None):
        raise TypeError("sealed needs either letters or digits.")
    if actual is Ellipsis:
        raise NotImplementedError(f"{one_line(of, 100)}: write your answer in place of the three dots")
    shown, candidates = _chosen(actual, letters, of) if letters else _rounded(actual, digits or 0, of)
    said = [words for answer in candidates if (words := _decrypted(key, answer)) is not None]
    if _RIGHT in said:
        return
    why = f": {said[0].decode()}" if said else ""
    raise CheckFailed(f"{one_line(of, 100)}: {shown} is not the answer{why}")


def _chosen(actual: Any, letters: Sequence[str], of: str) -> tuple[str, list[str]]:
    menu = f"one of the letters {', '.join(letters)}"
    if type(actual) not in TEXTS:
        advice = "choose a letter" if actual is None else "write the letter in quotation marks"
        fail(of, menu, describe(actual), advice)
    answer = _canonical(str.__str__(actual), None)
    if answer not in [_canonical(letter, None) for letter in letters]:
        fail(of, menu, describe(actual), "choose a letter")
    return answer, [answer]


def _rounded(actual: Any, digits: int, of: str) -> tuple[str, list[str]]:
    """The number as it is shown, and what it may be rounded to: a value on the border counts for both sides."""
    if type(actual) not in INTEGERS and type(actual) not in FLOATS:
        fail(of, "a number", describe(actual), number_advice(actual))
    value = float(actual)
    if not math.isfinite(value):
        fail(of, "a finite number", number_text(value))
    border = 1e-6 * 10.0**-digits
    return number_text(actual), list(dict.fromkeys(_canonical(value + by, digits) for by in (0.0, border, -border)))


def _canonical(answer: str | float, digits: int | None) -> str:
    if isinstance(answer, str):
        return answer.strip().upper()
    return f"{round(float(answer), digits or 0) + 0.0:.{digits or 0}f}"


def _keys(salt: bytes, answer: str, length: int) -> tuple[bytes, bytes]:
    """The key stream and the key of the mark by which a line is known. Slow on purpose: numbers can be guessed."""
    secret = hashlib.scrypt(answer.encode(), salt=salt, n=1 << 12, r=8, p=1, dklen=32)
    return hashlib.shake_256(b"text" + secret).digest(length), hashlib.shake_256(b"mark" + secret).digest(32)


def _encrypted(salt: bytes, answer: str, words: bytes) -> bytes:
    stream, mark = _keys(salt, answer, len(words))
    return _mark(mark) + bytes(one ^ other for one, other in zip(words, stream, strict=True))


def _decrypted(key: str, answer: str) -> bytes | None:
    """What the seal says about an answer; None if it knows nothing of it."""
    blob = base64.b85decode("".join(key.split()))
    salt, length, lines = blob[:_SALT], int.from_bytes(blob[_SALT : _SALT + 2], "big"), blob[_SALT + 2 :]
    stream, mark = _keys(salt, answer, length)
    for start in range(0, len(lines), _MARK + length):
        if hmac.compare_digest(lines[start : start + _MARK], _mark(mark)):
            words = lines[start + _MARK : start + _MARK + length]
            return bytes(one ^ other for one, other in zip(words, stream, strict=True)).rstrip(b"\x00") or _RIGHT
    return None


def _mark(key: bytes) -> bytes:
    return hmac.digest(key, b"course quiz", "sha256")[:_MARK]
