# ruff: noqa
# /// answer
# kind = "wrong"
# exercise = "w14-q4-fit-line"
# misconception = "The gradients are never set back to zero, so they add up"
# loses = ["w14-q4-fit-line-test"]
# says = ["slope"]
# ///
# %% w14-q4-fit-line
def fit_line(x, y, steps, rate):
    slope, intercept = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    optimiser = torch.optim.SGD([slope, intercept], lr=rate)
    for _ in range(steps):
        nn.functional.mse_loss(slope * x + intercept, y).backward()
        optimiser.step()
    return slope.item(), intercept.item()
