# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "Draws n_steps + 1 steps, so column 0 is a first step instead of the start"
# loses = ["w01-q7-random-walks-test", "w01-q7-random-walks-statistics"]
# says = ["before any step"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    return rng.choice([-1, 1], size=(n_walks, n_steps + 1)).cumsum(axis=1)


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
