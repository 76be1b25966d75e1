"""The two databases: SQLite (WAL) for trying out, tests and a small county; PostgreSQL."""

import os
from pathlib import Path
from typing import Any


def sqlite(path: Path) -> dict[str, Any]:
    """Return settings of an embedded database: WAL, writers wait for their turn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
            ),
        },
    }


def postgresql(name: str) -> dict[str, Any]:
    """Return settings of PostgreSQL from libpq's own PG* variables."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", name),
        "USER": os.environ.get("PGUSER", "gongkai"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", ""),
        "PORT": os.environ.get("PGPORT", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
