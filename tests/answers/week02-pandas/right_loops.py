# /// answer
# kind = "right"
# approach = "Plain Python over rows and columns, pandas only to build the result"
# ///
# %% w02-q1-shrink
def shrink(table):
    smaller = table.copy()
    for name in table.columns:
        values = table[name]
        if values.dtype.kind in "iu":
            for size in ("int8", "int16", "int32", "int64"):
                if [int(v) for v in values] == [int(v) for v in values.astype(size)] and all(
                    np.iinfo(size).min <= int(v) <= np.iinfo(size).max for v in values
                ):
                    smaller[name] = values.astype(size)
                    break
        elif str(values.dtype) == "str":
            words = {word for word in values if isinstance(word, str)}
            if len(words) <= len(values) / 10:
                smaller[name] = values.astype("category")
    return smaller


# %% w02-q2-clean
def clean_orders(raw):
    from datetime import datetime, timezone

    def moment(text):
        if not isinstance(text, str) or not text.strip():
            return None
        if text[2] == ".":
            return datetime.strptime(text, "%d.%m.%Y %H:%M:%S").replace(tzinfo=timezone.utc)
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)

    def money(text):
        if not isinstance(text, str):
            return float("nan")
        text = text.replace("€", "").replace("EUR", "").strip()
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        return float(text) if text else float("nan")

    best = {}
    for place, row in enumerate(raw.itertuples(index=False)):
        channel = row.channel.strip().lower()
        if channel not in ("web", "app", "marketplace"):
            raise ValueError(f"unknown channel {channel}")
        number = int(row.order_id.replace("#", "").strip())
        arrived = moment(row.loaded_at)
        rank = (arrived is not None, arrived or 0, place)
        if number not in best or rank > best[number][0]:
            best[number] = (rank, [number, moment(row.ordered_at), arrived, channel, money(row.total_eur)])
    rows = [best[number][1] for number in sorted(best)]
    names = ["order_id", "ordered_at", "loaded_at", "channel", "total_eur"]
    result = pd.DataFrame(rows, columns=names)
    for name in ("ordered_at", "loaded_at"):
        result[name] = pd.to_datetime(result[name], utc=True)
    return result.astype({"order_id": "int64", "total_eur": "float64"})


# %% w02-q3-look-up
def look_up(left, right, key):
    for name in right.columns:
        if name != key and name in left.columns:
            raise ValueError(f"both tables have {name}")
    if "matched" in left.columns or "matched" in right.columns:
        raise ValueError("the column matched is taken")
    place, repeated = {}, set()
    for number, value in enumerate(right[key]):
        if pd.isna(value):
            continue
        if value in place:
            repeated.add(value)
        place[value] = number
    if repeated:
        raise ValueError(f"{len(repeated)} keys are repeated")
    rows = [-1 if pd.isna(value) else place.get(value, -1) for value in left[key]]
    result = left.copy()
    for name in right.columns:
        if name != key:
            values = list(right[name])
            result[name] = pd.Series(
                [values[row] if row >= 0 else None for row in rows],
                index=left.index,
                dtype=right[name].dtype if right[name].dtype.kind in "fO" or not len(rows) else None,
            )
    result["matched"] = np.array([row >= 0 for row in rows], dtype=bool)
    return result


# %% w02-q4-share
def share_of_group(values, groups):
    numbers, names = [float(v) for v in values], list(groups)
    totals = {}
    for number, name in zip(numbers, names):
        if not pd.isna(name) and number == number:
            totals[name] = totals.get(name, 0.0) + number
    shares = []
    for number, name in zip(numbers, names):
        total = 0.0 if pd.isna(name) else totals.get(name, 0.0)
        shares.append(number / total if total else float("nan"))
    return pd.Series(shares, index=values.index, dtype="float64")


# %% w02-q5-tidy
def tidy_anomalies(wide):
    names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    rows = []
    for month, name in enumerate(names, start=1):
        if name not in wide:
            continue
        measured = [(y, t) for y, t in zip(wide["year"], wide[name]) if not np.isnan(t)]
        for year, temperature in measured:
            mean = sum(t for _, t in measured) / len(measured)
            rows.append(
                {"date": pd.Timestamp(year, month, 1), "temperature": temperature, "anomaly": temperature - mean}
            )
    return pd.DataFrame(rows).sort_values("date").reset_index(drop=True)


# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if at_least < 1:
        raise ValueError(f"{at_least} is too few")
    if len(series) == 0:
        return series.copy()
    first, last = series.index.min(), series.index.max()
    starts = pd.date_range(first.replace(day=1), last, freq="MS").normalize()
    means = []
    for start in starts:
        here = [v for d, v in zip(series.index, series) if (d.year, d.month) == (start.year, start.month) and v == v]
        means.append(sum(here) / len(here) if len(here) >= at_least else float("nan"))
    return pd.Series(means, index=starts, name=series.name)


# %% w02-q7-page
def one_page(sales):
    sums = {}
    for when, category, revenue in zip(sales["ordered_at"], sales["category"], sales["revenue_eur"]):
        key = (when.year * 12 + when.month - 1, category)
        sums[key] = sums.get(key, 0.0) + (0.0 if np.isnan(revenue) else revenue)
    first, last = min(m for m, _ in sums), max(m for m, _ in sums)
    names = sorted({c for _, c in sums})
    months = [pd.Timestamp(m // 12, m % 12 + 1, 1) for m in range(first, last + 1)]
    numbers = pd.DataFrame({c: [sums.get((m, c), 0.0) for m in range(first, last + 1)] for c in names}, index=months)
    fig = plt.figure(figsize=(8, 2 * len(names)))
    highest = float(numbers.max().max())
    for place, name in enumerate(names):
        ax = fig.add_subplot(len(names), 1, place + 1)
        ax.plot(months, list(numbers[name]))
        ax.set_title(f"category {name}", loc="center")
        ax.set_xlabel("month")
        ax.set_ylabel("revenue (€)")
        ax.set_ylim(0, highest * 1.1 or 1.0)
    fig.suptitle(f"In all {numbers.sum().sum():,.0f} euros")
    return numbers, fig
