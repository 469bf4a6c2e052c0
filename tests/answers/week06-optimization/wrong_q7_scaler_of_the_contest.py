# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "The scaler is fitted anew on the passengers to be predicted"
# loses = ["w06-q7-titanic-predictions"]
# says = ["who else is in passengers"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    def features(table):
        boy = table["Name"].str.contains("Master")
        columns = [table["Sex"].eq("female"), boy, table["Pclass"], table["SibSp"], table["Parch"]]
        return np.column_stack(columns).astype(float)

    model = LogisticRegression().fit(StandardScaler().fit_transform(features(train)), train["Survived"])
    return model.predict(StandardScaler().fit_transform(features(passengers))).astype(np.int64)


def write_submission(train, passengers, path):
    answer = pd.DataFrame(
        {"PassengerId": passengers["PassengerId"].to_numpy(), "Survived": predict_survival(train, passengers)}
    )
    answer.to_csv(path, index=False)
