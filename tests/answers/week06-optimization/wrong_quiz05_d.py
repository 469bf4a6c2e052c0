# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "Adds up the rows of the two tables"
# loses = ["w06-q15-join-rows-test"]
# says = ["sum of the two tables"]
# ///
# %% w06-q15-join-rows
answer_5 = 10.0
