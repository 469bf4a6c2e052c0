"""A submission is refused for the reasons for which Kaggle refuses it, and each reason is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import check

IDS = [11, 12, 13, 14]
GOOD = pd.DataFrame({"PassengerId": IDS, "Survived": [0, 1, 1, 0]})


def submit(what, **options):
    check.submission(what, **{"ids": IDS} | options)


@pytest.mark.parametrize(
    "frame",
    [
        GOOD,
        GOOD.iloc[::-1],
        GOOD.set_index(pd.Index([3, 3, 3, 3])),
        GOOD.astype({"Survived": "int8", "PassengerId": "int32"}),
        GOOD.astype({"Survived": "Int64"}),
        GOOD.astype({"Survived": "category"}),
        GOOD.assign(Survived=1),
    ],
)
def test_right_submissions_pass(frame, tmp_path):
    submit(frame)
    submit(frame, ids=np.array(IDS))
    submit(frame, ids=pd.Series(IDS))
    path = tmp_path / "submission.csv"
    frame.to_csv(path, index=False)
    submit(path)
    submit(str(path))


WRONG = [
    (GOOD.rename(columns={"Survived": "survived"}), ["PassengerId,Survived", "capitals"]),
    (GOOD.rename(columns={"Survived": "Prediction"}), ["'Survived'", "is missing"]),
    (GOOD[["Survived", "PassengerId"]], ["the id comes first"]),
    (GOOD.assign(Pclass=3), ["'Pclass'", "as well"]),
    (GOOD.drop(columns="Survived"), ["'Survived' is missing"]),
    (GOOD.iloc[:3], ["4 rows", "3", "id 14 is missing"]),
    (GOOD.iloc[:0], ["4 rows", "id 11 is missing"]),
    (pd.concat([GOOD, GOOD.iloc[:1]]), ["each id once", "11"]),
    (GOOD.assign(PassengerId=[11, 12, 13, 13]), ["each id once", "13"]),
    (GOOD.assign(PassengerId=[11, 12, 13, 99]), ["unknown", "99"]),
    (GOOD.assign(PassengerId=[1, 2, 3, 4]), ["4 unknown ids", "other rows"]),
    (pd.concat([GOOD, pd.DataFrame({"PassengerId": [99], "Survived": [0]})]), ["5", "99", "no id"]),
    (GOOD.assign(PassengerId=["11", "12", "13", "x"]), ["whole numbers", "row 0"]),
    (GOOD.assign(PassengerId=[11, 12, 13, None]), ["whole numbers"]),
    (GOOD.assign(Survived=[0.0, 1.0, 1.0, 0.0]), ["0.0", ".astype(int)"]),
    (GOOD.assign(Survived=[0, 0.7, 1, 0]), ["probability"]),
    (GOOD.assign(Survived=[0, 1, None, 0]), ["1 missing value"]),
    (GOOD.assign(Survived=pd.array([0, 1, None, None], dtype="Int64")), ["2 missing values"]),
    (GOOD.assign(Survived=[0, 1, 2, 0]), ["0 or 1", "2", "row 2"]),
    (GOOD.assign(Survived=[0, 1, -1, 0]), ["-1"]),
    (GOOD.assign(Survived=[0, 1, 1.5, 0]), ["1.5", "row 2"]),
    (GOOD.assign(Survived=[False, True, True, False]), [".astype(int)", "True"]),
    (GOOD.assign(Survived=["0", "1", "1", "no"]), ["texts"]),
]


@pytest.mark.parametrize(("frame", "words"), WRONG, ids=[" ".join(words) for _, words in WRONG])
def test_a_wrong_table_is_refused(frame, words, says):
    says(words, submit, frame)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.to_csv(), ["row numbers", "index=False"]),
        (GOOD.reset_index().to_csv(index=False), ["row numbers", "index=False"]),
        (GOOD.to_csv(index=False, header=False), ["PassengerId"]),
        (GOOD.to_csv(index=False, sep=";"), ["PassengerId,Survived"]),
        (GOOD.assign(Survived=[0.0, 1.0, 1.0, 0.0]).to_csv(index=False), ["0.0", ".astype(int)"]),
        (GOOD.assign(Survived=[0, 1, None, 0]).to_csv(index=False), ["1 missing value"]),
        (GOOD.assign(Survived=[True] * 4).to_csv(index=False), ["'True'"]),
        (GOOD.iloc[:3].to_csv(index=False), ["id 14 is missing"]),
        ("PassengerId,Survived\n11,0\n12,1,1\n", ["3 fields in line 3"]),
        ("PassengerId,Survived\n11,nan\n12,1\n13,1\n14,0\n", ["missing"]),
        ("PassengerId,Survived\n11.0,1\n12,1\n13,1\n14,0\n", ["whole numbers", "11.0"]),
        ("", ["an empty file"]),
    ],
)
def test_a_wrong_file_is_refused(text, words, says, tmp_path):
    path = tmp_path / "submission.csv"
    path.write_text(text)
    says(words, submit, path)


def test_files_that_are_none(says, tmp_path):
    says("No such file", submit, tmp_path / "none.csv")
    (tmp_path / "image.csv").write_bytes(b"\x89PNG\xff\xfe\x00")
    says("UTF-8", submit, tmp_path / "image.csv")
    says("cannot be read", submit, "a\0b")
    says("a csv file", submit, tmp_path)


@pytest.mark.parametrize("value", [None, [0, 1, 1, 0], GOOD["Survived"], GOOD.to_numpy(), 5, pd.DataFrame])
def test_other_things_are_refused(value, says):
    says("a pandas DataFrame", submit, value)


def test_an_id_as_index_is_explained(says):
    says(".reset_index()", submit, GOOD.set_index("PassengerId"))


def test_impostors_are_refused(says):
    class Frame(pd.DataFrame):
        """Calls itself a table."""

    says("a pandas DataFrame", submit, Frame(GOOD))

    class AlwaysIn(int):
        def __eq__(self, other):
            return True

        __hash__ = int.__hash__

    says("", submit, GOOD.assign(Survived=pd.Series([AlwaysIn(9)] * 4, dtype=object)))


def test_real_valued_targets(says):
    prices = pd.DataFrame({"Id": ["a", "b"], "SalePrice": [1.5, 2]})
    options = {"ids": ["a", "b"], "id_column": "Id", "target": "SalePrice", "allowed": None}
    check.submission(prices, **options)
    says("finite", check.submission, prices.assign(SalePrice=[1.5, np.inf]), **options)


@given(st.permutations(IDS), st.lists(st.sampled_from([0, 1]), min_size=4, max_size=4))
def test_any_order_of_rows_passes(ids, values):
    submit(pd.DataFrame({"PassengerId": ids, "Survived": values}))


@given(st.lists(st.integers(0, 30), max_size=8))
def test_only_the_given_ids_pass(ids):
    frame = pd.DataFrame({"PassengerId": np.array(ids, dtype=int), "Survived": np.zeros(len(ids), dtype=int)})
    if sorted(ids) == IDS:
        submit(frame)
    else:
        with pytest.raises(check.CheckFailed):
            submit(frame)
