#!/usr/bin/env bash
# Make .venv from the lock: `.ci/environment.sh core` for the demo and learners, `core,dev` for the tests. Safe to repeat.
set -euo pipefail
cd "$(dirname "$0")/.."
groups=$1
stamp=".venv/.installed-${groups//,/-}"
if [ -f "$stamp" ] && [ "$stamp" -nt requirements.txt ] && [ "$stamp" -nt pyproject.toml ]; then exit 0; fi

python=${PYTHON:-$(command -v python3.11 || command -v python3 || true)}
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "The course needs Python 3.11: install it, or name one with 'make PYTHON=/path/to/python3.11 …'." >&2
  exit 1
fi
if [ ! -x .venv/bin/pip ]; then
  echo "Making the environment .venv with $("$python" --version) (once; a few minutes)"
  "$python" -c 'import ensurepip, venv' 2>/dev/null || bash .ci/debian.sh python3-venv
  "$python" -m venv .venv || {
    echo "Python could not make an environment: on Debian run 'apt-get install python3-venv', then try again." >&2
    rm -rf .venv
    exit 1
  }
fi
echo "Installing the groups [$groups] at the versions of requirements.txt"
.venv/bin/python -m pip install --disable-pip-version-check --constraint requirements.txt --editable ".[$groups]"
.venv/bin/python -m pip check
# JupyterLab asks every new user about its news; in a class of forty that is forty questions about nothing.
mkdir -p .venv/share/jupyter/lab/settings
cp .ci/lab_settings.json .venv/share/jupyter/lab/settings/overrides.json
touch "$stamp"
