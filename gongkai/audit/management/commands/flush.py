"""Django's `flush`, which on SQLite empties tables row by row: the guards step aside.

PostgreSQL empties with TRUNCATE, which fires no row trigger, and needs nothing here.
The tests empty their database with this command. Where records are real it is refused: the
log is append-only (law.md 9.3), and no command of ours takes it away.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"  # all are guards


class Command(flush.Command):
    """Empty every table, the guarded ones too, and keep their triggers."""

    def handle(self, **options: Any) -> None:
        """Lift the triggers, flush, put them back."""
        if not getattr(settings, "GONGKAI_MAY_FLUSH", False):
            raise CommandError(
                "只有测试和演示的数据库可以清空；正式数据和操作日志不能清空，请停止操作。",
                returncode=2,
            )
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            super().handle(**options)
            return
        with connection.cursor() as cursor:
            cursor.execute(_TRIGGERS)
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        try:
            super().handle(**options)
        finally:
            with connection.cursor() as cursor:
                for _, sql in triggers:
                    cursor.execute(sql)
