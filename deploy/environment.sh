#!/usr/bin/env bash
# Make or refresh the virtual environment: `environment.sh run` for the product, `dev` for the tests too.
# uv where present (from uv.lock), else venv and pip with hashes (from requirements*.txt).
set -eu
cd "$(dirname "$0")/.."
kind="${1:-run}"
stamp=".venv/.gongkai-$kind"
fresh() { [ -f "$stamp" ] && [ ! uv.lock -nt "$stamp" ] && [ ! pyproject.toml -nt "$stamp" ]; }
if fresh; then exit 0; fi
if command -v uv >/dev/null 2>&1; then
  if [ "$kind" = dev ]; then uv sync --frozen --quiet; else uv sync --frozen --quiet --inexact --no-dev; fi
else
  python="$(command -v python3.11 || command -v python3)"
  "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "environment: Python 3.11 is needed; found $("$python" --version)" >&2
    exit 1
  }
  # Debian keeps venv and its pip in a package of their own.
  "$python" -c 'import ensurepip, venv' 2>/dev/null || deploy/system.sh venv
  "$python" -c 'import ensurepip, venv' 2>/dev/null || {
    echo "environment: $python cannot make virtual environments; install the package python3-venv" >&2
    exit 1
  }
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  # The list is whole: nothing is to be resolved, so a newer release of an extra cannot break it.
  list=requirements.txt
  if [ "$kind" = dev ]; then list=requirements-dev.txt; fi
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$list"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
touch "$stamp"
