# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "argmax gives 0 for a walk that never stands at the level"
# loses = ["w01-q7-random-walks-passage"]
# says = ["never stands there"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = rng.choice([-1, 1], size=(n_walks, n_steps)).cumsum(axis=1)
    return walks


def first_passage(walks, level):
    return (walks == level).argmax(axis=1)
