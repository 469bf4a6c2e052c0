"""The Titanic stand-in, its competition, and that both hold for the real file as well."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coursekit import check
from coursekit.data import load, registry, titanic
from coursekit.data.standins.titanic import CELLS, passengers

# A change of these bytes changes every number that a learner gets offline: do it on purpose only.
DIGEST = "525131d3ab37747b6ba52413263c75f19157796b2c18674abdf9a0d190bb63c7"


@pytest.fixture(params=["stand-in", "mirror"])
def source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which a learner may come by the passengers."""
    if request.param == "mirror":
        request.getfixturevalue("real_mirror")
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    return request.param


@pytest.fixture(scope="module")
def made() -> pd.DataFrame:
    """The stand-in."""
    return passengers()


def test_load_says_which_it_used(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    table = load("titanic")
    said = capsys.readouterr().out
    assert table.attrs["stand_in"] is (source == "stand-in")
    assert ("STAND-IN" in said) is (source == "stand-in")
    assert ("from the mirror folder" in said) is (source == "mirror")


def test_columns_types_gaps_and_rows(source: str) -> None:
    """Both have the registry's columns, pandas' own types, and the same number of gaps."""
    table = load("titanic", quiet=True)
    assert list(table.columns) == [column.name for column in registry()["titanic"].columns]
    kinds = {"integer": "i", "real": "f", "text": "O"}
    assert [dtype.kind for dtype in table.dtypes] == [kinds[column.type] for column in registry()["titanic"].columns]
    assert len(table) == 891
    missing = table.isna().sum()
    assert missing[missing > 0].to_dict() == {"Age": 177, "Cabin": 687, "Embarked": 2}
    assert table["PassengerId"].tolist() == list(range(1, 892))


def test_the_dtypes_of_both_agree(real_mirror: Path, made: pd.DataFrame) -> None:
    assert load("titanic", quiet=True).dtypes.equals(made.dtypes)


def test_survival_by_class_and_sex_is_that_of_the_record(source: str) -> None:
    """Passengers and survivors, in both."""
    table = load("titanic", quiet=True)
    for (pclass, sex), group in table.groupby(["Pclass", "Sex"]):
        cells = [counts for cell, counts in CELLS.items() if cell[:2] == (pclass, sex)]
        assert (len(group), group["Survived"].sum()) == tuple(map(sum, zip(*cells, strict=True)))


def test_ports_and_cabins_by_class_are_those_of_the_record(source: str) -> None:
    table = load("titanic", quiet=True)
    assert table.groupby("Pclass")["Cabin"].count().to_dict() == {1: 176, 2: 16, 3: 12}
    ports = table.groupby(["Pclass", "Embarked"]).size().to_dict()
    assert ports == {(1, "C"): 85, (1, "Q"): 2, (1, "S"): 127, (2, "C"): 17, (2, "Q"): 3, (2, "S"): 164, (3, "C"): 66,
                     (3, "Q"): 72, (3, "S"): 353}  # fmt: skip
    assert set(table.loc[table["Embarked"].isna(), "Sex"]) == {"female"}


def test_the_stand_in_is_the_same_everywhere(made: pd.DataFrame) -> None:
    """Pinned bytes, and the same bytes with another hash seed in another process."""
    assert hashlib.sha256(made.to_csv(index=False, lineterminator="\n").encode()).hexdigest() == DIGEST
    code = (
        "import hashlib; from coursekit.data.standins.titanic import passengers\n"
        "print(hashlib.sha256(passengers().to_csv(index=False, lineterminator='\\n').encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert done.stdout.strip() == DIGEST


def test_nobody_is_copied_from_the_record(real_mirror: Path, made: pd.DataFrame) -> None:
    """No name and no ticket of the real list stands in the invented one."""
    real = load("titanic", quiet=True)
    assert not set(real["Name"]) & set(made["Name"])
    assert not set(real["Ticket"]) & set(made["Ticket"])


def test_children_survive_as_the_record_says(made: pd.DataFrame) -> None:
    """Boys called Master in third class keep their count even where the age is missing."""
    young = made[made["Age"] < 16]
    for (pclass, sex), group in young.groupby(["Pclass", "Sex"]):
        n, survivors = CELLS[pclass, sex, True]
        gone = n - len(group)
        assert 0 <= gone <= (4 if (pclass, sex) == (3, "male") else 0)
        assert survivors - gone <= group["Survived"].sum() <= survivors


def test_titles_agree_with_sex_age_and_marriage(made: pd.DataFrame) -> None:
    title = made["Name"].str.extract(r"^[A-Z][a-z]+, ([^.]+)\. [A-Z]", expand=False)
    assert title.notna().all()
    assert made["Name"].is_unique
    assert set(made.loc[title.isin(["Mr", "Master", "Rev", "Col", "Major", "Capt", "Sir"]), "Sex"]) == {"male"}
    assert set(made.loc[title.isin(["Mrs", "Miss", "Mlle", "Ms"]), "Sex"]) == {"female"}
    assert (made.loc[title == "Master", "Age"].dropna() < 13).all()
    assert (made.loc[title.isin(["Mr", "Mrs"]), "Age"].dropna() >= 13).all()
    assert made.loc[title == "Mrs", "Name"].str.contains(r"\(\w+").all()
    assert (title == "Master").sum() >= 30


def test_a_family_shares_surname_ticket_fare_port_and_class(made: pd.DataFrame) -> None:
    """People on one ticket paid one fare from one port; relatives among them have one surname."""
    for column in ("Fare", "Pclass"):
        assert made[["Ticket", column]].drop_duplicates()["Ticket"].is_unique
    assert made[["Ticket", "Embarked"]].drop_duplicates()["Ticket"].is_unique
    relatives = made[(made["SibSp"] + made["Parch"]) > 0]
    surnames = relatives.assign(surname=relatives["Name"].str.split(",").str[0])
    assert surnames[["Ticket", "surname"]].drop_duplicates()["Ticket"].is_unique
    sizes = relatives.groupby("Ticket").size()
    assert (sizes <= relatives.groupby("Ticket")[["SibSp", "Parch"]].max().sum(axis=1) + 1).all()
    assert (sizes > 1).sum() > 50


def test_parents_are_older_than_their_children(made: pd.DataFrame) -> None:
    families = made[(made["Parch"] > 0) & made["Age"].notna()]
    for _, family in families.groupby("Ticket"):
        mothers = family[family["Name"].str.contains("Mrs.", regex=False)]
        children = family[family["Age"] < 16]
        if len(mothers) and len(children):
            assert mothers["Age"].min() >= children["Age"].max() + 17


def test_fares_are_by_class_and_some_travel_free(made: pd.DataFrame) -> None:
    medians = made.groupby("Pclass")["Fare"].median()
    assert medians[1] > 2 * medians[2] > 3 * medians[3]
    free = made[made["Fare"] == 0]
    assert len(free) == 15
    assert set(free["Sex"]) == {"male"}


def test_the_split_is_a_competition(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    """623 rows to learn from, 268 without the answer, no row in both; the ids are the same for both sources."""
    contest = titanic.competition()
    assert contest.stand_in is (source == "stand-in")
    assert "titanic:" in capsys.readouterr().out
    assert (len(contest.train), len(contest.test)) == (623, 268)
    assert "Survived" not in contest.test
    assert contest.test["PassengerId"].tolist() == titanic.ids_to_predict()
    assert sorted([*contest.train["PassengerId"], *contest.test["PassengerId"]]) == list(range(1, 892))
    assert 0.33 < contest.train["Survived"].mean() < 0.44


def test_the_sex_only_baseline_can_be_beaten(source: str) -> None:
    """A rule with class, title and family, all learnt from the training rows by counting, scores higher."""
    contest = titanic.competition(quiet=True)
    check.submission(contest.sample, ids=titanic.ids_to_predict())
    baseline = contest.score(contest.sample)
    assert 0.74 < baseline < 0.82

    def groups(table: pd.DataFrame) -> pd.Series:
        kind = np.where(table["Name"].str.contains("Master."), "boy", table["Sex"])
        large = (table["SibSp"] + table["Parch"]) >= 4
        return pd.Series([f"{a}/{b}/{c}" for a, b, c in zip(kind, table["Pclass"] == 3, large, strict=True)])

    rate = contest.train["Survived"].groupby(groups(contest.train)).mean()
    predicted = (groups(contest.test).map(rate).fillna(0) > 0.5).astype(int)
    assert contest.score(contest.test[["PassengerId"]].assign(Survived=predicted)) > baseline


def test_a_perfect_and_an_unscorable_submission(source: str) -> None:
    contest = titanic.competition(quiet=True)
    truth = load("titanic", quiet=True).set_index("PassengerId")["Survived"]
    perfect = contest.test[["PassengerId"]].assign(Survived=contest.test["PassengerId"].map(truth))
    assert contest.score(perfect.iloc[::-1]) == 1.0
    assert contest.score(perfect.assign(Survived=1 - perfect["Survived"])) == 0.0
    for wrong in (perfect.iloc[1:], pd.concat([perfect, perfect.iloc[:1]])):
        with pytest.raises(titanic.WrongSubmission, match="each of them exactly once"):
            contest.score(wrong)
