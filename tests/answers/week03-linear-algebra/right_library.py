# /// answer
# kind = "right"
# approach = "Library calls wherever they are allowed; three rounds of modified Gram-Schmidt; pseudo-inverse"
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k <= 0:
        raise ValueError(f"k={k} rows were asked for")
    if query.size != items.shape[1]:
        raise ValueError(f"features differ: {query.size} and {items.shape[1]}")

    def unit(X):
        X = np.atleast_2d(X).astype(np.float64)
        lengths = np.linalg.norm(X, axis=1, keepdims=True)
        return np.divide(X, lengths, out=np.zeros_like(X), where=lengths > 0)

    similarities = (unit(items) @ unit(query).T)[:, 0]
    order = np.argsort(similarities, kind="stable")[::-1][:k]
    return order, similarities[order]


# %% w03-q2-qr
def orthonormalise(A):
    m, n = A.shape
    V = A.astype(np.float64)
    R = np.zeros((n, n))
    lengths = np.linalg.norm(V, axis=0)
    for j in range(n):
        for _ in range(3):
            for i in range(j):
                shadow = V[:, i] @ V[:, j]
                R[i, j] += shadow
                V[:, j] = V[:, j] - shadow * V[:, i]
        R[j, j] = np.linalg.norm(V[:, j])
        if not R[j, j] > 1e-13 * lengths[j]:
            raise ValueError(f"column {j} is dependent")
        V[:, j] /= R[j, j]
    return V, R


# %% w03-q3-projection
def projection_matrix(A):
    A = A.astype(np.float64)
    return A @ np.linalg.pinv(A, rcond=1e-12)


# %% w03-q4-least-squares
def solve_upper(R, c):
    if np.prod(np.sign(np.diag(R))) == 0:
        raise ValueError("R is singular")
    R, c = np.triu(R).astype(np.float64), c.astype(np.float64)
    x = np.zeros_like(c)
    for i in range(len(c))[::-1]:
        x[i] = (c[i] - (R[i] * x).sum()) / R[i, i]
    return x


def least_squares(A, b):
    if len(A) != len(b):
        raise ValueError(f"rows differ: {len(A)} and {len(b)}")
    T = np.linalg.qr(np.column_stack([A.astype(np.float64), b.astype(np.float64)]), mode="r")
    n = A.shape[1]
    return solve_upper(T[:n, :n], T[:n, n])


# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    scale = np.abs(A).max()
    v = rng.standard_normal(len(A))
    v /= np.linalg.norm(v)
    if scale == 0:
        return 0.0, v
    B = A / scale
    for _ in range(max_iterations):
        w = B @ v
        value = v @ w
        if np.linalg.norm(w - value * v) <= tol * abs(value):
            return scale * value, v
        v = w / np.linalg.norm(w)
    raise RuntimeError(f"no luck within {max_iterations}: it does not converge")


# %% w03-q6-pca
import scipy.linalg


def pca(X, k):
    if k not in range(1, min(X.shape) + 1):
        raise ValueError(f"{k} components of {min(X.shape)}")
    centred = X - X.mean(axis=0)
    _, s, Vt = scipy.linalg.svd(centred, full_matrices=False, lapack_driver="gesvd")
    variances = s**2 / (len(X) - 1)
    shares = variances / variances.sum() if np.ptp(X, axis=0).max() > 0 else np.zeros_like(s)
    return PCA(X.mean(axis=0), -Vt[:k], variances[:k], shares[:k])


# %% w03-q6-pca-figure
def draw_shares(X, goal):
    shares = pca(X, min(X.shape)).shares.cumsum()
    number = np.searchsorted(shares, goal) + 1
    fig, ax = plt.subplots()
    ax.plot(np.arange(len(shares)) + 1, shares, "s-")
    ax.axhline(goal, linestyle="--")
    ax.scatter([number], [shares[number - 1]])
    ax.set_ylim(0, 1)
    ax.set(title=f"{number} are enough for {goal:.0%}", xlabel="Number of components", ylabel="Variance kept")
    return fig


# %% w03-q7-compress
import scipy.linalg


def compress(A, max_error):
    if max_error <= 0:
        raise ValueError(f"max_error must be positive, not {max_error}")
    V, s, Wt = scipy.linalg.svd(A.T.astype(np.float64), full_matrices=False)
    if s[0] == 0 or max_error >= 1:
        return np.zeros((A.shape[0], 0)), np.zeros((0, A.shape[1]))
    kept = s / s[0]
    errors = np.sqrt([(kept[r:] ** 2).sum() for r in range(len(s) + 1)]) / np.sqrt((kept**2).sum())
    rank = int((errors > max_error).sum())
    root = np.sqrt(s[:rank])
    return Wt[:rank].T * root, (V[:, :rank] * root).T
