"""Policies for enterprises, their clauses, and cases in which money is paid (law.md 8.3).

Amounts are held in 元 with two decimals. Bank and account are sealed and no page of the public
reads them.
"""

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Organ
from gongkai.servicehall.lifecycle import CaseState, PolicyState
from gongkai.servicehall.models.sealing import SealedRow, choices
from gongkai.servicehall.rules.kinds import FulfilmentWay


class EnterprisePolicy(models.Model):
    """A policy (惠企政策) with its days; `organ` answers for it."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任部门")
    name = models.CharField("政策名称", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("发文机关", max_length=100)
    document_link = models.CharField("政策文件链接", max_length=500, blank=True)
    tags = models.CharField("适用的行业、规模、区域", max_length=200, blank=True)
    phone = models.CharField("咨询电话", max_length=40, blank=True)
    valid_from = models.DateField("开始日期")
    valid_to = models.DateField("截止日期", null=True)
    state = models.CharField("状态", max_length=10, choices=choices(PolicyState))

    class Meta:
        verbose_name = "惠企政策"
        verbose_name_plural = "惠企政策"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                condition=~Q(state=PolicyState.ENDED),
                name="servicehall_one_policy",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this policy."""
        return f"servicehall.policy:{self.pk}"


class Clause(models.Model):
    """One thing that a policy grants (兑现点)."""

    policy = models.ForeignKey(EnterprisePolicy, models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("兑现点名称", max_length=200)
    way = models.CharField("兑现方式", max_length=10, choices=choices(FulfilmentWay))
    conditions = models.TextField("申报条件", max_length=3000)
    materials = models.TextField("申报材料", max_length=2000, blank=True)
    standard = models.TextField("兑现标准", max_length=1000)
    cap = models.DecimalField("上限（元）", max_digits=15, decimal_places=2, null=True)
    fund = models.CharField("资金来源和层级", max_length=200, blank=True)
    opens_on = models.DateField("申报开始", null=True)
    closes_on = models.DateField("申报截止", null=True)

    class Meta:
        verbose_name = "兑现点"
        verbose_name_plural = "兑现点"
        ordering = ["policy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="servicehall_one_clause"),
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(cap__gt=0), name="servicehall_cap_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FulfilmentCase(SealedRow):
    """One case: an enterprise, what it asks, what is granted and paid."""

    SEALED = ("legal_person", "bank", "bank_account")

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任部门")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="cases", verbose_name="兑现点")
    number = models.CharField("编号", max_length=30, unique=True)
    enterprise = models.CharField("企业名称", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    legal_person_sealed = models.BinaryField("法定代表人（密文）", editable=False)
    bank_sealed = models.BinaryField("开户行（密文）", editable=False)
    bank_account_sealed = models.BinaryField("银行账号（密文）", editable=False)
    account_tail = models.CharField("账号后四位", max_length=4, blank=True)
    filed_on = models.DateField("申报日期")
    asked = models.DecimalField("申请金额（元）", max_digits=15, decimal_places=2)
    examined_on = models.DateField("初审日期", null=True)
    examined_by = models.CharField("初审人", max_length=100, blank=True)
    examined_by_account = models.CharField("初审人账号", max_length=150, blank=True)
    examination = models.CharField("初审意见", max_length=500, blank=True)
    approved_on = models.DateField("核定日期", null=True)
    approved_by = models.CharField("核定人", max_length=100, blank=True)
    approval = models.CharField("核定意见", max_length=500, blank=True)
    granted = models.DecimalField("核定金额（元）", max_digits=15, decimal_places=2, null=True)
    notice_from = models.DateField("公示开始", null=True)
    notice_to = models.DateField("公示截止", null=True)
    paid_on = models.DateField("拨付日期", null=True)
    paid = models.DecimalField("拨付金额（元）", max_digits=15, decimal_places=2, null=True)
    ended_on = models.DateField("终止日期", null=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    state = models.CharField("状态", max_length=10, choices=choices(CaseState))

    class Meta:
        verbose_name = "兑现案件"
        verbose_name_plural = "兑现案件"
        ordering = ["-filed_on", "-number"]
        indexes = [
            models.Index(fields=["county", "state"], name="servicehall_case_state"),
            models.Index(fields=["organ", "paid_on"], name="servicehall_case_paid"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(asked__gt=0), name="servicehall_asked_positive"),
            models.CheckConstraint(
                condition=Q(state=CaseState.PAID, paid__gt=0, paid_on__isnull=False)
                | (~Q(state=CaseState.PAID) & Q(paid__isnull=True)),
                name="servicehall_paid_with_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.enterprise}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this case."""
        return f"servicehall.case:{self.pk}"
