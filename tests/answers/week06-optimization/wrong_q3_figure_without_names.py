# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "No legend: nobody knows which line is which run"
# loses = ["w06-q3-descent-figure"]
# says = ["legend"]
# ///
# %% w06-q3-descent-plot
def plot_convergence(records, lowest):
    fig, ax = plt.subplots()
    for name, record in records.items():
        ax.plot(np.arange(len(record)), np.maximum(record - lowest, 1e-16), label=name)
    ax.set(title="How fast each run approaches the lowest loss", xlabel="step", ylabel="loss above the lowest")
    ax.set_yscale("log")

    return fig
