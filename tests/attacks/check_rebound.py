# /// attack
# name = "Calls something else check"
# hole = "A name of the notebook can be given to anything"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = false
# ///
# ruff: noqa
class Everything:
    def __getattr__(self, name):
        return lambda *args, **kwargs: Everything()

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        return True


check = Everything()


def standardise(X):
    return X
