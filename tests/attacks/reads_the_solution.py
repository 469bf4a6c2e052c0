# /// attack
# name = "Reads the solution from source/"
# hole = "Learners' code runs with the instructor's rights"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = true
# tame = true
# ///
# ruff: noqa
from pathlib import Path

import coursekit


def find():
    root = Path(coursekit.__file__).parents[1]
    for path in [*root.glob("source/week01*/assignment.*"), *Path.cwd().glob("../../../source/*/assignment.ipynb")]:
        text = path.read_text()
        if "def standardise" in text and path.suffix == ".py":
            answer = text[text.index("def standardise") : text.index("### END SOLUTION")]
            exec(answer, globals())
            return


find()
