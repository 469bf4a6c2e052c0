"""Honest notebooks are unaffected, and what a broken cell takes with it is put back."""

from __future__ import annotations

import dataclasses
import json
import time
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from sealed_cells import LIMITS, Run, error_names, notebook_of, printed, statuses

from coursekit.errors import CourseError
from coursekit.grading.sealed import Limits, Probe, WarmServer, preload_of, rehearse, run_sealed


def test_outputs_are_those_of_a_notebook(run: Run, tmp_path: Path) -> None:
    result = run(
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nax.set_title('A line');",
        "print('out'); import sys; print('err', file=sys.stderr); 6 * 7",
        "from IPython.display import display\nhandle = display({'a': 1}, display_id=True)\nhandle.update({'a': 2})",
        "from IPython.display import clear_output\nprint('old'); clear_output(wait=True); print('new')",
        "1 / 0",
        "%matplotlib inline\n!echo from a shell\n%time x = 1",
        "input('name? ')",
        "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')",
        "import ctypes; ctypes.CDLL(None).puts(b'from C'); ctypes.CDLL(None).fflush(None);",
    )
    cells = result.notebook.cells
    assert {"image/png", "text/plain"} <= set(cells[0].outputs[-1].data)
    assert [output.output_type for output in cells[1].outputs] == ["stream", "stream", "execute_result"]
    assert cells[1].outputs[-1].data["text/plain"] == "42"
    assert [output.data["text/plain"] for output in cells[2].outputs] == ["{'a': 2}"]
    assert printed(result, 3) == "new\n"
    assert error_names(result, 4) == ["ZeroDivisionError"]
    assert "from a shell" in printed(result, 5)
    assert error_names(result, 6) == ["StdinNotImplementedError"]
    assert printed(result, 7) == "awaited\n"
    assert "from C" in printed(result, 8)
    assert statuses(result) == ["ok", "ok", "ok", "ok", "error", "ok", "error", "ok", "ok"]
    assert result.restarts == 0
    assert not any(cell.malformed or cell.truncated for cell in result.cells)
    nbformat.validate(result.notebook)
    nbformat.write(result.notebook, tmp_path / "x.ipynb")


def test_the_same_notebook_gives_what_a_plain_kernel_gives(run: Run, tmp_path: Path) -> None:
    from coursekit.grading.execute import execute

    figure = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1))\nax.plot([1, 2]);\n"
    sources = [
        f"{figure}fig",
        f"{figure}plt.close(fig)\nfig",
        figure,
        "print(plt.rcParams['figure.dpi'], plt.isinteractive(), plt.get_backend())",
        "import numpy as np\nx = np.arange(3)",
        "x",
        "print(x.sum())",
        "# check\nassert x.sum() == 4, 'not four'",
        "{'a'}",
        "print(__name__, __builtins__.__name__); import sys; print('' in sys.path)",
    ]
    plain = execute(notebook_of(*sources), tmp_path).notebook
    sealed = run(*sources).notebook
    for mine, theirs in zip(sealed.cells, plain.cells, strict=True):
        assert mine.outputs == theirs.outputs
        assert mine.execution_count == theirs.execution_count


def test_the_notebook_given_is_not_changed_and_old_outputs_are_gone(server: WarmServer) -> None:
    notebook = new_notebook(
        cells=[new_markdown_cell("# Title"), new_code_cell("x = 1"), new_code_cell("  "), new_code_cell("x")],
        metadata={"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}},
    )
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="old")]
    notebook.cells[3].metadata["tags"] = ["skip-execution", "raises-exception"]
    before = deepcopy(notebook)
    result = run_sealed(notebook, None, server=server)
    assert notebook == before
    assert [cell.index for cell in result.cells] == [1, 3]
    assert result.notebook.cells[3].outputs[0].data["text/plain"] == "1"


def test_files_handed_in_are_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x\n1\n")
    (tmp_path / "helper.py").write_text("answer = 42\n")
    result = run("import helper\nprint(helper.answer, open('data/a.csv').read().split())", folder=tmp_path)
    assert printed(result) == "42 ['x', '1']\n"


def test_a_replay_runs_answers_again_and_leaves_out_culprit_and_checks(run: Run) -> None:
    result = run(
        "log = []",
        "log.append('answer 1')",
        "# check\nlog.append('check 1')",
        "# check\nimport os; os._exit(1)",
        "log.append('answer 2')",
        "# check\nprint(log)",
    )
    assert statuses(result) == ["ok", "ok", "ok", "killed", "ok", "ok"]
    assert printed(result) == "['answer 1', 'answer 2']\n"
    assert [cell.replayed for cell in result.cells] == [1, 1, 0, 0, 0, 0]
    assert result.restarts == 1


def test_a_check_that_leaves_a_name_to_later_cells_is_replayed(run: Run) -> None:
    result = run("x = 1", "# check\nexpected = 7", "# check\nimport os; os._exit(1)", "# check\nassert expected == 7")
    assert statuses(result) == ["ok", "ok", "killed", "ok"]
    assert result.cells[1].replayed == 1


def test_an_answer_that_kills_costs_its_own_cell_only(run: Run) -> None:
    result = run("x = 1", "import os; os._exit(1)", "# check\nassert x == 1", "y = x + 1", "# check\nassert y == 2")
    assert statuses(result) == ["ok", "killed", "ok", "ok", "ok"]


def test_each_death_costs_its_own_cell(run: Run) -> None:
    die = "# check\nimport os; os._exit(9)"
    result = run("x = 1", die, "# check\nassert x", die, "y = 2", die, "# check\nassert x + y == 3")
    assert statuses(result) == ["ok", "killed", "ok", "killed", "ok", "killed", "ok"]
    assert result.restarts == 3


def test_a_cell_that_kills_only_when_replayed_is_left_out_then(run: Run, tmp_path: Path) -> None:
    late = "import os, time\nif time.time() > float(open('start').read()) + 1.0: os._exit(1)"
    (tmp_path / "start").write_text(str(time.time()))
    result = run(
        "x = 1",
        late,
        "import time; time.sleep(1.2)",
        "# check\nimport os; os._exit(2)",
        "# check\nassert x",
        folder=tmp_path,
    )
    assert statuses(result) == ["ok", "ok", "ok", "killed", "ok"]
    assert result.restarts == 2


def test_the_budgets_of_a_submission_end_it_without_an_exception(run: Run) -> None:
    die = "# check\nimport os; os._exit(9)"
    result = run("x = 1", die, die, die, "# check\nx", limits=dataclasses.replace(LIMITS, restarts=1))
    assert statuses(result) == ["ok", "killed", "killed", "skipped", "skipped"]
    assert "1 fresh kernels" in result.cells[-1].detail
    assert result.notebook.cells[-1].execution_count is None
    limits = dataclasses.replace(LIMITS, submission_seconds=1, grace_seconds=0.5)
    result = run("import time; time.sleep(30)", "# check\n1", limits=limits)
    assert statuses(result)[1] == "skipped"
    assert result.wall_seconds < 5


def test_probes_run_around_a_cell_and_leave_no_trace(server: WarmServer) -> None:
    notebook = notebook_of("x = 1", "# check\nx")

    def probe(cell: nbformat.NotebookNode) -> Probe | None:
        is_check = cell.metadata.get("nbgrader", {}).get("grade")
        return Probe("print('before', x)", "1 / 0") if is_check else None

    result = run_sealed(notebook, None, server=server, probe=probe)
    assert result.cells[0].probed == (None, None)
    before, after = result.cells[1].probed
    assert (before.status, before.text) == ("ok", "before 1\n")
    assert after.status == "error"
    assert result.notebook.cells[1].outputs[0].execution_count == 2
    assert printed(result, 1) == ""


def test_the_record_is_plain_data(run: Run) -> None:
    seen = []
    result = run("x = 1", "# check\nimport os; os._exit(1)", on_cell=lambda done, of: seen.append((done, of)))
    record = json.loads(json.dumps(result.to_dict()))
    assert [cell["status"] for cell in record["cells"]] == ["ok", "killed"]
    assert record["cells"][1]["grade_id"] == "w00-q1-cell-1"
    assert record["peak_mib"] > 10
    assert seen == [(1, 2), (2, 2)]


def test_preload_of_reads_imports_and_runs_nothing() -> None:
    notebook = notebook_of(
        "%matplotlib inline\nimport numpy as np, os.path\nfrom sklearn.linear_model import Ridge as R",
        "def f():\n    import pandas\n    from . import mine\n!pip list",
        "this is no python",
        "from __future__ import annotations\nimport numpy",
    )
    assert preload_of(notebook) == ("numpy", "os.path", "sklearn.linear_model", "sklearn.linear_model.Ridge", "pandas")


def test_preload_of_knows_what_a_library_loads_late() -> None:
    assert preload_of(notebook_of("import torch", "x = torch.ones(3)")) == ("torch",)
    assert preload_of(notebook_of("import torch", "torch.optim.SGD([x])")) == ("torch", "torch._dynamo")
    assert preload_of(notebook_of("import numpy", "optim = 1")) == ("numpy",)


def test_a_rehearsal_keeps_warm_what_is_imported_on_the_way(tmp_path: Path) -> None:
    notebook = notebook_of("x = 1", "def late():\n    import wave, colorsys\nlate()", "# check\nassert x == 1")
    look = notebook_of("import sys; print('wave' in sys.modules, 'colorsys' in sys.modules)")
    with WarmServer(limits=LIMITS) as server:
        cold = run_sealed(look, None, server=server)
        rehearsal = rehearse(notebook, None, server=server)
        warm = run_sealed(look, None, server=server)
        assert server.left_out == {}
    assert printed(cold) == "False False\n"
    assert statuses(rehearsal) == ["ok", "ok", "ok"]
    assert printed(warm) == "True True\n"


@pytest.mark.parametrize("wrong", [{"processes": 3}, {"memory_mib": 0}, {"cell_seconds": -1}, {"open_files": 10}])
def test_senseless_limits_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Limits(**wrong)


def test_without_bubblewrap_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from coursekit.grading.sealed import availability

    availability.available.cache_clear()
    try:
        monkeypatch.setenv("PATH", "/nowhere")
        assert not availability.available()
        assert "apt-get install bubblewrap" in availability.available().reason
        with pytest.raises(CourseError, match="apt-get install bubblewrap"):
            WarmServer().start()
    finally:
        availability.available.cache_clear()


def test_speed_is_printed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    sources = ["import numpy as np", *[f"x{number} = np.arange({number})" for number in range(12)]]
    results = [run(*sources) for _ in range(5)]
    best = min(results, key=lambda result: result.wall_seconds)
    with capsys.disabled():
        print(
            f"\n13 cells, sealed: {best.wall_seconds * 1000:.0f} ms in all,"
            f" ready after {best.ready_seconds * 1000:.0f} ms, cells {best.seconds * 1000:.0f} ms"
        )
    assert all(set(statuses(result)) == {"ok"} for result in results)
