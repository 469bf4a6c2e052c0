# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "That is the factor before b, a·b / b·b: the projection is that factor times b, and b has length 3"
# loses = ["w06-q18-shadow-test"]
# says = ["that is the factor before b, a·b / b·b: the projection is"]
# ///
# %% w06-q18-shadow
answer_8 = 1.22
