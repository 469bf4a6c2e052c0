"""The Titanic as a competition: rows to learn from, rows to predict, and a score for what is handed in.

Kaggle's own test file is not to be had with its answers, so the 891 labelled passengers are split here: 268 of them are
the test. Which they are depends on ``PassengerId`` alone and is the same for the real file and for the stand-in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursekit.data.draws import Stream
from coursekit.data.errors import DataError
from coursekit.data.loading import load

if TYPE_CHECKING:
    import pandas as pd

N_TEST = 268


class WrongSubmission(DataError):
    """A submission cannot be scored: its ids are not those of the test rows."""


@dataclass(frozen=True)
class Competition:
    """What a competitor gets.

    Parameters
    ----------
    train
        623 passengers with ``Survived``, all columns of ``load("titanic")``, row numbers from 0.
    test
        268 passengers without ``Survived``, row numbers from 0.
    sample
        A valid submission, as Kaggle gives one: every woman survives, no man does. The baseline to beat.
    stand_in
        True if the passengers are invented.
    source
        Where they came from, in words.
    """

    train: pd.DataFrame
    test: pd.DataFrame
    sample: pd.DataFrame
    stand_in: bool
    source: str
    _answers: pd.Series = field(repr=False)

    def score(self, submission: pd.DataFrame) -> float:
        """Return the share of test passengers predicted rightly, from 0 to 1.

        Parameters
        ----------
        submission
            Columns ``PassengerId`` and ``Survived``, each test passenger once, in any order. `check.submission` says
            in detail what is wrong with one.

        Raises
        ------
        WrongSubmission
            If the ids are not exactly those of the test rows.
        """
        if sorted(submission["PassengerId"]) != sorted(self._answers.index):
            raise WrongSubmission(
                "The submission's PassengerId are not those of the test rows; hand in each of them exactly once."
            )
        predicted = submission.set_index("PassengerId")["Survived"]
        return float((predicted.reindex(self._answers.index) == self._answers).mean())


def competition(*, quiet: bool = False) -> Competition:
    """Load the Titanic and split it: 623 passengers to learn from, 268 to predict.

    Parameters
    ----------
    quiet
        True prints nothing; otherwise one line says whether these are the real passengers or invented ones.

    Returns
    -------
    Competition
    """
    passengers = load("titanic", quiet=quiet)
    chosen = passengers["PassengerId"].isin(ids_to_predict()).to_numpy()
    train, test = (passengers[rows].reset_index(drop=True) for rows in (~chosen, chosen))
    answers = test.set_index("PassengerId")["Survived"]
    sample = test[["PassengerId"]].assign(Survived=(test["Sex"] == "female").astype("int64"))
    sample.attrs = {}
    about = passengers.attrs
    return Competition(train, test.drop(columns="Survived"), sample, about["stand_in"], about["source"], answers)


def ids_to_predict() -> list[int]:
    """Return the ``PassengerId`` of the 268 test rows, ascending."""
    bits = Stream(6, "titanic/test").bits(range(1, 892)).tolist()
    chosen = sorted(range(1, 892), key=lambda number: bits[number - 1])[:N_TEST]
    return sorted(chosen)
