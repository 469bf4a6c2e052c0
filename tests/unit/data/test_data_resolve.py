"""Which copy `load` takes, what it refuses, and what it says."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.data import (
    CacheUnwritable,
    DownloadFailed,
    HashMismatch,
    MirrorMissing,
    NoNetwork,
    Registry,
    RegistryError,
    SchemaMismatch,
    load,
    registry,
)
from coursekit.data.settings import Settings

if TYPE_CHECKING:
    from conftest import Course, Server

TABLE = b"city,people,height\nBern,134000,540.5\nGent,262000,\n"
OTHER = b"city,people,height\nRome,2800000,21.0\nOslo,700000,\n"
StandIn = Callable[[Callable[[], Any]], str]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Return a function that makes another function importable, as a registry names it."""

    def place(make: Callable[[], Any]) -> str:
        module = ModuleType("stand_ins_of_a_test")
        module.make = make
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return f"{module.__name__}:make"

    return place


def simulated() -> pd.DataFrame:
    """Three invented cities with the registered columns."""
    return pd.DataFrame({"city": ["A", "B", "C"], "people": [1, 2, 3], "height": [0.5, 1.5, 2.5]})


# ---- the order of the sources


def test_the_value_is_read_as_registered(course: Course, server: Server) -> None:
    """Types and gaps are as the registry says."""
    course.add("cities", url=server.sends("/cities.csv", TABLE))
    wanted = pd.DataFrame({"city": ["Bern", "Gent"], "people": [134000, 262000], "height": [540.5, None]})
    pd.testing.assert_frame_equal(load("cities", book=course.registry(), quiet=True), wanted)


def test_each_source_comes_before_the_next(
    course: Course, server: Server, cache: Path, mirror: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With everything there the nearest wins; take it away and the next is used."""
    course.add("cities", url=server.sends("/cities.csv", TABLE), stand_in=stand_in(simulated))
    book = course.registry()
    cache.mkdir()
    (cache / "cities.csv").write_bytes(TABLE)
    (mirror / "cities.csv").write_bytes(TABLE)

    def source() -> str:
        return load("cities", book=book, quiet=True).attrs["source"]

    assert source() == "from the cache"
    (cache / "cities.csv").unlink()
    assert source() == "from the mirror folder"
    (mirror / "cities.csv").unlink()
    assert server.asked == []
    assert source() == "downloaded from 127.0.0.1 and kept in the cache"
    assert source() == "from the cache"
    assert server.asked == ["/cities.csv"]
    (cache / "cities.csv").unlink()
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    assert source().startswith("STAND-IN")
    assert server.asked == ["/cities.csv"]


def test_a_bundled_file_comes_before_all(course: Course, cache: Path) -> None:
    """It is read beside the registry, and neither cache nor mirror is looked at."""
    course.add("cities", bundled=True, url=None)
    (course.folder / "cities.csv").write_bytes(TABLE)
    cache.mkdir()
    (cache / "cities.csv").write_bytes(OTHER)
    table = load("cities", book=course.registry(), quiet=True)
    assert table.attrs["source"] == "shipped with the course"
    assert table["city"].tolist() == ["Bern", "Gent"]


def test_a_bundled_file_is_verified(course: Course) -> None:
    """Absent and wrong each say so."""
    course.add("cities", bundled=True)
    book = course.registry()
    with pytest.raises(RegistryError, match=r"registered as bundled.*cities\.csv cannot be read"):
        load("cities", book=book)
    (course.folder / "cities.csv").write_bytes(OTHER)
    with pytest.raises(HashMismatch, match=r"cities\.csv is not the registered 'cities'.*restore the file"):
        load("cities", book=book)


# ---- wrong and damaged files


def test_a_wrong_mirror_file_is_an_error(course: Course, server: Server, mirror: Path) -> None:
    """It is neither used nor passed over, though a download would work."""
    course.add("cities", url=server.sends("/cities.csv", TABLE))
    (mirror / "cities.csv").write_bytes(OTHER)
    with pytest.raises(HashMismatch, match=r"mirror.cities\.csv is not the registered 'cities'.*COURSE_DATA_MIRROR"):
        load("cities", book=course.registry())
    assert server.asked == []


def test_a_damaged_cache_file_is_fetched_again(course: Course, server: Server, cache: Path) -> None:
    """The download replaces it, and the line says so."""
    course.add("cities", url=server.sends("/cities.csv", TABLE))
    cache.mkdir()
    (cache / "cities.csv").write_bytes(TABLE[:-5])
    table = load("cities", book=course.registry(), quiet=True)
    assert table.attrs["source"].endswith("kept in the cache (it replaced a damaged copy in the cache)")
    assert (cache / "cities.csv").read_bytes() == TABLE


def test_a_damaged_cache_file_gives_way_to_the_mirror(course: Course, cache: Path, mirror: Path) -> None:
    """The mirror's copy is used, and the damage is said."""
    course.add("cities")
    cache.mkdir()
    (cache / "cities.csv").write_bytes(b"")
    (mirror / "cities.csv").write_bytes(TABLE)
    table = load("cities", book=course.registry(), quiet=True)
    assert table.attrs["source"] == "from the mirror folder (the copy in the cache is damaged)"


def test_a_damaged_cache_file_without_remedy_is_reported(
    course: Course, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline, the error names the damage."""
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    course.add("cities")
    cache.mkdir()
    (cache / "cities.csv").write_bytes(OTHER)
    with pytest.raises(NoNetwork, match="the copy in the cache .* is damaged"):
        load("cities", book=course.registry())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, len(TABLE) - 1), flip=st.integers(1, 255))
def test_any_changed_byte_is_noticed(course: Course, cache: Path, mirror: Path, place: int, flip: int) -> None:
    """Whichever byte of a cached or mirrored copy changes, that copy is not handed out."""
    course.add("cities")
    book = course.registry()
    wrong = TABLE[:place] + bytes([TABLE[place] ^ flip]) + TABLE[place + 1 :]
    cache.mkdir(exist_ok=True)
    (cache / "cities.csv").write_bytes(wrong)
    (mirror / "cities.csv").write_bytes(TABLE)
    assert load("cities", book=book, quiet=True).attrs["source"].startswith("from the mirror folder")
    (mirror / "cities.csv").write_bytes(wrong)
    with pytest.raises(HashMismatch):
        load("cities", book=book, quiet=True)


# ---- nothing at hand


def test_offline_forbids_the_download_at_once(
    course: Course, server: Server, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COURSE_OFFLINE=1: no request, no cache folder, and a sentence with the way out."""
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    course.add("cities", url=server.sends("/cities.csv", TABLE))
    with pytest.raises(NoNetwork) as caught:
        load("cities", book=course.registry())
    assert str(caught.value) == (
        f"The data set 'cities' is not to be had: the cache {cache} lacks it, COURSE_DATA_MIRROR is not set, and"
        " downloads are switched off by COURSE_OFFLINE. Run `course data fetch cities` when online, or set"
        " COURSE_DATA_MIRROR to a folder that holds cities.csv."
    )
    assert server.asked == []
    assert not cache.exists()


def test_no_network_says_what_was_tried(course: Course, mirror: Path) -> None:
    """A name that does not resolve: the sentence tells of cache, mirror and server."""
    course.add("cities")
    with pytest.raises(NoNetwork) as caught:
        load("cities", book=course.registry())
    message = str(caught.value)
    assert f"the mirror {mirror} lacks cities.csv, and no connection to example.org (2 tries)." in message
    assert "course data fetch cities" in message


def test_not_found_is_not_no_network(course: Course, server: Server) -> None:
    """A server that answers "not found" is told apart from no network."""
    course.add("cities", url=server.url("/nowhere.csv"))
    with pytest.raises(DownloadFailed, match=r"127\.0\.0\.1 answered with status 404 for http://"):
        load("cities", book=course.registry())


def test_a_mirror_that_is_no_folder_says_so(course: Course, mirror: Path, cache: Path) -> None:
    """The variable is named; a copy in the cache makes the mirror needless."""
    mirror.rmdir()
    course.add("cities")
    book = course.registry()
    with pytest.raises(MirrorMissing, match="COURSE_DATA_MIRROR is set to .*mirror, which is no folder"):
        load("cities", book=book)
    cache.mkdir()
    (cache / "cities.csv").write_bytes(TABLE)
    assert len(load("cities", book=book, quiet=True)) == 2


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_an_unwritable_cache_names_its_variable(
    course: Course, server: Server, cache: Path, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the folder should be; nothing is asked of the server."""
    cache.write_text("in the way")
    monkeypatch.setenv("COURSE_DATA_CACHE", str(cache / below))
    course.add("cities", url=server.sends("/cities.csv", TABLE))
    with pytest.raises(
        CacheUnwritable, match=r"cannot be written to \(.+\); set the environment variable COURSE_DATA_CACHE"
    ):
        load("cities", book=course.registry())
    assert server.asked == []


def test_the_mirror_does_without_a_cache(course: Course, cache: Path, mirror: Path) -> None:
    """A class room whose home folders are read-only can still work from a mirror."""
    cache.write_text("in the way")
    (mirror / "cities.csv").write_bytes(TABLE)
    course.add("cities")
    assert len(load("cities", book=course.registry(), quiet=True)) == 2


# ---- the stand-in


def test_a_stand_in_is_used_and_said(
    course: Course, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line cannot be mistaken for the real thing, and tells why."""
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    course.add("cities", stand_in=stand_in(simulated))
    table = load("cities", book=course.registry())
    assert capsys.readouterr().out == (
        "cities: Cities of cities, 3 rows × 3 columns, STAND-IN, simulated with the same columns because downloads are"
        " switched off by COURSE_OFFLINE.\n"
    )
    assert table.attrs["stand_in"] is True
    assert table["city"].tolist() == ["A", "B", "C"]


def test_a_stand_in_helps_when_the_network_fails(course: Course, stand_in: StandIn, dead_port: int) -> None:
    """Dead server and missing file both lead to it."""
    course.add("cities", stand_in=stand_in(simulated), url=f"http://127.0.0.1:{dead_port}/cities.csv")
    table = load("cities", book=course.registry(), quiet=True)
    assert table.attrs["source"].endswith("because no connection to 127.0.0.1")


def test_a_stand_in_does_not_hide_a_wrong_file(course: Course, stand_in: StandIn, server: Server, mirror: Path) -> None:
    """A file that is not the registered one stays an error, from mirror and server."""
    course.add("cities", stand_in=stand_in(simulated), url=server.sends("/cities.csv", OTHER))
    book = course.registry()
    with pytest.raises(HashMismatch):
        load("cities", book=book)
    (mirror / "cities.csv").write_bytes(OTHER)
    with pytest.raises(HashMismatch):
        load("cities", book=book)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: simulated().drop(columns="height"), r"lacks \['height'\]"),
        (lambda: simulated().assign(more=1), r"unknown columns \['more'\]"),
        (lambda: simulated()[["people", "city", "height"]], "in another order"),
        (lambda: simulated().astype({"people": float}), "column 'people' is float64"),
        (lambda: simulated().to_numpy(), "is a ndarray"),
        (lambda: None, "is a NoneType"),
    ],
)  # fmt: skip
def test_a_stand_in_keeps_the_schema(
    course: Course, stand_in: StandIn, make: Callable[[], Any], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other columns than those of the real file are refused."""
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    course.add("cities", stand_in=stand_in(make))
    with pytest.raises(SchemaMismatch, match=rf"^The stand-in for the data set 'cities'.*{fault}"):
        load("cities", book=course.registry())


@pytest.mark.parametrize("wrong", ["coursekit.nowhere:make", "coursekit.data:nothing"])
def test_an_absent_stand_in_is_the_registrys_fault(course: Course, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the registry is said as such."""
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    course.add("cities", stand_in=wrong)
    with pytest.raises(RegistryError, match=f"names the stand-in '{wrong}', which is not there"):
        load("cities", book=course.registry())


def test_a_stand_in_is_fresh_too(course: Course, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if its module keeps and returns one and the same table."""
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    kept = simulated()
    course.add("cities", stand_in=stand_in(lambda: kept))
    book = course.registry()
    first = load("cities", book=book, quiet=True)
    first.loc[:, "people"] = -1
    assert load("cities", book=book, quiet=True)["people"].tolist() == [1, 2, 3]
    assert kept.attrs == {}


# ---- parts


def test_parts_are_stacked(course: Course, cache: Path, mirror: Path) -> None:
    """Each part comes from its own nearest source, and both are said."""
    course.add("here")
    course.add("there", OTHER)
    columns = course.entries["here"]["columns"] | {"far": "integer: 1 if far"}
    course.add("all_of_them", file=None, url=None, sha256=None, bytes=None, rows=4, columns=columns,
               parts=["here", "there"], part_column="far", part_labels=[0, 1])  # fmt: skip
    cache.mkdir()
    (cache / "here.csv").write_bytes(TABLE)
    (mirror / "there.csv").write_bytes(OTHER)
    table = load("all_of_them", book=course.registry(), quiet=True)
    assert table["city"].tolist() == ["Bern", "Gent", "Rome", "Oslo"]
    assert table["far"].tolist() == [0, 0, 1, 1]
    assert table.attrs["source"] == "from the cache; from the mirror folder"
    assert table.attrs["name"] == "all_of_them"


def test_a_combined_set_may_have_a_stand_in(course: Course, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """One part that is not to be had is enough for it."""
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    course.add("here")
    course.add("both", file=None, url=None, sha256=None, bytes=None, parts=["here"], part_column="people",
               part_labels=[1], stand_in=stand_in(simulated))  # fmt: skip
    assert load("both", book=course.registry(), quiet=True).attrs["stand_in"] is True


# ---- what the file holds


@pytest.mark.parametrize(
    ("content", "changes", "fault"),
    [
        (b"city,people,height\nBern,1,2.0\n", {}, "has 1 rows, and the registry promises 2"),
        (b"city,people\nBern,1\nGent,2\n", {}, "column 'height' is missing"),
        (b"city,people,height\nBern,,1.0\nGent,2,\n", {}, "column 'people' is not integer throughout"),
        (b"city,people,height\nBern,1,high\nGent,2,\n", {}, "column 'height' is not real throughout"),
        (b"city,people,height\nBern,1,2\nGent,2,3,4,5\n", {}, "cannot be read as csv"),
        (b"\xff\xfe", {"kind": "text", "columns": None, "read": {"format": "text"}}, "cannot be read as text"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_its_promise_says_so(
    course: Course, mirror: Path, content: bytes, changes: dict[str, Any], fault: str
) -> None:
    """The right digest of a wrongly described file: the registry's author must hear of it."""
    course.add("cities", content, **changes)
    (mirror / "cities.csv").write_bytes(content)
    with pytest.raises(SchemaMismatch, match=fault) as caught:
        load("cities", book=course.registry())
    assert "'cities'" in str(caught.value)


def test_an_image_of_another_shape_says_so(course: Course) -> None:
    """Shape promised, shape found."""
    file = dict.fromkeys(("file", "url", "sha256", "bytes", "rows", "columns"))
    course.add("flower", kind="image", loader="sklearn:flower", shape=[640, 427, 3], **file)
    with pytest.raises(
        SchemaMismatch, match=r"has the shape \(427, 640, 3\), and the registry promises \(640, 427, 3\)"
    ):
        load("flower", book=course.registry())


def test_every_way_to_read(course: Course, mirror: Path) -> None:
    """Delimiter, quotes, gaps, skipped lines, dates, an index; lines; a text."""
    odd = b"a note\nday;city;code;rain\n2024-01-02;'x;y';007;-\n2024-01-03;None;12;1.5\n"
    course.add("odd", odd, index="day", columns={"day": "date", "city": "text", "code": "text", "rain": "real"},
               read={"skip_lines": 1, "delimiter": ";", "quote": "'", "missing": ["-"]})  # fmt: skip
    lines = "first \n  second\x85half\n".encode()
    course.add("lines", lines, columns={"line": "text"}, read={"format": "lines"})
    course.add("prose", b"one\ntwo\n", kind="text", columns=None, read={"format": "text"})
    for name, content in {"odd": odd, "lines": lines, "prose": b"one\ntwo\n"}.items():
        (mirror / f"{name}.csv").write_bytes(content)
    book = course.registry()
    table = load("odd", book=book, quiet=True)
    assert table.index.tolist() == [pd.Timestamp("2024-01-02"), pd.Timestamp("2024-01-03")]
    assert table["city"].tolist() == ["x;y", "None"]
    assert table["code"].tolist() == ["007", "12"]
    assert table["rain"].isna().tolist() == [True, False]
    assert load("lines", book=book, quiet=True)["line"].tolist() == ["first", "second\x85half"]
    assert load("prose", book=book, quiet=True) == "one\ntwo\n"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters='\r\n",\0'), min_size=1),
            st.integers(-(2**53), 2**53),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read(course: Course, mirror: Path, rows: list[tuple[str, int, float | None]]) -> None:
    """Any texts, whole numbers and gaps come back as they are; NA, None and 007 stay texts."""
    rows = [("NA", 1, None), ("None", 2, 0.5), ("007", 3, 1.0), *rows]
    body = "".join(f'"{city}",{people},{"" if height is None else repr(height)}\n' for city, people, height in rows)
    content = ("city,people,height\n" + body).encode()
    course.add("cities", content, rows=len(rows))
    (mirror / "cities.csv").write_bytes(content)
    table = load("cities", book=course.registry(), quiet=True)
    assert table["city"].tolist() == [city for city, _, _ in rows]
    assert table["people"].tolist() == [people for _, people, _ in rows]
    assert table["height"].isna().tolist() == [height is None for _, _, height in rows]


# ---- the line


def test_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what it is, how large, and where it came from; quiet says nothing."""
    load("co2")
    assert capsys.readouterr().out == (
        "co2: Weekly atmospheric CO₂ at Mauna Loa, 1958–2001, 2,284 rows × 1 column, shipped with statsmodels.\n"
    )
    load("flower")
    assert capsys.readouterr().out == (
        "flower: Photograph of a flower, 427 × 640 × 3 uint8, shipped with scikit-learn.\n"
    )
    load("co2", quiet=True)
    assert capsys.readouterr() == ("", "")


def test_no_line_has_a_path(real_mirror: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """No set's line holds a slash or a folder of this machine, and nothing else is written."""
    for name in registry():
        load(name)
        out, err = capfd.readouterr()
        assert out.count("\n") == 1
        assert out.startswith(f"{name}: ")
        assert "/" not in out
        assert "\\" not in out
        assert err == ""


def test_a_download_writes_one_line(
    course: Course,
    server: Server,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pooch's own note, which names folders, is kept back, and its logger is left as it was."""
    import pooch

    logger = pooch.get_logger()
    monkeypatch.setattr(logger, "level", logging.INFO)
    monkeypatch.setattr(logger, "handlers", [caplog.handler])
    course.add("cities", url=server.sends("/cities.csv", TABLE))
    load("cities", book=course.registry())
    assert caplog.records == []
    assert logger.level == logging.INFO
    assert capsys.readouterr() == (
        "cities: Cities of cities, 2 rows × 3 columns, downloaded from 127.0.0.1 and kept in the cache.\n",
        "",
    )


# ---- the environment


@pytest.mark.parametrize(("text", "offline"), [("", False), ("0", False), ("No", False), ("1", True), ("true", True)])
def test_settings_offline(text: str, offline: bool) -> None:
    """COURSE_OFFLINE is a switch."""
    assert Settings.from_environment({"COURSE_OFFLINE": text}).offline is offline


def test_settings_folders(tmp_path: Path) -> None:
    """Folders are taken as given, ~ is the home folder; without a word the cache is the user's own."""
    chosen = Settings.from_environment({"COURSE_DATA_CACHE": str(tmp_path), "COURSE_DATA_MIRROR": "~/mirror"})
    assert (chosen.cache, chosen.mirror) == (tmp_path, Path.home() / "mirror")
    default = Settings.from_environment({})
    assert default.cache.name == "coursekit"
    assert default.mirror is None


def test_a_registry_is_a_mapping(course: Course) -> None:
    """What the command line needs of it: names, lookup, membership."""
    course.add("cities")
    book = course.registry()
    assert isinstance(book, Registry)
    assert (list(book), len(book), "cities" in book, "towns" in book) == (["cities"], 1, True, False)
    assert book["cities"].width == 3
