"""The README's words are true: its commands exist and run, its links lead somewhere, its table is current."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from coursekit.syllabus import Syllabus, weeks_table

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "data/README.md", "docs/instructor.md", "docs/student.md")


def commands(text: str) -> set[str]:
    fenced = re.findall(r"```(?:sh|bash|console)?\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0].strip().removeprefix("$ ") for block in fenced for line in block.splitlines()]
    inline = re.findall(r"`((?:make|course|nbgrader) [^`]+)`", text)
    return {line for line in [*lines, *inline] if line.startswith(("make ", "course ", "nbgrader "))}


def test_the_table_of_weeks_is_current(root: Path, syllabus: Syllabus) -> None:
    text = (root / "README.md").read_text()
    assert weeks_table(syllabus).strip() in text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_and_verbs_exist(root: Path, document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    for command in commands((root / document).read_text()):
        words = command.split()
        if words[0] == "make":
            named = [word for word in words[1:] if "=" not in word]
            assert set(named) <= targets, command
        elif words[0] == "course":
            verb = [word for word in words[1:3] if re.fullmatch(r"[a-z-]+", word)]
            verb = verb if verb[:1] == ["data"] else verb[:1]
            result = subprocess.run([sys.executable, "-m", "coursekit.cli", *verb, "--help"], capture_output=True)
            assert result.returncode == 0, command


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_to_files_lead_somewhere(root: Path, document: str) -> None:
    text = (root / document).read_text()
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    missing = [link for link in links if not ((root / document).parent / link).exists()]
    assert missing == []


def test_the_readme_has_the_two_commands_and_both_pictures(root: Path) -> None:
    text = (root / "README.md").read_text()
    assert {"make demo", "make test"} <= commands(text)
    assert len(re.findall(r"!\[[^\]]+\]\(docs/images/[\w-]+\.png\)", text)) >= 2


def test_make_needs_nothing_activated(root: Path) -> None:
    """Each target runs through the environment's own programs."""
    for target in ("demo", "test", "lab", "notebooks", "release", "lint"):
        shown = subprocess.run(["make", "-n", target], cwd=root, capture_output=True, text=True, check=True).stdout
        assert ".venv/bin/" in shown, target
        assert "activate" not in shown
