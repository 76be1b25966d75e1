"""The database itself refuses to change or delete a version that was sent to review.

As for the audit log (audit 0003): TRUNCATE fires no row trigger, and `flush` sets those of SQLite
aside. A later migration that rebuilds the table on SQLite must make them again.
"""

from django.db import migrations

TABLE = "disclosure_version"
TRIGGERS = [(f"{TABLE}_no_{act}", act.upper()) for act in ("update", "delete")]

SQLITE = [
    f"""CREATE TRIGGER {name} BEFORE {act} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{TABLE}: never changes'); END"""
    for name, act in TRIGGERS
]
POSTGRESQL = [
    f"""CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '%: never changes', TG_TABLE_NAME USING ERRCODE = '23000'; END $$""",
    *(
        f"""CREATE TRIGGER {name} BEFORE {act} ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"""
        for name, act in TRIGGERS
    ),
]


def put_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    on_table = schema_editor.connection.vendor == "postgresql"
    for name, _ in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if on_table else ""))
    if on_table:
        schema_editor.execute(f"DROP FUNCTION {TABLE}_refuse()")


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_placements_and_releases")]

    operations = [migrations.RunPython(put_up, take_down)]
