# /// attack
# name = "Swallows the interrupt"
# hole = "An interrupt is an exception, and exceptions can be caught"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = true
# ///
# ruff: noqa
def standardise(X):
    while True:
        try:
            while True:
                pass
        except KeyboardInterrupt:
            pass
