# /// answer
# kind = "right"
# approach = "Every answer computed or simulated, code with other library calls"
# ///
# %% w06-q11-view
table_1 = np.arange(12.0).reshape(3, 4)
column_1, picked_1, product_1 = table_1[:, 1], table_1[[0, 1, 2], 1], table_1[:, 1] * 1.0
for part_1 in (column_1, picked_1, product_1):
    part_1 += 100
options_1 = {"A": [1, 5, 9], "B": [101, 105, 109], "C": [201, 205, 209], "D": [301, 305, 309]}
answer_1 = next(letter for letter, values in options_1.items() if np.array_equal(table_1[:, 1], values))


# %% w06-q12-bytes
first_2 = np.broadcast_shapes((500, 1, 30), (400, 30))
answer_2 = int(np.prod(first_2)) * np.dtype(np.float32).itemsize / 10**6


# %% w06-q13-rows
def shares_of_rows(counts):
    table = np.array(counts, dtype=float)
    sums = np.einsum("ij->i", table)[:, None] * np.ones_like(table)
    return np.divide(table, sums, out=np.zeros_like(table), where=sums > 0)


# %% w06-q14-left-join
sizes_4 = []
for right_4 in ([1, 2], [1, 1, 2], [9]):
    lines_4 = pd.DataFrame({"product_id": [1, 2, 3]})
    sizes_4.append(len(lines_4.merge(pd.DataFrame({"product_id": right_4}), on="product_id", how="left")))
answer_4 = "A" if set(sizes_4) == {3} else "C" if min(sizes_4) >= 3 else "B"


# %% w06-q15-join-rows
keys_5 = [pd.DataFrame({"key": keys}) for keys in ([1, 1, 2, 3], [1, 1, 2, 2, 2, 5])]
answer_5 = len(keys_5[0].merge(keys_5[1], on="key", how="outer"))


# %% w06-q16-largest
def largest_group_share(values, groups):
    table = pd.DataFrame({"value": values, "group": groups}).dropna()
    pivot = table.pivot_table(index="group", values="value", aggfunc="sum")["value"]
    return (pivot / pivot.sum()).sort_values().iloc[-1]


# %% w06-q17-conditioning
lost_7 = np.log10(1e4 / 1e-2)
answer_7 = {(12, 6): "B", (6, 12): "C", (6, 6): "A", (12, 12): "D"}[(round(2 * lost_7), round(lost_7))]


# %% w06-q18-shadow
a_8, b_8 = np.array([3.0, 4.0, 0.0]), np.array([1.0, 2.0, 2.0])
projector_8 = np.outer(b_8, b_8) / (b_8 @ b_8)
answer_8 = float(np.sqrt(((projector_8 @ a_8) ** 2).sum()))


# %% w06-q19-components
def components_needed(X, share):
    from sklearn.decomposition import PCA

    ratio = PCA().fit(X).explained_variance_ratio_
    return int(np.searchsorted(np.cumsum(ratio), share)) + 1


# %% w06-q20-bayes
payments_10 = 1_000_000
frauds_10 = payments_10 * 2 // 100
hits_10, alarms_10 = frauds_10 * 90 // 100, (payments_10 - frauds_10) * 5 // 100
answer_10 = hits_10 / (hits_10 + alarms_10)


# %% w06-q21-standard-error
outcomes_11 = np.repeat([1.0, 0.0], [2_000, 8_000])
answer_11 = outcomes_11.std(ddof=1) / np.sqrt(outcomes_11.size)


# %% w06-q22-p-value
from scipy.stats import norm

draws_12 = np.random.default_rng(12).normal(size=200_000)  # test statistics where there is no effect
observed_12 = norm.isf(0.015)
answer_12 = "A" if abs(np.mean(np.abs(draws_12) >= observed_12) - 0.03) < 0.002 else "B"


# %% w06-q23-discoveries
from scipy.stats import false_discovery_control

answer_13 = int(np.sum(false_discovery_control([0.024, 0.028, 0.001, 0.200, 0.045]) <= 0.05))


# %% w06-q24-diverging
w_14 = np.array([1e-3, 1.0])
losses_14 = []
for _ in range(60):
    losses_14.append(float(0.5 * np.sum(np.array([40.0, 0.1]) * w_14**2)))
    w_14 = w_14 - 0.06 * np.array([40.0, 0.1]) * w_14
answer_14 = "B" if losses_14[3] < losses_14[0] and losses_14[-1] > losses_14[0] else "A"


# %% w06-q25-momentum
def momentum_step(w, v, gradient, rate, beta):
    v = v.copy()
    v *= beta
    v += gradient
    w = w.copy()
    w -= rate * v
    return w, v
