# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "Draws the steps of one walk and broadcasts them to all rows"
# loses = ["w01-q7-random-walks-statistics"]
# says = ["independent"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = rng.choice([-1, 1], size=n_steps).cumsum()
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
