"""Work orders of the 12345 hotline and their steps; what may name a person is sealed at rest.

Outside the seals stand the subject (a clerk's own words), a masked name and telephone and a
blind index of the number (个人信息保护法 51; ADR 0014). An order turned over to or made out of a
record of another chapter keeps its typed id in `linked`; a face resolves it. Counts and moments
beside the steps are projections of them, for lists and rates over many orders.
"""

import json
from dataclasses import asdict

from django.db import models
from django.db.models import F, Q

from gongkai.hotline.lifecycle import (
    UNANSWERED,
    AnswerWay,
    Event,
    OrderKind,
    Satisfaction,
    Solved,
    SourceChannel,
    State,
    Supervision,
    Urgency,
)
from gongkai.hotline.models.sealing import SealedRow, choices, phone_index
from gongkai.hotline.rules import ERASED, Caller, masked_name, masked_phone
from gongkai.hotline.rules.categories import path_of
from gongkai.orgs.models import Organ


class WorkOrder(SealedRow):
    """One matter of one caller: `organ` took it in, `handler` has it in hand."""

    SEALED = ("content", "caller", "place")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="受理机关")
    number = models.CharField("工单编号", max_length=40)
    source = models.CharField("受理渠道", max_length=20, choices=choices(SourceChannel))
    kind = models.CharField("诉求类型", max_length=20, choices=choices(OrderKind))
    category = models.CharField("归口分类", max_length=6, blank=True)
    urgency = models.CharField(
        "紧急程度", max_length=6, choices=choices(Urgency), default=Urgency.NORMAL.value
    )
    received_at = models.DateTimeField("受理时间")
    township = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="所在乡镇"
    )
    place_sealed = models.BinaryField("诉求地点（密封）", default=bytes)
    subject = models.CharField("事由", max_length=100)
    content_sealed = models.BinaryField("诉求内容（密封）")
    caller_sealed = models.BinaryField("诉求人（密封）")
    caller_masked = models.CharField("诉求人（隐去）", max_length=100)
    phone_masked = models.CharField("联系电话（隐去）", max_length=40, blank=True)
    phone_index = models.CharField("电话索引", max_length=64, blank=True, db_index=True)
    confidential = models.BooleanField("要求保密", default=False)
    may_publish = models.BooleanField("同意公开", default=False)
    handler = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="承办单位"
    )
    helping = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="协办单位"
    )
    unit = models.CharField("承办股室", max_length=100, blank=True)
    assigned_at = models.DateTimeField("派单时间", null=True)
    sign_due_at = models.DateTimeField("签收时限", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    due_at = models.DateTimeField("办理时限", null=True)
    provisional = models.BooleanField("期限为推算", default=False)
    suspended_on = models.DateField("挂起之日", null=True)
    answered_on = models.DateField("答复之日", null=True, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answer_way = models.CharField("答复方式", max_length=12, choices=choices(AnswerWay), blank=True)
    contacted = models.BooleanField("是否联系诉求人", null=True)
    solved = models.CharField("解决情况", max_length=12, choices=choices(Solved), blank=True)
    called_back_at = models.DateTimeField("回访时间", null=True)
    satisfaction = models.CharField(
        "满意度", max_length=12, choices=choices(Satisfaction), blank=True
    )
    closed_at = models.DateTimeField("办结时间", null=True)
    returns_asked = models.PositiveSmallIntegerField("申请退单次数", default=0)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    longer_by = models.PositiveSmallIntegerField("申请延长的工作日", default=0)
    urges = models.PositiveSmallIntegerField("催办次数", default=0)
    callbacks = models.PositiveSmallIntegerField("回访次数", default=0)
    redos = models.PositiveSmallIntegerField("重办次数", default=0)
    repeats = models.PositiveSmallIntegerField("重复来电次数", default=0)
    was_late = models.BooleanField("重办以前曾经超期", default=False)
    supervision = models.CharField(
        "督办级别", max_length=12, choices=choices(Supervision), blank=True
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name="并入的工单"
    )
    linked = models.CharField("所转事项", max_length=100, blank=True, db_index=True)
    state = models.CharField("状态", max_length=20, choices=choices(State))
    # Whoever sent it over the network: a form filled in once, an app's token, the query code.
    submission_key = models.CharField("提交标识", max_length=100, null=True, unique=True)  # noqa: DJ001
    code_digest = models.CharField("查询码索引", max_length=64, blank=True)
    token_digest = models.CharField("令牌索引", max_length=64, blank=True, db_index=True)
    # What the public reads, written by an official: no name, no number.
    public_title = models.CharField("公开标题", max_length=100, blank=True)
    public_text = models.TextField("公开的诉求", blank=True)
    public_answer = models.TextField("公开的答复", blank=True)
    public_place = models.CharField("公开的地点", max_length=100, blank=True)
    published_at = models.DateTimeField("公开时间", null=True)
    updated_at = models.DateTimeField("更新时间", null=True)

    class Meta:
        verbose_name = "热线工单"
        verbose_name_plural = "热线工单"
        ordering = ["-received_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="hotline_one_number_an_organ",
                violation_error_message="该机关已有这一编号的工单",
            )
        ]
        indexes = [
            models.Index(fields=["organ", "-received_at"], name="hotline_newest"),
            models.Index(fields=["organ", "state", "-received_at"], name="hotline_by_state"),
            models.Index(fields=["handler", "state", "-received_at"], name="hotline_by_handler"),
            models.Index(
                fields=["organ", "due_on"],
                condition=Q(state__in=[state.value for state in UNANSWERED]),
                name="hotline_unanswered_by_due",
            ),
            models.Index(
                fields=["organ", "-published_at"],
                condition=Q(published_at__isnull=False),
                name="hotline_published",
            ),
            # All that the list counts, narrows and sorts by, so that no row of sealed texts is
            # read but the fifty shown. An INCLUDE would do, but SQLite knows none.
            models.Index(
                *("state", F("received_at").desc(), "number", "organ", "handler", "helping"),
                *("kind", "category", "due_on", "due_at", "subject", "phone_index", "id"),
                name="hotline_listed",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which other chapters and the log speak of this order."""
        return f"hotline:{self.pk}"

    @property
    def content(self) -> str:
        """Return what the caller said."""
        return self.unseal("content")

    @property
    def place(self) -> str:
        """Return where it is."""
        return self.unseal("place")

    @property
    def caller(self) -> Caller:
        """Return who called, in full; screens ask `actions.show_caller`, which logs it."""
        return Caller(**json.loads(self.unseal("caller")))

    @property
    def category_path(self) -> str:
        """Return the names of the category from the first level down."""
        return path_of(self.category)

    def fill(self, content: str, caller: Caller, place: str = "") -> None:
        """Set content, caller and place with what stands outside the seal; the row is not saved."""
        told = json.dumps(asdict(caller), ensure_ascii=False)
        self.seal(content=content, caller=told, place=place)
        self.caller_masked = masked_name(caller.name)
        self.phone_masked = masked_phone(caller.phone)
        self.phone_index = phone_index(caller.phone)

    def forget_caller(self) -> None:
        """Drop who called and their number; what they wanted stays. The row is not saved."""
        self.fill(self.content, Caller(), self.place)
        self.caller_masked = ERASED

    @property
    def caller_erased(self) -> bool:
        """Say whether the caller was known and is no more."""
        return self.caller_masked == ERASED


class OrderStep(SealedRow):
    """One step of an order: never changed; its words are sealed, the actor kept by value."""

    SEALED = ("words",)

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField("序号")
    event = models.CharField("事项", max_length=20, choices=choices(Event))
    on = models.DateField("日期")
    # The unit assigned, or where the matter was turned over to: a typed id or a name.
    to = models.CharField("去向", max_length=200, blank=True)
    words_sealed = models.BinaryField("内容（密封）")
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "工单办理记录"
        verbose_name_plural = "工单办理记录"
        ordering = ["order", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "sequence"], name="hotline_step_place_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_event_display()}"

    @property
    def words(self) -> str:
        """Return the answer or the reason told with the step."""
        return self.unseal("words")
