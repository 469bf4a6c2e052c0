# /// answer
# kind = "wrong"
# exercise = "w01-q7-random-walks"
# misconception = "Position 0 is taken for 'never', so level 0 is never reached"
# loses = ["w01-q7-random-walks-passage"]
# says = ["never"]
# ///
# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = rng.choice([-1, 1], size=(n_walks, n_steps)).cumsum(axis=1)
    return walks


def first_passage(walks, level):
    first = (walks == level).argmax(axis=1)
    return np.where(first == 0, -1, first)
