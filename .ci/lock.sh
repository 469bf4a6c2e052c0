#!/usr/bin/env bash
# Resolve the whole course's stack once and write every version into the lock. Keeps the pins that are there where it can.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3.11}
[ -x .venv-lock/bin/pip-compile ] || { "$python" -m venv .venv-lock; .venv-lock/bin/pip install --upgrade "pip==26.3" "pip-tools==7.6.2"; }
compile() { # compile OUTPUT INPUT [OPTION…]
  local output=$1 input=$2
  shift 2
  .venv-lock/bin/pip-compile --strip-extras --no-annotate --no-header --allow-unsafe \
    --no-emit-index-url --no-emit-find-links --output-file "$output" "$@" "$input"
  # A local build tag (torch 2.13.0+cpu) exists only where that build lies ready; the release number is the same everywhere.
  sed -i -E -e 's/^([A-Za-z0-9_.-]+==[^+ ]+)\+[A-Za-z0-9.]+/\1/' -e '/^#/d' -e '/^$/d' "$output"
}
compile requirements.txt pyproject.toml --all-extras
for input in environments/*.in; do compile "${input%.in}.txt" "$input"; done
