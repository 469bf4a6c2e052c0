# /// answer
# kind = "wrong"
# exercise = "w05-q4-sample-size"
# misconception = "The power adds the chance of a significant result in the wrong direction"
# loses = ["w05-q4-sample-size-figure"]
# says = ["wrong direction"]
# ///
# %% w05-q4-sample-size
def sample_size(base_rate: float, lift: float, alpha: float = 0.05, power: float = 0.8) -> int:
    if lift == 0:
        raise ValueError("a lift of 0 cannot be found with any number of users")
    new_rate = base_rate + lift
    if not (0 < base_rate < 1 and 0 < new_rate < 1):
        raise ValueError(f"a rate lies strictly between 0 and 1, but the arms have {base_rate} and {new_rate}")
    mean_rate = (base_rate + new_rate) / 2
    under_null = math.sqrt(2 * mean_rate * (1 - mean_rate))
    under_lift = math.sqrt(base_rate * (1 - base_rate) + new_rate * (1 - new_rate))
    normal = NormalDist()
    return math.ceil(((normal.inv_cdf(1 - alpha / 2) * under_null + normal.inv_cdf(power) * under_lift) / lift) ** 2)


def power_figure(
    base_rate: float, lifts: Sequence[float], n_per_arm: NDArray[np.integer], alpha: float = 0.05
) -> Figure:
    normal = NormalDist()
    fig, ax = plt.subplots()
    for lift in lifts:
        new_rate = base_rate + lift
        mean_rate = (base_rate + new_rate) / 2
        needed = normal.inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean_rate * (1 - mean_rate))
        under_lift = math.sqrt(base_rate * (1 - base_rate) + new_rate * (1 - new_rate))
        steps = [abs(lift) * math.sqrt(n) for n in n_per_arm]
        powers = [normal.cdf((s - needed) / under_lift) + normal.cdf((-s - needed) / under_lift) for s in steps]
        ax.plot(n_per_arm, powers, label=f"{100 * lift:+.1f} pp")
    ax.axhline(0.8, color="k")
    ax.set(title=f"What patience buys, from a base rate of {base_rate:.1%}", xlabel="users per arm", ylabel="power")
    ax.set(xscale="log", ylim=(0, 1))
    ax.legend()
    return fig
