# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "integers(-1, 2) draws 0 as well as -1 and 1"
# loses = ["w01-q7-random-walks-test", "w01-q7-random-walks-statistics"]
# says = ["length of every step", "draw return"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = rng.integers(-1, 2, size=(n_walks, n_steps)).cumsum(axis=1)
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
