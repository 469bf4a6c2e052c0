"""Where files may be looked for: what the environment says, read afresh at every call."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CACHE = "COURSE_DATA_CACHE"
MIRROR = "COURSE_DATA_MIRROR"
OFFLINE = "COURSE_OFFLINE"
_NO = {"", "0", "false", "no", "off"}


@dataclass(frozen=True)
class Settings:
    """The folders to use and whether downloads are allowed.

    Parameters
    ----------
    cache
        Folder that keeps downloaded files.
    mirror
        Folder with ready copies of the registered files, or None.
    offline
        True forbids every download.
    """

    cache: Path
    mirror: Path | None = None
    offline: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from COURSE_DATA_CACHE, COURSE_DATA_MIRROR and COURSE_OFFLINE (``os.environ`` when None)."""
        environment = os.environ if environment is None else environment
        mirror = environment.get(MIRROR, "").strip()
        return cls(
            cache=_cache_folder(environment.get(CACHE, "").strip()),
            mirror=Path(mirror).expanduser() if mirror else None,
            offline=environment.get(OFFLINE, "").strip().lower() not in _NO,
        )


def _cache_folder(chosen: str) -> Path:
    if chosen:
        return Path(chosen).expanduser()
    import pooch

    return Path(pooch.os_cache("coursekit"))
