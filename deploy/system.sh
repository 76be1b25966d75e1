#!/usr/bin/env bash
# Install the Debian packages of the given kinds (demo, venv, test, run, look) from system-packages.txt,
# or say plainly which are missing. Never fails the caller: what really needs a package says so itself.
set -u
list="$(dirname "$0")/system-packages.txt"
[ $# -gt 0 ] || set -- demo venv test run look
command -v dpkg-query >/dev/null 2>&1 || {
  echo "system: not a Debian system; needed here: $(awk '!/^#/ && NF {print $1}' "$list" | xargs)" >&2
  exit 0
}
missing=()
for kind in "$@"; do
  while read -r name; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done < <(awk -v kind="$kind" '!/^#/ && $2 == kind {print $1}' "$list")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "system: missing packages: ${missing[*]}" >&2
  echo "system: install them with: sudo apt-get install ${missing[*]}" >&2
  exit 0
fi
echo "system: installing ${missing[*]}"
log="$(mktemp)"
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; }
# The package lists of a fresh machine may be empty or old: fetch them when the first try fails.
if ! install && ! { apt-get update >>"$log" 2>&1 && install; }; then
  tail -n 5 "$log" >&2
  echo "system: these could not be installed: ${missing[*]}" >&2
fi
rm -f "$log"
exit 0
