"""Code style, and rules for what must never stand in the project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FORBIDDEN = {
    "a package registry's host": r"py" r"pi\.org|python" r"hosted|registry\.npm" r"js|deb\.debian\.org",
    # /home/learner is the sandbox's own.
    "a path of one machine": r"(?<![\w.~-])/(?:work|farm|root|home(?!/learner))/[A-Za-z]",
    "an unfinished word": r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|lorem ip" r"sum|coming so" r"on)\b",
}
TEXT = {".py", ".md", ".yml", ".toml", ".sh", ".txt", ".in", ".ipynb", ".html", ".j2", ""}


def tracked(root: Path) -> list[Path]:
    listed = subprocess.run(["git", "-C", str(root), "ls-files"], capture_output=True, text=True, check=True).stdout
    return [root / line for line in listed.splitlines() if (root / line).is_file()]


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_ruff(root: Path, command: list[str]) -> None:
    result = subprocess.run([sys.executable, "-m", "ruff", *command, "."], cwd=root, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_forbidden_is_named(root: Path, what: str) -> None:
    found = []
    for path in tracked(root):
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(root)}: {match[0]}" for match in re.finditer(FORBIDDEN[what], text)]
    assert found == []


def test_no_large_files(root: Path) -> None:
    assert [path.name for path in tracked(root) if path.stat().st_size > 2_000_000] == []


def test_nothing_imports_the_command_line(root: Path) -> None:
    modules = [path for path in (root / "coursekit").rglob("*.py") if path.name != "cli.py"]
    assert [
        path.name for path in modules if re.search(r"coursekit\.cli|from coursekit import cli", path.read_text())
    ] == []
