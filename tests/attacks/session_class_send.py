# /// attack
# name = "Sends no errors, from the class"
# hole = "The same, patched where no instance shows it"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
from jupyter_client.session import Session

honest_send = Session.send


def send(self, stream, kind, content=None, *args, **kwargs):
    if isinstance(kind, str) and kind == "error":
        return None
    if isinstance(kind, str) and kind == "execute_reply":
        content = {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
    return honest_send(self, stream, kind, content, *args, **kwargs)


Session.send = send


def standardise(X):
    return X
