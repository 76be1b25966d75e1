"""The database itself refuses to change or delete what the log holds; heads may only grow.

TRUNCATE (PostgreSQL) fires no row trigger, so emptying a test database still works
there; on SQLite the command `flush` sets the triggers aside (see its module).
A later migration that rebuilds one of these tables on SQLite must make them again.
"""

from django.db import migrations

FROZEN = ("audit_event", "audit_anchor")

SQLITE = [
    f"""CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table}: append only'); END"""
    for table in FROZEN
    for act in ("update", "delete")
] + [
    """CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain
        BEGIN SELECT RAISE(ABORT, 'audit_chain: append only'); END""",
    """CREATE TRIGGER audit_chain_only_grows BEFORE UPDATE ON audit_chain
        WHEN NEW.key <> OLD.key OR NEW.length <> OLD.length + 1
        BEGIN SELECT RAISE(ABORT, 'audit_chain: only grows'); END""",
]

POSTGRESQL = [
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '%: append only', TG_TABLE_NAME USING ERRCODE = '23000'; END $$""",
    """CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.key <> OLD.key OR NEW.length <> OLD.length + 1 THEN
                RAISE EXCEPTION 'audit_chain: only grows' USING ERRCODE = '23000';
            END IF;
            RETURN NEW;
        END $$""",
    *(
        f"""CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_refuse()"""
        for table in FROZEN
        for act in ("update", "delete")
    ),
    """CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_chain_only_grows BEFORE UPDATE ON audit_chain
        FOR EACH ROW EXECUTE FUNCTION audit_only_grows()""",
]

TRIGGERS = [f"{table}_no_{act}" for table in FROZEN for act in ("update", "delete")] + [
    "audit_chain_no_delete",
    "audit_chain_only_grows",
]


def put_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    on_table = schema_editor.connection.vendor == "postgresql"
    for name in TRIGGERS:
        table = "_".join(name.split("_")[:2])
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_table else ""))
    if on_table:
        schema_editor.execute("DROP FUNCTION audit_refuse()")
        schema_editor.execute("DROP FUNCTION audit_only_grows()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_seal_and_newest")]

    operations = [migrations.RunPython(put_up, take_down)]
