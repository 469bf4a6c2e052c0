# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "A linear axis, on which every run looks finished after ten steps"
# loses = ["w06-q3-descent-figure"]
# says = ["log y axis"]
# ///
# %% w06-q3-descent-plot
def plot_convergence(records, lowest):
    fig, ax = plt.subplots()
    for name, record in records.items():
        ax.plot(np.arange(len(record)), np.maximum(record - lowest, 1e-16), label=name)
    ax.set(title="How fast each run approaches the lowest loss", xlabel="step", ylabel="loss above the lowest")

    ax.legend()
    return fig
