"""`submission`: a competition's file of predictions, refused for the reasons for which a competition refuses it."""

from __future__ import annotations

import csv
import math
import pathlib
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from coursekit.check.columns import column
from coursekit.check.failure import counted, fail, one_line
from coursekit.check.kinds import TEXTS
from coursekit.check.plain import describe, listing, number_text, plural, short

_PATHS = TEXTS | [pathlib.PosixPath, pathlib.WindowsPath]
_WHOLE = re.compile(r"[+-]?\d+")


class _Rows(NamedTuple):
    """A submission as plain values: names of columns, and of each row the id and the prediction (None: missing)."""

    names: list[str]
    ids: list[Any]
    predictions: list[Any]


@counted
def submission(
    frame_or_path: Any,
    *,
    ids: Sequence[int] | Any,
    id_column: str = "PassengerId",
    target: str = "Survived",
    allowed: Sequence[int] | None = (0, 1),
    of: str = "submission",
) -> None:
    """Check that predictions are in the form in which a competition takes them; not whether they are right.

    Parameters
    ----------
    frame_or_path : DataFrame, str or Path
        What is handed in: a table (its index does not count), or the csv file written from it.
    ids : sequence of int or str
        The ids to be predicted, each exactly once, in any order.
    id_column, target : str
        The two columns, in this order.
    allowed : sequence of int, or None
        The values that a prediction may have, written as whole numbers; None takes any finite number.
    of : str
        What is checked.

    Raises
    ------
    CheckFailed
        With the first reason for refusal: columns, missing predictions, numbers that are not whole, values outside
        `allowed`, ids that are missing, repeated or unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> good = pd.DataFrame({"PassengerId": [7, 8], "Survived": [0, 1]})
    >>> submission(good, ids=[7, 8])
    >>> submission(good.assign(Survived=[0.0, 1.0]), ids=[7, 8])
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: submission, column 'Survived': expected whole numbers 0 or 1, got 0.0 in row 0; .astype(int) writes 0 and not 0.0
    """  # noqa: E501
    wanted = [_plain(one) for one in ids]
    whole_ids = all(type(one) is int for one in wanted)
    if type(frame_or_path) in _PATHS:
        rows = _from_file(frame_or_path, of, id_column, target, whole_ids)
    else:
        rows = _from_table(frame_or_path, of, id_column, target)
    _check_values(rows, f"{of}, column {target!r}", allowed)
    _check_ids(rows, f"{of}, column {id_column!r}", wanted, whole_ids)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _from_table(frame: Any, of: str, id_column: str, target: str) -> _Rows:
    import pandas as pd

    if type(frame) is not pd.DataFrame:
        fail(
            of,
            f"a pandas DataFrame with the columns {id_column} and {target}",
            describe(frame),
            "predictions alone are not enough: each needs its id",
        )
    plain = pd.DataFrame(frame)  # methods overwritten on the learner's object stay behind
    names = [name if type(name) is str else short(name, 30) for name in plain.columns]
    _check_names(names, of, id_column, target, plain.index.name)
    entries = []
    for place in (0, 1):
        one = column(plain.iloc[:, place])
        if one.kind == "category":
            one = column(pd.Series(plain.iloc[:, place].to_numpy(dtype=object)).infer_objects())
        values = [_plain(value) for value in one.entries]
        entries.append([None if gap else value for value, gap in zip(values, one.gaps, strict=True)])
    return _Rows(names, *entries)


def _from_file(path: Any, of: str, id_column: str, target: str, whole_ids: bool) -> _Rows:
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            lines = [line for line in csv.reader(file) if line]
    except OSError as problem:
        fail(
            of,
            "a csv file",
            f"{problem.strerror}: {pathlib.Path(path).name}",
            "write it with .to_csv(..., index=False)",
        )
    except (ValueError, csv.Error):  # not UTF-8, or a path with a null character
        fail(of, "a csv file in UTF-8", "a file that cannot be read as such", "write it with .to_csv(..., index=False)")
    if not lines:
        fail(of, f"a header {id_column},{target} and one row for each id", "an empty file")
    _check_names(lines[0], of, id_column, target, None)
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != 2:
            fail(of, "two fields in each line", f"{plural(len(line), 'field')} in line {number}")
    ids = [_read_number(line[0]) if whole_ids else line[0] or None for line in lines[1:]]
    return _Rows(lines[0], ids, [_read_number(line[1]) for line in lines[1:]])


def _read_number(text: str) -> Any:
    """Return what a field says: a whole number, another number, None for an empty field, or the text itself."""
    text = text.strip()
    if text == "":
        return None
    if _WHOLE.fullmatch(text) and len(text) < 20:
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text


def _check_names(names: list[str], of: str, id_column: str, target: str, index_name: object) -> None:
    wanted = [id_column, target]
    if names == wanted:
        return
    expected = f"the columns {id_column},{target}"
    if names[1:] == wanted and (names[0] in ("", "index", "level_0") or names[0].startswith("Unnamed")):
        fail(of, expected, "a third column with row numbers in front", "write the file with .to_csv(..., index=False)")
    if names == wanted[::-1]:
        fail(of, expected, f"{target},{id_column}", "the id comes first")
    if names == [target] and index_name == id_column:
        fail(of, expected, f"{id_column} as the index", ".reset_index() makes a column of it")
    if [name.strip().casefold() for name in names] == [name.casefold() for name in wanted]:
        fail(of, expected, listing(names), "the names must agree in every letter, capitals and blanks too")
    lacking = [name for name in wanted if name not in names]
    extra = [name for name in names if name not in wanted]
    if lacking:
        fail(of, expected, listing(names) if names else "no columns", f"{listing(lacking)} is missing")
    advice = "hand in the two columns alone" if extra else "each column once"
    fail(of, expected, f"{listing(extra)} as well" if extra else listing(names), advice)


def _check_values(rows: _Rows, of: str, allowed: Sequence[int] | None) -> None:
    choice = " or ".join(str(value) for value in allowed) if allowed is not None else ""
    expected = f"whole numbers {choice}" if allowed is not None else "finite numbers"
    gaps = sum(value is None or (type(value) is float and math.isnan(value)) for value in rows.predictions)
    if gaps:
        fail(of, "a prediction in every row", f"{plural(gaps, 'missing value')}", "what does your model say there?")
    for place, value in enumerate(rows.predictions):
        if type(value) is bool:
            fail(of, expected, f"{value} in row {place}", ".astype(int) turns True and False into 1 and 0")
        if type(value) not in (int, float):
            fail(of, expected, f"{_shown(value)} in row {place}", "predictions are numbers, not texts")
        if allowed is None:
            if not math.isfinite(value):
                fail(of, expected, f"{value} in row {place}")
        elif type(value) is float:
            _refuse_fraction(rows.predictions, of, expected)
        elif value not in allowed:
            fail(of, expected, f"{number_text(value)} in row {place}")


def _refuse_fraction(predictions: list[Any], of: str, expected: str) -> None:
    """Name the first real fraction, which says more about the mistake than a 1.0 above it."""
    floats = [(place, value) for place, value in enumerate(predictions) if type(value) is float]
    place, value = next(((place, value) for place, value in floats if not value.is_integer()), floats[0])
    advice = ""
    if 0 < value < 1:
        advice = "a probability is no class: decide with a threshold"
    elif value.is_integer():
        advice = f".astype(int) writes {int(value)} and not {value}"
    fail(of, expected, f"{number_text(value)} in row {place}", advice)


def _check_ids(rows: _Rows, of: str, wanted: list[Any], whole: bool) -> None:
    kind = int if whole else str
    for place, one in enumerate(rows.ids):
        if type(one) is not kind:
            got = "a missing id" if one is None else _shown(one)
            fail(of, "whole numbers" if whole else "texts", f"{got} in row {place}", "take the ids as they are given")
    twice = [one for one, times in Counter(rows.ids).items() if times > 1]
    if twice:
        fail(
            of,
            "each id once",
            f"{short(twice[0])} more than once ({plural(len(twice), 'id')} in all)",
            "drop the copies",
        )
    known = set(wanted)
    lacking = known.difference(rows.ids)
    unknown = [one for one in rows.ids if one not in known]
    if unknown and lacking:
        cause = "these look like other rows than those to be predicted" if len(unknown) > len(wanted) // 2 else ""
        fail(
            of,
            f"{plural(len(known), 'id')} as given",
            f"{plural(len(unknown), 'unknown id')}, such as {short(unknown[0])}, and {len(lacking)} missing",
            cause=cause,
        )
    if unknown:
        fail(of, plural(len(known), "row"), f"{len(rows.ids)}: {short(unknown[0])} is no id to be predicted")
    if lacking:
        first = next(one for one in wanted if one in lacking)
        fail(of, plural(len(known), "row"), f"{len(rows.ids)}: id {short(first)} is missing", "predict every row")


def _shown(value: Any) -> str:
    return one_line(number_text(value) if type(value) in (int, float) else short(value, 30), 40)
