"""Text twins, exercises, release build and lint: everything that is done to a notebook before a learner sees it."""
