"""A learner's answers go into a fresh copy of the instructor's notebook; nothing else of the submission counts.

Checks, their order, tags, metadata and locked text come from the instructor. From the submission come the source of
the answer cells, and cells that the learner added, in their place and without metadata. The steps, one module each:
``reading`` (bytes to cells), ``unmerge`` (cells that were split or merged), ``matching`` (which cell answers what),
``placing`` (where the learner's own cells run), ``cleaning`` (the fresh copy).
"""

from coursekit.grading.clean.cleaning import Cleaned, clean, clean_file
from coursekit.grading.clean.finding import find_notebook
from coursekit.grading.clean.released import STUB, TEXT_STUB

__all__ = ["STUB", "TEXT_STUB", "Cleaned", "clean", "clean_file", "find_notebook"]
