# /// answer
# kind = "wrong"
# exercise = "w06-q11-view"
# misconception = "A slice is a view, and += writes into the buffer that it shares"
# loses = ["w06-q11-view-test"]
# says = ["a slice is a view, and += writes into the buffer that it"]
# ///
# %% w06-q11-view
answer_1 = "A"
