# /// answer
# kind = "wrong"
# exercise = "w06-q14-left-join"
# misconception = "A left join loses no row, and repeats one for every match beyond the first"
# loses = ["w06-q14-left-join-test"]
# says = ["a left join loses no row, and repeats one for every match"]
# ///
# %% w06-q14-left-join
answer_4 = "B"
