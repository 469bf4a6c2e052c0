"""`CheckFailed` and the sentences it carries."""

import copy
import pickle
import subprocess
import sys

import numpy as np
import pytest

from coursekit import check
from coursekit.check.failure import CheckFailed, fail, one_line


def test_is_an_assertion_error_with_its_sentence():
    failure = CheckFailed("mean: expected 2.0,\n got 3.0")
    assert isinstance(failure, AssertionError)
    assert failure.sentence == str(failure) == "mean: expected 2.0, got 3.0"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_survives_pickling(protocol):
    with pytest.raises(CheckFailed) as caught:
        check.number(3, 2, of="mean")
    again = pickle.loads(pickle.dumps(caught.value, protocol))
    assert type(again) is CheckFailed
    assert again.sentence == str(again) == caught.value.sentence
    assert again.parts == ("mean", "2", "3")


def test_survives_copying():
    assert copy.deepcopy(CheckFailed("x: wrong")).sentence == "x: wrong"


def test_long_sentences_are_cut_between_words():
    sentence = CheckFailed("word " * 200).sentence
    assert len(sentence) <= 300
    assert sentence.endswith("word …")


def test_a_long_name_leaves_room_for_the_advice(says):
    sentence = says(["expected", "got", "call .item()"], fail, "x" * 500, "y" * 500, "z " * 500, "call .item()")
    assert sentence.count("…") >= 1


def test_one_line_cuts_a_word_too_long_to_drop():
    assert one_line("a" * 50, 10) == "a" * 8 + " …"


def test_failures_hide_what_was_being_handled():
    with pytest.raises(CheckFailed) as caught:
        check.raises(ValueError, lambda: {}["missing"])
    assert caught.value.__suppress_context__


@pytest.fixture
def shell():
    from IPython.core.interactiveshell import InteractiveShell

    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def test_ipython_shows_the_sentence_and_no_traceback(shell, capsys):
    result = shell.run_cell("from coursekit import check\ncheck.number(3, 2, of='mean')")
    assert isinstance(result.error_in_exec, check.CheckFailed)
    shown = capsys.readouterr().out
    assert shown.strip() == "✘ mean: expected 2, got 3; likely cause: off by one"


def test_ipython_still_shows_tracebacks_of_other_errors(shell, capsys):
    shell.run_cell("from coursekit import check\ndef later():\n    raise NotImplementedError('later')")
    shell.run_cell("check.raises(ValueError, later)")
    shown = capsys.readouterr().out
    assert "Traceback" in shown
    assert "NotImplementedError" in shown


def test_no_loops_reads_functions_of_a_notebook_cell(shell, capsys):
    shell.run_cell("def slow(X):\n    total = 0.0\n    for row in X:\n        total += row.sum()\n    return total")
    shell.run_cell("from coursekit import check\ncheck.no_loops(slow, hint='sum over both axes')")
    shown = capsys.readouterr().out
    assert "line 3 (for row in X:)" in shown
    assert "sum over both axes" in shown


def test_not_called_sees_names_imported_in_the_notebook(shell, capsys):
    shell.run_cell("from numpy import cov\nimport numpy as np\nfrom coursekit import check")
    result = shell.run_cell("with check.not_called('numpy.cov', hint='by hand'):\n    cov(np.eye(2))")
    assert isinstance(result.error_in_exec, check.CheckFailed)
    assert "by hand" in capsys.readouterr().out
    assert shell.user_ns["cov"] is np.cov


def test_importing_is_cheap():
    heavy = ["pandas", "matplotlib", "sklearn", "scipy", "statsmodels", "hypothesis", "nbformat", "IPython"]
    code = f"import sys, coursekit.check; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there_and_documented_with_an_example():
    for name in check.__all__:
        thing = getattr(check, name)
        assert ">>>" in (thing.__doc__ or ""), f"{name} has no example"
