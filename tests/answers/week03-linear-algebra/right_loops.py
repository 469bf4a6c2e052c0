# /// answer
# kind = "right"
# approach = "Plain Python loops, Householder reflections, thin steps"
# ///
# %% w03-q1-cosine
import math


def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} features asked for, {items.shape[1]} features stored")
    wanted = [float(value) for value in query]
    found = []
    for position, row in enumerate(items.tolist()):
        lengths = math.sqrt(math.fsum(x * x for x in row)) * math.sqrt(math.fsum(x * x for x in wanted))
        dot = math.fsum(x * y for x, y in zip(row, wanted, strict=True))
        found.append((dot / lengths if lengths else 0.0, position))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    best = found[:k]
    return np.array([position for _, position in best], dtype=int), np.array(
        [cosine for cosine, _ in best], dtype=float
    )


# %% w03-q2-qr
def orthonormalise(A):
    R = A.astype(np.float64)
    m, n = R.shape
    scale = [np.linalg.norm(R[:, j]) for j in range(n)]
    reflectors = []
    for j in range(n):
        left = np.linalg.norm(R[j:, j]) if j < m else 0.0
        if left <= 1e-13 * scale[j]:
            raise ValueError(f"dependent column: {j}")
        v = np.zeros(m)
        v[j:] = R[j:, j]
        v[j] += np.copysign(left, v[j])
        v /= np.linalg.norm(v)
        R -= 2.0 * np.outer(v, v @ R)
        reflectors.append(v)
    Q = np.eye(m, n)
    for v in reversed(reflectors):
        Q -= 2.0 * np.outer(v, v @ Q)
    signs = np.sign(np.diag(R))
    return Q * signs, np.triu(R[:n] * signs[:, None])


# %% w03-q3-projection
import scipy.linalg


def projection_matrix(A):
    A = A.astype(np.float64)
    if not A.any():
        return np.zeros((len(A), len(A)))
    basis = scipy.linalg.orth(A / np.abs(A).max(), rcond=1e-12)
    P = np.zeros((len(A), len(A)))
    for direction in basis.T:
        P += np.outer(direction, direction)
    return P


# %% w03-q4-least-squares
def solve_upper(R, c):
    n = len(c)
    x, rest = np.zeros(n), c.astype(np.float64)
    for i in reversed(range(n)):
        if R[i, i] == 0:
            raise ValueError("singular triangle")
        x[i] = rest[i] / R[i, i]
        for k in range(i):
            rest[k] -= R[k, i] * x[i]
    return x


def least_squares(A, b):
    m, n = A.shape
    if m != len(b):
        raise ValueError(f"{m} rows on the left, {len(b)} rows on the right")
    T = np.column_stack([A, b]).astype(np.float64)
    for j in range(n):
        v = np.zeros(m)
        v[j:] = T[j:, j]
        v[j] += np.copysign(np.linalg.norm(v), v[j])
        T -= 2.0 * np.outer(v, v @ T) / (v @ v)
    return solve_upper(T[:n, :n], T[:n, n])


# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.uniform(-1.0, 1.0, size=len(A))
    v = v / np.sqrt(np.sum(v**2))
    products = 0
    while products < max_iterations:
        image = A.astype(np.float64) @ v
        products += 1
        value = np.dot(image, v)
        size = abs(value)
        largest = np.abs(image).max()
        if largest == 0.0:
            return 0.0, v
        gap = (image - value * v) / largest
        if np.sqrt(np.sum(gap**2)) * largest <= tol * size:
            return value, v
        image = image / largest
        v = image / np.sqrt(np.sum(image**2))
    raise RuntimeError(f"did not converge in {max_iterations} steps")


# %% w03-q6-pca
def pca(X, k):
    n, p = X.shape
    limit = n if n < p else p
    if k < 1 or k > limit:
        raise ValueError(f"k = {k} is outside 1 to {limit}")
    X = X.astype(np.float64)
    mean = np.array([X[0, j] if all(X[:, j] == X[0, j]) else X[:, j].sum() / n for j in range(p)])
    V, s, _ = np.linalg.svd((X - mean).T, full_matrices=False)
    variances = np.array([value * value / (n - 1) for value in s])
    total = variances.sum()
    shares = np.zeros(k) if total == 0 else variances[:k] / total
    return PCA(mean=mean, components=V.T[:k].copy(), variances=variances[:k], shares=shares)


# %% w03-q6-pca-figure
def draw_shares(X, goal):
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    reached, total = [], 0.0
    for value in s:
        total += value**2 / (s**2).sum()
        reached.append(total)
    number = 1
    while reached[number - 1] < goal:
        number += 1
    fig = Figure()
    ax = fig.add_subplot()
    ax.plot(range(1, len(s) + 1), reached, color="black")
    ax.plot([number], [reached[number - 1]], "o")
    ax.set_title(f"Enough: {number}")
    ax.set_xlabel("components kept")
    ax.set_ylabel("share of variance")
    ax.set_ylim(bottom=0)
    return fig


# %% w03-q7-compress
def compress(A, max_error):
    if not max_error > 0:
        raise ValueError(f"a target of {max_error} cannot be reached")
    A = A.astype(np.float64)
    size = np.abs(A).max()
    if size == 0:
        return np.zeros((A.shape[0], 0)), np.zeros((0, A.shape[1]))
    rest = A / size
    whole = np.linalg.norm(rest)
    U, s, Vt = np.linalg.svd(rest, full_matrices=False)
    for rank in range(len(s) + 1):
        if np.linalg.norm(s[rank:]) <= max_error * whole:
            break
    return U[:, :rank], size * s[:rank, None] * Vt[:rank]
