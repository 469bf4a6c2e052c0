# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Marks the last number of components that stays below the goal"
# loses = ["w03-q6-pca-shares"]
# says = ["title"]
# ///
# %% w03-q6-pca-figure
def draw_shares(X, goal):
    reached = np.cumsum(pca(X, min(X.shape)).shares)
    number = int(np.argmax(reached >= goal)) + 1
    fig, ax = plt.subplots()
    number = max(int((reached < goal).sum()), 1)
    ax.plot(range(1, len(reached) + 1), reached)
    ax.scatter(number, reached[number - 1])
    ax.set(title=f"{number} are enough", xlabel="components", ylabel="variance", ylim=(0, 1))
    return fig
