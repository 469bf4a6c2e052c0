"""nbformat is imported without the grammar of all addresses, and nothing is checked less for it."""

import subprocess
import sys

CODE = """
import sys
from coursekit.notebooks.jupyter import nbformat_module
module = nbformat_module()
print(module is sys.modules["nbformat"], "lark" in sys.modules, "rfc3987_syntax" in sys.modules)
import jsonschema
validator = jsonschema.Draft7Validator({"format": "iri"}, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
print(validator.is_valid("http://\\u00e4.example/\\u00fc"), validator.is_valid("no address"))
print("rfc3987_syntax" in sys.modules)
"""


def test_the_grammar_is_built_only_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    said = done.stdout.splitlines()
    assert said[0] == "True False False"
    if said[2] == "True":  # the checker is installed
        assert said[1] == "True False"
