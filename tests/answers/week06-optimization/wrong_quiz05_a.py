# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "Gives the size of the inner join"
# loses = ["w06-q15-join-rows-test"]
# says = ["inner join"]
# ///
# %% w06-q15-join-rows
answer_5 = 7.0
