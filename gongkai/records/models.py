"""Lists of what was handed over to archives and libraries, frozen as they were handed over."""

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ
from gongkai.records.rules import HEADS, TransferKind


class TransferList(models.Model):
    """One list: its rows never change; what is entered later is the receipt, once."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    kind = models.CharField(
        "种类", max_length=12, choices=[(each.value, each.label) for each in TransferKind]
    )
    number = models.CharField("清单编号", max_length=20)
    since = models.DateField("起始日期")
    until = models.DateField("截止日期")
    rows = models.JSONField("清单内容")
    sha256 = models.CharField("校验值", max_length=64)
    made_at = models.DateTimeField("编制时间")
    made_by = models.CharField("编制人", max_length=100)
    made_by_account = models.CharField("编制人账号", max_length=150)
    received_on = models.DateField("接收日期", null=True, blank=True)
    received_by = models.CharField("接收人", max_length=100, blank=True)
    receipt_note = models.CharField("接收说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "移交清单"
        verbose_name_plural = "移交清单"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="records_one_number_a_list"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="records_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_by="")
                | (Q(received_on__isnull=False) & ~Q(received_by="")),
                name="records_receipt_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this list."""
        return f"records:{self.pk}"

    @property
    def heads(self) -> tuple[str, ...]:
        """Return the heads of its columns."""
        return HEADS[TransferKind(self.kind)]
