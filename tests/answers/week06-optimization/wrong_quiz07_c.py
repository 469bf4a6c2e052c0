# /// answer
# kind = "wrong"
# exercise = "w06-q17-conditioning"
# misconception = "Mixes up which of the two methods squares the condition number"
# loses = ["w06-q17-conditioning-test"]
# says = ["other way round"]
# ///
# %% w06-q17-conditioning
answer_7 = "C"
