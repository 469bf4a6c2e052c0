# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "Makes a generator with a fixed seed and ignores the one passed in"
# loses = ["w01-q7-random-walks-test"]
# says = ["seed"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    rng = np.random.default_rng(42)
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = rng.choice([-1, 1], size=(n_walks, n_steps)).cumsum(axis=1)
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
