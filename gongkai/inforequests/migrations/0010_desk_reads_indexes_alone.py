from django.db import migrations, models


class Migration(migrations.Migration):
    """Let the desk count, sort and page by indexes alone, however many cases there are."""

    dependencies = [
        ("inforequests", "0009_serving_procedural_letters"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="inforequest",
            name="inforequests_pending_by_due",
        ),
        migrations.AddIndex(
            model_name="inforequest",
            index=models.Index(
                condition=models.Q(("pending", True)),
                fields=[
                    "organ",
                    "due_on",
                    "state",
                    "inner_due_on",
                    "number",
                    "handler",
                    "pending",
                    "id",
                ],
                name="inforequests_pending",
            ),
        ),
        migrations.AddIndex(
            model_name="inforequest",
            index=models.Index(
                condition=models.Q(("pending", False)),
                fields=["organ", "-concluded_on", "-number", "pending", "id"],
                name="inforequests_not_pending",
            ),
        ),
    ]
