# /// answer
# kind = "right"
# approach = "Library calls: scikit-learn, pandas and SciPy where the text allows them"
# ///
# %% w01-q1-standardise
from sklearn.preprocessing import StandardScaler


def standardise(X):
    scaled = StandardScaler().fit_transform(X.astype(np.float64))
    scaled[:, np.isnan(X).any(axis=0)] = np.nan  # scikit-learn looks past missing values; here they must show
    return scaled


# %% w01-q2-pairwise
def pairwise_distances(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"Columns: A has {A.shape[1]}, B has {B.shape[1]}")
    # The Gram matrix of both tables together holds every length and every product.
    gram = np.vstack([A, B]).astype(np.float64)
    gram = gram @ gram.T
    lengths = gram.diagonal()
    n_a = len(A)
    squared = lengths[:n_a, np.newaxis] + lengths[n_a:] - 2 * gram[:n_a, n_a:]
    return np.where(squared > 0, squared, 0) ** 0.5


# %% w01-q3-moving-average
import pandas as pd


def moving_average(values, window):
    if window < 1 or len(values) < window:
        raise ValueError(f"window = {window}, values = {len(values)}")
    return pd.Series(values).rolling(window).mean().to_numpy()[window - 1 :]


# %% w01-q4-one-hot
import pandas as pd


def one_hot(labels, categories=None):
    names = pd.Index(labels).unique().sort_values() if categories is None else pd.Index(categories)
    unknown = pd.Index(labels).difference(names)
    if len(unknown):
        raise ValueError(f"these labels are not categories: {list(unknown)}")
    return pd.get_dummies(pd.Categorical(labels, categories=names)).to_numpy(dtype=np.uint8)


# %% w01-q5-seasonal-mean
import pandas as pd


def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"got {len(values)} values for {len(months)} months")
    return pd.Series(values).groupby(months).mean().reindex(range(1, 13)).to_numpy()


# %% w01-q6-thumbnail
from scipy import ndimage


def thumbnail(photo, block):
    height, width = photo.shape[:2]
    if block < 1 or block > min(height, width):
        raise ValueError(f"block={block} must be between 1 and {min(height, width)}")
    tiles = min(height, width) // block
    side = tiles * block
    top, left = (height - side) // 2, (width - side) // 2
    grey = photo[top : top + side, left : left + side].mean(axis=2)
    tile = np.arange(side) // block
    number = tile[:, None] * tiles + tile
    means = ndimage.mean(grey, labels=number, index=np.arange(tiles * tiles))
    return np.floor(means + 0.5).astype(np.uint8).reshape(tiles, tiles)


# %% w01-q7-random-walks
def random_walks(rng, n_walks, n_steps):
    heads = rng.binomial(1, 0.5, size=(n_walks, n_steps))
    ahead = np.pad(heads.cumsum(axis=1), [(0, 0), (1, 0)])
    return 2 * ahead - np.arange(n_steps + 1)


def first_passage(walks, level):
    arrived = np.logical_or.accumulate(walks == level, axis=1)
    waited = np.count_nonzero(~arrived, axis=1)
    return np.where(waited == walks.shape[1], -1, waited)
