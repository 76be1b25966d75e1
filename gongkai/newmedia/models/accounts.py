"""Accounts of the registry (law.md 5.1), what happened to each, and its figures of a month."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from gongkai.newmedia.lifecycle import OVER, AccountEvent, AccountState
from gongkai.newmedia.rules.platforms import Platform
from gongkai.orgs.models import Organ

_OVER = [state.value for state in OVER]


def choices(members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return the choices of a column whose values are an enum's."""
    return [(each.value, each.label) for each in members]


class Account(models.Model):
    """An account that an organ has, wants or had on a platform.

    `wanted` holds what a change that is applied for would make of its terms.
    """

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="主办单位")
    platform = models.CharField("平台类型", max_length=16, choices=choices(Platform))
    name = models.CharField("账号名称", max_length=60)
    platform_id = models.CharField("平台账号ID", max_length=100, blank=True)
    link = models.CharField("账号链接", max_length=500, blank=True)
    certified_as = models.CharField("认证主体", max_length=100, blank=True)
    certificate = models.CharField("证书编号", max_length=60, blank=True)
    audience = models.CharField("服务对象", max_length=100, blank=True)
    publishes = models.BooleanField("信息发布", default=False)
    talks = models.BooleanField("互动", default=False)
    serves = models.BooleanField("办事", default=False)
    main = models.BooleanField("主账号", default=False)
    responsible = models.CharField("责任人", max_length=60, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    undertaker = models.CharField("承办或者运维单位", max_length=100, blank=True)
    contractor = models.CharField("托管或者外包公司", max_length=100, blank=True)
    contract_ends_on = models.DateField("合同到期日", null=True)
    keeper = models.CharField("密码保管人", max_length=60, blank=True)
    password_changed_on = models.DateField("最近更换密码", null=True)
    links_home = models.BooleanField("链接政府网站", null=True)
    state = models.CharField("状态", max_length=12, choices=choices(AccountState))
    approval_number = models.CharField("审批文号", max_length=60, blank=True)
    approved_on = models.DateField("审批日期", null=True)
    filed_number = models.CharField("备案编号", max_length=60, blank=True)
    opened_on = models.DateField("开设日期", null=True)
    wanted = models.JSONField("申请变更的事项", default=dict)
    replacement = models.CharField("注销后的替代渠道", max_length=200, blank=True)
    notice_link = models.CharField("注销公告链接", max_length=500, blank=True)
    closed_on = models.DateField("注销日期", null=True)

    class Meta:
        verbose_name = "政务新媒体账号"
        verbose_name_plural = "政务新媒体账号"
        ordering = ["-main", "organ__order", "organ__code", "platform", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "platform", "name"],
                condition=~Q(state__in=_OVER),
                name="newmedia_one_name_a_platform",
            ),
            models.UniqueConstraint(
                fields=["platform", "platform_id"],
                condition=~Q(state__in=_OVER) & ~Q(platform_id=""),
                name="newmedia_one_id_a_platform",
            ),
        ]
        indexes = [models.Index(fields=["county", "state"], name="newmedia_by_state")]

    def __str__(self) -> str:
        return f"{self.get_platform_display()}“{self.name}”"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this account."""
        return f"newmedia:{self.pk}"

    @property
    def functions(self) -> str:
        """Return its functions in Chinese."""
        named = (("信息发布", self.publishes), ("互动", self.talks), ("办事", self.serves))
        return "、".join(label for label, held in named if held)


class AccountStep(models.Model):
    """What happened to an account, as its page tells it; never changed."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="steps")
    event = models.CharField("事项", max_length=16, choices=choices(AccountEvent))
    at = models.DateTimeField("时间")
    words = models.CharField("内容", max_length=2000, blank=True)
    number = models.CharField("审批文号", max_length=60, blank=True)
    actor_account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)

    class Meta:
        verbose_name = "账号办理记录"
        verbose_name_plural = "账号办理记录"
        ordering = ["account", "pk"]

    def __str__(self) -> str:
        return f"{self.account} {self.get_event_display()}"


class MonthFigures(models.Model):
    """What a platform shows of a month: followers at its end, messages, the last update."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="months")
    starts_on = models.DateField("月份")
    followers = models.PositiveIntegerField("关注量", null=True)
    received = models.PositiveIntegerField("留言量", default=0)
    answered = models.PositiveIntegerField("答复量", default=0)
    updated_on = models.DateField("最后更新日期", null=True)
    entered_by = models.CharField("填报人", max_length=100)
    entered_at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = "账号月度数据"
        verbose_name_plural = "账号月度数据"
        ordering = ["account", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "starts_on"], name="newmedia_one_row_a_month"
            ),
            models.CheckConstraint(
                condition=Q(answered__lte=F("received")), name="newmedia_answered_of_received"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.starts_on:%Y-%m}"
