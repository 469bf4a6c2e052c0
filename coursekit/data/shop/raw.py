"""A table as text, the way a careless export writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coursekit.data.draws import Stream
from coursekit.data.shop.columns import Column
from coursekit.data.shop.faults import Faults, Planted

if TYPE_CHECKING:
    import pandas as pd

# Only tables that carry faults at all; an experiment's log or a bank's file is clean.
CLEAN = ("products", "prices", "experiment", "card_transactions")
_KINDS = {"money": ("money_text",), "time": ("date_format", "offset")}


def as_text(name: str, planted: Planted, faults: Faults, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Write a table as text, some cells in other forms than the rest.

    Parameters
    ----------
    name
        The table's name.
    planted
        The table with its row faults.
    faults
        How often cells are written otherwise.
    seed
        The shop's seed.

    Returns
    -------
    tuple of two DataFrames
        The table, all columns text, a missing value an empty text; and the log of the cells that were written
        otherwise: kind, table, column, key, line_no.
    """
    import pandas as pd

    cells, log = {}, []
    for column_name, column in planted.table.items():
        texts = _usual(column)
        kinds = () if name in CLEAN else ("id_text",) if column_name.endswith("_id") else _KINDS.get(column.kind, ())
        draw = Stream(seed, f"shop/raw/{name}/{column_name}").unit(planted.keys.number)
        bits = Stream(seed, f"shop/raw/{name}/{column_name}/how").below(1 << 16, planted.keys.number)
        which = np.searchsorted(np.cumsum([getattr(faults, kind) for kind in kinds]), draw, side="right")
        for place, kind in enumerate(kinds):
            rows = np.flatnonzero((which == place) & ~column.absent())
            for row in rows.tolist():
                texts[row] = _FORMS[kind](int(column.numbers[row]), texts[row], int(bits[row]))
            log.append(_log(kind, name, column_name, planted.keys.id[rows], planted.keys.line[rows]))
        cells[column_name] = texts
    empty = _log("", name, "", np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    return pd.DataFrame(cells), pd.concat([empty, *log], ignore_index=True)


def _log(kind: str, table: str, column: str, key: NDArray[np.int64], line: NDArray[np.int64]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame({"kind": [kind] * len(key), "table": table, "column": column, "key": key, "line_no": line})
    return frame if len(frame) else frame.astype({"kind": "object", "table": "object", "column": "object"})


def _usual(column: Column) -> list[str]:
    """Write every cell in the usual form."""
    values = column.numbers.tolist()
    if column.kind == "text":
        texts = [column.labels[code] for code in values]
    elif column.kind == "money":
        texts = [f"{cents // 100}.{cents % 100:02d}" for cents in values]
    elif column.kind == "bool":
        texts = ["true" if value else "false" for value in values]
    elif column.kind == "time":
        texts = [f"{moment}Z" for moment in _iso(column.numbers)]
    else:
        texts = [str(value) for value in values]
    for row in np.flatnonzero(column.absent()).tolist():
        texts[row] = ""
    return texts


def _iso(seconds: NDArray[np.int64] | int) -> list[str]:
    return np.datetime_as_string(np.atleast_1d(seconds).astype("datetime64[s]")).tolist()


def _money(cents: int, usual: str, how: int) -> str:
    euros = f"{cents // 100:,}".replace(",", ".")
    return [f"€{usual}", f"{cents // 100},{cents % 100:02d} EUR", f"{euros},{cents % 100:02d} €"][how % 3]


def _id(value: int, usual: str, how: int) -> str:
    return [f" {usual}", f"{usual} ", f"#{usual}"][how % 3]


def _german(seconds: int, usual: str, how: int) -> str:
    return f"{usual[8:10]}.{usual[5:7]}.{usual[:4]} {usual[11:19]}"


def _offset(seconds: int, usual: str, how: int) -> str:
    hours = 1 + how % 2
    return f"{_iso(seconds + 3600 * hours)[0].replace('T', ' ')}+0{hours}:00"


_FORMS = {"money_text": _money, "id_text": _id, "date_format": _german, "offset": _offset}
