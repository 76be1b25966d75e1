#!/usr/bin/env bash
# Run a command with a PostgreSQL server: the one that answers at PG*, else a private cluster,
# made for the occasion, owned by an unprivileged user, reached by its socket and gone afterwards.
set -u
[ $# -gt 0 ] || { echo "usage: with_postgresql.sh COMMAND..." >&2; exit 2; }
# Debian keeps the server's programs off PATH; a link on PATH is followed to where they all stand.
initdb="$(command -v initdb 2>/dev/null || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)"
bin="$(dirname "$(readlink -f "${initdb:-/nonexistent}")")"
if command -v pg_isready >/dev/null 2>&1 && [ -n "${PGHOST:-}" ] && pg_isready -q; then
  exec "$@"
fi
if [ ! -x "$bin/initdb" ]; then
  echo "postgresql: no server answers and none is installed; 'make system' installs it (Debian package postgresql)" >&2
  exit 3
fi
place="$(mktemp -d "${TMPDIR:-/tmp}/gongkai-pg.XXXXXX")"
owner="$(id -un)"
as_owner() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
  owner=postgres
  id postgres >/dev/null 2>&1 || { echo "postgresql: no user postgres to run the cluster as" >&2; exit 3; }
  chown postgres "$place"
  as_owner() { (cd "$place" && exec setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups "$@"); }
fi
stop() {
  as_owner "$bin/pg_ctl" -D "$place/data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$place"
}
trap stop EXIT
as_owner "$bin/initdb" -D "$place/data" -U gongkai -A trust -E UTF8 --locale=C.UTF-8 >"$place.log" 2>&1 &&
  as_owner "$bin/pg_ctl" -D "$place/data" -w -l "$place/log" \
    -o "-k '$place' -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off" \
    start >>"$place.log" 2>&1 || {
  cat "$place.log" >&2
  echo "postgresql: the private cluster of user $owner did not start" >&2
  rm -f "$place.log"
  exit 3
}
rm -f "$place.log"
export PGHOST="$place" PGUSER=gongkai PGPASSWORD='' PGPORT=''
"$bin/createdb" gongkai >/dev/null || exit 3
"$@"
