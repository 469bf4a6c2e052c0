"""Everything nbgrader needs: plain ``nbgrader …`` commands and formgrader work from this folder.

The class lives here (``submitted/``, ``autograded/``, ``feedback/``, ``gradebook.db``) unless the environment variable
``COURSE_CLASS`` names another folder, as ``make lab CLASS=demo`` does. ``COURSE_DB_URL`` puts that class's gradebook
into another database, such as PostgreSQL.
"""

import os
import sys
from pathlib import Path

from nbgrader.converters.autograde import Autograde
from nbgrader.converters.generate_assignment import GenerateAssignment
from nbgrader.converters.generate_feedback import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, Execute

from coursekit.grading.repair import FreshCopy
from coursekit.grading.sealed.preprocessor import SealedExecute
from coursekit.notebooks.release import AddHeader, ReleaseLesson

c = get_config()  # noqa: F821 - traitlets puts get_config into this file's namespace

COURSE = Path(__file__).resolve().parent
CLASS = COURSE / os.environ.get("COURSE_CLASS", "")

# nbgrader calls `alembic` by name to make the gradebook; it stands beside this Python, activated or not.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

c.CourseDirectory.course_id = "ml-engineering"
c.CourseDirectory.root = str(CLASS)
c.CourseDirectory.db_url = os.environ.get("COURSE_DB_URL") or f"sqlite:///{CLASS / 'gradebook.db'}"

# Graded are all notebooks but lesson.ipynb. nbgrader has one glob for every step, so the lesson is not matched at all:
# ReleaseLesson puts it beside the assignment when the assignment is released.
c.CourseDirectory.notebook_id = "[!l]*"
# The text twins hold the solutions: they are never copied to a learner or next to a submission.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.nb.py"]

c.GenerateAssignment.preprocessors = [*GenerateAssignment.preprocessors.default_args[0], AddHeader, ReleaseLesson]
# A rubric is a locked cell after its written question; nbgrader would allow mark schemes in task cells only.
c.ClearMarkScheme.enforce_metadata = False

# Answers are graded in a fresh copy of the instructor's notebook, so that no damage to a submission stops the grading.
c.Autograde.sanitize_preprocessors = [FreshCopy, *Autograde.sanitize_preprocessors.default_args[0]]
# Plain `nbgrader autograde` and formgrader's button run submissions in the same sandbox as `course grade`. Where there
# is none, they refuse, unless COURSE_UNSANDBOXED=1 says that submissions may run with the grader's own rights.
if not os.environ.get("COURSE_UNSANDBOXED"):
    steps = Autograde.autograde_preprocessors.default_args[0]
    c.Autograde.autograde_preprocessors = [SealedExecute if step is Execute else step for step in steps]
# Feedback tells a learner what failed, not what the hidden checks are.
c.GenerateFeedback.preprocessors = [ClearHiddenTests, *GenerateFeedback.preprocessors.default_args[0]]

c.Execute.timeout = 60
c.Execute.interrupt_on_timeout = True
# Kernels talk to nbgrader over encrypted sockets where they can: other users of the machine cannot listen in.
c.KernelManager.transport_encryption = "auto"
