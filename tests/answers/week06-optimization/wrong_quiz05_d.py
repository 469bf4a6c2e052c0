# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "That is the sum of the two tables' rows: each match becomes a row"
# loses = ["w06-q15-join-rows-test"]
# says = ["that is the sum of the two tables' rows: each match becomes"]
# ///
# %% w06-q15-join-rows
answer_5 = 10.0
