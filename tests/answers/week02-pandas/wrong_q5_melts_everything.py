# /// answer
# kind = "wrong"
# exercise = "w02-q5-tidy"
# misconception = "Melts every column but the year, whatever it is"
# loses = ["w02-q5-tidy-test"]
# says = ["got 8 rows"]
# ///
# %% w02-q5-tidy
def tidy_anomalies(wide):
    numbers = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
    tidy = wide.melt(id_vars="year", var_name="month", value_name="temperature").dropna()
    tidy["month"] = tidy["month"].map(numbers).fillna(12).astype(int)
    tidy["date"] = pd.to_datetime(tidy[["year", "month"]].assign(day=1))
    tidy["anomaly"] = tidy["temperature"] - tidy.groupby("month")["temperature"].transform("mean")
    return tidy[["date", "temperature", "anomaly"]].sort_values("date", ignore_index=True)
