# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 1 · Mini
#
# Text.

# %%
import numpy as np

# %% [markdown]
# ## 1 · Double ●○○ · 5 min · 2 points
#
# <details><summary>Hint 1</summary>Two.</details>
# <details><summary>Hint 2</summary>Times.</details>


# %% nbgrader={"grade": false, "grade_id": "w01-q1-double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x: int) -> int:
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w01-q1-double-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
if double(2) != 4:
    raise AssertionError("double(2): expected 4")
### BEGIN HIDDEN TESTS
if double(3) != 6:
    raise AssertionError("double(3): expected 6")
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": true, "grade_id": "w01-q2-words", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ## 2 · Why ●○○ · 5 min · 3 points
#
# ### BEGIN SOLUTION
# Because.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "w01-q2-words-rubric", "locked": true, "schema_version": 3, "solution": false, "task": false}
# What is marked: reasons.
#
# ### BEGIN MARK SCHEME
# 1 point for each reason.
# ### END MARK SCHEME
