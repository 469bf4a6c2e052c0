# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "Forgets the rows of the right table that match nothing"
# loses = ["w06-q15-join-rows-test"]
# says = ["keeps the rows of both sides"]
# ///
# %% w06-q15-join-rows
answer_5 = 8.0
