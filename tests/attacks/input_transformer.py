# /// attack
# name = "Replaces the text of the check cells"
# hole = "Input transformers see the source before Python does"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
def no_checks(lines):
    return ["pass\n"] if any("check" in line for line in lines) else lines


get_ipython().input_transformers_post.append(no_checks)


def standardise(X):
    return X
