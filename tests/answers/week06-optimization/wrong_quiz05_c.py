# /// answer
# kind = "wrong"
# exercise = "w06-q15-join-rows"
# misconception = "Two rows with key 1 meet two rows with key 1: that makes four rows, not two"
# loses = ["w06-q15-join-rows-test"]
# says = ["two rows with key 1 meet two rows with key 1: that makes"]
# ///
# %% w06-q15-join-rows
answer_5 = 5.0
