# /// answer
# kind = "wrong"
# exercise = "w06-q14-left-join"
# misconception = "Believes that a left join can only lose rows"
# loses = ["w06-q14-left-join-test"]
# says = ["loses no row"]
# ///
# %% w06-q14-left-join
answer_4 = "B"
