# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "Gaps are filled with the median of the table they stand in, with train's only where everybody's age is missing"
# loses = ["w06-q7-titanic-predictions"]
# says = ["who else is in passengers"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    from sklearn.linear_model import LogisticRegression

    def features(table):
        boy = table["Name"].str.contains("Master")
        columns = [
            table["Sex"].eq("female"),
            boy,
            table["Pclass"],
            table["SibSp"],
            table["Parch"],
            table["Age"].fillna(table["Age"].median()).fillna(train["Age"].median()) / 10.0,
        ]
        return np.column_stack(columns).astype(float)

    model = LogisticRegression().fit(features(train), train["Survived"])
    return model.predict(features(passengers)).astype(np.int64)


def write_submission(train, passengers, path):
    answer = pd.DataFrame(
        {"PassengerId": passengers["PassengerId"].to_numpy(), "Survived": predict_survival(train, passengers)}
    )
    answer.to_csv(path, index=False)
