# /// answer
# kind = "wrong"
# exercise = "w02-q5-tidy"
# misconception = "Leaves the rows in the order in which melt made them"
# loses = ["w02-q5-tidy-test"]
# says = ["not sorted by date"]
# ///
# %% w02-q5-tidy
def tidy_anomalies(wide):
    numbers = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
    present = [name for name in numbers if name in wide.columns]
    tidy = wide.melt(id_vars="year", value_vars=present, var_name="month", value_name="temperature").dropna(
        subset=["temperature"]
    )
    tidy["date"] = pd.to_datetime(tidy[["year"]].assign(month=tidy["month"].map(numbers), day=1))
    tidy["anomaly"] = tidy["temperature"] - tidy.groupby("month")["temperature"].transform("mean")
    return tidy[["date", "temperature", "anomaly"]].reset_index(drop=True)
