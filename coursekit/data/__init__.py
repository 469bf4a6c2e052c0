"""The course's data: ``load("name")`` and what stands behind it.

The registry names every set with its licence and citation; `load` finds the nearest copy, verifies it and says which it
used. Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

from coursekit.data.catalogue import Registry, registry
from coursekit.data.describe import readme_text
from coursekit.data.download import Limits, Progress
from coursekit.data.errors import (
    CacheUnwritable,
    DataError,
    DownloadFailed,
    FileUnavailable,
    HashMismatch,
    LibraryMissing,
    MirrorMissing,
    NoNetwork,
    RegistryError,
    SchemaMismatch,
    UnknownName,
)
from coursekit.data.loading import load
from coursekit.data.places import Fetched, Listing, Verified, fetch, listing, verify

__all__ = [
    "CacheUnwritable",
    "DataError",
    "DownloadFailed",
    "Fetched",
    "FileUnavailable",
    "HashMismatch",
    "LibraryMissing",
    "Limits",
    "Listing",
    "MirrorMissing",
    "NoNetwork",
    "Progress",
    "Registry",
    "RegistryError",
    "SchemaMismatch",
    "UnknownName",
    "Verified",
    "fetch",
    "listing",
    "load",
    "readme_text",
    "registry",
    "verify",
]
