"""Review before release: who did what on which version, what the checks found, what was overridden.

Serves Art. 17 and the record of 政府信息公开审查呈批单 (law.md 6.4): it is kept with the entry and
nobody changes it.
"""

from django.db import models
from django.db.models import Q

from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models.entries import Entry, Version
from gongkai.orgs.models import Organ


class ReviewAct(models.Model):
    """One step of the review, by value; `form` holds the secrecy review item by item."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="review_acts")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    event = models.CharField(
        "环节", max_length=16, choices=[(event.value, event.label) for event in EntryEvent]
    )
    account = models.CharField("账号", max_length=150)
    person = models.CharField("办理人", max_length=100)
    post = models.CharField("岗位", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    note = models.CharField("意见", max_length=500, blank=True)
    form = models.JSONField("审查单", default=dict)

    class Meta:
        verbose_name = "审核记录"
        verbose_name_plural = "审核记录"
        ordering = ["entry", "pk"]

    def __str__(self) -> str:
        return f"{self.person}{self.get_event_display()}"


class ReviewRule(models.Model):
    """How many reviews an organ's texts pass before the secrecy review, from a day on."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    steps = models.PositiveSmallIntegerField(
        "审核级数", choices=[(2, "两级：初审、保密审查"), (3, "三级：初审、复审、保密审查")]
    )
    valid_from = models.DateField("起用日期")

    class Meta:
        verbose_name = "审核级数"
        verbose_name_plural = "审核级数"
        ordering = ["organ", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "valid_from"], name="disclosure_one_rule_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ}：{self.get_steps_display()}"


class CheckFinding(models.Model):
    """What a check found in a version: where, what (masked), what to do."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="findings")
    rule = models.CharField("规则", max_length=40)
    blocking = models.BooleanField("须处理")
    place = models.CharField("位置", max_length=200)
    found = models.CharField("内容", max_length=200, blank=True)
    message = models.CharField("说明", max_length=300)
    suggestion = models.CharField("建议", max_length=300, blank=True)
    fingerprint = models.CharField("指纹", max_length=64)

    class Meta:
        verbose_name = "检查发现"
        verbose_name_plural = "检查发现"
        ordering = ["version", "-blocking", "pk"]

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


class Override(models.Model):
    """A finding let pass with a reason by one person and confirmed by a second."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="overrides")
    fingerprint = models.CharField("指纹", max_length=64)
    message = models.CharField("所放行的问题", max_length=300)
    reason = models.CharField("理由", max_length=300)
    asked_by = models.CharField("申请人", max_length=100)
    asked_by_account = models.CharField("申请人账号", max_length=150)
    asked_at = models.DateTimeField("申请时间")
    granted_by = models.CharField("确认人", max_length=100, blank=True)
    granted_by_account = models.CharField("确认人账号", max_length=150, blank=True)
    granted_at = models.DateTimeField("确认时间", null=True)
    refused = models.BooleanField("不同意", default=False)

    class Meta:
        verbose_name = "放行"
        verbose_name_plural = "放行"
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "fingerprint"],
                condition=Q(refused=False),
                name="disclosure_one_override_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(granted_by_account="")
                | ~Q(granted_by_account=models.F("asked_by_account")),
                name="disclosure_override_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.message
