"""Messages to the government and leaders' mailboxes; what writers wrote is sealed (ADR 0014).

What the public reads is kept apart in columns of its own: a masked wording that somebody has
checked, never the message as it came (个人信息保护法 25, 51; law.md 9.2).
"""

from django.db import models
from django.db.models import F, Q

from gongkai.engagement.lifecycle.messages import (
    OPEN,
    MessageEvent,
    MessageKind,
    MessageState,
)
from gongkai.engagement.models.sealing import SealedRow, choices
from gongkai.orgs.models import Organ


class Mailbox(models.Model):
    """The mailbox of one leader of a county: whose it is, what they are in charge of."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="办理机关")
    name = models.CharField("信箱名称", max_length=50)
    holder = models.CharField("姓名", max_length=50)
    post = models.CharField("职务", max_length=100)
    duties = models.CharField("分管工作", max_length=300, blank=True)
    place = models.PositiveSmallIntegerField("排列次序", default=1)
    opened_on = models.DateField("开通日期")
    closed_on = models.DateField("关闭日期", null=True, blank=True)

    class Meta:
        verbose_name = "领导信箱"
        verbose_name_plural = "领导信箱"
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this mailbox."""
        return f"engagement.mailbox:{self.pk}"


class Message(SealedRow):
    """One message; the county counts it, an organ answers it, the public reads what is masked."""

    SEALED = ("title", "text", "asker", "contact", "answer")

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="办理机关")
    mailbox = models.ForeignKey(
        Mailbox, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="领导信箱"
    )
    number = models.CharField("编号", max_length=20)
    kind = models.CharField("类型", max_length=12, choices=choices(MessageKind))
    title_sealed = models.BinaryField("标题（密封）")
    text_sealed = models.BinaryField("内容（密封）")
    asker_sealed = models.BinaryField("姓名（密封）")
    contact_sealed = models.BinaryField("联系方式（密封）")
    answer_sealed = models.BinaryField("答复（密封）")
    consent = models.BooleanField("同意公开", default=False)
    has_contact = models.BooleanField("留有姓名或者联系方式", default=False)
    contact_erased_on = models.DateField("联系方式清除日期", null=True, blank=True)
    code_digest = models.CharField("查询码索引", max_length=64)
    submission_key = models.CharField("提交标识", max_length=64, null=True, unique=True)  # noqa: DJ001
    received_at = models.DateTimeField("收到时间")
    received_on = models.DateField("收到日期")
    simple = models.BooleanField("简单常见问题", default=False)
    due_on = models.DateField("答复期限")
    provisional = models.BooleanField("期限为推算", default=False)
    state = models.CharField("状态", max_length=12, choices=choices(MessageState))
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by_account = models.CharField("答复人账号", max_length=150, blank=True)
    public_title = models.CharField("公开的标题", max_length=100, blank=True)
    public_text = models.CharField("公开的留言", max_length=3000, blank=True)
    public_answer = models.CharField("公开的答复", max_length=5000, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)

    class Meta:
        verbose_name = "来信留言"
        verbose_name_plural = "来信留言"
        ordering = ["-received_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "number"], name="engagement_one_number_a_message"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(consent=True),
                name="engagement_public_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                name="engagement_message_answered_after",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "-received_at"], name="engagement_message_newest"),
            models.Index(fields=["organ", "received_on"], name="engagement_message_counted"),
            models.Index(
                fields=["organ", "due_on"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="engagement_message_waiting",
            ),
            models.Index(
                fields=["county", "-published_at"],
                condition=Q(state=MessageState.PUBLISHED.value),
                name="engagement_message_public",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which other chapters and the log speak of this message."""
        return f"engagement.message:{self.pk}"

    @property
    def title(self) -> str:
        """Return what the writer wrote above it."""
        return self.unseal("title")

    @property
    def text(self) -> str:
        """Return what the writer wrote."""
        return self.unseal("text")

    @property
    def answer(self) -> str:
        """Return what the writer was answered."""
        return self.unseal("answer")

    @property
    def who(self) -> tuple[str, str]:
        """Return name and contact; screens ask `actions.show_asker`, which logs it."""
        return self.unseal("asker"), self.unseal("contact")

    @property
    def address(self) -> str:
        """Return where the public reads it."""
        return f"/hdjl/liuyan/{self.number.lower()}.html"


class MessageStep(models.Model):
    """One step of a message: never changed; the actor is kept by value."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField("序号")
    event = models.CharField("事项", max_length=12, choices=choices(MessageEvent))
    on = models.DateField("日期")
    to = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="转往机关"
    )
    words = models.CharField("理由", max_length=500, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "留言办理记录"
        verbose_name_plural = "留言办理记录"
        ordering = ["message", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "sequence"], name="engagement_step_place_in_message"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_event_display()}"
