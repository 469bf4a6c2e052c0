# /// answer
# kind = "right"
# approach = "Answers worked out on paper, code with plain loops"
# ///
# %% w06-q11-view
answer_1 = "B"


# %% w06-q12-bytes
answer_2 = 24.0


# %% w06-q13-rows
def shares_of_rows(counts):
    shares = np.zeros(counts.shape)
    for number, row in enumerate(counts):
        total = sum(float(value) for value in row)
        if total:
            shares[number] = row / total
    return shares


# %% w06-q14-left-join
answer_4 = "C"


# %% w06-q15-join-rows
answer_5 = 9.0


# %% w06-q16-largest
def largest_group_share(values, groups):
    sums = {}
    for value, group in zip(values, groups):
        if pd.notna(group) and pd.notna(value):
            sums[group] = sums.get(group, 0.0) + float(value)
    return max(sums.values()) / sum(sums.values())


# %% w06-q17-conditioning
answer_7 = "B"


# %% w06-q18-shadow
answer_8 = 3.67


# %% w06-q19-components
def components_needed(X, share):
    variances = sorted(np.linalg.eigvalsh(np.cov(X, rowvar=False)), reverse=True)
    total, count = 0.0, 0
    while total < share * sum(variances):
        total += variances[count]
        count += 1
    return count


# %% w06-q20-bayes
answer_10 = 0.269


# %% w06-q21-standard-error
answer_11 = 0.004


# %% w06-q22-p-value
answer_12 = "A"


# %% w06-q23-discoveries
answer_13 = 3.0


# %% w06-q24-diverging
answer_14 = "B"


# %% w06-q25-momentum
def momentum_step(w, v, gradient, rate, beta):
    new_v, new_w = np.empty(w.shape), np.empty(w.shape)
    for place in np.ndindex(w.shape):
        new_v[place] = beta * v[place] + gradient[place]
        new_w[place] = w[place] - rate * new_v[place]
    return new_w, new_v
