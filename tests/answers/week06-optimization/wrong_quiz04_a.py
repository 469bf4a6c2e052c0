# /// answer
# kind = "wrong"
# exercise = "w06-q14-left-join"
# misconception = "Believes that a left join keeps the number of rows"
# loses = ["w06-q14-left-join-test"]
# says = ["stands twice in products"]
# ///
# %% w06-q14-left-join
answer_4 = "A"
