"""The guard's modules as compiled code. The warm process imports this, so that its forks need not compile it again."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from types import CodeType

_NAMES = ("secret", "origin", "watch", "kernel", "private", "run", "decoys", "guard")
_SOURCES = {
    f"coursekit.grading.probe.{name}": Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    for name in _NAMES
}

#: By the names under which they import each other.
PROGRAMS: dict[str, CodeType] = {
    name: compile(source, f"<probe {name}>", "exec", dont_inherit=True) for name, source in _SOURCES.items()
}
#: What tells this version of the guard from others.
VERSION = blake2b(repr(sorted(_SOURCES.items())).encode(), digest_size=16).hexdigest()
