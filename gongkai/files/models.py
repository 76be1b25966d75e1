"""Files of cases, by what they are for; bytes and text are sealed, released ones never change.

The bytes stand outside the database, sealed with the keyring (个人信息保护法 51; ADR 0014); two
rows of one case may share them. A row outlives its bytes: what was removed stays on record.
How others named a file often names them ("张三房产证.jpg"), so that name is sealed too.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Organ


class Purpose(models.TextChoices):
    """What a file is in its case."""

    IDENTITY_PROOF = "IDENTITY_PROOF", "身份证明"
    REQUEST_ATTACHMENT = "REQUEST_ATTACHMENT", "申请附件"
    SUPPLEMENT = "SUPPLEMENT", "补正材料"
    CONSULTATION_OPINION = "CONSULTATION_OPINION", "征求意见回复"
    DRAFT = "DRAFT", "拟稿"
    SOURCE = "SOURCE", "查找到的信息"
    REDACTED = "REDACTED", "遮盖件"
    RELEASED = "RELEASED", "公开件"
    PAYMENT = "PAYMENT", "缴费凭证"
    MAIL = "MAIL", "来信原件"
    PUBLICATION = "PUBLICATION", "公开信息附件"
    OTHER = "OTHER", "其他材料"


# Papers of requesters and third parties: as they named them, under seal alone.
NAMED_BY_OTHERS = frozenset(
    {
        Purpose.REQUEST_ATTACHMENT,
        Purpose.SUPPLEMENT,
        Purpose.CONSULTATION_OPINION,
        Purpose.PAYMENT,
        Purpose.OTHER,
    }
)


class ScanResult(models.TextChoices):
    """What the virus scanner said; what it found infected is never stored."""

    CLEAN = "CLEAN", "未发现病毒"
    NOT_SCANNED = "NOT_SCANNED", "未查毒"


class Locked(Exception):
    """A released file is never changed: what was given out must stay what it was."""


# A released file may be sealed anew, and destroyed when its time is over; nothing else changes.
_UPKEEP = frozenset(
    {
        *("removed_at", "removed_by", "removed_reason", "text", "blob", "key_id"),
        *("kept_for", "told_name"),
    }
)


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Rows of files; those locked refuse every change but their removal."""

    def update(self, **values: Any) -> int:
        """Update rows.

        Raises:
            Locked: a released file is among them, and it is neither a removal nor a new seal.
        """
        if not _UPKEEP.issuperset(values) and self.filter(locked=True).exists():
            raise Locked("已公开的文件不能改动。")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: rows stay on record, `actions.remove` destroys their bytes."""
        raise Locked("文件记录不能删除，只能登记销毁。")


class StoredFile(models.Model):
    """One file of one case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    about = models.CharField("所属记录", max_length=120)
    purpose = models.CharField("用途", max_length=24, choices=Purpose)
    name = models.CharField("文件名", max_length=200)
    told_name = models.BinaryField("原文件名（密文）", null=True)
    kind = models.CharField("格式", max_length=8)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    blob = models.UUIDField("密文", null=True, db_index=True)
    # Key and cipher of the bytes: `rotatekeys` seals anew what differs from those of now.
    key_id = models.CharField("密钥", max_length=60, blank=True, default="", db_index=True)
    text = models.BinaryField("提取的文字（密文）", null=True)
    text_note = models.CharField("未提取文字的原因", max_length=200, blank=True)
    scan = models.CharField("查毒", max_length=12, choices=ScanResult)
    scanned_at = models.DateTimeField("查毒时间", null=True)
    made_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="made", verbose_name="由何文件制作"
    )
    boxes = models.JSONField("遮盖区域", default=list)
    locked = models.BooleanField("锁定", default=False)
    # The record that the public reads with this file: while one is named it is not destroyed.
    kept_for = models.CharField("留存依据", max_length=120, blank=True, default="")
    stored_at = models.DateTimeField("存入时间")
    account = models.CharField("账号", max_length=150)
    stored_by = models.CharField("存入人", max_length=100)
    removed_at = models.DateTimeField("销毁时间", null=True)
    removed_by = models.CharField("销毁人", max_length=100, blank=True)
    removed_reason = models.CharField("销毁事由", max_length=300, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"
        ordering = ["about", "stored_at", "pk"]
        indexes = [models.Index(fields=["about", "stored_at"], name="files_of_a_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "purpose", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="files_one_copy_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(locked=True) | ~Q(purpose=Purpose.RELEASED),
                name="files_released_is_locked",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, blob__isnull=False)
                | Q(removed_at__isnull=False, blob__isnull=True, text__isnull=True),
                name="files_removed_has_no_bytes",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **given: Any) -> None:
        """Save a new or an unlocked file.

        Raises:
            Locked: it is released.
        """
        if not self._state.adding and type(self).objects.filter(pk=self.pk, locked=True).exists():
            raise Locked("已公开的文件不能改动。")
        super().save(*args, **given)

    def delete(self, *args: Any, **given: Any) -> tuple[int, dict[str, int]]:
        """Refuse: see the query set."""
        raise Locked("文件记录不能删除，只能登记销毁。")

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this file."""
        return f"files:{self.pk}"

    @property
    def is_removed(self) -> bool:
        """Say whether the bytes are gone."""
        return self.removed_at is not None

    @property
    def redacted_from(self) -> "StoredFile | None":
        """Return the file that this one is the redaction of."""
        return self.made_from if self.purpose == Purpose.REDACTED else None
