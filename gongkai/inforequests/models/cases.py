"""A request, its acts and items, and the changes of its deadline (Art. 27-45).

The case is its list of acts. The fields of `InfoRequest` under "projections" are
what the acts come to; only `actions` writes them, from `rules.replay`, and
`gongkai rebuild --check` proves them equal.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import Carrier, Delivery, IntakeChannel
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.lifecycle.states import CONCLUDING, Event, State
from gongkai.orgs.models import Organ
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind


def _choices(values: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in values]


class InfoRequest(models.Model):
    """One request to one organ; who asks stands apart, in `Requester`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    number = models.CharField("申请编号", max_length=40, unique=True)
    channel = models.CharField("提交渠道", max_length=20, choices=_choices(IntakeChannel))
    requester_kind = models.CharField("申请人类别", max_length=30, choices=_choices(RequesterKind))
    submitted_at = models.DateTimeField("提交时间")
    description = models.TextField("所需政府信息的名称、文号或者其他特征描述")
    carrier = models.CharField("信息形式", max_length=20, choices=_choices(Carrier))
    delivery = models.CharField("获取方式", max_length=20, choices=_choices(Delivery))
    other_way_accepted = models.BooleanField("不能按指定方式提供时接受其他方式", default=True)
    fee_relief = models.CharField("申请减免费用的情形", max_length=200, blank=True)
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="拆分自"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    transferred_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="passed_on",
        verbose_name="移送自",
    )
    # What a form sent twice carries twice, so that it makes one request; see `actions.submit`.
    submission_key = models.CharField("提交标识", max_length=64, null=True, blank=True, unique=True)
    # A keyed digest: the code itself is known to the requester alone.
    query_code_digest = models.CharField("查询码摘要", max_length=64, blank=True)
    # The retention class given at archiving, and when identity was or is to be erased.
    retention = models.CharField("保管期限", max_length=20, choices=_choices(Retention), blank=True)
    erase_on = models.DateField("到期清除申请人信息之日", null=True, blank=True)
    erased_at = models.DateTimeField("申请人信息清除时间", null=True, blank=True)

    # Projections of the acts.
    state = models.CharField("状态", max_length=30, choices=_choices(State))
    received_on = models.DateField("收到申请之日", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    provisional = models.BooleanField("期限为推算", default=False)
    requester_due_on = models.DateField("申请人补正或者缴费的期限", null=True, blank=True)
    concluded_on = models.DateField("办理结果作出之日", null=True, blank=True)
    # The deadline under which the first answer was given; `due_on` is of the round of now.
    answer_due_on = models.DateField("首次答复时的期限", null=True, blank=True)
    ground = models.CharField("办理结果", max_length=30, blank=True)
    counted = models.BooleanField("计入年度报告", default=True)
    pending = models.BooleanField("尚待办理", default=True)
    unit = models.CharField("承办科室", max_length=200, blank=True)
    handler = models.CharField("经办人账号", max_length=150, blank=True)
    inner_due_on = models.DateField("内部办理期限", null=True, blank=True)

    class Meta:
        verbose_name = "政府信息公开申请"
        verbose_name_plural = "政府信息公开申请"
        ordering = ["-submitted_at"]
        indexes = [
            # Table three reads these two alone, without touching the rows.
            models.Index(
                fields=["organ", "received_on", "requester_kind", "channel", "concluded_on"],
                condition=Q(counted=True),
                name="inforequests_received",
            ),
            models.Index(
                fields=["organ", "concluded_on", "requester_kind", "ground", "received_on"],
                condition=Q(counted=True),
                name="inforequests_concluded",
            ),
            # The desk counts and sorts what is owed by this one alone, and lists what is not
            # by the next; `pending` stands in both although their condition tells it, because
            # SQLite would look it up in the row.
            models.Index(
                fields=[
                    *("organ", "due_on", "state", "inner_due_on", "number", "handler"),
                    *("pending", "id"),
                ],
                condition=Q(pending=True),
                name="inforequests_pending",
            ),
            models.Index(
                fields=["organ", "-concluded_on", "-number", "pending", "id"],
                condition=Q(pending=False),
                name="inforequests_not_pending",
            ),
            models.Index(
                fields=["handler", "due_on"],
                condition=Q(pending=True),
                name="inforequests_pending_by_hand",
            ),
            models.Index(fields=["organ", "-submitted_at"], name="inforequests_newest"),
        ]
        # These make the footing of table three (law.md 3.4, V1) hold whatever the history.
        constraints = [
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(concluded_on__gte=F("received_on")),
                name="inforequests_concluded_after_receipt",
                violation_error_message="办理结果作出之日不能早于收到申请之日",
            ),
            models.CheckConstraint(
                condition=Q(counted=False)
                | Q(concluded_on__isnull=True, ground="")
                | Q(concluded_on__isnull=False, ground__in=[ground.value for ground in Ground]),
                name="inforequests_one_result_row",
                violation_error_message="有办理结果的申请必须且只能落在年度报告的一行",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which other chapters and the log speak of this request."""
        return f"inforequests:{self.pk}"


class Act(models.Model):
    """One act of a case: never changed, never deleted; the actor is kept by value."""

    info_request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="acts")
    sequence = models.PositiveIntegerField("序号")
    kind = models.CharField("事项", max_length=30, choices=_choices(Event))
    on = models.DateField("日期")
    data = models.JSONField("内容", default=dict, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["info_request", "sequence"]
        indexes = [
            # V11 counts results from the acts that gave them.
            models.Index(
                fields=["on", "info_request"],
                condition=Q(kind__in=[kind.value for kind in CONCLUDING]),
                name="inforequests_act_concluding",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["info_request", "sequence"], name="inforequests_act_place_in_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    @property
    def value(self) -> CaseAct:
        """Return the act as the plain value that rules and clocks take."""
        return CaseAct(self.sequence, Event(self.kind), self.on, self.data, self.account)


class RequestItem(models.Model):
    """One thing asked for; answered with a ground of its own, counted with its request."""

    info_request = models.ForeignKey(InfoRequest, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField("序号")
    text = models.TextField("内容")
    ground = models.CharField("结果", max_length=30, blank=True)
    letter = models.CharField("答复种类", max_length=10, blank=True)
    # What is withheld is looked at again (Art. 18); None when nothing is withheld.
    review_on = models.DateField("再次评估之日", null=True, blank=True)

    class Meta:
        verbose_name = "申请事项"
        verbose_name_plural = "申请事项"
        ordering = ["info_request", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["info_request", "place"], name="inforequests_item_place"
            )
        ]
        indexes = [
            models.Index(
                fields=["review_on"],
                condition=Q(review_on__isnull=False),
                name="inforequests_item_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.text}"


class DeadlineChange(models.Model):
    """A deadline that a new holiday notice has moved: old against new, never in silence."""

    info_request = models.ForeignKey(InfoRequest, models.CASCADE, related_name="deadline_changes")
    old_due_on = models.DateField("原期限", null=True)
    old_provisional = models.BooleanField("原为推算")
    new_due_on = models.DateField("新期限", null=True)
    new_provisional = models.BooleanField("仍为推算")
    notice = models.CharField("依据", max_length=300)
    changed_at = models.DateTimeField("重算时间")

    class Meta:
        verbose_name = "期限变动"
        verbose_name_plural = "期限变动"
        ordering = ["-changed_at", "new_due_on", "pk"]
        indexes = [models.Index(fields=["-changed_at"], name="inforequests_change_newest")]

    def __str__(self) -> str:
        return f"{self.info_request}：{self.old_due_on} → {self.new_due_on}"

    @property
    def direction(self) -> str:
        """Return in Chinese which way the deadline moved."""
        if self.old_due_on is None or self.new_due_on is None:
            return "重新确定"
        if self.new_due_on == self.old_due_on:
            return "日期不变，不再是推算" if not self.new_provisional else "日期不变，改为推算"
        return "推后" if self.new_due_on > self.old_due_on else "提前，请抓紧办理"
