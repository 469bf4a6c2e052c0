# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "Passengers with a gap are dropped, and get no prediction"
# loses = ["w06-q7-titanic-predictions", "w06-q7-titanic-submission"]
# says = ["291"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    from sklearn.linear_model import LogisticRegression

    def features(table):
        boy = table["Name"].str.contains("Master")
        columns = [table["Sex"].eq("female"), boy, table["Pclass"], table["SibSp"], table["Parch"]]
        return np.column_stack(columns)

    passengers = passengers.dropna(subset=["Age"])
    model = LogisticRegression().fit(features(train), train["Survived"])
    return model.predict(features(passengers)).astype(np.int64)


def write_submission(train, passengers, path):
    answer = pd.DataFrame(
        {
            "PassengerId": passengers.dropna(subset=["Age"])["PassengerId"].to_numpy(),
            "Survived": predict_survival(train, passengers),
        }
    )
    answer.to_csv(path, index=False)
