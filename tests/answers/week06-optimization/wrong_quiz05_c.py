# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "Counts distinct keys"
# loses = ["w06-q15-join-rows-test"]
# says = ["distinct keys"]
# ///
# %% w06-q15-join-rows
answer_5 = 4.0
