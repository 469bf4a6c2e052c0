# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "Draws from NumPy's global state instead of the generator passed in"
# loses = ["w01-q7-random-walks-test"]
# says = ["global"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = np.random.choice([-1, 1], size=(n_walks, n_steps)).cumsum(axis=1)  # noqa: NPY002
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
