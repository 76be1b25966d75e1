"""Signatures of anchors: a table of their own, guarded as the log is (see 0003)."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "audit_anchorsignature"


def put_up(apps, schema_editor):
    for act in ("update", "delete"):
        guard = f"CREATE TRIGGER {TABLE}_no_{act} BEFORE {act.upper()} ON {TABLE}"
        if schema_editor.connection.vendor == "postgresql":
            does = "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        else:
            does = f"BEGIN SELECT RAISE(ABORT, '{TABLE}: append only'); END"
        schema_editor.execute(f"{guard} {does}", params=None)


def take_down(apps, schema_editor):
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{act}{on_table}")


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnchorSignature',
            fields=[
                ('anchor', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='signed', serialize=False, to='audit.anchor', verbose_name='每日锚定')),
                ('public', models.CharField(max_length=64, verbose_name='公钥')),
                ('signature', models.CharField(max_length=100, verbose_name='签名')),
            ],
            options={
                'verbose_name': '锚定签名',
                'verbose_name_plural': '锚定签名',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
