"""nbgrader preprocessor: grade a fresh copy that holds the learner's answers, whatever state the submission is in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.preprocessors import NbGraderPreprocessor

from coursekit.grading.clean import clean
from coursekit.notebooks.files import read_notebook

if TYPE_CHECKING:
    from nbconvert.exporters.exporter import ResourcesDict
    from nbformat import NotebookNode


class FreshCopy(NbGraderPreprocessor):
    """First of the autograder's steps: deleted, copied, edited or reordered cells no longer stop the grading.

    nbgrader runs from the class folder, so the instructor's notebook is ``source/ASSIGNMENT/NOTEBOOK.ipynb`` there.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Replace the submission by the instructor's notebook with the submission's answers."""
        names = resources["nbgrader"]
        if not self.config.Execute.get("enabled", True):
            # A fresh copy has no outputs, and nbgrader gives a check without outputs all its points.
            self.log.warning("Nothing is executed, so the submission is graded by the outputs it was handed in with")
            return nb, resources
        source = Path("source") / names["assignment"] / f"{names['notebook']}.ipynb"
        if not source.is_file():
            self.log.warning("%s is not there, so the submission is graded as it was handed in", source)
            return nb, resources
        cleaned = clean(read_notebook(source), nb)
        for remark in cleaned.remarks:
            self.log.warning("%s/%s: %s", names["student"], names["notebook"], remark)
        return cleaned.notebook, resources
