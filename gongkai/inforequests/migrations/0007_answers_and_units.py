"""The deadline of the first answer, and unit and handler from the newest assignment."""

from django.db import migrations, models
from django.db.models import F


def tell(apps, schema_editor):
    """Tell of old cases what their acts come to."""
    InfoRequest = apps.get_model("inforequests", "InfoRequest")
    Act = apps.get_model("inforequests", "Act")
    InfoRequest.objects.filter(concluded_on__isnull=False).update(answer_due_on=F("due_on"))
    assigned = Act.objects.filter(kind="ASSIGN").order_by("info_request_id", "sequence")
    for act in assigned.iterator():
        InfoRequest.objects.filter(pk=act.info_request_id).update(
            unit=act.data.get("unit", ""),
            handler=act.data.get("handler", ""),
            inner_due_on=act.data.get("inner_due_on"),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('inforequests', '0006_no_clear_requester'),
    ]

    operations = [
        migrations.AddField(
            model_name='inforequest',
            name='answer_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='首次答复时的期限'),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
