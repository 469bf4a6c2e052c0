# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "The forest is seeded for the file alone, and predict_survival answers otherwise at each call"
# loses = ["w06-q7-titanic-predictions"]
# says = ["random_state"]
# ///
# %% w06-q7-titanic-model
def forest(train, passengers, random_state=None):
    from sklearn.ensemble import RandomForestClassifier

    def features(table):
        boy = table["Name"].str.contains("Master")
        gaps = [table[name].fillna(train[name].median()) for name in ("Age", "Fare")]
        return np.column_stack([table["Sex"].eq("female"), boy, table["Pclass"], table["SibSp"], table["Parch"], *gaps])

    model = RandomForestClassifier(n_estimators=20, max_depth=6, random_state=random_state)
    return model.fit(features(train), train["Survived"]).predict(features(passengers)).astype(np.int64)


def predict_survival(train, passengers):
    return forest(train, passengers)


def write_submission(train, passengers, path):
    guess = forest(train, passengers, random_state=0)
    pd.DataFrame({"PassengerId": passengers["PassengerId"], "Survived": guess}).to_csv(path, index=False)
