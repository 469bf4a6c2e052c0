"""JupyterLab and formgrader as a person opens them, in headless Chromium; the screenshots go where pytest says."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursekit.demo import run_demo
from coursekit.syllabus import load_syllabus

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course with a graded class in demo/."""
    folder = tmp_path_factory.mktemp("browser") / "course"
    for name in ("source", "release", "tests/answers"):
        shutil.copytree(root / name, folder / name)
    for name in ("syllabus.yml", "nbgrader_config.py", "README.md"):
        shutil.copy(root / name, folder / name)
    syllabus = load_syllabus(folder / "syllabus.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run_demo(syllabus.week("1"), folder, syllabus, lambda text, done, total: None)
    return folder


@pytest.fixture(scope="module")
def address(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab as `make lab CLASS=demo` starts it, on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    program = str(Path(sys.executable).with_name("jupyter"))
    command = [program, "lab", "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=letmein"]
    environment = {**os.environ, "COURSE_CLASS": "demo", "HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    log = (home / "lab.log").open("w")
    server = subprocess.Popen(command, cwd=course, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(120):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.5)
        else:
            pytest.fail(f"JupyterLab did not start: {(home / 'lab.log').read_text()[-1000:]}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[object]:  # noqa: ANN001
    """A tab in which somebody has logged in; a screenshot is kept at the end of each test."""
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    tab.set_default_timeout(60_000)
    tab.goto(f"{address}/lab?token=letmein")
    tab.get_by_text("Nbgrader", exact=True).first.wait_for()
    yield tab
    tab.screenshot(path=str(tmp_path / f"{request.node.name}.png"))
    tab.close()


def test_a_released_notebook_opens_and_runs(page, address: str) -> None:  # noqa: ANN001
    page.goto(f"{address}/lab/tree/release/week01-numpy/assignment.ipynb")
    page.get_by_role("heading", name="Week 1").first.wait_for()
    page.locator(".jp-RenderedHTMLCommon details summary").first.wait_for()
    assert page.get_by_text("Jupyter news").count() == 0, "no pop-up stands between a learner and the notebook"
    assert page.locator(".jp-RenderedHTMLCommon details summary").count() >= 3, "hints fold"
    assert page.locator("mjx-container, .MathJax").count() > 0, "formulas are drawn"
    assert "SOLUTION" not in page.inner_text(".jp-Notebook")


def test_formgrader_shows_the_class(page, address: str) -> None:  # noqa: ANN001
    page.goto(f"{address}/formgrader/manage_submissions/week01-numpy")
    page.get_by_text("ada").first.wait_for()
    shown = page.inner_text("body")
    for learner in ("ada", "grace", "alan", "katherine", "blank", "damaged-cells", "damaged-file", "wrong-file"):
        assert learner in shown
    page.goto(f"{address}/formgrader/gradebook/week01-numpy/assignment")
    page.get_by_text("Submission #1").first.wait_for()
    assert "21 / 21" in page.inner_text("body")


def test_formgrader_shows_the_rubric_under_the_written_answer(page, address: str) -> None:  # noqa: ANN001
    page.goto(f"{address}/formgrader/gradebook/week01-numpy/assignment")
    page.get_by_text("Submission #1").first.click()
    page.get_by_text("Student's answer").first.wait_for()
    assert "1 point" in page.inner_text("body"), "the instructor sees what each point is for"


def test_formgraders_menu_is_in_jupyterlab(page) -> None:  # noqa: ANN001
    page.get_by_text("Nbgrader", exact=True).first.click()
    page.get_by_text("Formgrader", exact=True).first.click()
    page.frame_locator("iframe").get_by_text("week01-numpy").first.wait_for()
