"""Cleaning-up campaigns: which accounts were looked at, and what was decided of each."""

from django.db import models
from django.db.models import Q

from gongkai.newmedia.lifecycle import CampaignState, Decision
from gongkai.newmedia.models.accounts import Account, choices
from gongkai.orgs.models import Organ


class Campaign(models.Model):
    """A campaign of a county (清理整合); its list is the accounts running when it began."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    name = models.CharField("名称", max_length=100)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("完成期限")
    requirement = models.CharField("工作要求", max_length=500, blank=True)
    state = models.CharField("状态", max_length=10, choices=choices(CampaignState))
    outcome = models.CharField("工作结果", max_length=1000, blank=True)
    finished_on = models.DateField("完成日期", null=True)
    begun_by = models.CharField("发起人", max_length=100)
    begun_at = models.DateTimeField("发起时间")

    class Meta:
        verbose_name = "清理整合"
        verbose_name_plural = "清理整合"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county"],
                condition=Q(state=CampaignState.RUNNING),
                name="newmedia_one_campaign_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this campaign."""
        return f"newmedia.campaign:{self.pk}"


class CampaignItem(models.Model):
    """One account in a campaign; `into` is the account that a merged one goes into."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="items")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decision = models.CharField("处理意见", max_length=8, choices=choices(Decision), blank=True)
    into = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="并入账号"
    )
    reason = models.CharField("理由", max_length=500, blank=True)
    decided_by = models.CharField("提出人", max_length=100, blank=True)
    decided_at = models.DateTimeField("提出时间", null=True)

    class Meta:
        verbose_name = "清理整合账号"
        verbose_name_plural = "清理整合账号"
        ordering = ["campaign", "account__organ__order", "account__platform", "account__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "account"], name="newmedia_account_once_a_campaign"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.account}"
