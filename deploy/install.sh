#!/usr/bin/env bash
# Set gongkai up on one Debian 12 server: packages, user, database, keys, services, nginx, backups.
# Run it again at any time: what is there is left as it is (keys above all); what is missing is made.
#
#   deploy/install.sh --host www.example.gov.cn [--dry-run] [--staff-from "10.0.0.0/8 ..."]
#       [--backup /srv/gongkai-backup] [--no-packages]
#
# The code is where this script lies and must be /opt/gongkai. Certificates are the county's: put
# fullchain.pem and privkey.pem into /etc/gongkai/tls/ before or after; until then one signed by
# itself stands there, so that nginx starts.
set -eu
cd "$(dirname "$0")/.."
code="$PWD"
host="" dry=0 staff="" backup=/srv/gongkai-backup packages=1
usage() { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
while [ $# -gt 0 ]; do
  case "$1" in
    --host) host="${2:-}"; shift ;;
    --staff-from) staff="${2:-}"; shift ;;
    --backup) backup="${2:-}"; shift ;;
    --dry-run) dry=1 ;;
    --no-packages) packages=0 ;;
    *) usage ;;
  esac
  shift
done
# A name goes into files of nginx: only what a name or a network can be made of.
[[ "$host" =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ ]] || usage
[[ "$staff" =~ ^[0-9A-Fa-f:./\ ]*$ ]] || usage
[[ "$backup" =~ ^/[A-Za-z0-9/._-]+$ ]] || usage
etc=/etc/gongkai data=/var/lib/gongkai
say() { echo "== $*"; }
# Do a thing, or in a dry run say that it would be done.
run() { if [ "$dry" = 1 ]; then printf '   would: %s\n' "$(printf '%q ' "$@")"; else "$@"; fi; }
# Write a file from standard input with a mode and an owner, unless it is there (then say so).
make_file() { # path mode owner
  if [ -e "$1" ]; then echo "   is there: $1"; cat >/dev/null; return; fi
  if [ "$dry" = 1 ]; then echo "   would write: $1 ($2, $3)"; cat >/dev/null; return; fi
  (umask 077; cat >"$1.new"); chown "$3" "$1.new"; chmod "$2" "$1.new"; mv "$1.new" "$1"
  echo "   written: $1"
}
# Put a file of ours in its place; one that the office has changed is kept beside the new one.
place() { # source target
  if cmp -s "$1" "$2"; then echo "   is the same: $2"; return; fi
  if [ -e "$2" ]; then run cp -p "$2" "$2.before-$(date +%Y%m%d%H%M%S)"; fi
  run install -m 644 "$1" "$2"
}
if [ "$dry" = 0 ] && [ "$(id -u)" -ne 0 ]; then echo "install: run as root" >&2; exit 1; fi
if [ "$dry" = 0 ] && [ "$code" != /opt/gongkai ]; then
  echo "install: the code must lie in /opt/gongkai (it is in $code); the services look there" >&2
  exit 1
fi
key() { openssl rand -base64 "$1" | tr -d '\n'; }

say "1. packages"
if [ "$packages" = 1 ]; then
  run apt-get update -q
  run apt-get install -y -q --no-install-recommends git python3.11-venv postgresql nginx openssl \
    logrotate restic fonts-noto-cjk libmagic1 libreoffice-writer-nogui libreoffice-calc-nogui
fi

say "2. user and folders"
id gongkai >/dev/null 2>&1 ||
  run adduser --system --group --home "$data" --no-create-home gongkai
run install -d -m 750 -o gongkai -g gongkai "$data" "$data/keys"
run install -d -m 750 -o root -g gongkai "$etc"
run install -d -m 700 "$etc/tls"
run install -d -m 700 -o gongkai -g gongkai "$backup"
id -nG www-data 2>/dev/null | grep -qw gongkai || run usermod -aG gongkai www-data

say "3. program"
run deploy/environment.sh run

say "4. database"
as_postgres() { runuser -u postgres -- "$@"; }
has() { as_postgres psql -tAc "$1" 2>/dev/null | grep -q 1; }
if [ "$dry" = 1 ] || ! has "SELECT 1 FROM pg_roles WHERE rolname = 'gongkai'"; then
  run runuser -u postgres -- createuser gongkai
fi
if [ "$dry" = 1 ] || ! has "SELECT 1 FROM pg_database WHERE datname = 'gongkai'"; then
  run runuser -u postgres -- createdb -O gongkai -E UTF8 -l C.UTF-8 -T template0 gongkai
fi

say "5. keys and environment (kept as they are if they are there)"
if [ "$dry" = 1 ] || [ ! -e "$etc/gongkai.env" ]; then
  # From the example, so that every setting is told where it is set.
  sed -e "s|^GONGKAI_SECRET_KEY=.*|GONGKAI_SECRET_KEY=$(key 48)|" \
    -e "s|^GONGKAI_AUDIT_KEY=.*|GONGKAI_AUDIT_KEY=$(key 48)|" \
    -e "s|^GONGKAI_FIELD_KEYS=.*|GONGKAI_FIELD_KEYS=k1:$(key 32)|" \
    -e "s|^GONGKAI_INDEX_KEY=.*|GONGKAI_INDEX_KEY=$(key 32)|" \
    -e "s|^GONGKAI_HOSTS=.*|GONGKAI_HOSTS=$host|" \
    -e "s|^GONGKAI_BACKUP_TARGET=.*|GONGKAI_BACKUP_TARGET=$backup|" \
    deploy/gongkai.env.example | make_file "$etc/gongkai.env" 0600 root:root
else
  echo "   is there: $etc/gongkai.env"
fi
key 32 | make_file "$etc/backup.key" 0400 gongkai:gongkai

say "6. certificate (the county's own; until it comes one signed by itself)"
if [ ! -e "$etc/tls/fullchain.pem" ]; then
  run openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$host" \
    -keyout "$etc/tls/privkey.pem" -out "$etc/tls/fullchain.pem"
fi

say "7. tables and static files"
# As the service, with its environment; only root reads that file.
gongkai() {
  if [ "$dry" = 1 ]; then echo "   would: gongkai $*"; return; fi
  (set -a; . "$etc/gongkai.env"; set +a; umask 027
    exec runuser -u gongkai -- .venv/bin/gongkai "$@")
}
gongkai migrate --noinput
gongkai collectstatic --noinput
# The key that signs the daily anchors of the log: what this prints is kept apart, by others.
if [ "$dry" = 1 ] || [ ! -e "$data/keys/signing.pem" ]; then gongkai auditanchor --make-key; fi

say "8. services and log rotation"
for unit in deploy/*.service deploy/*.timer; do place "$unit" "/etc/systemd/system/$(basename "$unit")"; done
if [ "$backup" != /srv/gongkai-backup ]; then
  run install -d -m 755 /etc/systemd/system/gongkai-backup.service.d
  printf '[Service]\nReadWritePaths=%s\n' "$backup" |
    make_file /etc/systemd/system/gongkai-backup.service.d/target.conf 0644 root:root
fi
# Logs for more than a year (政务应用安全管理规定 20): ours instead of the packages' own rules.
place deploy/logrotate.conf /etc/logrotate.d/gongkai
place deploy/nginx-log.conf /etc/nginx/conf.d/gongkai-log.conf
run rm -f /etc/logrotate.d/nginx /etc/logrotate.d/postgresql-common
run sed -i 's/^\([[:space:]]*\)access_log /\1# access_log /' /etc/nginx/nginx.conf
for folder in /etc/postgresql/*/main/conf.d; do
  [ ! -d "$folder" ] || place deploy/postgresql-logging.conf "$folder/gongkai-logging.conf"
done
run systemctl reload postgresql
run systemctl daemon-reload
run systemctl enable --now gongkai.service gongkai-publish.service gongkai-tick.timer \
  gongkai-inspect.timer gongkai-backup.timer
run systemctl restart gongkai.service gongkai-publish.service

say "9. nginx"
site="$(mktemp)"
trap 'rm -f "$site"' EXIT
sed "s/www\.example\.gov\.cn/$host/g" deploy/nginx.conf >"$site"
if [ -n "$staff" ]; then
  # The staff site, only from these networks: into the place that the file keeps for it.
  for network in $staff; do allow="${allow:-}        allow $network;\n"; done
  sed -i "s|^ *# allow 10\.0\.0\.0/8;|${allow}        deny all;|" "$site"
fi
place "$site" /etc/nginx/sites-available/gongkai
place deploy/nginx-proxy.conf /etc/nginx/gongkai-proxy.conf
place deploy/nginx-files.conf /etc/nginx/gongkai-files.conf
run ln -sfn ../sites-available/gongkai /etc/nginx/sites-enabled/gongkai
run rm -f /etc/nginx/sites-enabled/default
run nginx -t
run systemctl reload-or-restart nginx

say "10. look"
if [ "$dry" = 1 ]; then echo "   would: ask http://127.0.0.1:8000/readyz"; exit 0; fi
for _ in $(seq 30); do
  if curl -fsS http://127.0.0.1:8000/readyz; then echo; break; fi
  sleep 1
done
echo "Next: put the county's certificate into $etc/tls, open the county with 'gongkai opencounty',"
echo "and keep the keys apart: gongkai backupkeys /media/usb/gongkai-keys.sealed (docs/howto/deploy-on-one-server.md)."
