# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "Steps are counted from 1, so the start stands at step 1"
# loses = ["w06-q3-descent-figure"]
# says = ["x differs"]
# ///
# %% w06-q3-descent-plot
def plot_convergence(records, lowest):
    fig, ax = plt.subplots()
    for name, record in records.items():
        ax.plot(np.arange(1, len(record) + 1), np.maximum(record - lowest, 1e-16), label=name)
    ax.set(title="How fast each run approaches the lowest loss", xlabel="step", ylabel="loss above the lowest")
    ax.set_yscale("log")
    ax.legend()
    return fig
