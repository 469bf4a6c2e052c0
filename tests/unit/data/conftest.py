"""A clean environment, a registry made in the test, and a small HTTP server on the loopback."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from coursekit.data import Limits, Registry

REAL_MIRROR = os.environ.get("COURSE_DATA_MIRROR", "").strip()
TABLE = b"city,people,height\nBern,134000,540.5\nGent,262000,\n"


@dataclass
class Course:
    """A registry under construction, in a folder of its own."""

    folder: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, content: bytes = TABLE, **changes: Any) -> None:
        """Register a small table of cities as a downloadable file; `changes` replace keys, None takes one away."""
        entry = {
            "title": f"Cities of {name}",
            "kind": "table",
            "licence": "CC0",
            "citation": "Made in a test.",
            "use": "tests",
            "file": f"{name}.csv",
            "url": f"https://example.org/{name}.csv",
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "rows": 2,
            "columns": {"city": "text: name", "people": "integer: inhabitants", "height": "real: metres"},
        }
        self.entries[name] = {key: value for key, value in (entry | changes).items() if value is not None}

    def registry(self) -> Registry:
        """Write the registry file and read it."""
        return Registry(self.write())

    def write(self) -> Path:
        """Write the registry file."""
        path = self.folder / "registry.toml"
        lines = []
        for name, entry in self.entries.items():
            lines += [f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in entry.items())]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


@dataclass
class Server:
    """What the loopback server has: an answer for each path, and the paths that were asked for."""

    address: str
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"{self.address}{path}"

    def sends(self, path: str, content: bytes, *, status: int = 200, claim: int | None = None) -> str:
        """Answer a path with some content, claiming `claim` bytes; return its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(content) if claim is None else claim))
            handler.end_headers()
            handler.wfile.write(content)

        self.answers[path] = answer
        return self.url(path)

    def says_nothing(self, path: str) -> str:
        """Accept the connection and never answer."""
        self.answers[path] = lambda handler: self.closing.wait(10) and None
        return self.url(path)

    def drips(self, path: str, piece: bytes, *, every: float, length: int) -> str:
        """Send one piece at a time, for as long as anybody listens."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(length))
            handler.end_headers()
            for _ in range(length // len(piece)):
                handler.wfile.write(piece)
                if self.closing.wait(every):
                    return

        self.answers[path] = answer
        return self.url(path)


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve on the loopback for the length of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            try:
                state.answers[self.path](self)
            except KeyError:
                self.send_error(404)
            except OSError:  # the client has hung up, as some tests mean it to
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = Server(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield state
    state.closing.set()
    http.shutdown()
    http.server_close()
    thread.join(timeout=5)


@pytest.fixture
def dead_port() -> int:
    """Return a port of the loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return an empty course folder, to be filled with entries."""
    folder = tmp_path / "course"
    folder.mkdir()
    return Course(folder)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return the cache folder of the test; it does not exist yet."""
    return tmp_path / "cache"


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty mirror folder that COURSE_DATA_MIRROR names."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    monkeypatch.setenv("COURSE_DATA_MIRROR", str(folder))
    return folder


@pytest.fixture
def real_mirror(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder with the real files, and set COURSE_DATA_MIRROR to it; skip where there is none."""
    beside = Path(__file__).resolve().parents[4] / "shared" / "mirror"
    folder = Path(REAL_MIRROR) if REAL_MIRROR else beside
    if not folder.is_dir():
        pytest.skip("no real files at hand: COURSE_DATA_MIRROR is not set and ../shared/mirror is absent")
    monkeypatch.setenv("COURSE_DATA_MIRROR", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """Give every test a cache of its own, no mirror, short patience, and no network but the loopback."""
    monkeypatch.setenv("COURSE_DATA_CACHE", str(cache))
    monkeypatch.delenv("COURSE_DATA_MIRROR", raising=False)
    monkeypatch.delenv("COURSE_OFFLINE", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    patience = Limits(connect=1.0, silence=1.0, whole=2.0, tries=2, pause=0.01)
    monkeypatch.setattr("coursekit.data.download.PATIENCE", patience)
    look_up = socket.getaddrinfo

    def loopback_only(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in ("127.0.0.1", "localhost"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", loopback_only)


@pytest.fixture
def stopwatch() -> Callable[[], float]:
    """Return a function that tells the seconds since the test began."""
    begin = time.monotonic()
    return lambda: time.monotonic() - begin
