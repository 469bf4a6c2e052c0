"""The sets that ship with the libraries: rows, columns, types and values, each against the library itself."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
import pytest

from coursekit.data import LibraryMissing, load, registry

# name: rows, columns beside the index, numeric kinds that occur (i whole, f real, O text), the first column
TABLES = {
    "co2": (2284, 1, "f", "co2"),
    "sunspots": (309, 2, "if", "year"),
    "randhie": (20190, 10, "if", "mdvis"),
    "elnino": (61, 13, "if", "year"),
    "longley": (16, 7, "if", "year"),
    "engel": (235, 2, "f", "income"),
    "digits": (1797, 65, "if", "pixel_0_0"),
    "diabetes": (442, 11, "f", "age"),
    "breast_cancer": (569, 31, "fO", "mean_radius"),
    "wine": (178, 14, "if", "alcohol"),
    "iris": (150, 5, "fO", "sepal_length_cm"),
}


def test_this_file_tries_every_library_set() -> None:
    """A set registered tomorrow must be tried here as well."""
    shipped = {name for name, entry in registry().items() if entry.loader is not None}
    assert shipped == {*TABLES, "china", "flower"}


@pytest.mark.parametrize(("name", "promise"), TABLES.items(), ids=TABLES)
def test_table(name: str, promise: tuple[int, int, str, str]) -> None:
    """Rows, columns and types are as stated here, and the attributes say what the table is."""
    rows, n_columns, kinds, first = promise
    table = load(name, quiet=True)
    assert type(table) is pd.DataFrame
    assert table.shape == (rows, n_columns)
    assert table.columns[0] == first
    assert {dtype.kind for dtype in table.dtypes} == set(kinds)
    assert table.attrs["name"] == name
    assert table.attrs["source"] in ("shipped with statsmodels", "shipped with scikit-learn")
    assert table.attrs["stand_in"] is False
    assert table.attrs["target"] in (None, *table.columns)


@pytest.mark.parametrize("name", ["china", "flower"])
def test_photograph(name: str) -> None:
    """A photograph is a writable uint8 array with red, green and blue, equal to the library's."""
    image = load(name, quiet=True)
    assert type(image) is np.ndarray
    assert (image.shape, image.dtype) == ((427, 640, 3), np.uint8)
    assert image.flags.writeable
    assert image.flags.owndata
    np.testing.assert_array_equal(image, import_module("sklearn.datasets").load_sample_image(f"{name}.jpg"))


def test_co2_is_weekly_with_gaps() -> None:
    """The index is a weekly `date`; 59 weeks are missing; the values are the library's."""
    table = load("co2", quiet=True)
    assert table.index.name == "date"
    assert table.index.freqstr == "W-SAT"
    assert (table.index[0], table.index[-1]) == (pd.Timestamp("1958-03-29"), pd.Timestamp("2001-12-29"))
    assert table["co2"].isna().sum() == 59
    original = import_module("statsmodels.datasets.co2").load_pandas().data["co2"]
    np.testing.assert_array_equal(table["co2"].to_numpy(), original.to_numpy())


@pytest.mark.parametrize("name", ["sunspots", "randhie", "elnino", "longley", "engel"])
def test_values_are_those_of_statsmodels(name: str) -> None:
    """Renaming and reordering change no number."""
    original = import_module(f"statsmodels.datasets.{name}").load_pandas().data.rename(columns=registry()[name].rename)
    table = load(name, quiet=True)
    assert set(table.columns) == set(original.columns)
    for column in table:
        np.testing.assert_array_equal(table[column].to_numpy(dtype=float), original[column].to_numpy(dtype=float))


@pytest.mark.parametrize("name", ["digits", "diabetes", "breast_cancer", "wine", "iris"])
def test_values_are_those_of_scikit_learn(name: str) -> None:
    """The features are the library's, in its order; the target is its target, with classes spelt out."""
    options: dict[str, Any] = {"scaled": False} if name == "diabetes" else {}
    original = getattr(import_module("sklearn.datasets"), f"load_{name}")(**options)
    table = load(name, quiet=True)
    target = table.pop(table.attrs["target"])
    np.testing.assert_array_equal(table.to_numpy(), original.data)
    spelt_out = registry()[name].labels
    wanted = original.target_names[original.target] if spelt_out else original.target
    np.testing.assert_array_equal(target.to_numpy(), wanted)


def test_digits_fold_into_images() -> None:
    """The pixel columns are in reading order, so that a row reshapes into its picture."""
    table = load("digits", quiet=True)
    pictures = table.drop(columns="digit").to_numpy().reshape(-1, 8, 8)
    np.testing.assert_array_equal(pictures, import_module("sklearn.datasets").load_digits().images)


def test_diabetes_is_in_its_own_units() -> None:
    """Ages are years, not the library's standardised numbers."""
    ages = load("diabetes", quiet=True)["age"]
    assert ages.between(18, 80).all()


@pytest.mark.parametrize("name", ["co2", "digits"])
def test_a_changed_table_does_not_reach_the_next_call(name: str) -> None:
    """Writing into values, columns, index and attributes stays with who did it."""
    first, untouched = load(name, quiet=True), load(name, quiet=True)
    first.iloc[:, 0] = -1.0
    first["extra"] = 1
    first.attrs["title"] = "mine"
    first.index = range(len(first))
    pd.testing.assert_frame_equal(load(name, quiet=True), untouched)
    assert load(name, quiet=True).attrs["title"] == registry()[name].title


def test_a_changed_image_does_not_reach_the_next_call() -> None:
    """Two calls share no memory."""
    first, second = load("flower", quiet=True), load("flower", quiet=True)
    assert not np.shares_memory(first, second)
    first[:] = 0
    assert load("flower", quiet=True).any()


@pytest.mark.parametrize(
    ("name", "blocked", "package"),
    [("co2", "statsmodels", "statsmodels"), ("iris", "sklearn", "scikit-learn"), ("china", "PIL", "pillow")],
)
def test_an_absent_library_is_named(name: str, blocked: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says which package to install."""

    def refuse(module: str) -> Any:
        if module.startswith(blocked):
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)
        if blocked == "PIL":
            return _WithoutPillow
        return import_module(module)

    monkeypatch.setattr("coursekit.data.library.import_module", refuse)
    with pytest.raises(LibraryMissing, match=rf"{name}.*pip install {package}"):
        load(name)


class _WithoutPillow:
    """scikit-learn as it behaves where Pillow is absent."""

    @staticmethod
    def load_sample_image(name: str) -> None:
        """Refuse as scikit-learn does."""
        raise ImportError("The Python Imaging Library (PIL) is required to load data from jpeg files")
