#!/usr/bin/env bash
# Print where tests and benchmarks put what they throw away: memory where 6 GB of it are free
# (ext4 looks a millisecond for each new file while others were deleted a moment ago), else the
# usual place.
set -u
free="$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')"
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "${free:-0}" -gt 6291456 ]; then
  echo /dev/shm
else
  echo "${TMPDIR:-/tmp}"
fi
