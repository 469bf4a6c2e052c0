# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "Floats in the file: 1.0 instead of 1"
# loses = ["w06-q7-titanic-submission"]
# says = ["whole numbers"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    from sklearn.linear_model import LogisticRegression

    def features(table):
        boy = table["Name"].str.contains("Master")
        columns = [table["Sex"].eq("female"), boy, table["Pclass"], table["SibSp"], table["Parch"]]
        return np.column_stack(columns)

    model = LogisticRegression().fit(features(train), train["Survived"])
    return model.predict(features(passengers)).astype(np.int64)


def write_submission(train, passengers, path):
    answer = pd.DataFrame(
        {
            "PassengerId": passengers["PassengerId"].to_numpy(),
            "Survived": predict_survival(train, passengers).astype(float),
        }
    )
    answer.to_csv(path, index=False)
