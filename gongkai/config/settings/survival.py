"""Settings of operation: backups, the figures that monitoring reads, the clock, a second server.

Production reads the same names from the environment (deploy/gongkai.env.example).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DATA_DIR = Path(__file__).resolve().parents[3] / "var"

# Backups (docs/howto/back-up-and-restore.md): where they go; the file with their key, kept apart;
# the folder for what was run when, and for work in hand.
GONGKAI_BACKUP_TARGET = ""
GONGKAI_BACKUP_KEY_FILE = ""
GONGKAI_BACKUP_DIR = DATA_DIR / "backups"
# Who may ask /readyz and /metrics: addresses or networks.
GONGKAI_METRICS_FROM: tuple[str, ...] = ("127.0.0.0/8", "::1")
# A time server (SNTP) to compare the clock with, "name" or "name:port"; empty: none.
GONGKAI_TIME_SERVER = ""


def from_environment(environment: Mapping[str, str], data: Path) -> dict[str, Any]:
    """Return the settings of a server by name."""
    found = {
        "GONGKAI_BACKUP_TARGET": environment.get("GONGKAI_BACKUP_TARGET", ""),
        "GONGKAI_BACKUP_KEY_FILE": environment.get(
            "GONGKAI_BACKUP_KEY_FILE", "/etc/gongkai/backup.key"
        ),
        "GONGKAI_BACKUP_DIR": data / "backups",
        "GONGKAI_TIME_SERVER": environment.get("GONGKAI_TIME_SERVER", ""),
    }
    if allowed := environment.get("GONGKAI_METRICS_FROM", ""):
        found["GONGKAI_METRICS_FROM"] = tuple(allowed.split())
    return found


def reading_elsewhere(
    environment: Mapping[str, str], databases: Mapping[str, Any], middleware: Sequence[str]
) -> dict[str, Any]:
    """Return the settings of a second server for public reads; none unless one is named.

    GONGKAI_REPLICA_HOST (and _PORT) name it; all else is as for the first one (`config.routing`).
    """
    host = environment.get("GONGKAI_REPLICA_HOST", "")
    if not host:
        return {}
    replica = {
        **databases["default"],
        "HOST": host,
        "PORT": environment.get("GONGKAI_REPLICA_PORT") or "5432",
        # A database that does not answer must not hold up a page; the other one is asked then.
        # Either role will do: after a failover this may be the first server.
        "OPTIONS": {"connect_timeout": 2, "target_session_attrs": "any"},
        "TEST": {"MIRROR": "default"},
    }
    return {
        "DATABASES": {**databases, "replica": replica},
        "DATABASE_ROUTERS": ["gongkai.config.routing.Router"],
        "MIDDLEWARE": [*middleware, "gongkai.config.routing.ReadElsewhere"],
    }
