"""A gradebook on PostgreSQL: the same rows as in SQLite. Needs a PostgreSQL installation and psycopg2."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from classroom_kit import BLANK, RIGHT, WORDS, WRONG, grade, gradebook_rows, hand_in

from coursekit.syllabus import Week

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SERVER = shutil.which("initdb") or next((str(place / "initdb") for place in reversed(BINARIES)), None)


def _as_somebody() -> dict:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    account = next((entry for entry in pwd.getpwall() if entry.pw_name in ("postgres", "nobody")), None)
    if account is None:
        pytest.skip("no account to run PostgreSQL with")
    return {"user": account.pw_uid, "group": account.pw_gid}


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of a database in a server of its own that listens on a socket in a temporary folder."""
    if importlib.util.find_spec("psycopg2") is None:
        pytest.skip("psycopg2 is not installed")
    if SERVER is None:
        pytest.skip("PostgreSQL is not installed")
    who = _as_somebody()
    binaries = Path(SERVER).resolve().parent
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        place = Path(name)
        if who:
            os.chown(place, who["user"], who["group"])
        quiet = {"cwd": place, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, **who}
        data, control = str(place / "data"), str(binaries / "pg_ctl")
        subprocess.run([str(binaries / "initdb"), "-D", data, "-U", "course", "-A", "trust", "--no-sync"], **quiet)
        options = f"-k {place} -c listen_addresses='' -c fsync=off"
        subprocess.run([control, "-D", data, "-l", str(place / "log"), "-o", options, "-w", "start"], **quiet)
        try:
            yield f"postgresql+psycopg2://course@/postgres?host={place}"
        finally:
            subprocess.run([control, "-D", data, "-m", "immediate", "stop"], **quiet)


def test_the_same_rows_in_postgres(postgres: str, new_class, week1: Week) -> None:
    lite, large = new_class("lite"), new_class("large")
    for folder in (lite, large):
        hand_in(folder, "ada", RIGHT, WORDS, stamp="2026-01-02 10:00:00 UTC")
        hand_in(folder, "bob", WRONG)
        hand_in(folder, "cyd", BLANK)
    (large / "gradebook.db").unlink()
    here = grade(lite, week1)
    there = grade(large, week1, db_url=postgres)
    assert gradebook_rows(large, postgres) == gradebook_rows(lite)
    assert [row.points for row in there.rows] == [row.points for row in here.rows]
    assert {row.state for row in grade(large, week1, db_url=postgres).rows} == {"unchanged"}
    assert not (large / "gradebook.db").exists()
