"""Rows of the audit log: chains, events and daily anchors; only the heads of chains ever change.

Three things hold that: the models here refuse, triggers in the database refuse
(migrations 0003, 0004), and `gongkai auditverify` finds what got past both.
"""

from typing import Any, NoReturn

from django.db import models


class AppendOnly(TypeError):
    """Somebody tried to change or delete a row of the audit log."""


def _refuse(name: str) -> NoReturn:
    raise AppendOnly(f"{name}：操作日志只能追加，不得修改或删除")


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        _refuse(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refuse."""
        _refuse(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        _refuse(self.model.__name__)


class AppendOnlyModel(models.Model):
    """A row that is saved once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert a new row; refuse to save an old one again."""
        if not self._state.adding:
            _refuse(type(self).__name__)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        _refuse(type(self).__name__)


class Chain(models.Model):
    """The head of one organ's chain; the only row of the log that changes, and only grows."""

    key = models.CharField("链", max_length=64, primary_key=True)
    length = models.PositiveBigIntegerField("长度", default=0)
    head = models.CharField("链首摘要", max_length=64, default="")

    class Meta:
        verbose_name = "日志链"
        verbose_name_plural = "日志链"

    def __str__(self) -> str:
        return f"{self.key}（{self.length}）"


class Event(AppendOnlyModel):
    """One recorded act: who, when, which verb, which record, before and after."""

    chain = models.CharField("链", max_length=64)
    sequence = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("姓名", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    verb = models.CharField("操作", max_length=100)
    target = models.CharField("对象", max_length=200)
    target_label = models.CharField("对象名称", max_length=300, blank=True)
    before = models.JSONField("之前", default=dict, blank=True)
    after = models.JSONField("之后", default=dict, blank=True)
    reason = models.TextField("理由", blank=True)
    previous = models.CharField("前一条摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_event_place_in_chain")
        ]
        indexes = [
            models.Index(fields=["target", "at"], name="audit_event_target"),
            models.Index(fields=["at", "id"], name="audit_event_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.target_label}"


class Anchor(AppendOnlyModel):
    """The heads of all chains on one day, digested together and chained to the anchor before."""

    day = models.DateField("日期", unique=True)
    heads = models.JSONField("各链链首", help_text="链 → [长度, 链首摘要]")
    previous = models.CharField("前一日摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)
    seal = models.CharField("密钥签章", max_length=64, default="")
    made_at = models.DateTimeField("生成时间")

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        verbose_name = "每日锚定"
        verbose_name_plural = "每日锚定"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class AnchorSignature(AppendOnlyModel):
    """The installation's signature of one anchor, and the public key that checks it."""

    anchor = models.OneToOneField(
        Anchor, models.PROTECT, primary_key=True, related_name="signed", verbose_name="每日锚定"
    )
    public = models.CharField("公钥", max_length=64)
    signature = models.CharField("签名", max_length=100)

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        verbose_name = "锚定签名"
        verbose_name_plural = "锚定签名"

    def __str__(self) -> str:
        return f"{self.anchor_id} {self.signature[:12]}"
