# /// attack
# name = "Jumps over the checks with a trace function"
# hole = "A trace function may move the line that runs next"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import sys


def standardise(X):
    def jump(frame, event, argument):
        sys.settrace(None)
        frame.f_lineno = max(line for _, _, line in frame.f_code.co_lines() if line)

    sys.settrace(lambda *arguments: None)
    sys._getframe(1).f_trace = jump
    return X
