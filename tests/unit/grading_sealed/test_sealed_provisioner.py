"""Plain Jupyter tools get the same seal."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from sealed_cells import error_names, notebook_of, printed

from coursekit.grading.sealed import SealedRun
from coursekit.grading.sealed.layout import package_folder

LOOK = f"import os; print(os.getcwd(), os.listdir(), os.path.exists({str(package_folder().parent / 'tests')!r}))"


def _client(*sources: str, folder: Path | None = None, **options: object) -> NotebookClient:
    from coursekit.grading.sealed.provisioner import SealedKernelManager

    resources = {"metadata": {"path": str(folder)}} if folder else {}
    notebook = notebook_of(*sources)
    notebook.metadata["kernelspec"] = {"name": "no-such-kernel", "display_name": "R", "language": "R"}
    return NotebookClient(
        notebook, kernel_manager_class=SealedKernelManager, resources=resources, allow_errors=True, **options
    )


def test_nbclient_runs_a_notebook_sealed(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1\n")
    client = _client(LOOK, "1 / 0", "open('new', 'w').write('x')", "6 * 7", folder=tmp_path)
    result = SealedRun(client.execute())
    assert printed(result, 0) == "/home/learner/work ['data.csv'] False\n"
    assert error_names(result, 1) == ["ZeroDivisionError"]
    assert result.notebook.cells[3].outputs[0].data["text/plain"] == "42"
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def test_nbclient_interrupts_and_sees_a_death() -> None:
    client = _client("while True: x = 1", "print('after')", timeout=1, interrupt_on_timeout=True)
    result = SealedRun(client.execute())
    assert error_names(result, 0) == ["KeyboardInterrupt"]
    assert printed(result, 1) == "after\n"
    with pytest.raises(DeadKernelError):
        _client("import os; os._exit(3)").execute()


def test_nbgraders_step_runs_sealed(tmp_path: Path) -> None:
    preprocessor = pytest.importorskip("coursekit.grading.sealed.preprocessor")
    step = preprocessor.SealedExecute(timeout=30)
    notebook, _ = step.preprocess(notebook_of(LOOK, "# check\nassert False"), {"metadata": {"path": str(tmp_path)}})
    result = SealedRun(notebook)
    assert printed(result, 0) == "/home/learner/work [] False\n"
    assert error_names(result, 1) == ["AssertionError"]
