"""The PostgreSQL database of a benchmark before it is filled: what others left there is gone."""

from django.db import connection


def empty_database() -> None:
    """Drop whatever the database holds; on SQLite nothing, each benchmark has a file of its own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
