# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Draws the share of each component instead of the cumulative one"
# loses = ["w03-q6-pca-shares"]
# says = ["differs"]
# ///
# %% w03-q6-pca-figure
def draw_shares(X, goal):
    reached = np.cumsum(pca(X, min(X.shape)).shares)
    number = int(np.argmax(reached >= goal)) + 1
    fig, ax = plt.subplots()
    ax.plot(range(1, len(reached) + 1), np.diff(reached, prepend=0.0))
    ax.scatter(number, reached[number - 1])
    ax.set(title=f"{number} are enough", xlabel="components", ylabel="variance", ylim=(0, 1))
    return fig
