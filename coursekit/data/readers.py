"""From the bytes of a file to the value that a learner gets."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from coursekit.data import schema
from coursekit.data.entry import DataSet
from coursekit.data.errors import SchemaMismatch

if TYPE_CHECKING:
    import pandas as pd


def read(entry: DataSet, content: bytes) -> pd.DataFrame | str:
    """Read one file as its entry says.

    Parameters
    ----------
    entry
        A set with a `file`.
    content
        The bytes of that file, already verified.

    Returns
    -------
    pandas.DataFrame or str

    Raises
    ------
    SchemaMismatch
        If the content cannot be read so, or has other columns than promised.
    """
    readers = {"csv": _csv, "lines": _lines, "text": _text}
    try:
        return readers[entry.read.format](entry, content)
    except (ValueError, SchemaMismatch) as problem:
        # pandas' parser errors and a failed decoding are both ValueErrors.
        raise SchemaMismatch(
            f"The data set {entry.name!r} cannot be read as {entry.read.format}: {problem}"
        ) from problem


def stack(entry: DataSet, parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Stack the parts of a combined set, with a column that tells them apart.

    Parameters
    ----------
    entry
        A set with `parts`.
    parts
        The table of each part, by name.

    Returns
    -------
    pandas.DataFrame
        With row numbers from 0 and the entry's columns.
    """
    import pandas as pd

    labelled = [
        parts[name].assign(**{str(entry.part_column): label})
        for name, label in zip(entry.parts, entry.part_labels, strict=True)
    ]
    return schema.cast(pd.concat(labelled, ignore_index=True), entry.columns)


def _csv(entry: DataSet, content: bytes) -> pd.DataFrame:
    import pandas as pd

    how = entry.read
    texts = {column.name: str for column in entry.columns if column.type == "text"}
    frame = pd.read_csv(
        io.BytesIO(content),
        sep=how.delimiter,
        quotechar=how.quote,
        skiprows=how.skip_lines,
        dtype=texts,
        # pandas' own list would turn the text "None" or "NA" of a real category into a gap.
        keep_default_na=False,
        na_values=list(how.missing),
    )
    frame = schema.cast(frame, entry.columns)
    return frame if entry.index is None else frame.set_index(entry.index)


def _lines(entry: DataSet, content: bytes) -> pd.DataFrame:
    import pandas as pd

    # Only \n ends a line: str.splitlines would also break at the odd control characters inside real sentences.
    lines = [line.strip() for line in content.decode("utf-8").removesuffix("\n").split("\n")]
    return pd.DataFrame({entry.columns[0].name: lines})


def _text(entry: DataSet, content: bytes) -> str:
    return content.decode("utf-8")
