# /// attack
# name = "Displays full marks"
# hole = "An execute_result counts as partial credit before the error is seen"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
def standardise(X):
    get_ipython().displayhook(1.0)
