# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "An excess of zero or less goes to a logarithmic axis as it is, and vanishes there"
# loses = ["w06-q3-descent-figure"]
# says = ["y differs at 1 of 3 points", "not 1e-16"]
# ///
# %% w06-q3-descent-plot
def plot_convergence(records, lowest):
    fig, ax = plt.subplots()
    for name, record in records.items():
        ax.plot(np.arange(len(record)), record - lowest, label=name)
    ax.set(title="How fast each run approaches the lowest loss", xlabel="step", ylabel="loss above the lowest")
    ax.set_yscale("log")
    ax.legend()
    return fig
