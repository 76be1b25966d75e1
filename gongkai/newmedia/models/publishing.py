"""Entries on platforms: what was sent, how far the platform has it, where it can be read."""

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models import Entry
from gongkai.files.models import StoredFile
from gongkai.newmedia.lifecycle.publications import ENDED, PublicationEvent, PublicationState
from gongkai.newmedia.models.accounts import Account, choices
from gongkai.newmedia.models.posts import Post

_ENDED = [state.value for state in ENDED]


class Publication(models.Model):
    """One entry on one account. `remote` is how far the platform has it: stage and its own ids."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name="信息")
    version = models.PositiveIntegerField("版本")
    account = models.ForeignKey(Account, models.PROTECT, related_name="publications")
    state = models.CharField("状态", max_length=12, choices=choices(PublicationState))
    title = models.CharField("标题", max_length=300)
    digest = models.CharField("摘要", max_length=500, blank=True)
    text = models.CharField("微博文字", max_length=2000, blank=True)
    cover = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    remote = models.JSONField("平台进度", default=dict)
    link = models.CharField("链接", max_length=500, blank=True)
    problem = models.CharField("问题", max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_at = models.DateTimeField("下次尝试时间", null=True)
    asked_by = models.CharField("发布人", max_length=100)
    asked_at = models.DateTimeField("提出时间")
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="publication")
    checked_at = models.DateTimeField("核对时间", null=True)
    reason = models.CharField("撤回或者取消的理由", max_length=500, blank=True)
    ended_at = models.DateTimeField("撤回或者取消时间", null=True)

    class Meta:
        verbose_name = "新媒体发布"
        verbose_name_plural = "新媒体发布"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "account"],
                condition=~Q(state__in=_ENDED),
                name="newmedia_once_an_account",
            )
        ]
        indexes = [models.Index(fields=["state", "checked_at"], name="newmedia_to_check")]

    def __str__(self) -> str:
        return f"{self.title} → {self.account}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this publication."""
        return f"newmedia.publication:{self.pk}"


class PublicationStep(models.Model):
    """What happened to a publication, as its page tells it; never changed."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="steps")
    event = models.CharField("事项", max_length=12, choices=choices(PublicationEvent), blank=True)
    at = models.DateTimeField("时间")
    words = models.CharField("内容", max_length=500, blank=True)
    actor_name = models.CharField("经办人", max_length=100)

    class Meta:
        verbose_name = "新媒体发布记录"
        verbose_name_plural = "新媒体发布记录"
        ordering = ["publication", "pk"]

    def __str__(self) -> str:
        return f"{self.publication} {self.get_event_display()}"
