"""Rows of the audit log: chains, events and daily anchors. Nothing here is ever updated but a head."""

from django.db import models


class Chain(models.Model):
    """The head of one organ's chain; the only row of the log that changes."""

    key = models.CharField("链", max_length=64, primary_key=True)
    length = models.PositiveBigIntegerField("长度", default=0)
    head = models.CharField("链首摘要", max_length=64, default="")

    class Meta:
        verbose_name = "日志链"
        verbose_name_plural = "日志链"

    def __str__(self) -> str:
        return f"{self.key}（{self.length}）"


class Event(models.Model):
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

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_event_place_in_chain")
        ]
        indexes = [models.Index(fields=["target", "at"], name="audit_event_target")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.target_label}"


class Anchor(models.Model):
    """The heads of all chains on one day, digested together and chained to the day before."""

    day = models.DateField("日期", unique=True)
    heads = models.JSONField("各链链首")
    previous = models.CharField("前一日摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "每日锚定"
        verbose_name_plural = "每日锚定"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"
