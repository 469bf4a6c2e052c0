# ---
# jupyter:
#   jupytext:
#     formats: ipynb,.nb.py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 2 · Tables that tell the truth
#
# A shop's database can tell its revenue of two years in one line of code. We shall ask it in three reasonable ways and
# get three different answers. No exception, no warning, and not one of the three is right.
#
# **How can every number in a table be in its place, and the sum be wrong by eleven percent?**
#
# At the end of the lesson you will know the true figure, because this company is simulated and its truth is on file. And
# you will have found it without looking there.

# %% [markdown]
# ## What you will be able to do
#
# - **Load** a table with dtypes chosen on purpose, and measure the memory they save: exercises 1 (shrink) and 2 (clean).
# - **Join** tables so that the row count is known in advance and checked afterwards: exercises 3 (look-up) and 8 (a
#   decision, in words).
# - **Choose** between aggregate and transform when working by group: exercises 4 (shares) and 5 (anomalies).
# - **Reshape** between wide and long, and resample a time series that has gaps: exercises 5 and 6 (monthly means).
# - **Build** a one-page analysis whose numbers and figure come from the same function: exercise 7.
#
# **Time** about 75 minutes, with the predictions written down. **Before you start** week 1; no pandas. **Memory** under
# 1 GiB; everything runs in less than a minute.

# %% [markdown]
# Here is the promise. Orders have lines, lines have a quantity and a price, and lines can be returned. Three colleagues
# compute the revenue of all lines; the second wants the order's date beside each line, the third the returns.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from coursekit import plotting
from coursekit.data import load, shop

plotting.use_course_style()

company = shop.simulate(3_000, seed=11)
customers, orders, lines, returns = company.customers, company.orders, company.order_lines, company.returns


def revenue(table: pd.DataFrame) -> float:
    """Quantity times price over all rows, in euros; a missing price adds nothing."""
    return float((table["quantity"] * table["unit_price_eur"]).sum())


{
    "lines": f"{revenue(lines):,.0f} €",
    "lines with orders": f"{revenue(lines.merge(orders, on='order_id')):,.0f} €",
    "lines with returns": f"{revenue(lines.merge(returns, on='order_id', how='left')):,.0f} €",
}

# %% [markdown]
# Adding the *date* added money. Keep that in mind; first we need to see what a table is.
#
# ## 1 · A table is columns that share an index
#
# A **Series** is an array with a label for each entry; the labels together are its **index**. A **DataFrame** is Series
# of one index side by side. Labels are no decoration: arithmetic goes by label, not by position. **Predict, then run:**
# what is `stock - sold`, and what is the same difference of the two arrays?

# %%
stock = pd.Series([10, 20, 30], index=["cup", "lamp", "pan"])
sold = pd.Series([1, 2], index=["pan", "cup"])
try:
    stock.to_numpy() - sold.to_numpy()
except ValueError as error:
    print(error)
stock - sold

# %% [markdown]
# Cups met cups, although they stood elsewhere; the lamp found no partner and became `NaN`. That is what makes pandas
# safe, and what makes it surprise you: *two tables with different labels do not complain, they fill up with holes*.
# `stock.sub(sold, fill_value=0)` says what you meant.
#
# ## 2 · A dtype is a claim about the world
#
# A CSV file is text. What `read_csv` makes of it is a guess, and one odd entry in a million turns the column of numbers
# into a column of words. So begin with text, then claim a dtype for each column, and let the claim fail loudly. Here is
# the shop's export, as it was written:

# %%
export = company.raw("orders")
marks = {"id": r"[ #]", "time": r"^\d\d\.", "offset": r"\+", "channel": r"[A-Z .?]"}
columns = {"id": "order_id", "time": "ordered_at", "offset": "ordered_at", "channel": "channel"}
odd = {name: export[columns[name]].str.contains(mark) for name, mark in marks.items()}
print({name: f"{mask.sum()} of {len(export):,}" for name, mask in odd.items()})
{
    name: sorted(set(export.loc[mask, columns[name]]), key=lambda text: (text.isalnum(), text))[:3]
    for name, mask in odd.items()
}

# %% [markdown]
# Identifiers with a `#` or a blank, days before months, local times with an offset, channels in capitals: each rare,
# each enough to ruin its column. Exercise 2 makes you tame them.
#
# The claim pays in memory, too. **Predict, then run:** a column that says `web`, `app` or `marketplace` three thousand
# times. How much smaller is it as a `category`, which stores each word once and a one-byte number per row? And what
# would a category make of the order numbers, which never repeat?

# %%
typed = company.orders
claims = {
    "channel": {"text": export["channel"], "category": typed["channel"].astype("category")},
    "ordered_at": {"text": export["ordered_at"], "datetime64": typed["ordered_at"]},
    "order_id": {
        "text": export["order_id"],
        "int64": typed["order_id"],
        "int16": typed["order_id"].astype("int16"),
        "category": export["order_id"].astype("category"),
    },
}
sizes = {
    f"{column} as {name}": data.memory_usage(index=False, deep=True) / len(data)
    for column, ways in claims.items()
    for name, data in ways.items()
}
fig, ax = plt.subplots(figsize=(9, 3.8))
colours = [plotting.PALETTE["blue"] if " as text" in name else plotting.PALETTE["orange"] for name in sizes]
bars = ax.barh(list(sizes), list(sizes.values()), color=colours)
ax.bar_label(bars, fmt="%.1f", padding=3)
ax.invert_yaxis()
ax.set(title="The same orders under different claims", xlabel="memory per row (bytes)", xlim=(0, 32))
plt.show()

# %% [markdown]
# A category of three words is a byte per row; a category of words that never repeat is the words *and* the numbers.
# **Rule:** text for names, category for kinds, the smallest integer that holds the values, floats as they are: fewer
# digits would be another table.
#
# ## 3 · What is missing is an answer, too
#
# pandas skips missing values, as `nanmean` did last week. Whether that is right depends on *why* they are missing. The
# shop asks every buyer for one to five stars, and most do not answer. (Ten times as many orders here, so that chance
# plays no part.) **Predict, then run:** is the average of the
# answers above or below the average satisfaction, and is it so in every category? The simulation knows both.

# %%
larger = shop.simulate(30_000, seed=11, faults=False, tables=["ratings", "products"])
categories = larger.products[["product_id", "category"]]
answered = larger.ratings.merge(categories, on="product_id", validate="many_to_one")
stars = pd.DataFrame(
    {
        "answered": answered.groupby("category")["stars"].mean().astype("float64"),
        "everybody": pd.Series(larger.truth.ratings["mean_stars"]),
    }
).sort_values("everybody")
fig, ax = plt.subplots(figsize=(9, 4))
ax.hlines(stars.index, stars["everybody"], stars["answered"], color="0.7", linewidth=3)
ax.plot(stars["everybody"], stars.index, "o", color=plotting.PALETTE["black"], label="everybody (the truth on file)")
ax.plot(stars["answered"], stars.index, "o", color=plotting.PALETTE["orange"], label="those who answered")
share = larger.ratings["stars"].notna().mean()
ax.set(title=f"Only {share:.0%} answer, and not by chance", xlabel="mean rating (stars)", ylabel="category")
ax.legend()
plt.show()

# %% [markdown]
# The delighted and the furious write; the content keep silent. So the ends drift outwards: good categories look
# better than they are, bad ones worse, and no `dropna` or `fillna` can bring back who did not answer. **Rule:** before
# you skip or fill a gap, say in one sentence why it is there.
#
# ## 4 · Select once, write once
#
# `table[mask]` selects rows, `table["column"]` a column, `table.loc[mask, "column"]` both at once, by label. The third
# is the only one that can be written to. The common mistake is to write through two brackets. **Predict, then run:** a
# country is missing for some customers. What does the second count say?

# %%
import warnings

book = customers.copy()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    book[book["country"].isna()]["country"] = "unknown"  # two steps: the first makes a new table
chained = int(book["country"].isna().sum())
book.loc[book["country"].isna(), "country"] = "unknown"  # one step
{
    "missing": int(customers["country"].isna().sum()),
    "after two brackets": chained,
    "after .loc": int(book["country"].isna().sum()),
    "pandas said": caught[0].category.__name__ if caught else "nothing",
}

# %% [markdown]
# The two brackets wrote into a table that nobody kept. Since pandas 3 every selection behaves like a copy, so it *never*
# works, and a warning says so; in older notebooks it worked sometimes, which was worse. **Rule:** one `.loc`, or
# `assign`, which returns a new table.
#
# ## 5 · Joins: the line that multiplies your rows
#
# A join asks, for each row on the left, which rows on the right have its key. By hand:

# %%
left = pd.DataFrame({"order": [1, 2, 3], "paid": [10.0, 20.0, 30.0]})
right = pd.DataFrame({"order": [2, 3, 3, 4], "returned": ["cup", "lamp", "pan", "pot"]})
ways = {how: left.merge(right, on="order", how=how) for how in ("inner", "left", "right", "outer")}
fig, axes = plt.subplots(1, 4, figsize=(12, 3.2), sharey=True)
for ax, (how, joined) in zip(axes, ways.items(), strict=True):
    for side, (x, keys) in enumerate([(0, left["order"]), (1, right["order"])]):
        kept = keys.isin(joined["order"])
        ax.scatter(
            np.full(len(keys), x), -np.arange(len(keys)), s=420, color=[f"C{side}" if keep else "0.85" for keep in kept]
        )
        for place, key in enumerate(keys):
            ax.annotate(str(key), (x, -place), ha="center", va="center", color="white", weight="bold")
    for one, key in enumerate(left["order"]):
        for other in np.flatnonzero(right["order"] == key):
            ax.plot([0.12, 0.88], [-one, -other], color="0.4", linewidth=1.5)
    ax.set(title=f"{how}: {len(joined)} rows, {joined['paid'].sum():.0f} € paid", xlim=(-0.4, 1.4), ylim=(-3.5, 0.6))
    ax.set_xticks([0, 1], ["orders", "returns"])
    ax.set_yticks([])
    ax.grid(visible=False)
plt.show()

# %% [markdown]
# A dot is a row with its key, a line is a match, and **every line becomes a row**, as does a coloured dot without one;
# pale dots are left out. Order 3 has two lines, so its 30 € are there twice. *A left join keeps every row of the left table,
# but at least once.* Nothing in the result says so; the sum does.
#
# So decide beforehand how many lines each row may have, and tell pandas. `validate="many_to_one"` allows many left rows
# to share a key, and no right ones:

# %%
try:
    lines.merge(orders, on="order_id", validate="many_to_one")
except pd.errors.MergeError as error:
    print(str(error).splitlines()[0])
{
    "order ids that repeat": int(orders["order_id"].duplicated().sum()),
    "exact copies of a row": int(orders.duplicated().sum()),
    "lines without an order": int((~lines["order_id"].isin(orders["order_id"])).sum()),
}

# %% [markdown]
# There is the money that the date added: some orders stand in the table twice, as copies and as corrections. The inner
# join also *lost* lines whose order does not exist; the two errors partly hid each other, so neither showed.
#
# **Rule:** before a join, ask whether the key is unique on the side that must not multiply. After it, compare the row
# count with the one you expected.
#
# ## 6 · By group: three shapes of an answer
#
# `groupby` splits rows by a key. What comes back depends on the question: one row per **group** (`agg`), one per **row**
# (`transform`), or the rows of **some groups** (`filter`). **Predict, then run:** how many rows has each?

# %%
sold = lines.merge(company.products, on="product_id", how="left", validate="many_to_one")
sold["eur"] = sold["quantity"] * sold["unit_price_eur"]
groups = sold.groupby("category")
per_group = groups.agg(lines=("eur", "size"), revenue=("eur", "sum"), dearest=("unit_price_eur", "max"))
per_row = sold["eur"] / groups["eur"].transform("sum")
big = groups.filter(lambda group: len(group) >= 500)
print({"lines": len(sold), "agg": len(per_group), "transform": len(per_row), "filter": len(big)})
per_group.sort_values("revenue", ascending=False).head(4).round(2)

# %% [markdown]
# Twelve groups, one share per line, and the lines of the larger categories. Aggregates are for reading; transforms are
# for *features*, because each row is compared with its own group.
#
# Look at the dearest price: some products seem to cost a hundred times the others. A claim about the world can be
# tested by group as well. Each line's price against its product's list price:

# %%
against_list = sold["unit_price_eur"] / sold["list_price_eur"]
fig, ax = plt.subplots(figsize=(9, 3.6))
ax.hist(against_list.dropna(), bins=np.geomspace(0.3, 200, 60), color=plotting.PALETTE["blue"])
ax.set(xscale="log", yscale="log", xlabel="price paid / list price (ratio)", ylabel="order lines")
ax.set_title(f"{(against_list > 20).sum()} lines were priced in cents, {(sold['quantity'] < 0).sum()} have minus items")
plt.show()

# %% [markdown]
# The heap around 1 is honest: discounts and price changes. The little one near 100 is another unit: somebody wrote cents
# where euros belong. It is a fifth of a percent of the lines, and on logarithmic axes it cannot hide.
#
# ## 7 · Long, wide, and the calendar
#
# The same numbers can stand long (a row per measurement) or wide (a column per kind). Tools like long, eyes like wide;
# `melt` goes one way, `pivot_table` the other. The sea off Peru, recorded with a column per month, first long, then as a page
# of seasons:

# %%
sea = load("elnino")
long = sea.melt(id_vars="year", var_name="month", value_name="celsius")
order = list(sea.columns[1:])
wide_again = long.pivot_table(index="year", columns="month", values="celsius", aggfunc="mean")[order]
print(sea.shape, "→", long.shape, "→", wide_again.shape)

decades = long.assign(decade=long["year"] // 10 * 10)
mean = decades.pivot_table(index="month", columns="decade", values="celsius", aggfunc="mean").loc[order]
fig, axes = plt.subplots(2, 3, figsize=(11, 4.8), sharex=True, sharey=True)
for ax, decade in zip(axes.ravel(), [ten for ten in mean if ten < 2010], strict=True):
    ax.plot(mean.drop(columns=2010).to_numpy(), color="0.85", linewidth=1)
    ax.plot(mean[decade].to_numpy(), color="C1")
    ax.set_title(f"{decade}s")
    ax.set_xticks(range(0, 12, 3), order[::3])
fig.suptitle("One season in six decades: the 1980s and 1990s had El Niños")
fig.supylabel("sea temperature (°C)")
fig.supxlabel("month")
plt.show()

# %% [markdown]
# **Small multiples:** the same axes again and again, everything pale in the background, one thing in colour. They answer
# "compared with what?" before it is asked, and they only work if the scales are shared.
#
# Time has traps of its own. The shop's clock is UTC, the customers live in Berlin. **Predict, then run:** when summer
# time begins, how many hours has the day? And does a sale at 23:30 UTC on the 31st belong to this month?

# %%
hours = pd.date_range("2024-03-31", "2024-04-01", freq="h", tz="Europe/Berlin", inclusive="left")
late = orders[(orders["ordered_at"].dt.hour >= 22) & orders["ordered_at"].dt.is_month_end]
local = late["ordered_at"].dt.tz_convert("Europe/Berlin")
moved = local.dt.month != late["ordered_at"].dt.month
days = returns.set_index("returned_at")["refund_eur"].resample("D")
empty = days.count() == 0
{
    "hours on 31 March 2024": len(hours),
    "late sales that change their month": f"{moved.sum()} of {len(late)}",
    "days without a return": f"{empty.sum()} of {len(empty)}",
    "sum of such days": sorted(set(days.sum()[empty])),
    "mean of such days": sorted(set(days.mean()[empty].astype(str))),
}

# %% [markdown]
# `resample` puts every day on the calendar, also those without a row. The *sum* of nothing is 0 and the *mean* of nothing
# is missing: the first is right for revenue, the second for a temperature, and only you know which you have. **Rule:**
# store UTC, convert to local time to ask what a person experienced, and decide what an empty day means.
#
# ## 8 · Layered checks: type, keys, values
#
# Now the truth. Check a table in layers, cheapest first, and each layer makes the next one meaningful: are the columns
# what we claim (type)? Is each row there once, and do references exist (keys)? Could these values be true (values)? A
# chain of small named steps says it in order, top to bottom:


# %%
def once(table: pd.DataFrame) -> pd.DataFrame:
    """Keys: each line stands in the table once."""
    return table.drop_duplicates(["order_id", "line_no"])


def known(table: pd.DataFrame) -> pd.DataFrame:
    """Keys: the order that a line belongs to exists."""
    return table[table["order_id"].isin(orders["order_id"])]


def in_euros(table: pd.DataFrame) -> pd.DataFrame:
    """Values: a price far above its product's list price is in cents."""
    usual = table["product_id"].map(company.products.set_index("product_id")["list_price_eur"])
    cents = table["unit_price_eur"] > 20 * usual
    return table.assign(unit_price_eur=table["unit_price_eur"].mask(cents, table["unit_price_eur"] / 100))


def bought(table: pd.DataFrame) -> pd.DataFrame:
    """Values: nobody buys a negative number of things."""
    return table.assign(quantity=table["quantity"].abs())


def priced(table: pd.DataFrame) -> pd.DataFrame:
    """Values: a missing price is the product's price on that day."""
    first = orders.drop_duplicates("order_id")[["order_id", "ordered_at"]]
    dated = table.merge(first, on="order_id", how="left", validate="many_to_one").sort_values("ordered_at")
    asked = pd.merge_asof(
        dated, company.prices.sort_values("valid_from"), left_on="ordered_at", right_on="valid_from", by="product_id"
    )
    return asked.assign(unit_price_eur=asked["unit_price_eur"].fillna(asked["price_eur"]))


steps = {"as it was": lambda table: table, "once": once, "known": known, "in euros": in_euros, "bought": bought}
steps["priced"] = priced
table, sums = lines, {}
for name, step in steps.items():
    table = table.pipe(step)
    sums[name] = revenue(table)
true = revenue(shop.simulate(3_000, seed=11, faults=False).order_lines)
print(
    {"still lacking": f"{true - revenue(table):,.2f} €", "what `known` took": f"{sums['once'] - sums['known']:,.2f} €"}
)
{name: f"{value:,.0f} €" for name, value in sums.items()} | {"the truth on file": f"{true:,.0f} €"}

# %% [markdown]
# The two numbers above the table agree to the cent. Note `merge_asof`: for each line the *last price before* the order,
# so that no line is priced from its future. Week 9 builds on it.

# %%
values = np.array(list(sums.values()))
fig, ax = plt.subplots(figsize=(9.5, 4))
ax.bar(list(sums)[:1], values[:1], color=plotting.PALETTE["grey"])
for place in range(1, len(values)):
    low, change = min(values[place - 1 : place + 1]), values[place] - values[place - 1]
    ax.bar(place, abs(change), bottom=low, color=plotting.PALETTE["vermillion" if change < 0 else "green"])
    above = {"xy": (place, low + abs(change)), "xytext": (0, 4), "va": "bottom"}
    below = {"xy": (place, low), "xytext": (0, -4), "va": "top"}
    ax.annotate(f"{change:+,.0f}", **(above if change < 0 else below), textcoords="offset points", ha="center")
ax.set_xticks(range(len(values)), list(sums))
ax.axhline(true, color="k", linestyle="--", label=f"the truth on file: {true:,.0f} €")
ax.set(
    title=f"From {values[0] / true - 1:+.1%} to {values[-1] / true - 1:+.2%}",
    ylabel="revenue (€)",
    xlabel="after the step",
)
ax.set_ylim(0.93 * true, 1.15 * true)
ax.yaxis.set_major_formatter("{x:,.0f}")
ax.legend()
plt.show()

# %% [markdown]
# Orange steps take away what was never sold, green ones bring back what was. A handful of lines in cents did more harm
# than all the duplicates. What is still lacking has a name: the ten lines that `known` threw away. They *were* sold; it
# was their order number that broke on the way, and nothing in the file can mend it. A table that tells the truth is one
# whose remaining error you can *state*.

# %% [markdown]
# ## Recap
#
# 1. Arithmetic and joins go by label; what finds no partner becomes a hole, what finds two becomes two.
# 2. A dtype is a claim: make it explicitly, let it fail loudly.
# 3. Say why a value is missing before you skip or fill it.
# 4. Before a join the key is unique or `validate` says so; after it the row count is what you expected.
# 5. `agg` for reading, `transform` for features; shared axes or no small multiples.

# %% [markdown]
# ## The interview question
#
# *After a join, total revenue has doubled: how do you find the cause, and how do you keep it from coming back?*
#
# <details><summary>What a strong answer contains</summary>
#
# The mechanism: a key that repeats on the side thought unique, so that rows are multiplied, left join or not. Counts
# instead of theories: rows before and after each join, duplicated keys, the factor per key. Why removing duplicates
# afterwards is a second error. A fix that follows from what a row is meant to be. And a guard that fails loudly:
# `validate=`, a uniqueness test on the table, a reconciliation of the sum with an independent source. Weak answers say
# "use distinct" and stop.
#
# </details>
#
# ## Primary sources
#
# - pandas user guide: [merge, join and concatenate](https://pandas.pydata.org/docs/user_guide/merging.html),
#   [group by](https://pandas.pydata.org/docs/user_guide/groupby.html),
#   [copy-on-write](https://pandas.pydata.org/docs/user_guide/copy_on_write.html)
# - Wickham, [Tidy data](https://doi.org/10.18637/jss.v059.i10), 2014
# - McKinney, [Data structures for statistical computing in Python](https://doi.org/10.25080/Majora-92bf1922-00a), 2010
