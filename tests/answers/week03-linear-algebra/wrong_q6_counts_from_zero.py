# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Numbers the components from 0, so every count is one too small"
# loses = ["w03-q6-pca-shares"]
# says = ["draw_shares"]
# ///
# %% w03-q6-pca-figure
def draw_shares(X, goal):
    reached = np.cumsum(pca(X, min(X.shape)).shares)
    number = int(np.argmax(reached >= goal)) + 1
    fig, ax = plt.subplots()
    ax.plot(range(len(reached)), reached)
    ax.scatter(number - 1, reached[number - 1])
    ax.set(title=f"{number - 1} are enough", xlabel="components", ylabel="variance", ylim=(0, 1))
    return fig
