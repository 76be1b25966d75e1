"""The database itself refuses to change an issued letter, but for cancelling it, or to delete one.

The triggers that refuse deletion bear names beginning with `audit_`, because `flush` on SQLite
sets those aside (gongkai.audit.management.commands.flush). A later migration that rebuilds
the table on SQLite must make them again.
"""

from django.db import migrations

FIXED = (
    "id",
    "organ_id",
    "kind",
    "number",
    "word",
    "year",
    "serial",
    "about",
    "issued_on",
    "issued_by",
    "issued_by_account",
    "issued_at",
    "sealed",
    "docx_sha256",
    "pdf_sha256",
)
SQLITE_CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
POSTGRESQL_CHANGED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)

SQLITE = [
    """CREATE TRIGGER audit_letters_letter_no_delete BEFORE DELETE ON letters_letter
        BEGIN SELECT RAISE(ABORT, 'letters_letter: append only'); END""",
    f"""CREATE TRIGGER audit_letters_letter_frozen BEFORE UPDATE ON letters_letter
        WHEN OLD.state <> 'ISSUED' OR {SQLITE_CHANGED}
        BEGIN SELECT RAISE(ABORT, 'letters_letter: frozen'); END""",
    """CREATE TRIGGER audit_letters_series_only_grows BEFORE UPDATE ON letters_letterseries
        WHEN NEW.last <> OLD.last + 1
        BEGIN SELECT RAISE(ABORT, 'letters_letterseries: only grows'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION letters_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '%: append only', TG_TABLE_NAME USING ERRCODE = '23000'; END $$""",
    """CREATE TRIGGER audit_letters_letter_no_delete BEFORE DELETE ON letters_letter
        FOR EACH ROW EXECUTE FUNCTION letters_refuse()""",
    f"""CREATE TRIGGER audit_letters_letter_frozen BEFORE UPDATE ON letters_letter
        FOR EACH ROW WHEN (OLD.state <> 'ISSUED' OR {POSTGRESQL_CHANGED})
        EXECUTE FUNCTION letters_refuse()""",
    """CREATE TRIGGER audit_letters_series_only_grows BEFORE UPDATE ON letters_letterseries
        FOR EACH ROW WHEN (NEW.last <> OLD.last + 1) EXECUTE FUNCTION letters_refuse()""",
]
TRIGGERS = {
    "audit_letters_letter_no_delete": "letters_letter",
    "audit_letters_letter_frozen": "letters_letter",
    "audit_letters_series_only_grows": "letters_letterseries",
}


def put_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    on_table = schema_editor.connection.vendor == "postgresql"
    for name, table in TRIGGERS.items():
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_table else ""))
    if on_table:
        schema_editor.execute("DROP FUNCTION letters_refuse()")


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
