# /// answer
# kind = "wrong"
# exercise = "w02-q2-clean"
# misconception = "Reads an empty total as 0"
# loses = ["w02-q2-clean-test"]
# says = ["missing"]
# ///
# %% w02-q2-clean
def clean_orders(raw):
    table = raw.copy()
    table["order_id"] = table["order_id"].str.strip(" #").astype("int64")
    for name in ("ordered_at", "loaded_at"):
        texts = table[name].replace("", None)
        first = texts.str.match(r"\d\d\.\d\d\.\d{4}", na=False)
        times = pd.to_datetime(texts.mask(first), format="ISO8601", utc=True)
        table[name] = times.fillna(pd.to_datetime(texts.where(first), format="%d.%m.%Y %H:%M:%S", utc=True))
    table["channel"] = table["channel"].str.strip().str.lower()
    unknown = set(table["channel"]) - {"web", "app", "marketplace"}
    if unknown:
        raise ValueError(f"unknown: {unknown}")
    text = table["total_eur"].str.replace(r"[^0-9,.]", "", regex=True)
    comma = text.str.contains(",", na=False)
    text = text.mask(comma, text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False))
    table["total_eur"] = pd.to_numeric(text.replace("", "0"))
    table = table.sort_values("loaded_at", kind="stable", na_position="first").drop_duplicates("order_id", keep="last")
    return table.sort_values("order_id", ignore_index=True)
