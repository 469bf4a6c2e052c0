# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "That is the left join: the right table's key 5 is lacking"
# loses = ["w06-q15-join-rows-test"]
# says = ["that is the left join: the right table's key 5 is"]
# ///
# %% w06-q15-join-rows
answer_5 = 8.0
