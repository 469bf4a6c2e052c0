"""Each planted fault is there, in exactly the rows that the truth names, and nowhere else."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from coursekit.data import shop
from coursekit.data.shop.faults import ORPHANS_FROM, PLAN, misspellings

MANY = shop.Faults(
    duplicate=0.03, near_duplicate=0.03, missing=0.04, late=0.03, outlier=0.03, category=0.04, orphan=0.02,
    negative=0.03, clock=0.03, money_text=0.05, id_text=0.05, date_format=0.06, offset=0.05,
)  # fmt: skip
KEYS = {"prices": 2, "order_lines": 2, "returns": 2, "ratings": 2}  # columns that name a row; else the first


@pytest.fixture(scope="module")
def spoilt() -> shop.Shop:
    return shop.simulate(2_500, seed=6, faults=MANY)


@pytest.fixture(scope="module")
def clean() -> shop.Shop:
    return shop.simulate(2_500, seed=6, faults=False)


def _named(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The table, indexed by what names its rows."""
    return table.set_index(list(table.columns[: KEYS.get(name, 1)]), drop=False)


def _rows(log: pd.DataFrame, name: str) -> list:
    """What the log's rows are called in a clean table."""
    return list(zip(log["key"], log["line_no"], strict=True)) if name in KEYS else log["key"].tolist()


def _aligned(spoilt: shop.Shop, clean: shop.Shop, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The faulty table without its copies, and the clean one: the same rows in the same order."""
    log = spoilt.truth.faults
    twice = set(_rows(log[(log["table"] == name) & log["kind"].str.contains("duplicate")], name))
    right = _named(clean.tables[name], name)
    names = [key for key in right.index for _ in range(2 if key in twice else 1)]
    first = ~pd.Index(names).duplicated()
    faulty = spoilt.tables[name]
    assert len(faulty) == len(names)
    return faulty[first].set_axis(right.index), right


@pytest.mark.parametrize("name", shop.TABLES)
def test_cells_differ_exactly_where_the_log_says(spoilt: shop.Shop, clean: shop.Shop, name: str) -> None:
    faulty, right = _aligned(spoilt, clean, name)
    log = spoilt.truth.faults
    for column in right.columns:
        one, other = faulty[column], right[column]
        differs = (one.isna() != other.isna()) | (one.notna() & other.notna() & (one != other).fillna(False))
        logged = log[(log["table"] == name) & (log["column"] == column)]
        assert sorted(right.index[differs.to_numpy(dtype=bool)]) == sorted(_rows(logged, name)), column


@pytest.mark.parametrize("name", PLAN)
def test_counts_and_rates(spoilt: shop.Shop, clean: shop.Shop, name: str) -> None:
    """The counts are those of the log; every kind that can hit the table does, about as often as asked."""
    log = spoilt.truth.faults[spoilt.truth.faults["table"] == name]
    counted = log.groupby(["table", "kind", "column"]).size().to_dict()
    assert counted == {key: n for key, n in spoilt.truth.fault_counts.items() if key[0] == name}
    n = len(clean.tables[name])
    for kind, column in PLAN[name]:
        if column == "stars":
            n = clean.ratings["stars"].notna().sum()
        wanted = getattr(MANY, kind) * n
        assert abs(counted[name, kind, column] - wanted) < 4.5 * wanted**0.5 + 1, (kind, column)
    assert not log.duplicated(["key", "line_no"]).any()


def test_duplicates_are_whole_rows_right_behind(spoilt: shop.Shop) -> None:
    for name in PLAN:
        table = spoilt.tables[name]
        again = table.eq(table.shift()).fillna(False) | (table.isna() & table.shift().isna())
        assert again.all(axis=1).sum() == spoilt.truth.fault_counts[name, "duplicate", ""], name


def test_near_duplicates_are_the_same_order_later(spoilt: shop.Shop) -> None:
    orders = spoilt.orders
    copies = orders[orders["order_id"].duplicated() & ~orders.duplicated()]
    assert len(copies) == spoilt.truth.fault_counts["orders", "near_duplicate", ""]
    assert set(copies["status"]) == {"cancelled"}
    first = orders.drop_duplicates("order_id").set_index("order_id").loc[copies["order_id"]]
    wait = copies["loaded_at"].to_numpy() - first["loaded_at"].to_numpy()
    assert ((wait >= pd.Timedelta("1D")) & (wait < pd.Timedelta("3D"))).all()


def test_what_the_faults_look_like(spoilt: shop.Shop, clean: shop.Shop) -> None:
    def hit(name: str, kind: str, column: str) -> tuple[pd.Series, pd.Series]:
        faulty, right = _aligned(spoilt, clean, name)
        log = spoilt.truth.faults.query("table == @name and kind == @kind and column == @column")
        rows = _rows(log, name)
        return faulty.loc[rows, column], right.loc[rows, column]

    late, loaded = hit("orders", "late", "loaded_at")
    assert ((late - loaded).dt.days.between(2, 19)).all()
    ahead, placed = hit("orders", "clock", "ordered_at")
    assert ((ahead - placed) == pd.Timedelta("1h")).all()
    price, right = hit("order_lines", "outlier", "unit_price_eur")
    assert (price / right - 100).abs().max() < 1e-9
    stars, right = hit("ratings", "outlier", "stars")
    assert (stars == right * 10).all()
    views, right = hit("sessions", "outlier", "page_views")
    assert (views == right * 1_000).all()
    quantity, right = hit("order_lines", "negative", "quantity")
    assert (quantity == -right).all()
    for name, column in (("orders", "customer_id"), ("order_lines", "product_id"), ("returns", "order_id")):
        assert (hit(name, "orphan", column)[0] >= ORPHANS_FROM).all()
    for name, column in (("customers", "country"), ("orders", "channel"), ("returns", "reason")):
        forms, labels = hit(name, "category", column)
        assert all(form in misspellings(label) for form, label in zip(forms, labels, strict=True))
        assert forms.nunique() > 4
    for name, column in (("order_lines", "unit_price_eur"), ("customers", "birth_year"), ("orders", "payment")):
        assert hit(name, "missing", column)[0].isna().all()


def test_late_and_clock_faults_can_be_seen(spoilt: shop.Shop) -> None:
    """loaded_at less ordered_at tells both apart from the rest."""
    wait = (spoilt.orders["loaded_at"] - spoilt.orders["ordered_at"]).dt.total_seconds()
    counts = spoilt.truth.fault_counts
    assert (wait < 0).sum() == counts["orders", "clock", "ordered_at"]
    assert (wait > 86_400).sum() == counts["orders", "late", "loaded_at"] + counts["orders", "near_duplicate", ""]


def test_the_usual_faults_are_all_there() -> None:
    made = shop.simulate(10_000)
    assert set(made.truth.fault_counts) == {(name, *entry) for name, plan in PLAN.items() for entry in plan}


def test_without_faults_there_are_none(clean: shop.Shop) -> None:
    assert clean.truth.fault_counts == {}
    assert len(clean.truth.faults) == 0
    assert list(clean.truth.faults.columns) == ["kind", "table", "column", "key", "line_no"]
    for name in shop.TABLES:
        assert len(clean.raw_faults(name)) == 0


def test_one_kind_alone(clean: shop.Shop) -> None:
    faults = shop.Faults(**{**vars(shop.Faults.none()), "negative": 0.05})
    made = shop.simulate(2_500, seed=6, faults=faults)
    assert set(made.truth.fault_counts) == {("order_lines", "negative", "quantity")}
    assert shop.digest(made.orders) == shop.digest(clean.orders)


def _read(cell: str, kind: str) -> object:
    """Understand a cell of a raw table as a careful reader would."""
    if cell == "":
        return None
    if kind == "id":
        return int(cell.strip(" #"))
    if kind == "money":
        cell = cell.removesuffix(" EUR").removesuffix(" €").removeprefix("€")
        return float(cell.replace(".", "").replace(",", ".") if "," in cell else cell)
    if cell[2] == ".":
        return pd.to_datetime(cell, format="%d.%m.%Y %H:%M:%S").tz_localize("UTC")
    return pd.Timestamp(cell).tz_convert("UTC")


@pytest.mark.parametrize("name", shop.TABLES)
def test_raw_text_means_the_typed_table(spoilt: shop.Shop, name: str) -> None:
    """Every form can be understood without doubt, and then it is the value of the typed table."""
    typed, raw = spoilt.tables[name].head(800), spoilt.raw(name).head(800)
    assert list(raw.columns) == list(typed.columns)
    for column in typed.columns:
        values = typed[column]
        kind = "id" if column.endswith("_id") else "money" if column.endswith("_eur") else "time"
        if values.dtype.kind == "b":
            assert raw[column].map({"true": True, "false": False}).tolist() == values.tolist()
        elif kind != "time" or values.dtype.kind == "M":
            read = pd.Series([_read(cell, kind) for cell in raw[column]], dtype=values.dtype)
            pd.testing.assert_series_equal(read, values, check_names=False)
        else:
            wanted = ["" if pd.isna(value) else str(value) for value in values]
            assert raw[column].tolist() == wanted


@pytest.mark.parametrize("name", ["orders", "order_lines", "returns", "customers"])
def test_raw_faults_are_exactly_the_logged_cells(spoilt: shop.Shop, name: str) -> None:
    unusual = {"id": r"[ #]", "eur": r"[€,]|EUR", "at": r"^\d\d\.|\+0"}
    raw, log = spoilt.raw(name), spoilt.raw_faults(name)
    for column in raw.columns:
        pattern = unusual.get(column.rsplit("_", 1)[-1], "never")
        assert raw[column].str.contains(pattern).sum() == (log["column"] == column).sum(), column
    possible = {"id_text", *(["money_text"] if raw.columns.str.endswith("_eur").any() else [])}
    possible |= {"date_format", "offset"} if raw.columns.str.endswith("_at").any() else set()
    assert set(log["kind"]) == possible


def test_all_three_forms_of_money_occur(spoilt: shop.Shop) -> None:
    cells = spoilt.raw("orders")["total_eur"]
    for pattern in (r"^€\d+\.\d\d$", r"^\d+,\d\d EUR$", r"^\d\.\d{3},\d\d €$"):
        assert cells.str.contains(pattern).any(), pattern


def test_csv_files_are_the_raw_tables(spoilt: shop.Shop, tmp_path: Path) -> None:
    paths = spoilt.write_csv(tmp_path / "export")
    assert [path.name for path in paths] == [f"{name}.csv" for name in shop.TABLES]
    for name in ("orders", "ratings"):
        content = (tmp_path / "export" / f"{name}.csv").read_bytes()
        assert b"\r" not in content
        back = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(back, spoilt.raw(name))


def test_raw_text_of_a_clean_shop_is_tidy(clean: shop.Shop) -> None:
    orders = clean.raw("orders")
    assert orders["ordered_at"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()
    assert orders["total_eur"].str.fullmatch(r"\d+\.\d\d").all()
    assert orders["order_id"].str.fullmatch(r"\d+").all()
