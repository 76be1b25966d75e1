"""Proposals with the fields of law.md 8.4, the organs joined to them, what happened to each."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from gongkai.disclosure.models import Entry
from gongkai.orgs.models import Organ
from gongkai.proposals.lifecycle import OWING, ProposalEvent, ProposalState
from gongkai.proposals.lifecycle.kinds import ProposalKind
from gongkai.proposals.rules.wording import title_of

_OWING = [state.value for state in OWING]


def choices(members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return the choices of a column whose values are an enum's."""
    return [(each.value, each.label) for each in members]


class Proposal(models.Model):
    """One suggestion of a people's deputy or proposal of a CPPCC member.

    `assigned_on` is the day of the first assignment, from which the term runs; `round` counts the
    replies asked for; `entry` is the public text, `published_round` the round whose reply it shows.
    """

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    kind = models.CharField("类型", max_length=12, choices=choices(ProposalKind))
    year = models.PositiveSmallIntegerField("年度")
    session = models.CharField("届次会议", max_length=60)
    number = models.CharField("编号", max_length=20)
    subject = models.CharField("案由", max_length=200)
    content = models.TextField("内容", blank=True)
    proposer = models.CharField("领衔代表或者第一提案人", max_length=60)
    group = models.CharField("代表团或者界别", max_length=60, blank=True)
    cosigners = models.PositiveSmallIntegerField("附议人数", default=0)
    received_on = models.DateField("收到日期")
    lead = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="主办单位"
    )
    assigned_on = models.DateField("交办日期", null=True)
    accepted_on = models.DateField("签收日期", null=True)
    due_on = models.DateField("答复期限", null=True)
    extended = models.BooleanField("已延长期限", default=False)
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    state = models.CharField("状态", max_length=12, choices=choices(ProposalState))
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="公开的答复"
    )
    published_on = models.DateField("公开日期", null=True)
    published_round = models.PositiveSmallIntegerField("公开答复的轮次", default=0)
    registered_by = models.CharField("登记人", max_length=100)
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "建议提案"
        verbose_name_plural = "建议提案"
        ordering = ["-year", "kind", "session", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "session", "number"],
                name="proposals_one_number_a_session",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("assigned_on")),
                name="proposals_due_after_assignment",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-year", "kind"], name="proposals_by_year"),
            models.Index(fields=["lead", "-year"], name="proposals_of_lead"),
            models.Index(
                fields=["county", "due_on"],
                condition=Q(state__in=_OWING),
                name="proposals_owing",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return how it is named: 县十六届人大五次会议第12号建议."""
        return title_of(ProposalKind(self.kind), self.session, self.number)

    @property
    def typed_id(self) -> str:
        """Return the id of the record, which its public text carries."""
        return f"proposals:{self.pk}"


class JointOrgan(models.Model):
    """An organ that handles a proposal beside the lead (会办), and what it said to the lead."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="joint")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="会办单位")
    opinion = models.TextField("会办意见", blank=True)
    opinion_on = models.DateField("会办意见日期", null=True)
    opinion_by = models.CharField("提出人", max_length=100, blank=True)

    class Meta:
        verbose_name = "会办单位"
        verbose_name_plural = "会办单位"
        ordering = ["proposal", "organ__order", "organ__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "organ"], name="proposals_organ_joined_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.organ}"


class ProposalStep(models.Model):
    """What happened to a proposal: never changed, the actor kept by value."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")
    event = models.CharField("事项", max_length=12, choices=choices(ProposalEvent))
    on = models.DateField("日期")
    to = models.CharField("对象", max_length=300, blank=True)
    words = models.TextField("内容", blank=True)
    way = models.CharField("沟通方式", max_length=8, blank=True)
    at = models.DateTimeField("登记时间")
    actor_account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["proposal", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_event_display()}"
