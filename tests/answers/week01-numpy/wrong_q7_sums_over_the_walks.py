# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "cumsum along axis 0 adds up different walks instead of the moments of one"
# loses = ["w01-q7-random-walks-test", "w01-q7-random-walks-statistics"]
# says = ["from walk to walk"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = rng.choice([-1, 1], size=(n_walks, n_steps)).cumsum(axis=0)
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
