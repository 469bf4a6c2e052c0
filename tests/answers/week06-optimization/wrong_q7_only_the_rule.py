# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "Women survive, men do not: written down, not learned"
# loses = ["w06-q7-titanic-predictions", "w06-q7-titanic-submission"]
# says = ["learn from train", "rule by sex"]
# ///
# %% w06-q7-titanic-model
def predict_survival(train, passengers):
    return (passengers["Sex"] == "female").to_numpy().astype(int)


def write_submission(train, passengers, path):
    guess = predict_survival(train, passengers)
    pd.DataFrame({"PassengerId": passengers["PassengerId"].to_numpy(), "Survived": guess}).to_csv(path, index=False)
