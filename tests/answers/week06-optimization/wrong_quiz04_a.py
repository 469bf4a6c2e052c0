# /// answer
# kind = "wrong"
# exercise = "w06-q14-left-join"
# misconception = "A product that stands twice in products makes two rows of each of its lines"
# loses = ["w06-q14-left-join-test"]
# says = ["a product that stands twice in products makes two rows of"]
# ///
# %% w06-q14-left-join
answer_4 = "A"
