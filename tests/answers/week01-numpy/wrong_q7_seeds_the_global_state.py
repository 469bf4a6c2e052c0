# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "Seeds NumPy's global state, which every other part of the program shares"
# loses = ["w01-q7-random-walks-test"]
# says = ["global random state"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    np.random.seed(0)  # noqa: NPY002
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = rng.choice([-1, 1], size=(n_walks, n_steps)).cumsum(axis=1)
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
