#!/usr/bin/env bash
# Bring the installation in /opt/gongkai to another version, or back to the one before.
#
#   deploy/upgrade.sh TAG [--dry-run]     back up, stop, change, migrate, check, start
#   deploy/upgrade.sh --back [--dry-run]  the version and the data from before the last upgrade
#
# Nothing is stopped before the backup has been read back and the new version's environment is made
# and knows its migrations. When a later step fails, the services stay stopped and the way back is
# told. Going back brings the data of the backup back: what was done since is lost, so it is for the
# hour after an upgrade.
set -eu
cd "$(dirname "$0")/.."
{ # read whole before it runs: the change of version changes this file too
usage() { sed -n '4,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
tag="" back=0 dry=0
while [ $# -gt 0 ]; do
  case "$1" in
    --back) back=1 ;;
    --dry-run) dry=1 ;;
    -*) usage ;;
    *) tag="$1" ;;
  esac
  shift
done
[ "$back" = 1 ] || [ -n "$tag" ] || usage
[[ "$tag" =~ ^[A-Za-z0-9][A-Za-z0-9._/-]*$ || "$back" = 1 ]] || usage
etc=/etc/gongkai
target="${GONGKAI_BEFORE_UPGRADE:-/var/lib/gongkai/before-upgrade}"
note="$target.note"
services=(gongkai-tick.timer gongkai-inspect.timer gongkai-backup.timer gongkai-publish.service gongkai.service)
say() { echo "== $*"; }
run() { if [ "$dry" = 1 ]; then printf '   would: %s\n' "$(printf '%q ' "$@")"; else "$@"; fi; }
gongkai() {
  if [ "$dry" = 1 ]; then echo "   would: gongkai $*"; return; fi
  (set -a; . "$etc/gongkai.env"; set +a; umask 027; exec runuser -u gongkai -- .venv/bin/gongkai "$@")
}
stop() { run systemctl stop "${services[@]}"; }
start() { run systemctl start gongkai.service gongkai-publish.service gongkai-tick.timer gongkai-inspect.timer gongkai-backup.timer; }
if [ "$dry" = 0 ] && [ "$(id -u)" -ne 0 ]; then echo "upgrade: run as root" >&2; exit 1; fi
changed=0
told() {
  status=$?
  if [ "$status" -ne 0 ] && [ "$changed" = 1 ]; then
    echo "upgrade: stopped at the step above. The way back: deploy/upgrade.sh --back" >&2
  fi
}
trap told EXIT

if [ "$back" = 1 ]; then
  [ "$dry" = 1 ] || [ -r "$note" ] || { echo "upgrade: no upgrade is noted in $note" >&2; exit 1; }
  read -r old set < <(cat "$note" 2>/dev/null || echo "OLD SET")
  say "back to $old, with the data of backup $set"
  [ "$dry" = 1 ] || [ -d .venv-before ] || { echo "upgrade: .venv-before is gone" >&2; exit 1; }
  stop
  run git checkout --quiet "$old"
  run rm -rf .venv-after
  run mv .venv .venv-after
  run mv .venv-before .venv
  gongkai restore "$target" --engine own --set "$set" --replace
  gongkai collectstatic --noinput
  start
  gongkai publishsite --all
  say "done; what stood in the files is beside them (*.before-$set)"
  exit 0
fi

say "1. what is asked for"
run git fetch --quiet --tags
run git rev-parse --verify --quiet "$tag^{commit}"
old="$(git rev-parse HEAD 2>/dev/null || echo unknown)"

say "2. a backup of now, read back"
run install -d -m 700 -o gongkai -g gongkai "$target"
gongkai backup "$target" --engine own --verify --keep 3
set="SET"
if [ "$dry" = 0 ]; then set="$(gongkai backup "$target" --engine own --list | tail -n 1)"; fi

say "3. the new version beside the old one"
# An environment knows its own place, so the old one is kept by copy and the new one made in place.
run rm -rf .venv-before
run cp -a .venv .venv-before
stop
changed=1
if [ "$dry" = 0 ]; then printf '%s %s\n' "$old" "$set" >"$note"; else echo "   would note: $old $set"; fi
run git checkout --quiet "$tag"
run deploy/environment.sh run

say "4. migrations: what would be done, then done"
gongkai showmigrations --plan
gongkai migrate --noinput
gongkai migrate --check
gongkai collectstatic --noinput
gongkai check --deploy

say "5. proof and start"
gongkai auditverify
gongkai rebuild --check
for unit in deploy/*.service deploy/*.timer; do
  cmp -s "$unit" "/etc/systemd/system/$(basename "$unit")" || run install -m 644 "$unit" /etc/systemd/system/
done
run systemctl daemon-reload
start
gongkai publishsite --all
changed=0
say "done: $old -> $tag; the way back is deploy/upgrade.sh --back"
exit 0
}
