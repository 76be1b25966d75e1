"""Events for the tests of the log, and hands that get past its guards."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.audit.models import Event

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CLERK = Actor(account="clerk", name="甲", post="靖安县财政局部门信息员")


def record_events(chain: str, count: int, *, start: datetime = NOON) -> list[Event]:
    """Append `count` events to `chain`, one a minute."""
    with transaction.atomic():
        return [
            record(
                "letters.number",
                f"letters:{chain}-{number}",
                chain=chain,
                by=CLERK,
                at=start + timedelta(minutes=number),
                label=f"第{number}号",
                before={"number": None},
                after={"number": number, "title": "答复书"},
            )
            for number in range(1, count + 1)
        ]


def lift_guards() -> None:
    """Drop the triggers, as somebody with the run of the database could."""
    postgresql = connection.vendor == "postgresql"
    query = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid"
        " WHERE tgname LIKE 'audit%'"
        if postgresql
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        " AND name LIKE 'audit%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))


def run(sql: str, *parameters: object) -> None:
    """Run raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
