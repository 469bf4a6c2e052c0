# /// answer
# kind = "wrong"
# exercise = "w06-q14-left-join"
# misconception = "The first half is right, but an inner join may have more rows than lines has"
# loses = ["w06-q14-left-join-test"]
# says = ["the first half is right, but an inner join may have more"]
# ///
# %% w06-q14-left-join
answer_4 = "D"
