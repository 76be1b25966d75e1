"""How each published way in stood when it was last tested."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inforequests", "0011_failed_reminders"),
        ("orgs", "0005_review_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelTest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("EMAIL", "电子邮箱"),
                            ("ONLINE", "在线申请"),
                            ("FAX", "传真"),
                            ("PHONE", "联系电话"),
                        ],
                        max_length=10,
                        verbose_name="渠道",
                    ),
                ),
                ("tested_on", models.DateField(blank=True, null=True, verbose_name="自测日期")),
                ("passed", models.BooleanField(default=False, verbose_name="畅通")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="情况")),
                ("tested_by", models.CharField(blank=True, max_length=100, verbose_name="自测人")),
                ("token", models.CharField(blank=True, max_length=32, verbose_name="自测邮件标识")),
                (
                    "sent_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="自测邮件发出时间"),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.organ",
                        verbose_name="机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "受理渠道自测",
                "verbose_name_plural": "受理渠道自测",
                "ordering": ["organ", "channel"],
            },
        ),
        migrations.AddConstraint(
            "channeltest",
            models.UniqueConstraint(
                fields=("organ", "channel"), name="inforequests_one_row_a_channel"
            ),
        ),
    ]
