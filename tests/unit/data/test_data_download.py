"""Downloads, for real, from a server on the loopback."""

from __future__ import annotations

import hashlib
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coursekit.data import CacheUnwritable, DownloadFailed, HashMismatch, Limits, NoNetwork, Progress
from coursekit.data.download import download

if TYPE_CHECKING:
    from conftest import Course, Server

CONTENT = b"city,people,height\n" + b"Bern,134000,540.5\n" * 2000
QUICK = Limits(connect=0.5, silence=0.3, whole=0.5, tries=2, pause=0.01)


def test_a_file_arrives_verified(course: Course, server: Server, cache: Path) -> None:
    """The bytes are the server's, in the cache, readable for the class, and nothing else lies there."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", CONTENT))
    path = download(course.registry()["cities"], cache)
    assert path == cache / "cities.csv"
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) & 0o444 == 0o444
    assert list(cache.iterdir()) == [path]


def test_progress_is_told(course: Course, server: Server, cache: Path) -> None:
    """Bytes done rise to the total."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", CONTENT))
    told: list[Progress] = []
    download(course.registry()["cities"], cache, progress=told.append)
    assert {(step.name, step.total) for step in told} == {("cities", len(CONTENT))}
    done = [step.done for step in told]
    assert done == sorted(done)
    assert len(done) > 1
    assert done[-1] == len(CONTENT)


def test_an_error_of_the_callback_is_its_own(course: Course, server: Server, cache: Path) -> None:
    """It is not taken for a wrong file."""

    def broken(step: Progress) -> None:
        raise ValueError(f"cannot draw {step.name}")

    course.add("cities", CONTENT, url=server.sends("/cities.csv", CONTENT))
    with pytest.raises(ValueError, match="cannot draw cities"):
        download(course.registry()["cities"], cache, progress=broken)
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    "sent", [CONTENT[:-1], CONTENT + b"more" * 9000, b"<html>sign in</html>"], ids=["shorter", "longer", "page"]
)
def test_a_wrong_file_is_thrown_away(course: Course, server: Server, cache: Path, sent: bytes) -> None:
    """The sentence names server and set; the cache stays empty; the file is asked for once."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", sent))
    digest = hashlib.sha256(CONTENT).hexdigest()[:12]
    with pytest.raises(HashMismatch, match=rf"127\.0\.0\.1 sent for 'cities' is not the registered.*is not {digest}"):
        download(course.registry()["cities"], cache)
    assert list(cache.iterdir()) == []
    assert len(server.asked) == 1


def test_a_wrong_file_does_not_replace_a_copy(course: Course, server: Server, cache: Path) -> None:
    """Whatever lay in the cache is left alone until a verified file takes its place."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", b"wrong"))
    cache.mkdir()
    (cache / "cities.csv").write_bytes(b"old")
    with pytest.raises(HashMismatch):
        download(course.registry()["cities"], cache)
    assert (cache / "cities.csv").read_bytes() == b"old"


@pytest.mark.parametrize(("status", "times"), [(404, 1), (403, 1), (429, 2), (503, 2)])
def test_a_refusal_is_told(course: Course, server: Server, cache: Path, status: int, times: int) -> None:
    """Only a busy server is asked again."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", b"no", status=status))
    with pytest.raises(DownloadFailed, match=f"answered with status {status} for http") as caught:
        download(course.registry()["cities"], cache)
    assert caught.value.reason == f"127.0.0.1 answered with status {status}"
    assert len(server.asked) == times


def test_a_second_try_can_succeed(course: Course, server: Server, cache: Path) -> None:
    """A server that is busy once is no failure."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", b"busy", status=503))
    busy = server.answers["/cities.csv"]
    server.sends("/cities.csv", CONTENT)
    works = server.answers["/cities.csv"]
    server.answers["/cities.csv"] = lambda handler: (busy if len(server.asked) == 1 else works)(handler)
    assert download(course.registry()["cities"], cache).read_bytes() == CONTENT
    assert len(server.asked) == 2


def test_a_dead_port(course: Course, cache: Path, dead_port: int) -> None:
    """Nobody listens: no network."""
    course.add("cities", CONTENT, url=f"http://127.0.0.1:{dead_port}/cities.csv")
    with pytest.raises(NoNetwork, match=r"no connection to 127\.0\.0\.1 \(2 tries\)"):
        download(course.registry()["cities"], cache)


def test_a_silent_server(course: Course, server: Server, cache: Path, stopwatch: Callable[[], float]) -> None:
    """A server that accepts and says nothing is given up in time, after the stated tries."""
    course.add("cities", CONTENT, url=server.says_nothing("/cities.csv"))
    with pytest.raises(NoNetwork, match=r"127\.0\.0\.1 did not answer in time \(2 tries\)"):
        download(course.registry()["cities"], cache, limits=QUICK)
    assert len(server.asked) == 2
    assert stopwatch() < 5


def test_an_endless_file(course: Course, server: Server, cache: Path, stopwatch: Callable[[], float]) -> None:
    """A server that sends just enough to look alive is given up after the time for the whole."""
    url = server.drips("/cities.csv", b"x" * 8192, every=0.05, length=8192 * 1000)
    course.add("cities", CONTENT, url=url, bytes=8192 * 1000)
    limits = Limits(connect=0.5, silence=0.5, whole=0.3, slowest=1e9, tries=1)
    with pytest.raises(NoNetwork, match="did not answer in time"):
        download(course.registry()["cities"], cache, limits=limits)
    assert stopwatch() < 5
    assert list(cache.iterdir()) == []


def test_a_file_without_end_is_cut_off(
    course: Course, server: Server, cache: Path, stopwatch: Callable[[], float]
) -> None:
    """More bytes than registered cannot be the file: no more are read, however long they would come."""
    url = server.drips("/cities.csv", b"x" * 8192, every=0.05, length=8192 * 1000)
    course.add("cities", CONTENT, url=url)
    with pytest.raises(HashMismatch):
        download(course.registry()["cities"], cache)
    assert stopwatch() < 1.5


def test_a_lost_connection(course: Course, server: Server, cache: Path) -> None:
    """Half a file is no file: it is tried again, and nothing of it stays."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", CONTENT[:5000], claim=len(CONTENT)))
    with pytest.raises(NoNetwork, match=r"no connection to 127\.0\.0\.1"):
        download(course.registry()["cities"], cache)
    assert len(server.asked) == 2
    assert list(cache.iterdir()) == []


def test_a_full_disk(course: Course, server: Server, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails on this side of the wire is the cache's error, not the network's."""

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    course.add("cities", CONTENT, url=server.sends("/cities.csv", CONTENT))
    monkeypatch.setattr("coursekit.data.download._Fetcher._copy", full)
    with pytest.raises(
        CacheUnwritable, match=r"No space left on device\); set the environment variable COURSE_DATA_CACHE"
    ):
        download(course.registry()["cities"], cache)


def test_several_at_once(course: Course, server: Server, cache: Path) -> None:
    """Notebooks that start together on an empty cache all get the whole file."""
    course.add("cities", CONTENT, url=server.sends("/cities.csv", CONTENT))
    entry, got = course.registry()["cities"], []
    threads = [threading.Thread(target=lambda: got.append(download(entry, cache).read_bytes())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert got == [CONTENT] * 4
    assert [path.name for path in cache.iterdir()] == ["cities.csv"]


def test_a_try_is_the_least(course: Course, cache: Path) -> None:
    """No tries at all is a slip of the caller's."""
    course.add("cities")
    with pytest.raises(ValueError, match="limits.tries must be at least 1, got 0"):
        download(course.registry()["cities"], cache, limits=Limits(tries=0))
