"""What a rehearsal found is kept for the next run, and believed only if nobody else can have written it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sealed_cells import LIMITS, notebook_of, printed

from coursekit.grading.executors import Sealed
from coursekit.grading.sealed import remembered, run_sealed

KEY = "0" * 64


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; the folder that it will be in."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "coursekit-grading"


def test_names_come_back_and_nothing_else(cache: Path) -> None:
    assert remembered.recall(KEY) is None
    remembered.remember(KEY, ["torch.optim", "a b", "../x", "_x", "é", "os; import x"])
    assert remembered.recall(KEY) == ("torch.optim", "_x")
    assert cache.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in cache.iterdir()] == [f"{KEY}.json"]


@pytest.mark.parametrize("text", ["", "[", "{}", '"os"', "[" * 100_000, '[1, {"a": 2}, null]'])
def test_damaged_findings_are_none(cache: Path, text: str) -> None:
    remembered.remember(KEY, [])
    (cache / f"{KEY}.json").write_text(text)
    assert not remembered.recall(KEY)


def test_what_others_could_have_written_is_not_believed(cache: Path, tmp_path: Path) -> None:
    remembered.remember(KEY, ["wave"])
    path = cache / f"{KEY}.json"
    path.chmod(0o666)
    assert remembered.recall(KEY) is None
    path.chmod(0o600)
    cache.chmod(0o777)
    assert remembered.recall(KEY) is None
    cache.chmod(0o700)
    assert remembered.recall(KEY) == ("wave",)
    elsewhere = tmp_path / "theirs.json"
    elsewhere.write_text('["wave"]')
    path.unlink()
    path.symlink_to(elsewhere)
    assert remembered.recall(KEY) is None
    path.unlink()
    os.mkfifo(path)
    assert remembered.recall(KEY) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_not_believed(cache: Path) -> None:
    remembered.remember(KEY, ["wave"])
    os.chown(cache / f"{KEY}.json", 65534, 65534)
    assert remembered.recall(KEY) is None


def test_the_oldest_are_forgotten(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST_FILES", 2)
    for place, key in enumerate("abc"):
        remembered.remember(key, ["wave"])
        os.utime(cache / f"{key}.json", (place, place))
    remembered.remember("d", ["wave"])
    assert sorted(path.stem for path in cache.iterdir()) == ["c", "d"]


def test_another_notebook_has_other_findings() -> None:
    one, other = notebook_of("import wave"), notebook_of("import colorsys")
    assert remembered.fingerprint([one]) == remembered.fingerprint([one]) != remembered.fingerprint([other])


def test_a_class_is_prepared_by_a_rehearsal_once(cache: Path) -> None:
    notebook = notebook_of("def late():\n    import colorsys\nlate()")
    look = notebook_of("import sys; print('colorsys' in sys.modules)")

    def seen(submissions: int) -> str:
        executor = Sealed(limits=LIMITS, notebooks=(notebook,))
        try:
            executor.prepare(submissions)
            return printed(run_sealed(look, None, server=executor.warm()))
        finally:
            executor.close()

    assert seen(1) == "False\n"  # for one submission it would cost more than it saves
    assert not cache.exists()
    assert seen(10) == "True\n"
    assert "colorsys" in json.loads(next(cache.iterdir()).read_text())
    assert seen(1) == "True\n"
