"""The room opens fast, and its door prints the readme."""

from __future__ import annotations

import subprocess
import sys

from coursekit.data import readme_text

HEAVY = {"numpy", "pandas", "scipy", "pooch", "requests", "sklearn", "statsmodels", "PIL"}


def test_nothing_heavy_is_imported_until_used() -> None:
    """Importing the room and asking the registry brings no heavy library; loading does."""
    code = (
        "import sys, coursekit.data as data\n"
        "data.registry()['co2']; data.readme_text()\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
        "data.load('co2', quiet=True)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    before, after = done.stdout.splitlines()
    assert before == "[]"
    assert "statsmodels" in after


def test_the_module_prints_the_readme() -> None:
    """The command that the readme names writes it, without a warning."""
    done = subprocess.run([sys.executable, "-m", "coursekit.data"], capture_output=True, check=True)
    assert done.stdout.decode() == readme_text()
    assert done.stderr == b""
