#!/usr/bin/env bash
# Make or refresh the virtual environment: `environment.sh run` for the product, `dev` for the tests too.
# uv where present (from uv.lock), else venv and pip with hashes (from requirements*.txt).
set -eu
cd "$(dirname "$0")/.."
kind="${1:-run}"
stamp=".venv/.gongkai-$kind"
fresh() { [ -f "$stamp" ] && [ ! uv.lock -nt "$stamp" ] && [ ! pyproject.toml -nt "$stamp" ]; }
usable() { "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; }
# Debian builds its Python with optimisation; with one compiled by pyenv all takes a third longer.
# An environment that stands on another one keeps its packages and changes its interpreter.
debian=/usr/bin/python3.11
if ! command -v uv >/dev/null 2>&1 && [ -x .venv/bin/python ] && [ -x "$debian" ] &&
  [ "$(readlink -f .venv/bin/python)" != "$(readlink -f "$debian")" ] && usable "$debian"; then
  rm -f .venv/bin/python .venv/bin/python3 .venv/bin/python3.11
  "$debian" -m venv --upgrade --without-pip .venv
fi
if fresh; then exit 0; fi
if command -v uv >/dev/null 2>&1; then
  if [ "$kind" = dev ]; then uv sync --frozen --quiet; else uv sync --frozen --quiet --inexact --no-dev; fi
else
  find_python() { for python in "$debian" python3.11 python3; do usable "$python" && return; done; return 1; }
  # Debian keeps venv and its pip in a package of their own.
  find_python || { deploy/system.sh venv && find_python; } || {
    echo "environment: no Python 3.11 that can make virtual environments; install the package python3-venv" >&2
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
