# /// answer
# kind = "wrong"
# exercise = "w06-q22-p-value"
# misconception = "A p-value says nothing about size: in a test that is large enough, a useless effect has a tiny p"
# loses = ["w06-q22-p-value-test"]
# says = ["a p-value says nothing about size: in a test that is large"]
# ///
# %% w06-q22-p-value
answer_12 = "D"
