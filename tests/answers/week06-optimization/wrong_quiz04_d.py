# /// answer
# kind = "wrong"
# exercise = "w06-q14-left-join"
# misconception = "Believes that matched and unmatched lines add up to the lines, as if none matched twice"
# loses = ["w06-q14-left-join-test"]
# says = ["inner join alone may have more"]
# ///
# %% w06-q14-left-join
answer_4 = "D"
