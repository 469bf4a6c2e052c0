# /// answer
# kind = "right"
# approach = "Whole arrays, by other operations than the instructor's: einsum, cumsum, searchsorted, reduceat, nonzero"
# ///
# %% w01-q1-standardise
def standardise(X):
    n_samples = X.shape[0]
    centred = X - np.add.reduce(X, axis=0, dtype=np.float64) / n_samples
    deviation = np.sqrt(np.einsum("ij,ij->j", centred, centred) / n_samples)
    varies = ~(X == X[0]).all(axis=0)
    return np.divide(centred, deviation, out=np.zeros(X.shape), where=np.broadcast_to(varies, X.shape))


# %% w01-q2-pairwise
def pairwise_distances(A, B):
    n_left, n_right = A.shape[1], B.shape[1]
    if n_left != n_right:
        raise ValueError(f"expected equal numbers of columns, got {n_left} and {n_right}")
    # Distances do not change when both tables move, and near the origin fewer digits are lost.
    shift = A[:1].sum(axis=0) * 1.0
    A, B = A - shift, B - shift
    squared = np.add.outer(np.einsum("ik,ik->i", A, A), np.einsum("jk,jk->j", B, B))
    squared -= 2.0 * np.inner(A, B)
    np.clip(squared, 0.0, None, out=squared)
    return np.sqrt(squared, out=squared)


# %% w01-q3-moving-average
def moving_average(values, window):
    if window not in range(1, values.size + 1):
        raise ValueError(f"window {window} is not between 1 and {values.size}")
    gaps = np.isnan(values)
    totals = np.concatenate([[0.0], np.cumsum(np.where(gaps, 0.0, values))])
    missing = np.concatenate([[0], np.cumsum(gaps)])
    means = (totals[window:] - totals[:-window]) / window
    means[missing[window:] > missing[:-window]] = np.nan
    return means


# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    if categories is None:
        categories = np.sort(np.array(list(set(labels.tolist())), dtype=labels.dtype))
    order = np.argsort(categories)
    result = np.zeros((labels.size, categories.size), dtype=np.uint8)
    if not categories.size and labels.size:
        raise ValueError(f"there are no categories, so {labels[0]} is unknown")
    if labels.size:
        position = np.minimum(np.searchsorted(categories, labels, sorter=order), categories.size - 1)
        column = order[position]
        wrong = np.flatnonzero(categories[column] != labels)
        if wrong.size:
            raise ValueError(f"not a category: {labels[wrong].tolist()}")
        result[np.arange(labels.size), column] = 1
    return result


# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"lengths differ: {len(values)} values, {len(months)} months")
    measured = np.isfinite(values)
    member = (np.arange(1, 13)[:, None] == months) & measured
    with np.errstate(invalid="ignore"):
        return (member @ np.where(measured, values, 0.0)) / member.sum(axis=1)


# %% w01-q6-thumbnail
def thumbnail(photo, block):
    shorter = min(photo.shape[:2])
    if not 0 < block <= shorter:
        raise ValueError(f"got block {block}, but it must lie between 1 and the shorter side, {shorter}")
    side = shorter - shorter % block
    rows, columns = ((length - side) // 2 for length in photo.shape[:2])
    grey = photo[rows:, columns:][:side, :side].astype(np.int64).sum(axis=-1)
    starts = np.arange(0, side, block)
    totals = np.add.reduceat(np.add.reduceat(grey, starts, axis=0), starts, axis=1)
    n_bytes = 3 * block * block
    return ((2 * totals + n_bytes) // (2 * n_bytes)).astype(np.uint8)


# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int32)
    walks[:, 1:] = 2 * rng.integers(0, 2, size=(n_walks, n_steps)) - 1
    return np.cumsum(walks, axis=1, dtype=np.int32, out=walks)


def first_passage(walks, level):
    first = np.full(len(walks), -1)
    rows, columns = np.nonzero(walks == level)
    row, where = np.unique(rows, return_index=True)
    first[row] = columns[where]
    return first
