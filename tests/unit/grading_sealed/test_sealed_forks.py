"""Two forks of one warm process are strangers: no common random numbers, files, threads or keys."""

from __future__ import annotations

from sealed_cells import LIMITS, Run, notebook_of, printed

from coursekit.grading.sealed import WarmServer, run_sealed

DRAW = """
import random, tempfile, uuid
import numpy as np
import multiprocessing
values = [random.random(), np.random.random(), np.random.default_rng().random(), uuid.uuid4().hex]
values += [next(tempfile._get_candidate_names()), bytes(multiprocessing.current_process().authkey).hex()]
print(values)
"""


def test_two_forks_draw_different_numbers(run: Run) -> None:
    first, second = (eval(printed(run(DRAW))) for _ in range(2))
    same = [left for left, right in zip(first, second, strict=True) if left == right]
    assert same == []


def test_a_seeded_generator_gives_the_same_in_every_fork(run: Run) -> None:
    code = "import numpy as np, random\nrandom.seed(1); np.random.seed(1)\nprint(random.random(), np.random.random())"
    assert printed(run(code)) == printed(run(code))


def test_sets_of_strings_iterate_alike(run: Run) -> None:
    code = "print(list({'some', 'words', 'in', 'a', 'set', 'of', 'strings'}))"
    with WarmServer(limits=LIMITS) as other:
        elsewhere = run_sealed(notebook_of(code), None, server=other)
    assert printed(run(code)) == printed(elsewhere)


def test_a_fork_has_the_threads_of_a_kernel_and_no_others(run: Run) -> None:
    code = "import threading\nprint(sorted(type(thread).__name__ for thread in threading.enumerate()))"
    names = set(eval(printed(run(code))))
    assert names <= {
        "_MainThread",
        "Thread",
        "ControlThread",
        "ShellChannelThread",
        "IOPubThread",
        "HistorySavingThread",
    }
    native = "import os\nprint(len(os.listdir('/proc/self/task')))"
    assert int(printed(run(native))) < 16


def test_a_fork_shares_no_pipe_and_no_socket_with_another(run: Run) -> None:
    code = "import os\nprint([os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') "
    code += "if os.path.islink(f'/proc/self/fd/{n}')])"
    first, second = (set(eval(printed(run(code)))) for _ in range(2))
    assert {link for link in first & second if link.startswith(("socket", "pipe"))} == set()


def test_the_environment_is_that_of_a_learner(run: Run) -> None:
    code = (
        "import os, getpass, pathlib\nprint(os.getcwd(), pathlib.Path.home(), getpass.getuser(), os.uname().nodename)"
    )
    assert printed(run(code)) == "/home/learner/work /home/learner learner sealed\n"


def test_a_notebook_can_tell_that_it_is_graded_as_nbgrader_lets_it(run: Run) -> None:
    assert printed(run("import os\nprint(os.environ['NBGRADER_EXECUTION'])")) == "autograde\n"


def test_state_does_not_pass_from_one_submission_to_the_next(run: Run) -> None:
    run("import builtins, numpy as np\nbuiltins.print = None\nnp.testing.assert_allclose = None")
    assert printed(run("import numpy as np\nprint(np.testing.assert_allclose is None)")) == "False\n"


def test_a_module_that_starts_threads_is_left_out(tmp_path: object) -> None:
    # http.server is harmless; the fake module is found through the warm process's own search path.
    import sys
    from pathlib import Path

    folder = Path(str(tmp_path)) / "site-packages"
    folder.mkdir()
    (folder / "ck_threads.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    (folder / "ck_broken.py").write_text("raise RuntimeError('broken on purpose')\n")
    (folder / "ck_fine.py").write_text("import os\nborn = os.getpid()\n")
    sys.path.append(str(folder))
    try:
        with WarmServer(["ck_threads", "ck_broken", "ck_missing", "ck_fine"], limits=LIMITS) as other:
            left_out = dict(other.left_out)
            result = run_sealed(
                notebook_of(
                    "import ck_fine, os; print(ck_fine.born != os.getpid())", "import ck_threads; print('on its own')"
                ),
                None,
                server=other,
            )
    finally:
        sys.path.remove(str(folder))
    assert set(left_out) == {"ck_threads", "ck_broken", "ck_missing"}
    assert "threads" in left_out["ck_threads"]
    assert "broken on purpose" in left_out["ck_broken"]
    assert printed(result, 0) == "True\n"
    assert printed(result, 1) == "on its own\n"
