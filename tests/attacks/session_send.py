# /// attack
# name = "Sends no errors"
# hole = "The messages to the grader pass through an object of the kernel"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
session = get_ipython().kernel.session
honest_send = session.send


def send(stream, kind, content=None, *args, **kwargs):
    if isinstance(kind, str) and kind == "error":
        return None
    if isinstance(kind, str) and kind == "execute_reply":
        content = {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
    return honest_send(stream, kind, content, *args, **kwargs)


session.send = send


def standardise(X):
    return X
