"""The real files, through COURSE_DATA_MIRROR."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coursekit.data import load, registry

# name: rows, columns, columns with gaps and how many
TABLES: dict[str, tuple[int, int, dict[str, int]]] = {
    "titanic": (891, 12, {"Age": 177, "Cabin": 687, "Embarked": 2}),
    "california_housing": (20640, 10, {"total_bedrooms": 207}),
    "penguins": (
        344,
        7,
        {"bill_length_mm": 2, "bill_depth_mm": 2, "flipper_length_mm": 2, "body_mass_g": 2, "sex": 11},
    ),
    "nyc_taxis": (
        6433,
        14,
        {"payment": 44, "pickup_zone": 26, "dropoff_zone": 45, "pickup_borough": 26, "dropoff_borough": 45},
    ),
    "rt_polarity_pos": (5331, 1, {}),
    "rt_polarity_neg": (5331, 1, {}),
    "rotten_tomatoes": (10662, 2, {}),
}


def test_this_file_tries_every_published_set() -> None:
    """A set registered tomorrow must be tried here as well."""
    published = {name for name, entry in registry().items() if entry.loader is None and not entry.bundled}
    assert published == {*TABLES, "house_prices", "tinyshakespeare"}


@pytest.mark.parametrize(("name", "promise"), TABLES.items(), ids=TABLES)
def test_table(name: str, promise: tuple[int, int, dict[str, int]], real_mirror: Path, cache: Path) -> None:
    """Shape and gaps are those of the file; the mirror is read in place, and the source is said without a path."""
    rows, n_columns, gaps = promise
    table = load(name, quiet=True)
    assert table.shape == (rows, n_columns)
    missing = table.isna().sum()
    assert missing[missing > 0].to_dict() == gaps
    assert table.attrs["source"] == "from the mirror folder"
    assert not cache.exists()


def test_house_prices(real_mirror: Path) -> None:
    """The empty first line is passed over, ? is a gap, quotes are gone, and the category None stays a text."""
    table = load("house_prices", quiet=True)
    assert table.shape == (1460, 81)
    assert not (table == "?").any().any()
    assert table["Alley"].isna().sum() == 1369
    assert table["LotFrontage"].dtype == np.float64
    assert set(table["MSZoning"]) == {"C (all)", "FV", "RH", "RL", "RM"}
    assert (table["MasVnrType"] == "None").sum() == 864
    assert table["SalePrice"].dtype == np.int64


def test_taxis_have_times(real_mirror: Path) -> None:
    """Dates are dates."""
    table = load("nyc_taxis", quiet=True)
    assert pd.api.types.is_datetime64_any_dtype(table["pickup"])
    assert (table["dropoff"] >= table["pickup"]).all()


def test_rotten_tomatoes_is_its_parts(real_mirror: Path) -> None:
    """Positive sentences first, then negative ones, each as in its own set."""
    table = load("rotten_tomatoes", quiet=True)
    assert table["positive"].sum() == 5331
    assert table.index.tolist() == list(range(10662))
    for label, part in [(1, "rt_polarity_pos"), (0, "rt_polarity_neg")]:
        own = table.loc[table["positive"] == label, "sentence"].tolist()
        assert own == load(part, quiet=True)["sentence"].tolist()
        assert all(sentence == sentence.strip() != "" for sentence in own)


def test_tinyshakespeare(real_mirror: Path) -> None:
    """The text is whole."""
    text = load("tinyshakespeare", quiet=True)
    assert type(text) is str
    assert len(text) == 1_115_394
    assert text.startswith("First Citizen:\nBefore we proceed")
    assert text.count("\n") == 40_000


def test_a_changed_table_does_not_reach_the_next_call(real_mirror: Path) -> None:
    """Writing into a file's table stays with who did it."""
    first, untouched = load("penguins", quiet=True), load("penguins", quiet=True)
    first.loc[:, "species"] = "Emperor"
    pd.testing.assert_frame_equal(load("penguins", quiet=True), untouched)


def test_the_registry_agrees_with_the_manifest(real_mirror: Path) -> None:
    """Address, digest, size and rows are those that came with the files, and no file was forgotten."""
    path = real_mirror / "MANIFEST.toml"
    if not path.is_file():
        pytest.skip("this mirror has no MANIFEST.toml to compare with")
    manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    registered = {entry.file: entry for entry in registry().values() if entry.file is not None}
    assert set(manifest) <= set(registered)
    for file, promise in manifest.items():
        entry = registered[file]
        assert (entry.url, entry.sha256, entry.bytes, entry.rows) == tuple(
            promise[key] for key in ("url", "sha256", "bytes", "rows")
        )
        if "download only" in promise["licence"]:
            assert "download only" in entry.licence
            assert not entry.bundled
