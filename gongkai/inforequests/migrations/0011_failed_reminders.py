"""Find the reminders that failed without reading the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inforequests", "0010_desk_reads_indexes_alone")]

    operations = [
        migrations.AddIndex(
            "reminder",
            models.Index(
                condition=models.Q(("state", "FAILED")),
                fields=["info_request"],
                name="inforequests_failed_reminders",
            ),
        ),
    ]
