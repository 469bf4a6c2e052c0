"""Proves a week's graders: right answers pass, wrong ones fail for the right reason."""
