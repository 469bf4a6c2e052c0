"""Every property of the seal, shown by an attack that fails."""

from __future__ import annotations

import os
import socket
import textwrap
import threading
import time
from pathlib import Path

import pytest
from sealed_cells import LIMITS, Run, error_names, eventually, notebook_of, printed, statuses

from coursekit.grading.sealed import WarmServer, run_sealed
from coursekit.grading.sealed.layout import package_folder

#: What an attack prints when it got somewhere it should not.
THROUGH = "GOT THROUGH"


def attempt(code: str) -> str:
    """A cell that tries something and prints how far it came."""
    body = textwrap.indent(textwrap.dedent(code).strip(), "    ")
    return (
        f"try:\n{body}\n    print('{THROUGH}')\nexcept BaseException as e:\n    print('refused', type(e).__name__, e)"
    )


def assert_refused(run: Run, *attacks: str, folder: Path | None = None) -> str:
    result = run(*map(attempt, attacks), folder=folder)
    said = [printed(result, index) for index in range(len(attacks))]
    for attack, text in zip(attacks, said, strict=True):
        assert text.startswith("refused"), f"{attack!r} said {text!r}"
    return "".join(said)


# --- the network ---------------------------------------------------------------------------------------------------


def test_no_way_to_a_server_on_this_machine(run: Run) -> None:
    with socket.create_server(("0.0.0.0", 0)) as listening:
        port = listening.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass  # from here it can be reached
        assert_refused(
            run,
            f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=2)",
            f"import socket; socket.create_connection(('localhost', {port}), timeout=2)",
        )


def test_no_way_out(run: Run) -> None:
    assert_refused(
        run,
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)",
        "import urllib.request; urllib.request.urlopen('http://example.org', timeout=2)",
        "import socket; socket.socket(40, socket.SOCK_STREAM)  # vsock: to the host of a virtual machine",
        "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    )


def test_no_way_to_an_abstract_socket_of_this_machine(run: Run) -> None:
    name = f"\0coursekit-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name)
        listening.listen()
        assert_refused(run, f"import socket; socket.socket(socket.AF_UNIX).connect({name!r})")


def test_a_server_inside_is_reached_from_inside(run: Run) -> None:
    result = run(
        "import socket\nlistening = socket.create_server(('127.0.0.1', 0))\n"
        "with socket.create_connection(listening.getsockname(), timeout=5): print('inside')"
    )
    assert printed(result) == "inside\n"


# --- what can be read ----------------------------------------------------------------------------------------------


def test_neither_source_nor_tests_nor_history_can_be_seen(run: Run) -> None:
    checkout = package_folder().parent
    here = [name for name in ("source", "tests", ".git", "gradebook.db", "submitted") if (checkout / name).exists()]
    assert "tests" in here
    result = run(
        f"import os; print([name for name in {here} if os.path.exists(os.path.join({str(checkout)!r}, name))])"
    )
    assert printed(result) == "[]\n"


def test_a_file_of_this_machine_cannot_be_read(run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "gradebook.db"
    secret.write_text("secret")
    assert_refused(
        run,
        f"open({str(secret)!r}).read()",
        f"open('/proc/1/root{secret}').read()",
        f"open('/proc/{os.getpid()}/root{secret}').read()",
        "open('/etc/shadow').read()",
        "import os; os.listdir('/root/.ssh')",
        f"import os; os.listdir({str(Path(__file__).parent)!r})",
    )


def test_coursekit_and_its_data_can_be_read_and_not_written(run: Run) -> None:
    result = run("import coursekit.check, os; print(os.access(coursekit.__file__, os.R_OK))")
    assert printed(result) == "True\n"
    assert_refused(run, "import coursekit; open(coursekit.__file__, 'a')")


def test_a_secret_of_the_environment_stays_outside(tmp_path: Path) -> None:
    outside = {**os.environ, "DATABASE_PASSWORD": "hunter2", "HOME": str(tmp_path)}
    search = "import os, glob\nfound = str(dict(os.environ))\nfor path in glob.glob('/proc/*/environ'):\n"
    search += (
        "    try: found += open(path).read()\n    except OSError: pass\nprint('hunter2' in found, len(found) > 100)"
    )
    with WarmServer(environment=outside, limits=LIMITS) as other:
        result = run_sealed(notebook_of(search), None, server=other)
    assert printed(result) == "False True\n"


def test_a_check_is_not_in_memory_before_it_is_run(run: Run) -> None:
    # The brackets keep the pattern itself from being found.
    search = textwrap.dedent(r"""
        import re
        memory = open("/proc/self/mem", "rb", 0)
        found = 0
        for line in open("/proc/self/maps"):
            begin, end, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()
            if rights.startswith("rw"):
                memory.seek(int(begin, 16))
                found += len(re.findall(rb"[H]IDDEN-4711-0815", memory.read(int(end, 16) - int(begin, 16))))
        print(found > 0)
    """)
    check = "# check\nlen('HIDDEN-4711-0815')"
    assert printed(run(check, search), 1) == "True\n", "a check that has been run is there: the search works"
    assert printed(run("x = 1", search, check), 1) == "False\n"


def test_processes_of_this_machine_are_invisible(run: Run) -> None:
    result = run("import os; print(sorted(int(name) for name in os.listdir('/proc') if name.isdigit()))")
    assert len(eval(printed(result))) <= 4
    assert_refused(run, f"import os; os.kill({os.getpid()}, 0)")


def test_no_descriptor_leads_outside(run: Run) -> None:
    result = run(
        "import os\nlinks = []\nfor name in os.listdir('/proc/self/fd'):\n"
        "    try: links.append(os.readlink('/proc/self/fd/' + name))\n    except OSError: pass\n"
        "print(sorted({link.split(':')[0] for link in links}))"
    )
    assert set(eval(printed(result))) <= {"/dev/null", "anon_inode", "pipe", "socket"}


def test_links_among_the_files_handed_in_lead_nowhere(run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = tmp_path / "submission"
    (folder / "sub").mkdir(parents=True)
    (folder / "data.csv").write_text("1,2\n")
    (folder / "link").symlink_to(secret)
    (folder / "sub" / "up").symlink_to("../../secret.txt")
    (folder / "all").symlink_to("/")
    os.mkfifo(folder / "pipe")
    result = run("import os; print(sorted(os.listdir()), open('data.csv').read())", folder=folder)
    assert printed(result) == "['all', 'data.csv', 'link', 'sub'] 1,2\n\n"
    assert_refused(run, "open('link').read()", "open('sub/up').read()", f"open('all{secret}').read()", folder=folder)


# --- what can be written -------------------------------------------------------------------------------------------


def test_nothing_outside_can_be_written(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "data.csv").write_text("1,2\n")
    assert_refused(
        run,
        "import sys, os; open(os.path.join(sys.prefix, 'x'), 'w')",
        "import numpy; open(numpy.__file__, 'a')",
        "open('/usr/x', 'w')",
        "open('/etc/x', 'w')",
        "open('/x', 'w')",
        "open('/run/x', 'w')",
        "open('/dev/x', 'w')",
        "open('/proc/sys/kernel/hostname', 'w')",
        "open('/proc/self/exe', 'r+b')",
        "open('/dev/mem', 'rb')",
    )
    result = run(
        "import os, shutil\nopen('data.csv', 'w').write('mine')\nopen('new', 'w')\nprint(os.listdir())", folder=folder
    )
    assert "new" in printed(result)
    assert [path.name for path in folder.iterdir()] == ["data.csv"]
    assert (folder / "data.csv").read_text() == "1,2\n"


def test_a_file_bomb_meets_a_limit(run: Run) -> None:
    said = assert_refused(
        run,
        "f = open('large', 'wb')\nfor _ in range(100): f.write(bytes(1 << 20))",
        "for i in range(100): open(f'/tmp/part{i}', 'wb').write(bytes(4 << 20))",
        "for i in range(5000): open(f'/dev/shm/{i}', 'w')",
        "import os\nfor i in range(5000): os.makedirs(f'/home/learner/many/{i}')",
    )
    assert "File too large" in said
    assert said.count("No space left") == 3


# --- rights --------------------------------------------------------------------------------------------------------


def test_no_right_is_left_and_none_can_be_won(run: Run) -> None:
    call = "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    result = "\nif {} != 0: raise OSError(ctypes.get_errno(), 'refused')"
    assert_refused(
        run,
        call + result.format("libc.unshare(0x10000000)"),
        call + result.format("libc.unshare(0x00020000)"),
        call + result.format("libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None)"),
        call + result.format("libc.umount2(b'/usr', 2)"),
        call + result.format("libc.ptrace(16, 1, 0, 0)"),
        call + result.format("libc.chroot(b'/tmp')"),
        call + result.format("min(0, libc.syscall(250, 0, -3, 1))") if os.uname().machine == "x86_64" else "1 / 0",
        call + "pid = libc.syscall(56, 0x10000011, 0, 0, 0, 0)\nif pid == 0: os._exit(0)\nif pid < 0: raise OSError"
        if os.uname().machine == "x86_64"
        else "1 / 0",
        "import os; os.setuid(0)",
        "import os; os.chown('/home/learner/work', 0, 0)",
        "import resource; resource.setrlimit(resource.RLIMIT_NPROC, (4096, 4096))",
        "import os; os.setgroups([0])",
        "open('/proc/1/mem', 'r+b')",
        "open('/proc/1/environ').read()",
    )
    status = printed(run("print(open('/proc/self/status').read())"))
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert {int(facts[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
    assert (facts["NoNewPrivs"], facts["Seccomp"]) == ("1", "2")
    assert "0" not in facts["Uid"].split()


# --- using things up -----------------------------------------------------------------------------------------------


def test_a_fork_bomb_meets_a_limit_and_is_gone_afterwards(run: Run) -> None:
    bomb = "import os, time\ncount = 0\ntry:\n    while True:\n        if os.fork() == 0:\n            time.sleep(60)\n"
    bomb += "            os._exit(0)\n        count += 1\nexcept OSError as e:\n    print(count, e)"
    before = _tasks()
    result = run("x = 1", bomb, "# check\nassert x == 1")
    count = int(printed(result, 1).split()[0])
    assert 10 < count < LIMITS.processes
    assert "temporarily unavailable" in printed(result, 1)
    assert statuses(result) == ["ok", "ok", "ok"]
    assert eventually(lambda: _tasks() < before + 20)


def _tasks() -> int:
    return sum(name.isdigit() for name in os.listdir("/proc"))


def test_a_memory_bomb_meets_a_limit(run: Run) -> None:
    result = run("x = 1", "much = bytearray(2 << 30)", "# check\nassert x == 1")
    assert statuses(result) == ["ok", "error", "ok"]
    assert error_names(result, 1) == ["MemoryError"]
    assert result.restarts == 0


def test_memory_shared_or_spread_over_processes_counts_together(run: Run) -> None:
    spread = "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        much = bytearray(150 << 20)\n"
    spread += "        time.sleep(60)\n        os._exit(0)\ntime.sleep(30)"
    shared = "import mmap, time\nmuch = mmap.mmap(-1, 600 << 20)\n"
    shared += "for at in range(0, 600 << 20, 4096): much[at] = 1\ntime.sleep(30)"
    result = run("x = 1", spread, "# check\nassert x == 1", shared, "# check\nassert x == 1")
    assert statuses(result) == ["ok", "memory", "ok", "memory", "ok"]
    assert error_names(result, 1) == ["MemoryLimit"]
    assert result.peak_mib < 1500


def test_output_is_cut_off(run: Run) -> None:
    result = run(
        "print('a' * 10_000_000)",
        "for i in range(100_000): print('line', i)",
        "from IPython.display import display, HTML\nfor i in range(2000): display(HTML('x' * 1000))",
        "raise ValueError('x' * 5_000_000)",
        "print('after')",
    )
    for index in range(4):
        assert len(str(result.notebook.cells[index].outputs)) < LIMITS.output_bytes * 1.6
        assert result.cells[index].truncated
    assert "cut off" in printed(result, 0)
    assert error_names(result, 3) == ["ValueError"]
    assert printed(result) == "after\n"
    assert not result.cells[-1].truncated


def test_output_that_stays_in_the_kernel_does_not_starve_the_next_cells(run: Run) -> None:
    result = run(
        "kept = 7",
        "lost = 1\nwhile True:\n    print('x' * 100_000)",
        "import numpy as np\nprint(np.ones(25_000_000).sum(), kept, 'lost' in globals())",
    )
    assert statuses(result)[0::2] == ["ok", "ok"]
    assert printed(result) == "25000000.0 7 False\n"


def test_many_open_files_meet_a_limit(run: Run) -> None:
    said = assert_refused(run, "kept = [open('/dev/null') for _ in range(5000)]")
    assert "Too many open files" in said


# --- ways to die ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "detail"),
    [
        ("import os; os._exit(3)", "exit 3"),
        ("import os; os.kill(os.getpid(), 9)", "signal 9"),
        ("import ctypes; ctypes.string_at(0)", "signal 11"),
        ("import os; os.abort()", "signal 6"),
        ("import sys; sys.stdout.flush(); import os; os.killpg(0, 9)", "signal 9"),
    ],
)
def test_a_dead_kernel_costs_one_cell(run: Run, end: str, detail: str) -> None:
    result = run("x = 41", "x += 1", f"# check\n{end}", "# check\nassert x == 42")
    assert statuses(result) == ["ok", "ok", "killed", "ok"]
    assert result.cells[2].detail == detail
    assert error_names(result, 2) == ["DeadKernel"]
    assert result.restarts == 1


def test_a_signal_to_everybody_stays_inside(run: Run) -> None:
    result = run("x = 1", "import os; os.kill(-1, 9)", "import time; time.sleep(0.2)", "# check\nassert x == 1")
    assert statuses(result)[-1] == "ok"


def test_exit_and_quit_end_nothing_but_themselves(run: Run) -> None:
    result = run("x = 1", "exit()", "# check\nassert x == 1", "raise SystemExit", "# check\nassert x == 1")
    assert [statuses(result)[index] for index in (0, 2, 4)] == ["ok", "ok", "ok"]


@pytest.mark.parametrize(
    ("loop", "status"),
    [
        ("while True: x = 1", "timeout"),
        ("import time; time.sleep(60)", "timeout"),
        ("import subprocess; subprocess.run(['sleep', '60'])", "timeout"),
        ("import time\nwhile True:\n    try: time.sleep(60)\n    except BaseException: pass", "killed"),
        ("import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(60)", "killed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "killed"),
    ],
)
def test_a_cell_without_end_costs_one_cell(run: Run, loop: str, status: str) -> None:
    import dataclasses

    limits = dataclasses.replace(LIMITS, cell_seconds=1, grace_seconds=0.5 if status == "killed" else 5)
    began = time.monotonic()
    result = run("y = 1", f"# check\n{loop}", "# check\nassert y == 1", limits=limits)
    assert statuses(result) == ["ok", status, "ok"]
    assert error_names(result, 1)[-1] == "CellTimeout"
    assert time.monotonic() - began < 10


def test_a_swallowed_interrupt_is_no_success(run: Run) -> None:
    import dataclasses

    loop = "import time\ntry: time.sleep(60)\nexcept KeyboardInterrupt: print('nothing happened')"
    result = run(f"# check\n{loop}", limits=dataclasses.replace(LIMITS, cell_seconds=1))
    assert statuses(result) == ["timeout"]
    assert error_names(result) == ["CellTimeout"]


def test_what_runs_on_in_the_background_is_ended(run: Run) -> None:
    name = f"coursekit-left-over-{os.getpid()}"
    daemon = "import os\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
    daemon += f"        os.execv('/bin/sh', ['{name}', '-c', 'sleep 60; :'])\n    os._exit(0)"
    thread = "import threading, time\nthreading.Thread(target=lambda: [time.sleep(0.01) for _ in range(10**6)]).start()"
    result = run(daemon, thread, "import time; time.sleep(0.3); print(open('/proc/loadavg').read() != '')")
    assert statuses(result) == ["ok", "ok", "ok"]
    assert eventually(lambda: not any(name in _read(path) for path in Path("/proc").glob("[0-9]*/cmdline")))


def test_orphans_are_buried(run: Run) -> None:
    orphans = "import os, time\nfor _ in range(100):\n    pid = os.fork()\n    if pid == 0:\n"
    orphans += "        if os.fork() == 0: os._exit(0)\n        os._exit(0)\n    os.waitpid(pid, 0)\ntime.sleep(0.2)\n"
    result = run(orphans + "print(sum(name.isdigit() for name in os.listdir('/proc')))")
    assert int(printed(result)) < 10


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


# --- lies to the grader's side -------------------------------------------------------------------------------------


def test_forged_and_malformed_messages_do_no_harm(run: Run, tmp_path: Path) -> None:
    import nbformat

    forge = textwrap.dedent("""
        import json
        kernel = get_ipython().kernel
        parent = kernel.get_parent()
        kernel.session.pack = lambda thing: json.dumps(thing, default=str).encode()
        def forge(kind, content):
            kernel.session.send(kernel.iopub_socket, kind, content, parent=parent)
        forge("stream", {"name": "stdout", "text": "half a pair: \\ud800"})
        forge("stream", {"name": "elsewhere", "text": "x"})
        forge("stream", {"text": 1})
        forge("display_data", {"data": {"text/plain": 5}, "metadata": {}})
        forge("display_data", {"data": [], "metadata": []})
        forge("error", {"ename": 1})
        forge("status", {"execution_state": "idle"})
        deep = []
        for _ in range(100): deep = [deep]
        forge("display_data", {"data": {"application/json": deep}, "metadata": {}})
        forge("unheard_of", {})
        kernel.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", b"", b"{", b"[]", b"", b""])
        kernel.iopub_socket.send_multipart([b"nothing"])
        print("end")
    """)
    result = run(forge, "print('next')")
    assert statuses(result) == ["ok", "ok"]
    assert result.cells[0].malformed >= 5
    assert "half a pair: ?" in printed(result, 0)
    nbformat.validate(result.notebook)
    nbformat.write(result.notebook, tmp_path / "executed.ipynb")
    assert printed(result, 1) == "next\n"


def test_an_answer_before_the_end_does_not_confuse_the_next_cell(run: Run) -> None:
    early = textwrap.dedent("""
        import time
        kernel = get_ipython().kernel
        parent = kernel.get_parent()
        print("begin", flush=True)
        kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=parent)
        time.sleep(0.3)
        print("late")
    """)
    result = run(early, "print('next')")
    assert statuses(result) == ["ok", "ok"]
    assert printed(result, 1) == "next\n"


def test_errors_once_shown_cannot_be_taken_back(run: Run) -> None:
    code = (
        "from IPython.display import clear_output\nget_ipython().showtraceback((ValueError, ValueError('x'), None))\n"
    )
    result = run(f"{code}clear_output()\nprint('fine')")
    assert error_names(result) == ["ValueError"]
    assert statuses(result) == ["error"]


# --- others --------------------------------------------------------------------------------------------------------


def test_submissions_do_not_see_each_other(server: WarmServer) -> None:
    meet = "import os, time\nopen('/tmp/mine', 'w').write('x'); open('/dev/shm/mine', 'w').write('x')\ntime.sleep(1)\n"
    look = "import os, time\ntime.sleep(0.5)\nprint(os.listdir('/dev/shm'), os.path.exists('/tmp/mine'), "
    look += "sorted(int(n) for n in os.listdir('/proc') if n.isdigit())[-1] < 20)"
    results = {}

    def work(name: str, code: str) -> None:
        results[name] = run_sealed(notebook_of(code), None, server=server)

    threads = [threading.Thread(target=work, args=item) for item in (("a", meet), ("b", look))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert printed(results["b"]) == "[] False True\n"


def test_too_many_or_too_large_files_are_refused_without_an_exception(run: Run, tmp_path: Path) -> None:
    with open(tmp_path / "large", "wb") as file:
        file.truncate(100 << 20)
    result = run("x = 1", folder=tmp_path)
    assert statuses(result) == ["skipped"]
    assert "100 MiB" in result.cells[0].detail
    assert error_names(result) == ["Skipped"]
