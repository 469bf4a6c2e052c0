# ruff: noqa
# /// answer
# kind = "right"
# approach = "Gradients by hand, no optimiser"
# ///
# %% w14-q1-unit-rows
def unit_rows(X):
    rows = []
    for row in X:
        length = float((row * row).sum()) ** 0.5
        rows.append(row / length if length else row.clone())
    return torch.stack(rows)


# %% w14-q2-mse-gradient
def mse_gradient(w, X, y):
    with torch.no_grad():
        return 2.0 * X.T @ (X @ w - y) / len(y)


# %% w14-q3-affine
class Affine(torch.nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.register_parameter("weight", nn.Parameter(torch.zeros(n_out, n_in)))
        self.register_parameter("bias", nn.Parameter(torch.zeros(n_out)))

    def forward(self, x):
        return torch.einsum("bi,oi->bo", x, self.weight) + self.bias


# %% w14-q4-fit-line
def fit_line(x, y, steps, rate):
    slope = intercept = 0.0
    for _ in range(steps):
        error = slope * x + intercept - y
        by_slope, by_intercept = 2.0 * (error * x).mean().item(), 2.0 * error.mean().item()
        slope, intercept = slope - rate * by_slope, intercept - rate * by_intercept
    return slope, intercept
