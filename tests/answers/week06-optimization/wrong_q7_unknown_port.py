# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "The one-hot encoder stops at a port that train has never seen"
# loses = ["w06-q7-titanic-predictions"]
# says = ["never seen"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import OneHotEncoder

    def features(table):
        boy = table["Name"].str.contains("Master")
        columns = [table["Sex"].eq("female"), boy, table["Pclass"], table["SibSp"], table["Parch"]]
        return np.column_stack(columns).astype(float)

    def port(table):
        return table[["Embarked"]].fillna("S")

    encoder = OneHotEncoder(sparse_output=False).fit(port(train))
    both = [np.column_stack([features(table), encoder.transform(port(table))]) for table in (train, passengers)]
    return LogisticRegression().fit(both[0], train["Survived"]).predict(both[1]).astype(np.int64)


def write_submission(train, passengers, path):
    answer = pd.DataFrame(
        {"PassengerId": passengers["PassengerId"].to_numpy(), "Survived": predict_survival(train, passengers)}
    )
    answer.to_csv(path, index=False)
