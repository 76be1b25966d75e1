"""What is looked at again: withheld items (Art. 18), and what many ask for (Art. 44)."""

from django.db import models

from gongkai.inforequests.models.cases import InfoRequest, RequestItem
from gongkai.orgs.models import Organ


class WithheldReview(models.Model):
    """One look at whether a withheld item must still be withheld; never changed."""

    item = models.ForeignKey(RequestItem, models.PROTECT, related_name="reviews")
    on = models.DateField("评估日期")
    still = models.BooleanField("仍不予公开")
    why = models.TextField("理由")
    next_on = models.DateField("下次评估之日", null=True, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("评估人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "不予公开信息评估"
        verbose_name_plural = "不予公开信息评估"
        ordering = ["item", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {'仍不予公开' if self.still else '可以公开'}"


class SuggestionState(models.TextChoices):
    """Where the suggestion to disclose of the organ's own accord stands."""

    OFFERED = "OFFERED", "建议主动公开，待审核"
    ACCEPTED = "ACCEPTED", "纳入主动公开"
    DECLINED = "DECLINED", "不纳入主动公开"


class DisclosureSuggestion(models.Model):
    """Information that several requesters asked for, put up for proactive disclosure."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    description = models.TextField("信息内容")
    requesters = models.PositiveIntegerField("申请人数")
    requests = models.ManyToManyField(InfoRequest, related_name="suggestions")
    state = models.CharField("状态", max_length=10, choices=SuggestionState)
    why = models.TextField("理由")
    catalogue_entry = models.CharField("公开目录条目", max_length=120, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    made_at = models.DateTimeField("登记时间")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    class Meta:
        verbose_name = "主动公开建议"
        verbose_name_plural = "主动公开建议"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["organ", "state"], name="inforequests_suggestions")]

    def __str__(self) -> str:
        return f"{self.organ}：{self.description[:40]}"
