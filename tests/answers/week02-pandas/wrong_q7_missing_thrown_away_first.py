# /// answer
# kind = "wrong"
# exercise = "w02-q7-page"
# misconception = "Throws rows without revenue away, and with them months and categories"
# loses = ["w02-q7-page-numbers", "w02-q7-page-figure"]
# says = ["thrown away"]
# ///
# %% w02-q7-page
def one_page(sales):
    month = sales["ordered_at"].dt.tz_convert("UTC").dt.tz_localize(None).dt.to_period("M")
    table = sales.assign(month=month).dropna(subset=["revenue_eur"])
    month = table["month"]
    numbers = table.pivot_table(index="month", columns="category", values="revenue_eur", aggfunc="sum", fill_value=0.0)
    numbers = numbers.reindex(pd.period_range(month.min(), month.max(), freq="M"), fill_value=0.0)
    numbers.index = numbers.index.to_timestamp()
    top = numbers.to_numpy().max()
    fig, axes = plt.subplots(len(numbers.columns), 1, squeeze=False, sharex=True)
    for ax, name in zip(axes.ravel(), numbers.columns):
        ax.plot(numbers.index, numbers[name])
        ax.set(title=name, xlabel="month", ylabel="revenue (€)")
        ax.set_ylim(0, 1.1 * top if top else 1)
    fig.suptitle(f"Revenue {numbers.to_numpy().sum():,.0f} €")
    return numbers, fig
