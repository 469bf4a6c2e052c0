# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "The 38 % of the passengers with the highest probability are said to survive, as in train"
# loses = ["w06-q7-titanic-predictions"]
# says = ["who else is in passengers"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    from sklearn.linear_model import LogisticRegression

    def features(table):
        boy = table["Name"].str.contains("Master")
        columns = [table["Sex"].eq("female"), boy, table["Pclass"], table["SibSp"], table["Parch"]]
        return np.column_stack(columns).astype(float)

    model = LogisticRegression().fit(features(train), train["Survived"])
    p = model.predict_proba(features(passengers))[:, 1]
    return (p > np.quantile(p, 1.0 - train["Survived"].mean())).astype(np.int64)


def write_submission(train, passengers, path):
    answer = pd.DataFrame(
        {"PassengerId": passengers["PassengerId"].to_numpy(), "Survived": predict_survival(train, passengers)}
    )
    answer.to_csv(path, index=False)
