# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "Sex and class alone, which change no decision"
# loses = ["w06-q7-titanic-submission"]
# says = ["which groups"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    from sklearn.linear_model import LogisticRegression

    def features(table):
        boy = table["Name"].str.contains("Master")
        columns = [table["Sex"].eq("female"), table["Pclass"]]
        return np.column_stack(columns)

    model = LogisticRegression().fit(features(train), train["Survived"])
    return model.predict(features(passengers)).astype(np.int64)


def write_submission(train, passengers, path):
    answer = pd.DataFrame(
        {"PassengerId": passengers["PassengerId"].to_numpy(), "Survived": predict_survival(train, passengers)}
    )
    answer.to_csv(path, index=False)
