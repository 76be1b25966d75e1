"""Seal how requesters and third parties named their papers (issue 3, section 5)."""

from typing import Any

from django.db import migrations, models

from gongkai.adapters.cipher import keyring
from gongkai.files.models import NAMED_BY_OTHERS
from gongkai.files.queries import name_aad, plain_name


def seal_names(apps: Any, schema_editor: Any) -> None:
    """Put each such name under seal and a plain one in its place."""
    files = apps.get_model("files", "StoredFile").objects
    named = files.filter(purpose__in=NAMED_BY_OTHERS, removed_at__isnull=True, told_name=None)
    for file in named.only("pk", "purpose", "kind", "name").iterator():
        files.filter(pk=file.pk).update(
            name=plain_name(file.purpose, file.kind),
            told_name=keyring().seal(file.name.encode(), name_aad(file.pk)),
        )


def open_names(apps: Any, schema_editor: Any) -> None:
    """Put the names back in clear, as the version before reads them."""
    files = apps.get_model("files", "StoredFile").objects
    for file in files.exclude(told_name=None).only("pk", "told_name").iterator():
        name = keyring().open(file.told_name, name_aad(file.pk)).decode()
        files.filter(pk=file.pk).update(name=name)


class Migration(migrations.Migration):
    dependencies = [("files", "0003_kept_while_public")]

    operations = [
        migrations.AddField(
            "storedfile", "told_name", models.BinaryField("原文件名（密文）", null=True)
        ),
        migrations.RunPython(seal_names, open_names),
    ]
