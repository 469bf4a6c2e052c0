# /// attack
# name = "Replaces the checker from a background thread"
# hole = "A thread runs beside the check"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import threading
import time

from coursekit import check as checker


def keep_replacing():
    while True:
        for name in ("array", "unchanged", "new_array"):
            setattr(checker, name, lambda *args, **kwargs: None)
        time.sleep(0.001)


threading.Thread(target=keep_replacing, daemon=True).start()


def standardise(X):
    time.sleep(0.05)
    return X
