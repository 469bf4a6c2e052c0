"""What people read: a learner's progress, the class report, the health of the environment."""
