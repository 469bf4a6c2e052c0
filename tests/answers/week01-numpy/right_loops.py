# /// answer
# kind = "right"
# approach = "Plain Python loops wherever they are allowed; convolution and augmented matrices where they are not"
# ///
# %% w01-q1-standardise
import math


def standardise(X):
    n_samples, n_features = X.shape
    result = np.zeros((n_samples, n_features))
    for j in range(n_features):
        column = [float(value) for value in X[:, j]]
        if all(value == column[0] for value in column):
            continue
        mean = math.fsum(column) / n_samples
        deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in column) / n_samples)
        for i in range(n_samples):
            result[i, j] = (column[i] - mean) / deviation
    return result


# %% w01-q2-pairwise
def pairwise_distances(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"the tables have {A.shape[1]} and {B.shape[1]} columns, which must be the same number")
    A, B = A.astype(np.float64), B.astype(np.float64)
    # |a|² + |b|² - 2ab is one matrix product, if each side carries its squared length and a one.
    left = np.column_stack([-2.0 * A, np.sum(A * A, axis=1), np.ones(len(A))])
    right = np.column_stack([B, np.ones(len(B)), np.sum(B * B, axis=1)])
    squared = left @ right.T
    squared[squared < 0.0] = 0.0
    return np.sqrt(squared)


# %% w01-q3-moving-average
def moving_average(values, window):
    if not 1 <= window <= len(values):
        raise ValueError(f"a window of {window} does not fit {len(values)} values")
    return np.convolve(values, np.full(window, 1.0 / window), mode="valid")


# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    names = sorted(set(labels.tolist())) if categories is None else categories.tolist()
    column_of = {name: j for j, name in enumerate(names)}
    result = np.zeros((len(labels), len(names)), dtype=np.uint8)
    for i, label in enumerate(labels.tolist()):
        if label not in column_of:
            raise ValueError(f"unknown label: {label}")
        result[i, column_of[label]] = 1
    return result


# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values do not go with {len(months)} months")
    totals, counts = [0.0] * 12, [0] * 12
    for value, month in zip(values.tolist(), months.tolist(), strict=True):
        if value == value:  # nan is the only number that differs from itself
            totals[month - 1] += value
            counts[month - 1] += 1
    return np.array([total / count if count else np.nan for total, count in zip(totals, counts, strict=True)])


# %% w01-q6-thumbnail
def thumbnail(photo, block):
    height, width = photo.shape[:2]
    shorter = height if height < width else width
    if block < 1 or block > shorter:
        raise ValueError(f"a block of {block} does not fit a side of {shorter}")
    tiles = shorter // block
    top, left = (height - tiles * block) // 2, (width - tiles * block) // 2
    result = np.empty((tiles, tiles), dtype=np.uint8)
    for row in range(tiles):
        for column in range(tiles):
            start, begin = top + row * block, left + column * block
            tile = photo[start : start + block, begin : begin + block]
            result[row, column] = round(sum(tile.ravel().tolist()) / tile.size)
    return result


# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    steps = np.where(rng.random((n_walks, n_steps)) < 0.5, -1, 1)
    start = np.zeros((n_walks, 1), dtype=steps.dtype)
    return np.concatenate([start, np.cumsum(steps, axis=1)], axis=1)


def first_passage(walks, level):
    never = walks.shape[1]
    first = np.where(walks == level, np.arange(never), never).min(axis=1)
    first[first == never] = -1
    return first
