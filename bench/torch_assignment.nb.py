# ---
# jupyter:
#   jupytext:
#     formats: ipynb,.nb.py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 14 · The benchmark's assignment
#
# Four small exercises on tensors, autograd, a layer and an optimiser. Their cells take milliseconds; what a grader
# spends beyond that is its own.

# %%
import numpy as np
import torch
from torch import nn

from coursekit import check

# %% [markdown]
# ## 1 · Rows of length one ●○○ · 5 min · 2 points
#
# Write `unit_rows(X)`: each row of `X` divided by its Euclidean length. A row of zeros stays a row of zeros, and `X` is
# not written to.


# %% nbgrader={"grade": false, "grade_id": "w14-q1-unit-rows", "locked": false, "schema_version": 3, "solution": true, "task": false}
def unit_rows(X: torch.Tensor) -> torch.Tensor:
    """Rows of ``X``, shape (n_samples, n_features), scaled to length one; rows of zeros stay."""
    ### BEGIN SOLUTION
    lengths = X.norm(dim=1, keepdim=True)
    return X / torch.where(lengths == 0, 1.0, lengths)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w14-q1-unit-rows-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.array(
    unit_rows(torch.tensor([[3.0, 4.0], [0.0, 2.0]])).numpy(),
    [[0.6, 0.8], [0.0, 1.0]],
    of="unit_rows(X)",
    rtol=1e-5,
    causes={"the columns have length one, not the rows": [[1.0, 0.8944272], [0.0, 0.4472136]]},
)
### BEGIN HIDDEN TESTS
random_rows = torch.randn(200, 16, generator=torch.Generator().manual_seed(1))
check.array(unit_rows(random_rows).norm(dim=1).numpy(), np.ones(200), of="lengths of 200 random rows", rtol=1e-5)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w14-q1-unit-rows-zeros", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with_zeros = torch.tensor([[0.0, 0.0], [0.0, 5.0]])
check.array(unit_rows(with_zeros).numpy(), [[0.0, 0.0], [0.0, 1.0]], of="unit_rows with a row of zeros", rtol=1e-5)
check.array(with_zeros.numpy(), [[0.0, 0.0], [0.0, 5.0]], of="X after the call, which must be as before", rtol=0)

# %% [markdown]
# ## 2 · A gradient without algebra ●●○ · 10 min · 2 points
#
# Write `mse_gradient(w, X, y)`: the gradient of the mean squared error $\frac1n\sum_i (x_i\cdot w - y_i)^2$ with respect
# to `w`. The result carries no graph, and `w.grad` of the caller stays as it was.


# %% nbgrader={"grade": false, "grade_id": "w14-q2-mse-gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mse_gradient(w: torch.Tensor, X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Gradient of the mean squared error of ``X @ w`` against ``y``, shape (n_features,)."""
    ### BEGIN SOLUTION
    w = w.detach().clone().requires_grad_()
    loss = ((X @ w - y) ** 2).mean()
    return torch.autograd.grad(loss, w)[0]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w14-q2-mse-gradient-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
w, X, y = torch.tensor([1.0, 0.0]), torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([0.0, 1.0])
gradient = mse_gradient(w, X, y)
check.that(not gradient.requires_grad, "mse_gradient: the result still carries a graph; detach it")
check.array(
    gradient.numpy(),
    [1.0, -1.0],
    of="mse_gradient(w, X, y)",
    rtol=1e-5,
    causes={"this is the gradient of the sum, not of the mean": [2.0, -2.0]},
)
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(2)
X, w, y = (torch.randn(*shape, generator=generator) for shape in [(50, 7), (7,), (50,)])
by_hand = 2 / 50 * X.T @ (X @ w - y)
check.array(mse_gradient(w, X, y).numpy(), by_hand.numpy(), of="the gradient on random data", rtol=1e-4, atol=1e-6)
check.that(w.grad is None, "mse_gradient: w.grad of the caller was written to")
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A linear layer ●●○ · 15 min · 3 points
#
# Write `Affine`, an `nn.Module` with parameters `weight` (n_out, n_in) and `bias` (n_out,), that maps `x` of shape
# (batch, n_in) to `x @ weight.T + bias`. Both start at zero.


# %% nbgrader={"grade": false, "grade_id": "w14-q3-affine", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Affine(nn.Module):
    """``x @ weight.T + bias`` with two parameters that start at zero."""

    def __init__(self, n_in: int, n_out: int) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(n_out, n_in))
        self.bias = nn.Parameter(torch.zeros(n_out))
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        return x @ self.weight.T + self.bias
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w14-q3-affine-parameters", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
shapes = {name: tuple(value.shape) for name, value in Affine(3, 2).named_parameters()}
check.mapping(shapes, {"weight": (2, 3), "bias": (2,)}, of="the shapes of Affine(3, 2)'s parameters")

# %% nbgrader={"grade": true, "grade_id": "w14-q3-affine-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
torch.manual_seed(3)
theirs, mine = nn.Linear(4, 3), Affine(4, 3)
mine.load_state_dict(theirs.state_dict())
batch = torch.randn(5, 4)
check.array(mine(batch).detach().numpy(), theirs(batch).detach().numpy(), of="Affine on a batch", rtol=1e-5, atol=1e-6)
### BEGIN HIDDEN TESTS
mine(batch).sum().backward()
theirs(batch).sum().backward()
check.array(mine.weight.grad.numpy(), theirs.weight.grad.numpy(), of="the gradient of weight", rtol=1e-5, atol=1e-6)
check.array(mine.bias.grad.numpy(), theirs.bias.grad.numpy(), of="the gradient of bias", rtol=1e-5, atol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Fit a line ●●● · 15 min · 3 points
#
# Write `fit_line(x, y, steps, rate)`: slope and intercept after `steps` steps of full-batch gradient descent on the mean
# squared error, both starting at zero. Return two Python floats.


# %% nbgrader={"grade": false, "grade_id": "w14-q4-fit-line", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_line(x: torch.Tensor, y: torch.Tensor, steps: int, rate: float) -> tuple[float, float]:
    """Slope and intercept of a line fitted by gradient descent; ``x`` and ``y`` have shape (n_samples,)."""
    ### BEGIN SOLUTION
    slope, intercept = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    optimiser = torch.optim.SGD([slope, intercept], lr=rate)
    for _ in range(steps):
        optimiser.zero_grad()
        loss = nn.functional.mse_loss(slope * x + intercept, y)
        loss.backward()
        optimiser.step()
    return slope.item(), intercept.item()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w14-q4-fit-line-one-step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
slope, intercept = fit_line(torch.tensor([0.0, 2.0]), torch.tensor([1.0, 3.0]), steps=1, rate=0.1)
check.number(slope, 0.6, of="the slope after one step", rtol=1e-5)
check.number(intercept, 0.4, of="the intercept after one step", rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "w14-q4-fit-line-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
x = torch.linspace(-1.0, 1.0, 21)
slope, intercept = fit_line(x, 3.0 * x - 1.0, steps=200, rate=0.2)
check.number(slope, 3.0, of="the slope of y = 3x − 1", rtol=1e-3)
check.number(intercept, -1.0, of="the intercept of y = 3x − 1", rtol=1e-3)
