"""The shop on disk: what is written is what is simulated, for every reader, in bounded memory."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest

from coursekit.data import shop
from coursekit.data.shop.__main__ import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "warehouse"
    shop.write(path, 3_000, seed=2, drift=0.3, chunk_orders=1_100)
    return path


@pytest.fixture(scope="module")
def made() -> shop.Shop:
    return shop.simulate(3_000, seed=2, drift=0.3)


def test_the_files(folder: Path) -> None:
    parts = {name: sorted(path.name for path in (folder / name).iterdir()) for name in shop.TABLES}
    three = [f"part-{number:05d}.parquet" for number in range(3)]
    assert parts.pop("products") == parts.pop("prices") == three[:1]
    assert set(map(tuple, parts.values())) == {tuple(three)}
    assert sorted(path.name for path in folder.iterdir()) == sorted([*shop.TABLES, "_truth"])


@pytest.mark.parametrize("name", shop.TABLES)
def test_duckdb_reads_the_simulated_rows(folder: Path, made: shop.Shop, name: str) -> None:
    """Values, gaps and order; types are plain ones."""
    import duckdb

    with duckdb.connect() as warehouse:
        warehouse.execute("SET TimeZone = 'UTC'")
        read = warehouse.sql(f"SELECT * FROM '{folder}/{name}/*.parquet'")
        types = dict(zip(read.columns, map(str, read.types), strict=True))
        table = read.df()
    simple = {"BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN", "TIMESTAMP WITH TIME ZONE"}
    assert set(types.values()) <= simple
    wanted = made.tables[name]
    table = table.astype({column: wanted[column].dtype for column in table})
    assert shop.digest(table) == shop.digest(wanted)


def test_pandas_reads_the_simulated_rows(folder: Path, made: shop.Shop) -> None:
    """Texts are texts, and moments are microseconds in UTC, without help."""
    back = pd.read_parquet(folder / "orders")
    assert str(back["ordered_at"].dtype) == "datetime64[us, UTC]"
    assert back["channel"].dtype == made.orders["channel"].dtype
    assert shop.digest(back) == shop.digest(made.orders)


def test_missing_prices_are_null_and_not_nan(folder: Path, made: shop.Shop) -> None:
    import duckdb

    query = f"SELECT count(*) FROM '{folder}/order_lines/*.parquet' WHERE unit_price_eur IS NULL"
    with duckdb.connect() as warehouse:
        found = warehouse.execute(query).fetchall()
    assert found == [(made.order_lines["unit_price_eur"].isna().sum(),)]


def test_the_truth_lies_apart(folder: Path, made: shop.Shop) -> None:
    assert json.loads((folder / "_truth" / "truth.json").read_text()) == json.loads(made.truth.to_json())
    log = pd.read_parquet(folder / "_truth" / "faults")
    keys = list(log.columns)
    assert keys == list(made.truth.faults.columns)
    pd.testing.assert_frame_equal(
        log.sort_values(keys, ignore_index=True), made.truth.faults.sort_values(keys, ignore_index=True)
    )


def test_an_earlier_shop_is_not_mixed_with_a_new_one(folder: Path) -> None:
    with pytest.raises(FileExistsError, match="another shop; choose an empty folder"):
        shop.write(folder, 100)


def test_some_tables_only(tmp_path: Path) -> None:
    truth = shop.write(tmp_path, 500, tables=["products", "sessions"], chunk_orders=200)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["_truth", "products", "sessions"]
    assert set(truth.rows) == {"products", "sessions"}
    assert truth.faults is None
    shop.write(tmp_path / "fixed", 500, tables=["products"], chunk_orders=200)
    assert len(pd.read_parquet(tmp_path / "fixed" / "products")) == 240


def test_memory_does_not_grow_with_the_number_of_orders() -> None:
    """Python's and NumPy's peak for eight times as many orders in pieces of one size stays the same."""

    def peak(n_orders: int) -> float:
        tracemalloc.start()
        for piece in shop.chunks(n_orders, chunk_orders=2_500):
            del piece
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(2_500)  # imports and caches
    assert peak(20_000) < 1.25 * peak(5_000)


def test_the_command_says_how_much_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path / "out"), "400", "150"])
    said = capsys.readouterr().out
    assert "rows in" in said
    assert "MiB" in said
    assert len(list((tmp_path / "out" / "orders").iterdir())) == 3
    for wrong in ([], ["a", "b"], ["a", "1", "2", "3"]):
        with pytest.raises(SystemExit, match="usage"):
            main(wrong)
