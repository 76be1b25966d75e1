"""Solicitations of comments and the comments; the public texts are entries of disclosure.

Every comment is kept with what was made of it; the feedback shows points and figures, never a
comment as it is (law.md 7.4; 个人信息保护法 51).
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from gongkai.disclosure.models import Entry
from gongkai.engagement import deadlines
from gongkai.engagement.lifecycle import (
    CommentChannel,
    Disposition,
    SolicitationState,
    Standing,
)
from gongkai.engagement.models.sealing import SealedRow, choices
from gongkai.engagement.rules import Terms
from gongkai.orgs.models import Organ


class Solicitation(models.Model):
    """One draft laid open for comments; `entry` is the notice, `feedback_entry` what came of it."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="征集机关")
    name = models.CharField("文稿名称", max_length=200)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="征集公告"
    )
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    online = models.BooleanField("网上提交", default=True)
    address = models.CharField("通信地址", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=100, blank=True)
    affects_market = models.BooleanField("与市场主体生产经营活动密切相关", default=False)
    major_decision = models.BooleanField("重大行政决策", default=False)
    short_reason = models.CharField("期限不足三十日的理由", max_length=300, blank=True)
    state = models.CharField("状态", max_length=12, choices=choices(SolicitationState))
    last_number = models.PositiveIntegerField("意见末号", default=0)
    feedback_entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="采纳情况反馈"
    )
    fed_back_on = models.DateField("反馈日期", null=True, blank=True)
    document = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="正式文件"
    )
    cancelled_why = models.CharField("终止理由", max_length=500, blank=True)
    drafted_at = models.DateTimeField("登记时间")
    drafted_by = models.CharField("登记人", max_length=100)
    drafted_by_account = models.CharField("登记人账号", max_length=150)

    class Meta:
        verbose_name = "意见征集"
        verbose_name_plural = "意见征集"
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="engagement_term_ends_after_it_begins",
            )
        ]
        indexes = [
            models.Index(fields=["organ", "-closes_on"], name="engagement_solicit_newest"),
            models.Index(
                fields=["organ", "closes_on"],
                condition=Q(state=SolicitationState.OPEN),
                name="engagement_solicit_open",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id of the record, which its notice carries."""
        return f"engagement:{self.pk}"

    @property
    def feedback_id(self) -> str:
        """Return the id of the record that the feedback's entry carries."""
        return f"engagement.feedback:{self.pk}"

    @property
    def terms(self) -> Terms:
        """Return when and how comments are taken."""
        names = Terms.__dataclass_fields__
        return Terms(**{name: getattr(self, name) for name in names})

    def standing_on(self, today: date) -> Standing:
        """Return how it stands on a day."""
        state = SolicitationState(self.state)
        return deadlines.standing(state, self.opens_on, self.closes_on, today)


class Comment(SealedRow):
    """One comment and what was made of it; `summary` is the organ's wording, fit for the public."""

    SEALED = ("text", "name", "contact")

    solicitation = models.ForeignKey(Solicitation, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField("序号")
    channel = models.CharField("提出方式", max_length=8, choices=choices(CommentChannel))
    text_sealed = models.BinaryField("意见（密封）")
    name_sealed = models.BinaryField("姓名（密封）")
    contact_sealed = models.BinaryField("联系方式（密封）")
    named = models.BooleanField("留有姓名或者联系方式", default=False)
    submission_key = models.CharField("提交标识", max_length=64, null=True, unique=True)  # noqa: DJ001
    received_on = models.DateField("收到日期")
    received_at = models.DateTimeField("登记时间")
    disposition = models.CharField("处理", max_length=12, choices=choices(Disposition), blank=True)
    summary = models.CharField("意见要点", max_length=300, blank=True)
    reason = models.CharField("采纳情况说明", max_length=500, blank=True)
    disposed_at = models.DateTimeField("处理时间", null=True, blank=True)
    disposed_by = models.CharField("处理人", max_length=100, blank=True)

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering = ["solicitation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["solicitation", "number"], name="engagement_one_number_a_comment"
            )
        ]
        indexes = [
            models.Index(fields=["solicitation", "disposition"], name="engagement_comment_disposed")
        ]

    def __str__(self) -> str:
        return f"第{self.number}条意见"

    @property
    def text(self) -> str:
        """Return the comment."""
        return self.unseal("text")

    @property
    def who(self) -> tuple[str, str]:
        """Return name and contact; screens ask `actions.show_commenter`, which logs it."""
        return self.unseal("name"), self.unseal("contact")
