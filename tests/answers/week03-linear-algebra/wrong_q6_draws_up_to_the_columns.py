# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Asks for as many components as there are columns, which a wide table does not have"
# loses = ["w03-q6-pca-shares"]
# says = ["k is"]
# ///
# %% w03-q6-pca-figure
def draw_shares(X, goal):
    reached = np.cumsum(pca(X, X.shape[1]).shares)
    number = int(np.argmax(reached >= goal)) + 1
    fig, ax = plt.subplots()
    ax.plot(np.arange(1, len(reached) + 1), reached)
    ax.scatter(number, reached[number - 1])
    ax.set(title=f"{number} components", xlabel="number of components", ylabel="cumulative share of the variance")
    ax.set_ylim(bottom=0)
    return fig
