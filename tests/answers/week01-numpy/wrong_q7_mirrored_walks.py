# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "Half of the walks are the other half, mirrored"
# loses = ["w01-q7-random-walks-statistics"]
# says = ["independent of the others"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    half = rng.choice([-1, 1], size=((n_walks + 1) // 2, n_steps))
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = np.concatenate([half, -half])[:n_walks].cumsum(axis=1)
    return walks


def first_passage(walks, level):
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
