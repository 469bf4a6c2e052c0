# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "int16 is taken to be enough for any walk"
# loses = ["w01-q7-random-walks-test"]
# says = ["40,000"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int16)
    walks[:, 1:] = rng.choice([-1, 1], size=(n_walks, n_steps)).cumsum(axis=1)
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
