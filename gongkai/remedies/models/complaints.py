"""Complaints and reports over information disclosure (Art. 47, 51); who complains is sealed.

`organ` is the office that received it and checks it; `about` is whom it is against, which
never sees the row: what it is asked to explain goes to it without the complainant's name.
"""

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Organ
from gongkai.remedies.lifecycle import (
    Channel,
    ComplaintKind,
    ComplaintState,
    Ground,
    Measure,
    Verdict,
)
from gongkai.remedies.models.sealing import SealedRow, choices


class Complaint(SealedRow):
    """One complaint or report."""

    SEALED = ("complainant", "contact", "content", "finding", "answer")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="受理机关")
    about = models.ForeignKey(
        Organ, models.PROTECT, related_name="+", verbose_name="被投诉（举报）机关"
    )
    number = models.CharField("编号", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=12, choices=choices(ComplaintKind))
    ground = models.CharField("事项", max_length=16, choices=choices(Ground))
    channel = models.CharField("渠道", max_length=12, choices=choices(Channel))
    subject = models.CharField("事由", max_length=200)
    info_request = models.CharField("所涉申请", max_length=100, blank=True)
    anonymous = models.BooleanField("匿名", default=False)
    masked = models.CharField("投诉（举报）人", max_length=60, blank=True)
    complainant_sealed = models.BinaryField("投诉人（密封）", default=bytes)
    contact_sealed = models.BinaryField("联系方式（密封）", default=bytes)
    content_sealed = models.BinaryField("内容（密封）", default=bytes)
    finding_sealed = models.BinaryField("核查情况（密封）", default=bytes)
    answer_sealed = models.BinaryField("答复（密封）", default=bytes)
    received_on = models.DateField("收到之日")
    accepted_on = models.DateField("受理之日", null=True, blank=True)
    declined_reason = models.CharField("不予受理的理由、转送去向", max_length=300, blank=True)
    asked_on = models.DateField("要求说明之日", null=True, blank=True)
    explain_by = models.DateField("说明期限", null=True, blank=True)
    explained_on = models.DateField("说明之日", null=True, blank=True)
    extension_days = models.PositiveIntegerField("延长天数", default=0)
    verdict = models.CharField("认定", max_length=12, choices=choices(Verdict), blank=True)
    measure = models.CharField("处理", max_length=12, choices=choices(Measure), blank=True)
    found_on = models.DateField("认定之日", null=True, blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified_on = models.DateField("整改完成之日", null=True, blank=True)
    referred_on = models.DateField("移送追究责任之日", null=True, blank=True)
    referred_to = models.CharField("移送机关", max_length=100, blank=True)
    closed_on = models.DateField("办结之日", null=True, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=choices(ComplaintState),
        default=ComplaintState.RECEIVED,
    )
    # Of those told on the public site: the code their writer asks with, and the form they came by.
    code_digest = models.CharField("查询码索引", max_length=64, blank=True, default="")
    submission_key = models.CharField("提交标识", max_length=64, null=True, unique=True)  # noqa: DJ001
    entered_by = models.CharField("登记人", max_length=100)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "投诉举报"
        verbose_name_plural = "投诉举报"
        ordering = ["-received_on", "-number"]
        indexes = [
            models.Index(fields=["organ", "received_on"], name="remedies_complaint_received"),
            models.Index(fields=["state", "due_on"], name="remedies_complaint_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", found_on__isnull=True) | ~Q(verdict=""),
                name="remedies_complaint_verdict_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ComplaintState.CLOSED) | Q(closed_on__isnull=False),
                name="remedies_complaint_closed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which other chapters and the log speak of this complaint."""
        return f"remedies.complaint:{self.pk}"
