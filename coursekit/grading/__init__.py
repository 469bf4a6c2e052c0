"""From a submission to marks: clean → execute → score → record."""
