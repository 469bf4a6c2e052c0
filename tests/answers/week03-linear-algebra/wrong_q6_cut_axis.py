# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Lets the y axis begin where the curve begins, which makes every rise look dramatic"
# loses = ["w03-q6-pca-shares"]
# says = ["start at 0"]
# ///
# %% w03-q6-pca-figure
def draw_shares(X, goal):
    reached = np.cumsum(pca(X, min(X.shape)).shares)
    number = int(np.argmax(reached >= goal)) + 1
    fig, ax = plt.subplots()
    ax.plot(range(1, len(reached) + 1), reached)
    ax.scatter(number, reached[number - 1])
    ax.set(title=f"{number} are enough", xlabel="components", ylabel="variance")
    return fig
