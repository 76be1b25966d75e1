"""Replies, one a round: what is said, what comes of it, how public it is, and the opinion on it."""

from django.db import models

from gongkai.proposals.lifecycle import Openness, OpennessState
from gongkai.proposals.lifecycle.kinds import Result, Satisfaction
from gongkai.proposals.models.proposals import Proposal, choices
from gongkai.proposals.rules.told import Decision


class Reply(models.Model):
    """The reply of one round; `result` changes when what was promised is done (B to A)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField("办理轮次")
    number = models.CharField("复文编号", max_length=60)
    replied_on = models.DateField("答复日期")
    due_on = models.DateField("答复期限")
    signed_by = models.CharField("签发人", max_length=60, blank=True)
    result = models.CharField("结果类别", max_length=1, choices=choices(Result))
    promised_on = models.DateField("计划解决日期", null=True)
    fulfilled_on = models.DateField("落实日期", null=True)
    body = models.TextField("答复全文")
    openness = models.CharField("公开属性", max_length=12, choices=choices(Openness))
    openness_why = models.CharField("公开属性的理由", max_length=500, blank=True)
    openness_state = models.CharField("公开属性审核", max_length=12, choices=choices(OpennessState))
    abridged = models.TextField("答复摘要", blank=True)
    consulted = models.BooleanField("已征求代表、委员意见", default=False)
    proposed_by = models.CharField("提出人", max_length=100)
    proposed_by_account = models.CharField("提出人账号", max_length=150)
    confirmed_by = models.CharField("审核人", max_length=100, blank=True)
    confirmed_on = models.DateField("审核日期", null=True)
    satisfaction = models.CharField(
        "代表、委员意见", max_length=12, choices=choices(Satisfaction), blank=True
    )
    rated_on = models.DateField("反馈日期", null=True)
    remark = models.CharField("反馈意见", max_length=1000, blank=True)

    class Meta:
        verbose_name = "答复"
        verbose_name_plural = "答复"
        ordering = ["proposal", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "round"], name="proposals_one_reply_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.number}"

    @property
    def decision(self) -> Decision:
        """Return how public it is to be."""
        return Decision(
            openness=Openness(self.openness),
            why=self.openness_why,
            abridged=self.abridged,
            consulted=self.consulted,
        )

    @property
    def on_time(self) -> bool:
        """Say whether it was given within its term."""
        return self.replied_on <= self.due_on

    @property
    def settled_openness(self) -> Openness | None:
        """Return how public it is to be once other eyes have confirmed it, else None."""
        confirmed = self.openness_state == OpennessState.CONFIRMED
        return Openness(self.openness) if confirmed else None
