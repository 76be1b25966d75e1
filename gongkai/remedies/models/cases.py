"""Reconsiderations and suits over information disclosure (Art. 51), as table four counts them.

`organ` is the respondent or defendant: the organ whose act is contested, which also
reports the case. The request behind a case is known by its typed id, since the
case may concern another act (no proactive disclosure, a fee) or an organ's old paper file.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Organ
from gongkai.remedies.lifecycle import Ending, Procedure, Result, Route, Side, State
from gongkai.remedies.models.sealing import choices as _choices


def _constraints(name: str) -> list[models.CheckConstraint]:
    """Return what makes table four foot: a result and its day together, none before filing."""
    return [
        models.CheckConstraint(
            condition=Q(decided_on__isnull=True, result="")
            | Q(decided_on__isnull=False, result__in=[result.value for result in Result]),
            name=f"remedies_{name}_result_has_a_day",
            violation_error_message="结果和作出之日须同时填写",
        ),
        models.CheckConstraint(
            condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("filed_on")),
            name=f"remedies_{name}_decided_after_filing",
            violation_error_message="结果作出之日不能早于提出之日",
        ),
    ]


class Remedy(models.Model):
    """What a reconsideration and a suit have in common."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="被申请机关")
    case_number = models.CharField("案号", max_length=100, blank=True)
    subject = models.CharField("案由", max_length=300)
    info_request = models.CharField(
        "所涉申请", max_length=100, blank=True, help_text="如 inforequests:<编号>，没有则留空"
    )
    filed_on = models.DateField("提出之日")
    accepted_on = models.DateField("受理（立案）之日", null=True, blank=True)
    copy_received_on = models.DateField("收到副本之日", null=True, blank=True)
    answered_on = models.DateField("书面答复（答辩）之日", null=True, blank=True)
    result = models.CharField("结果", max_length=20, choices=_choices(Result), blank=True)
    decided_on = models.DateField("结果作出之日", null=True, blank=True)
    ending = models.CharField("结案方式", max_length=20, choices=_choices(Ending), blank=True)
    decision_number = models.CharField("决定书（裁判文书）文号", max_length=100, blank=True)
    received_on = models.DateField("收到决定书（裁判文书）之日", null=True, blank=True)
    perform_by = models.DateField("要求履行的期限", null=True, blank=True)
    performed_on = models.DateField("履行完毕之日", null=True, blank=True)
    # The organ's own next duty: a projection, worked out anew when the calendar changes.
    due_on = models.DateField("本机关下一期限", null=True, blank=True)
    struck_reason = models.CharField("作废理由", max_length=300, blank=True)
    state = models.CharField("状态", max_length=20, choices=_choices(State))

    class Meta:
        abstract = True
        ordering = ["-filed_on"]

    @property
    def typed_id(self) -> str:
        """Return the id under which other chapters and the log speak of this case."""
        return f"remedies:{self.pk}"


class Reconsideration(Remedy):
    """An application for administrative reconsideration (行政复议) against an organ."""

    authority = models.CharField("复议机关", max_length=100)
    procedure = models.CharField(
        "审理程序", max_length=20, choices=_choices(Procedure), default=Procedure.ORDINARY
    )
    extension_days = models.PositiveIntegerField("延长审理天数", default=0)
    opinion_on = models.DateField("收到复议意见书之日", null=True, blank=True)
    reported_on = models.DateField("报送纠正情况之日", null=True, blank=True)

    class Meta(Remedy.Meta):
        verbose_name = "行政复议"
        verbose_name_plural = "行政复议"
        constraints = _constraints("reconsideration")
        indexes = [
            models.Index(fields=["organ", "decided_on", "result"], name="remedies_recon_decided"),
            models.Index(fields=["organ", "filed_on", "decided_on"], name="remedies_recon_filed"),
        ]

    def __str__(self) -> str:
        return self.case_number or f"{self.organ}行政复议（{self.filed_on}）"


class Litigation(Remedy):
    """An administrative suit (行政诉讼) against an organ."""

    route = models.CharField("起诉途径", max_length=30, choices=_choices(Route))
    court = models.CharField("受理法院", max_length=100)
    procedure = models.CharField(
        "审理程序", max_length=20, choices=_choices(Procedure), default=Procedure.ORDINARY
    )
    is_ruling = models.BooleanField("以裁定结案", default=False)
    first_result = models.CharField("一审结果", max_length=20, choices=_choices(Result), blank=True)
    first_decided_on = models.DateField("一审结果作出之日", null=True, blank=True)
    appealed_on = models.DateField("上诉之日", null=True, blank=True)
    appealed_by = models.CharField("上诉人", max_length=12, choices=_choices(Side), blank=True)
    appeal_court = models.CharField("二审法院", max_length=100, blank=True)
    appeal_number = models.CharField("二审案号", max_length=100, blank=True)
    reconsideration = models.ForeignKey(
        Reconsideration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suits",
        verbose_name="此前的行政复议",
    )

    class Meta(Remedy.Meta):
        verbose_name = "行政诉讼"
        verbose_name_plural = "行政诉讼"
        constraints = [
            *_constraints("litigation"),
            models.CheckConstraint(
                condition=Q(route=Route.AFTER_RECONSIDERATION.value)
                | Q(reconsideration__isnull=True),
                name="remedies_direct_suit_has_no_reconsideration",
                violation_error_message="未经复议直接起诉的，不应填写此前的行政复议",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organ", "route", "decided_on", "result"], name="remedies_suit_decided"
            ),
            models.Index(
                fields=["organ", "route", "filed_on", "decided_on"], name="remedies_suit_filed"
            ),
        ]

    def __str__(self) -> str:
        return self.case_number or f"{self.organ}行政诉讼（{self.filed_on}）"
