# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "A Python loop over the moments"
# loses = ["w01-q7-random-walks-test"]
# says = ["no Python loop"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    for step in range(n_steps):
        walks[:, step + 1] = walks[:, step] + rng.choice([-1, 1], size=n_walks)
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
