# ruff: noqa
# /// answer
# kind = "right"
# approach = "Autograd and torch.optim"
# ///
# %% w14-q1-unit-rows
def unit_rows(X):
    return nn.functional.normalize(X, dim=1)


# %% w14-q2-mse-gradient
def mse_gradient(w, X, y):
    leaf = w.detach().clone().requires_grad_()
    nn.functional.mse_loss(X @ leaf, y).backward()
    return leaf.grad


# %% w14-q3-affine
class Affine(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(n_out, n_in))
        self.bias = nn.Parameter(torch.zeros(n_out))

    def forward(self, x):
        return nn.functional.linear(x, self.weight, self.bias)


# %% w14-q4-fit-line
def fit_line(x, y, steps, rate):
    line = nn.Linear(1, 1)
    nn.init.zeros_(line.weight)
    nn.init.zeros_(line.bias)
    optimiser = torch.optim.SGD(line.parameters(), lr=rate)
    for _ in range(steps):
        optimiser.zero_grad()
        nn.functional.mse_loss(line(x[:, None])[:, 0], y).backward()
        optimiser.step()
    return line.weight.item(), line.bias.item()
