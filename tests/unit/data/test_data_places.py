"""`course data list`, `fetch` and `verify`: what they return, and that it fits JSON."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coursekit.data import Progress, UnknownName, fetch, listing, load, registry, verify

if TYPE_CHECKING:
    from conftest import Course, Server

TABLE = b"city,people,height\nBern,134000,540.5\nGent,262000,\n"


def test_listing_names_everything() -> None:
    """Every set is there, in the registry's order, with its numbers, and as JSON."""
    rows = listing()
    assert [row.name for row in rows] == list(registry())
    found = {row.name: row for row in rows}
    assert (found["co2"].rows, found["co2"].columns, found["co2"].place) == (2284, 1, "library")
    assert (found["flower"].rows, found["flower"].columns) == (None, None)
    assert (found["titanic"].place, found["titanic"].bytes) == ("download", 61904)
    assert found["rotten_tomatoes"].place == "download"
    assert json.loads(json.dumps([row.to_dict() for row in rows]))[0]["name"] == "co2"
    assert all(row.licence and row.title for row in rows)


def test_listing_says_where_the_nearest_copy_is(
    course: Course, cache: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damaged copies do not count; a combined set is as far as its farthest part."""
    for name in ("one", "two", "three"):
        course.add(name)
    course.add("four", bundled=True)
    course.add("iris", file=None, url=None, sha256=None, bytes=None, loader="sklearn:iris")
    course.add("both", file=None, url=None, sha256=None, bytes=None, parts=["one", "two"], part_column="people",
               part_labels=[0, 1])  # fmt: skip
    cache.mkdir()
    (cache / "one.csv").write_bytes(TABLE)
    (mirror / "two.csv").write_bytes(TABLE)
    (cache / "three.csv").write_bytes(b"damaged")
    (mirror / "three.csv").write_bytes(b"damaged")
    book = course.registry()
    assert {row.name: row.place for row in listing(book=book)} == {
        "one": "cache", "two": "mirror", "three": "download", "four": "bundled", "iris": "library", "both": "mirror",
    }  # fmt: skip
    assert [row.name for row in listing(["two", "one", "two"], book=book)] == ["two", "one"]
    monkeypatch.setattr("coursekit.data.places.find_spec", lambda library: None)
    assert listing(["iris"], book=book)[0].place == "missing library"


def test_fetch_fills_the_cache(course: Course, server: Server, cache: Path, mirror: Path) -> None:
    """From server and mirror; what is there already stays; afterwards everything loads without either."""
    course.add("near")
    course.add("far", url=server.sends("/far.csv", TABLE))
    course.add("iris", file=None, url=None, sha256=None, bytes=None, loader="sklearn:iris")
    course.add("own", bundled=True)
    (course.folder / "own.csv").write_bytes(TABLE)
    (mirror / "near.csv").write_bytes(TABLE)
    told: list[Progress] = []
    rows = fetch(book=course.registry(), progress=told.append)
    assert [(row.name, row.status) for row in rows] == [
        ("near", "copied"), ("far", "downloaded"), ("iris", "shipped"), ("own", "shipped"),
    ]  # fmt: skip
    assert all(row.ok for row in rows)
    assert told[-1] == Progress("far", len(TABLE), len(TABLE))
    assert {path.name: path.read_bytes() for path in cache.iterdir()} == {"near.csv": TABLE, "far.csv": TABLE}
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o444 == 0o444 for path in cache.iterdir())
    assert [row.status for row in fetch(["near", "far"], book=course.registry())] == ["cached", "cached"]
    assert server.asked == ["/far.csv"]
    assert json.loads(json.dumps(rows[1].to_dict()))["bytes"] == len(TABLE)


def test_fetch_goes_on_after_a_failure(course: Course, server: Server) -> None:
    """The row of the failed set holds the sentence; the others are fetched."""
    course.add("gone", url=server.url("/gone.csv"))
    course.add("there", url=server.sends("/there.csv", TABLE))
    gone, there = fetch(book=course.registry())
    assert (gone.ok, gone.status) == (False, "failed")
    assert "status 404" in gone.message
    assert (there.ok, there.bytes) == (True, len(TABLE))


def test_fetch_of_a_combined_set_means_its_parts(course: Course, server: Server) -> None:
    """Each part once, however often it is named."""
    course.add("one", url=server.sends("/one.csv", TABLE))
    course.add("two", url=server.sends("/two.csv", TABLE))
    course.add("both", file=None, url=None, sha256=None, bytes=None, rows=4, parts=["one", "two"],
               part_column="people", part_labels=[0, 1])  # fmt: skip
    book = course.registry()
    assert [row.name for row in fetch(["both", "one"], book=book)] == ["one", "two"]
    assert len(load("both", book=book, quiet=True)) == 4


@pytest.mark.parametrize("verb", [listing, fetch, verify])
def test_an_unknown_name_stops_before_anything_is_done(
    verb: type[fetch], course: Course, server: Server, cache: Path
) -> None:
    """A typing slip among many names fetches nothing."""
    course.add("cities", url=server.sends("/cities.csv", TABLE))
    with pytest.raises(UnknownName, match="Did you mean 'cities'"):
        verb(["cities", "citys"], book=course.registry())
    assert server.asked == []
    assert not cache.exists()


@pytest.mark.parametrize("verb", [listing, fetch, verify])
def test_a_single_text_is_one_name(verb: type[fetch]) -> None:
    """And not its letters."""
    assert [row.name for row in verb("co2")] == ["co2"]


def test_fetch_into_an_unwritable_cache(course: Course, cache: Path, mirror: Path) -> None:
    """The row names the variable to set."""
    cache.write_text("in the way")
    course.add("cities")
    (mirror / "cities.csv").write_bytes(TABLE)
    (row,) = fetch(book=course.registry())
    assert not row.ok
    assert "COURSE_DATA_CACHE" in row.message


def test_a_copy_that_fails_leaves_nothing_behind(course: Course, cache: Path, mirror: Path) -> None:
    """A folder stands where the file should go: the row says so, and no half file stays."""
    course.add("cities")
    (mirror / "cities.csv").write_bytes(TABLE)
    (cache / "cities.csv").mkdir(parents=True)
    (row,) = fetch(book=course.registry())
    assert row.status == "failed"
    assert "cannot be written to" in row.message
    assert [path.name for path in cache.iterdir()] == ["cities.csv"]


def test_verify_finds_what_is_wrong(course: Course, cache: Path, mirror: Path) -> None:
    """Absent is no fault, wrong is; a file as registered whose content breaks the promise is wrong too."""
    course.add("good")
    course.add("damaged")
    course.add("odd", b"city,people\nBern,1\nGent,2\n")
    course.add("own", bundled=True)
    cache.mkdir()
    (cache / "good.csv").write_bytes(TABLE)
    (mirror / "damaged.csv").write_bytes(TABLE[1:])
    (cache / "odd.csv").write_bytes(b"city,people\nBern,1\nGent,2\n")
    rows = verify(book=course.registry())
    assert [(row.name, row.place, row.status) for row in rows] == [
        ("good", "cache", "ok"), ("good", "mirror", "absent"),
        ("damaged", "cache", "absent"), ("damaged", "mirror", "wrong"),
        ("odd", "cache", "wrong"), ("odd", "mirror", "absent"),
        ("own", "bundled", "wrong"),
    ]  # fmt: skip
    assert [row.ok for row in rows] == [True, True, True, False, False, True, False]
    assert "damaged.csv is not the registered file" in rows[3].message
    assert "'height' is missing" in rows[4].message
    assert json.loads(json.dumps(rows[0].to_dict()))["status"] == "ok"


def test_verify_reports_what_cannot_be_read(course: Course, cache: Path) -> None:
    """A folder where the file should be."""
    course.add("cities")
    (cache / "cities.csv").mkdir(parents=True)
    (row,) = verify(book=course.registry())
    assert row.status == "wrong"
    assert "cannot be read" in row.message


def test_verify_tries_the_libraries(course: Course) -> None:
    """A library's set is loaded and compared with the promise."""
    iris = dict.fromkeys(("file", "url", "sha256", "bytes", "rows", "columns"))
    course.add("iris", **iris | {"loader": "sklearn:iris", "rows": 149, "columns": {"petal_length_cm": "real"}})
    (row,) = verify(book=course.registry())
    assert (row.place, row.status) == ("library", "wrong")
    assert "has 150 rows, and the registry promises 149" in row.message


def test_verify_the_course() -> None:
    """Every set that ships with a library is as registered; nothing is in the empty cache."""
    rows = verify()
    assert {row.status for row in rows if row.place == "library"} == {"ok"}
    assert {row.status for row in rows if row.place == "cache"} == {"absent"}


def test_verify_the_real_mirror(real_mirror: Path) -> None:
    """Every published file of the mirror is as registered."""
    rows = [row for row in verify() if row.place == "mirror"]
    assert len(rows) == 8
    assert {row.status for row in rows} == {"ok"}
