"""Entries: what is disclosed, its draft, its frozen versions, its attachments.

Serves Art. 19 to 26 and the metadata of a public document (law.md 6.5). `Entry` carries what
lists show and the clock counts; the text in hand is the `Draft`; what was sent to review is a
`Version` and never changes (the database refuses it, too); the public reads `Entry.published`.
"""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q

from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models.sections import Section
from gongkai.files.models import StoredFile
from gongkai.orgs.models import Organ


class DisclosureMode(models.TextChoices):
    """公开属性, settled at the source (80号)."""

    PROACTIVE = "PROACTIVE", "主动公开"
    SEVERED = "SEVERED", "删减后主动公开"
    ON_REQUEST = "ON_REQUEST", "依申请公开"
    WITHHELD = "WITHHELD", "不予公开"


class AttachmentRole(models.TextChoices):
    """What a file is beside the text."""

    ATTACHMENT = "ATTACHMENT", "附件"
    ORIGINAL = "ORIGINAL", "文件原件"
    PICTURE = "PICTURE", "正文图片"
    VIDEO = "VIDEO", "视频"


class WithdrawalReason(models.TextChoices):
    """Why something was taken off."""

    IN_ERROR = "IN_ERROR", "误发布"
    SUPERSEDED = "SUPERSEDED", "内容被替代"
    EXPIRED = "EXPIRED", "公开期限届满"
    LEGAL = "LEGAL", "依法不应公开"


class Frozen(Exception):
    """A version was about to be changed: what was reviewed stays what it was."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries by organ and by whether the public sees them."""

    def of(self, organ_ids: Collection[int]) -> "EntryQuerySet":
        """Keep the entries of these organs."""
        return self.filter(organ_id__in=organ_ids)

    def live(self) -> "EntryQuerySet":
        """Keep what the public sees."""
        return self.filter(live=True)


class Entry(models.Model):
    """One piece of information disclosed by one organ; the row is what is counted."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="发布机构")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+", verbose_name="栏目")
    record = models.CharField("所属记录", max_length=80, blank=True)
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=80, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    subject = models.CharField("主题分类", max_length=12, blank=True)
    mode = models.CharField(
        "公开属性", max_length=12, choices=DisclosureMode, default=DisclosureMode.PROACTIVE
    )
    mode_reason = models.CharField("公开属性理由", max_length=300, blank=True)
    formed_on = models.DateField("成文日期")
    changed_on = models.DateField("信息变更日期", null=True, blank=True)
    due_on = models.DateField("应公开日期", null=True)
    due_provisional = models.BooleanField("应公开日期待定", default=False)
    limit_label = models.CharField("公开时限", max_length=40, blank=True)
    expires_on = models.DateField("公开期限至", null=True, blank=True)

    state = models.CharField(
        "状态",
        max_length=16,
        choices=[(state.value, state.label) for state in EntryState],
        default=EntryState.DRAFT,
    )
    live = models.BooleanField("公众可见", default=False)
    in_review = models.ForeignKey(
        "Version", models.PROTECT, null=True, related_name="+", verbose_name="在审版本"
    )
    published = models.ForeignKey(
        "Version", models.PROTECT, null=True, related_name="+", verbose_name="公开版本"
    )
    owing = models.BooleanField("尚未公开", default=True)
    scheduled_at = models.DateTimeField("定时发布时间", null=True, blank=True)
    address = models.CharField("网址", max_length=260, blank=True)
    first_published_at = models.DateTimeField("首次发布时间", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawal = models.CharField("撤下原因", max_length=12, choices=WithdrawalReason, blank=True)
    withdrawal_note = models.CharField("撤下说明", max_length=500, blank=True)

    imported_from = models.CharField("导入来源", max_length=300, blank=True)
    created_at = models.DateTimeField("建立时间")
    created_by = models.CharField("拟稿人", max_length=100)
    created_by_account = models.CharField("拟稿人账号", max_length=150)
    moved_at = models.DateTimeField("最近办理时间")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "公开信息"
        verbose_name_plural = "公开信息"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["organ", "state", "-id"], name="disclosure_entry_desk"),
            models.Index(
                fields=["organ", "due_on"],
                condition=Q(owing=True),
                name="disclosure_entry_due",
            ),
            models.Index(
                fields=["scheduled_at"],
                condition=Q(state=EntryState.SCHEDULED),
                name="disclosure_entry_scheduled",
            ),
            models.Index(
                fields=["expires_on"], condition=Q(live=True), name="disclosure_entry_expires"
            ),
            models.Index(
                fields=["organ", "-published_at", "-id"],
                condition=Q(live=True),
                name="disclosure_entry_of_organ",
            ),
            models.Index(fields=["-first_published_at", "-id"], name="disclosure_entry_newest"),
            models.Index(fields=["document_number"], name="disclosure_entry_number"),
            models.Index(fields=["imported_from"], name="disclosure_entry_imported"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["index_number"],
                condition=~Q(index_number=""),
                name="disclosure_index_number_once",
                violation_error_message="这一索引号已经用过，索引号不得重复使用",
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=~Q(record="") & ~Q(state=EntryState.DISCARDED),
                name="disclosure_one_entry_a_record",
            ),
            models.CheckConstraint(
                condition=Q(live=False)
                | Q(published__isnull=False, published_at__isnull=False)
                & ~Q(address="")
                & ~Q(index_number=""),
                name="disclosure_live_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def record_id(self) -> str:
        """The typed id by which other parts point to this entry."""
        return f"disclosure:{self.pk}"


class JointIssuer(models.Model):
    """An organ that issued it together with the lead, in printed order; by name where unknown."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="joint_issuers")
    name = models.CharField("联合发文机关", max_length=100)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = "联合发文机关"
        verbose_name_plural = "联合发文机关"
        ordering = ["entry", "order"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "name"], name="disclosure_one_issuer_once")
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """The text in hand; `revision` grows with each change, so two editors do not overwrite.

    `metadata` is what `queries.told_of` reads: everything but the body. While an entry is public
    its columns stay those of the public version; what is being revised stands here alone.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="draft", primary_key=True)
    section = models.ForeignKey(Section, models.PROTECT, related_name="+", verbose_name="栏目")
    metadata = models.JSONField("元数据", default=dict)
    body = models.TextField("正文", blank=True)
    authors = models.JSONField("写过本稿的账号", default=list)
    revision = models.PositiveIntegerField("修改次数", default=0)
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = "稿件"
        verbose_name_plural = "稿件"

    def __str__(self) -> str:
        return str(self.entry)


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions; none is ever changed or taken away."""

    def update(self, **values: Any) -> int:
        """Refuse: a version never changes."""
        raise Frozen("送审的版本不能改动。")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: a version is evidence."""
        raise Frozen("送审的版本不能删除。")


class Version(models.Model):
    """What was sent to review, whole and frozen: metadata, text, attachments by hash.

    `content` is what `rules.content.Content` reads; `body` is clean HTML; `sha256` is over
    the canonical JSON of content and body.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本")
    title = models.CharField("标题", max_length=300)
    content = models.JSONField("元数据")
    body = models.TextField("正文")
    text = models.TextField("纯文本")
    sha256 = models.CharField("SHA-256", max_length=64)
    authors = models.JSONField("写过本稿的账号", default=list)
    made_at = models.DateTimeField("送审时间")
    made_by = models.CharField("送审人", max_length=100)
    made_by_account = models.CharField("送审人账号", max_length=150)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "送审版本"
        verbose_name_plural = "送审版本"
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="disclosure_one_number_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    def save(self, *args: Any, **given: Any) -> None:
        """Save a new version.

        Raises:
            Frozen: it stands already.
        """
        if not self._state.adding:
            raise Frozen("送审的版本不能改动。")
        super().save(*args, **given)

    def delete(self, *args: Any, **given: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a version is evidence."""
        raise Frozen("送审的版本不能删除。")


class Attachment(models.Model):
    """A file beside the draft; versions keep it by name, role and hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    role = models.CharField("用途", max_length=12, choices=AttachmentRole)
    name = models.CharField("名称", max_length=200)
    alternative = models.CharField("文字说明", max_length=500, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["entry", "order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "file"], name="disclosure_attached_once")
        ]

    def __str__(self) -> str:
        return self.name
