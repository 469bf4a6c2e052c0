"""Data sets that ship inside scikit-learn and statsmodels: nothing to download, nothing to copy."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from coursekit.data import schema
from coursekit.data.entry import DataSet
from coursekit.data.errors import LibraryMissing, SchemaMismatch

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

# The members that the registry may name. A name outside this list is a slip of the author's, said at once.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "sklearn": ("breast_cancer", "china", "diabetes", "digits", "flower", "iris", "wine"),
    "statsmodels": ("co2", "elnino", "engel", "longley", "randhie", "sunspots"),
}
_PACKAGES = {"sklearn": "scikit-learn", "statsmodels": "statsmodels", "PIL": "pillow"}


def package_name(library: str) -> str:
    """The name under which a library is installed: ``scikit-learn`` for ``sklearn``."""
    return _PACKAGES.get(library, library)


def load_library(entry: DataSet) -> pd.DataFrame | NDArray[np.uint8]:
    """Load a set that a library ships, with the registry's column names, order and types.

    Parameters
    ----------
    entry
        A set with a `loader`.

    Returns
    -------
    pandas.DataFrame, or uint8 array of shape (height, width, channels)
        New at every call; writing to it reaches nobody else.

    Raises
    ------
    LibraryMissing
        If the library, or one that it needs, is not installed.
    SchemaMismatch
        If the library's data lacks a promised column.
    """
    library, _, member = str(entry.loader).partition(":")
    try:
        if entry.kind == "image":
            return _photograph(member)
        frame = _statsmodels_table(member) if library == "statsmodels" else _sklearn_table(entry, member)
    except ImportError as problem:
        package = package_name((problem.name or "PIL").partition(".")[0])
        raise LibraryMissing(
            f"The data set {entry.name!r} ships with {package_name(library)}, and {package} is not installed;"
            f" run `pip install {package}`."
        ) from problem
    return _as_registered(frame, entry)


def _statsmodels_table(member: str) -> pd.DataFrame:
    return import_module(f"statsmodels.datasets.{member}").load_pandas().data


def _sklearn_table(entry: DataSet, member: str) -> pd.DataFrame:
    datasets = import_module("sklearn.datasets")
    frame = getattr(datasets, f"load_{member}")(as_frame=True, **entry.options).frame
    return frame.rename(columns=_plain_name)


def _plain_name(name: str) -> str:
    """``sepal length (cm)`` becomes ``sepal_length_cm``: a name that can follow a dot."""
    return re.sub(r"\W+", "_", name).strip("_")


def _photograph(member: str) -> NDArray[np.uint8]:
    import numpy as np

    # scikit-learn hands out a read-only view of the decoder's buffer: copy, so that a learner may write.
    return np.array(import_module("sklearn.datasets").load_sample_image(f"{member}.jpg"), dtype=np.uint8)


def _as_registered(frame: pd.DataFrame, entry: DataSet) -> pd.DataFrame:
    spacing = getattr(frame.index, "freq", None)
    frame = frame.rename(columns=dict(entry.rename))
    if entry.index is not None:
        frame = frame.rename_axis(index=entry.index).reset_index()
    for column, texts in entry.labels.items():
        frame[column] = frame[column].map(dict(enumerate(texts)))
    try:
        frame = schema.cast(frame, entry.columns)
    except SchemaMismatch as problem:
        raise SchemaMismatch(f"The data set {entry.name!r}: {problem}") from None
    if entry.index is None:
        return frame
    frame = frame.set_index(entry.index)
    # A column of dates cannot carry its regular spacing, the index can.
    if spacing is not None:
        frame.index.freq = spacing
    return frame
