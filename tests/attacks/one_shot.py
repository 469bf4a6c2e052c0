# /// attack
# name = "Replaces the checker while it checks, and puts it back"
# hole = "What is put back in time is not seen afterwards"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import coursekit.check.arrays as arrays

honest_plain = arrays._plain_array


def standardise(X):
    def wanted_instead(actual, wanted, of):
        arrays._plain_array = honest_plain
        return np.array(wanted)

    arrays._plain_array = wanted_instead
    return np.zeros((1, 1))
