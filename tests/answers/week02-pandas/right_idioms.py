# /// answer
# kind = "right"
# approach = "Other idioms of pandas: downcast, one ISO parse, map, pivot, Grouper, grid of axes"
# ///
# %% w02-q1-shrink
def shrink(table):
    result = table.copy()
    for name in table.select_dtypes("integer"):
        if len(table):
            result[name] = pd.to_numeric(table[name], downcast="integer")
            if result[name].dtype.kind == "u":
                result[name] = pd.to_numeric(table[name].astype("int64"), downcast="integer")
        else:
            result[name] = table[name].astype("int8")
    for name in table.select_dtypes("str"):
        if table[name].dropna().drop_duplicates().size * 10 <= len(table):
            result[name] = table[name].astype("category")
    return result


# %% w02-q2-clean
def clean_orders(raw):
    table = raw.copy()
    table["order_id"] = table["order_id"].str.extract(r"(\d+)", expand=False).astype("int64")
    for name in ("ordered_at", "loaded_at"):
        iso = table[name].str.replace(r"^(\d\d)\.(\d\d)\.(\d{4}) (.*)$", r"\3-\2-\1T\4Z", regex=True)
        table[name] = pd.to_datetime(iso.where(iso != ""), format="ISO8601", utc=True)
    table["channel"] = table["channel"].str.lower().str.strip()
    strange = table.loc[~table["channel"].isin(["web", "app", "marketplace"]), "channel"]
    if len(strange):
        raise ValueError("these channels are unknown: " + " ".join(strange.unique()))
    text = table["total_eur"].str.replace("€", "").str.replace("EUR", "").str.strip()
    comma = text.str.contains(",").fillna(False).astype(bool)
    text[comma] = text[comma].str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    table["total_eur"] = pd.to_numeric(text)
    table["channel"] = table["channel"].astype("category")
    table["place"] = range(len(table))
    table = table.sort_values(["order_id", "loaded_at", "place"], na_position="first")
    return table.groupby("order_id", sort=True).tail(1).drop(columns="place").reset_index(drop=True)


# %% w02-q3-look-up
def look_up(left, right, key):
    clash = [name for name in right.columns if name != key and name in set(left.columns)]
    clash += [name for table in (left, right) for name in table.columns if name == "matched"]
    if clash:
        raise ValueError(f"columns {clash} stand in both tables or are reserved")
    table = right[right[key].notna()].set_index(key)
    counts = table.index.value_counts()
    if (counts > 1).any():
        raise ValueError(f"{(counts > 1).sum()} repeated keys")
    result = left.copy()
    for name in table.columns:
        result[name] = left[key].map(table[name]) if len(table) else np.nan
    return result.assign(matched=left[key].isin(table.index) & left[key].notna())


# %% w02-q4-share
def share_of_group(values, groups):
    frame = pd.DataFrame({"value": values.to_numpy(dtype="float64"), "group": groups.to_numpy()})
    totals = frame.groupby("group")["value"].sum()
    total = frame["group"].map(totals).to_numpy(dtype="float64")
    with np.errstate(invalid="ignore"):
        return pd.Series(
            np.where(total > 0, frame["value"] / np.where(total > 0, total, 1.0), np.nan), index=values.index
        )


# %% w02-q5-tidy
def tidy_anomalies(wide):
    order = [pd.Timestamp(2000, number, 1).strftime("%b").lower() for number in range(1, 13)]
    table = wide.set_index("year")[[name for name in order if name in wide.columns]]
    anomaly = table - table.mean()
    long = pd.DataFrame({"temperature": table.stack(), "anomaly": anomaly.stack()}).reset_index(names=["year", "month"])
    long = long[long["temperature"].notna()]
    long["date"] = pd.to_datetime(long["year"].astype(str) + " " + long["month"], format="%Y %b")
    return long.sort_values("date")[["date", "temperature", "anomaly"]].reset_index(drop=True)


# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if not at_least >= 1:
        raise ValueError(f"at_least is {at_least}; at least 1 is needed")
    frame = series.to_frame("value")
    grouped = frame.groupby(pd.Grouper(freq="MS"))["value"]
    means = grouped.sum() / grouped.count()
    means[grouped.count() < at_least] = np.nan
    return means.rename(series.name)


# %% w02-q7-page
def one_page(sales):
    stamps = sales["ordered_at"].dt.strftime("%Y-%m-01")
    numbers = pd.crosstab(pd.to_datetime(stamps), sales["category"], values=sales["revenue_eur"], aggfunc="sum")
    numbers = numbers.reindex(columns=sorted(sales["category"].unique()))
    numbers = numbers.resample("MS").sum().fillna(0.0)
    numbers.columns = list(numbers.columns)
    fig, axes = plt.subplots(len(numbers.columns), figsize=(6, 9), sharex=True, sharey=True)
    for ax, name in zip(np.atleast_1d(axes), numbers.columns):
        ax.plot(numbers[name])
        ax.set(title=f"{name}: {numbers[name].sum():,.0f} €", xlabel="month", ylabel="revenue (€)")
        ax.set_ylim(0, numbers.to_numpy().max() * 1.1 if numbers.to_numpy().max() else 1)
    fig.suptitle(f"{numbers.to_numpy().sum():,.0f} € of revenue")
    return numbers, fig
