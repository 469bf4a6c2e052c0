# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "That is the inner join: unmatched rows of both sides are still lacking"
# loses = ["w06-q15-join-rows-test"]
# says = ["that is the inner join: unmatched rows of both sides are"]
# ///
# %% w06-q15-join-rows
answer_5 = 7.0
